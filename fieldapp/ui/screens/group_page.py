"""The page of a family: who they are, their data, their slips and what was done when by whom."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from fieldapp.domain.people import GroupPage
from fieldapp.services import find
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.group_page_family import FamilyTab
from fieldapp.ui.screens.group_page_history import HistoryTab
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.chip import MarkRow


class GroupView(QWidget):
    """A family's page. Emits `left` when staff goes back to the list."""

    left = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        _ = session._
        self.page: GroupPage | None = None
        self._wanted: UUID | None = None
        self.name = plain_label("", "title")
        self.number = plain_label("", "number")
        self.marks = MarkRow()
        self.back = QPushButton(_("Back  Esc"))
        self.back.setProperty("kind", "quiet")
        theme.set_icon(self.back, "arrow-left")
        self.back.clicked.connect(self.left)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Family"))
        self.family, self.history = FamilyTab(session), HistoryTab(session)
        self._add_tabs()
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE[2])
        top.addWidget(self.name, 1)
        top.addWidget(self.number)
        top.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[4], theme.SPACE[2], theme.SPACE[4], theme.SPACE[2])
        column.setSpacing(theme.SPACE[1])
        column.addLayout(top)
        column.addWidget(self.marks)
        column.addWidget(self.tabs, 1)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape),
            self,
            self.left.emit,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def _add_tabs(self) -> None:
        _ = self.session._
        self.tabs.addTab(_scrolled(self.family), _("Family"))
        self.tabs.addTab(_scrolled(self.history), _("History"))

    def open(self, group_id: UUID) -> None:
        """Read a family and show it; that it was looked at is recorded."""
        self._wanted = group_id
        self.tabs.setCurrentIndex(0)
        # Opening writes that the record was viewed, so it is work of the writer.
        self._read(audited=True)

    def reload(self) -> None:
        """Read the family again after something was changed in it."""
        self._read(audited=False)

    def take_focus(self) -> None:
        """Take the keyboard to the tabs."""
        self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, *, audited: bool) -> None:
        if self._wanted is None:
            return
        desk, group_id = self.session.desk, self._wanted
        self.session.work.change(
            partial(find.group_page, desk, group_id, audited=audited),
            self._show,
            self._on_failed,
            changes="",
            owner=self,
        )

    def _on_failed(self, error: Exception) -> None:
        self.shell.show_problem(error)
        self.left.emit()

    def _show(self, page: GroupPage) -> None:
        if page.group_id != self._wanted:
            return
        self.page = page
        focal = next((one for one in page.members if one.individual_id == page.focal_point_id), None)
        focal = focal or (page.members[0] if page.members else None)
        self.name.setText(words.full_name(focal.given_names, focal.surnames) if focal else words.NOTHING)
        self.number.setText(page.number)
        self.marks.show_marks(words.group_marks(self.session.language, page))
        self._show_tabs(page)

    def _show_tabs(self, page: GroupPage) -> None:
        self.family.show_page(page)
        self.history.show_page(page)


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
