"""The page of a family: who they are, their data, their slips and what was done when by whom."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from fieldapp.domain.people import GroupPage
from fieldapp.services import find
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.screens.family_menu import FamilyMenu
from fieldapp.ui.screens.group_page_actions import MovementPanel, NotePanel
from fieldapp.ui.screens.group_page_data import DataTab
from fieldapp.ui.screens.group_page_family import FamilyTab
from fieldapp.ui.screens.group_page_history import HistoryTab
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.screens.group_page_print import SlipPrinter
from fieldapp.ui.screens.group_page_same import SameLine
from fieldapp.ui.screens.group_page_slips import SlipsTab
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.chip import MarkRow
from fieldapp.ui.widgets.scrolled import scrolled
from fieldapp.ui.widgets.steady_column import SteadyColumn
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_TAB_ROWS, _FORM_ROWS, _PANEL_ROWS = 6, 10, 6
"""The least height of the tabs, of the tabs with a form in them, and of an open panel, in rows of a table."""
_PANEL_SHARE = 4
"""Of the height that is left; the tabs get 3."""


class GroupView(QWidget):
    """A family's page. Emits `left` when staff goes back to the list."""

    left = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        _ = session._
        self.page: GroupPage | None = None
        self._wanted: UUID | None = None
        self._way_back: Callable[[], None] | None = None
        self._then = ""
        self.name = plain_label("", "title")
        self.number = plain_label("", "number")
        self.marks = MarkRow()
        self.same = SameLine(session, shell, self, lambda: self.family.chosen)
        self.back = QPushButton(_("Back  Esc"))
        self.back.setProperty("kind", "quiet")
        theme.set_icon(self.back, "arrow-left")
        self.back.clicked.connect(self.left)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Family"))
        self.printer = SlipPrinter(session, shell, self)
        self.family, self.history = FamilyTab(session), HistoryTab(session)
        self.data, self.slips = DataTab(session, shell), SlipsTab(session, shell, self.printer)
        self._add_tabs()
        self.note, self.movement = NotePanel(session, shell), MovementPanel(session, shell)
        self.panel: EditPanel | None = None
        self.menu = FamilyMenu(session, shell, self)
        self.footer = self._make_footer()
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE[2])
        top.addWidget(self.name, 1)
        top.addWidget(self.number)
        top.addWidget(self.back)
        # With text at 200 % the page is higher than a small screen; then all of it scrolls.
        inside = QWidget()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(inside))
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE[4], theme.SPACE[2], theme.SPACE[4], theme.SPACE[2])
        column.setSpacing(theme.SPACE[1])
        column.addLayout(top)
        column.addWidget(self.marks)
        column.addWidget(self.same)
        self._around_tabs = QWidget()
        steady = SteadyColumn(self._around_tabs)
        steady.setContentsMargins(0, 0, 0, 0)
        steady.addWidget(self.tabs)
        # The least height is asked of what is around them: Qt forgets that of a widget whose own wishes it ignores.
        _take_what_is_left(self.tabs)
        column.addWidget(self._around_tabs, 3)
        self._column = column
        column.addWidget(self.footer)
        self._connect()

    def _add_tabs(self) -> None:
        _ = self.session._
        self.tabs.addTab(self.family, _("Family"))
        self.tabs.addTab(self.data, _("Data"))
        self.tabs.addTab(self.slips, _("Slips"))
        self.tabs.addTab(self.history, _("History"))

    def _make_footer(self) -> QWidget:
        _ = self.session._
        self.note_button = QPushButton(_("Note  Ctrl+N"))
        self.movement_button = QPushButton(_("Movement  Ctrl+M"))
        self.print_button = QPushButton(_("Print slip  Ctrl+P"))
        self.print_button.setProperty("kind", "primary")
        theme.set_icon(self.print_button, "printer")
        self.note_button.setToolTip(_("Add a note to the family"))
        self.movement_button.setToolTip(_("Record that somebody left, was transferred, came back or died"))
        footer = QWidget()
        row = WrapLayout(footer, gap=theme.SPACE[2], line_gap=theme.SPACE[1], at_end=True)
        for button in (self.menu, self.note_button, self.movement_button, self.print_button):
            row.addWidget(button)
        return footer

    def _connect(self) -> None:
        self.note_button.clicked.connect(lambda: self.open_panel(self.note))
        self.movement_button.clicked.connect(lambda: self.open_panel(self.movement))
        self.print_button.clicked.connect(self.print_slip)
        self.menu.panel_asked.connect(self.open_panel)
        self.menu.undo_offered.connect(self._on_undo_offered)
        self.menu.family_erased.connect(self._on_family_erased)
        self.slips.save_asked.connect(self.save_slip)
        self.family.member_asked.connect(self.show_member)
        self.family.table.currentCellChanged.connect(lambda *_: self.same.prefer(self.family.chosen))
        self.data.editing_changed.connect(self._on_editing)
        self.session.work.changed.connect(self._on_changed)
        for keys, action in (
            ("Escape", self.go_back), ("Ctrl+P", self.print_slip), ("Ctrl+E", self.edit),
            ("Ctrl+Z", self.undo), ("Ctrl+N", lambda: self.open_panel(self.note)), ("Ctrl+M", lambda: self.open_panel(self.movement)),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the page once its words have their size."""
        super().showEvent(event)
        self._fit_tabs()

    def _fit_tabs(self) -> None:
        """Keep the tabs so high that what is below them never lies over what is in them."""
        rows = _FORM_ROWS if self.data.is_editing else _TAB_ROWS
        self._around_tabs.setMinimumHeight(max(theme.size("row") * rows, self.tabs.minimumSizeHint().height()))

    @property
    def is_writing(self) -> bool:
        """Whether a form or a panel is open."""
        return self.data.is_editing or self.panel is not None

    def go_back(self) -> None:
        """Close what is open in the page; with nothing open, go back to the list."""
        if self.panel is not None:
            self._close_panel()
        elif self.data.is_editing:
            self.data.close_form()
        else:
            self.left.emit()

    def edit(self) -> None:
        """Open the form of whom is chosen on the tab Data."""
        if self.page is not None and not self.is_writing:
            self.tabs.setCurrentWidget(self.data)
            self.data.edit()

    def undo(self) -> None:
        """Take back what was just done with the family, as its message offers."""
        way_back = self._way_back
        if way_back is not None and not self.is_writing:
            self._way_back = None
            self.shell.clear_banner()
            way_back()

    def _on_family_erased(self) -> None:
        """Show nothing of the family any more; its page is left once the answer is closed."""
        self.page = self._wanted = self._way_back = None
        self.name.setText(words.NOTHING)
        self.number.clear()
        self.marks.show_marks(())
        self.same.hide()

    def _on_undo_offered(self, way_back: Callable[[], None]) -> None:
        self._way_back = way_back

    def show_member(self, individual_id: UUID) -> None:
        """Show the data of a member."""
        self.tabs.setCurrentWidget(self.data)
        self.data.choose(individual_id)
        self.data.subjects.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_panel(self, panel: EditPanel) -> None:
        """Open a panel below the family, in place of the buttons."""
        if self.page is None or self.is_writing:
            return
        if self._column.indexOf(panel) < 0:
            panel.closed.connect(self._close_panel)
            panel.undo_offered.connect(self._on_undo_offered)
            _take_what_is_left(panel)
            panel.setMinimumHeight(theme.size("row") * (_PANEL_ROWS if self._is_beside(panel) else _FORM_ROWS))
            self._column.insertWidget(self._column.indexOf(self.footer), panel, _PANEL_SHARE)
        self.panel, self._way_back = panel, None
        panel.begin(self.page)
        self.footer.hide()
        self._around_tabs.setVisible(self._is_beside(panel))
        panel.show()
        panel.take_focus()

    def _is_beside(self, panel: EditPanel) -> bool:
        """Whether a panel leaves the family in sight; those of the menu list its members themselves."""
        return panel in (self.note, self.movement)

    def _close_panel(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            self.panel = None
        self._around_tabs.show()
        self.footer.show()
        if self.page is None and self._wanted is None:
            self.left.emit()
            return
        self.take_focus()

    def _on_editing(self, is_editing: bool) -> None:  # noqa: FBT001 - the signature is the signal's
        self.footer.setVisible(not is_editing)
        self._way_back = None
        self._fit_tabs()

    def print_slip(self) -> None:
        """Issue the family's slip, or its next copy, and print it."""
        if self.page is not None and not self.is_writing:
            self.printer.print_slip(self.page.group_id)

    def save_slip(self) -> None:
        """Issue the family's slip, or its next copy, and save it as a file."""
        if self.page is not None:
            self.printer.choose_file(self.page.group_id, self.page.number)

    def _on_changed(self, kind: str) -> None:
        if kind in {"groups", "people", "slips"} and self.isVisible():
            self.reload()

    def open(self, group_id: UUID) -> None:
        """Read a family and show it; that it was looked at is recorded."""
        self._wanted, self._way_back = group_id, None
        self._close_panel()
        self.tabs.setCurrentIndex(0)
        # Opening writes that the record was viewed, so it is work of the writer.
        self._read(audited=True)

    def then(self, name: str) -> None:
        """Do this of the menu as soon as the family is read."""
        self._then = name
        QTimer.singleShot(0, self, lambda: self.menu.prepare(name))

    def reload(self) -> None:
        """Read the family again after something was changed in it."""
        self._read(audited=False)

    def take_focus(self) -> None:
        """Take the keyboard to where work begins on the tab that is shown: the members, the list, the slips."""
        first = {self.family: self.family.table, self.data: self.data.subjects, self.slips: self.slips.table}
        found: QWidget = first.get(self.tabs.currentWidget(), self.history.table)
        found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, *, audited: bool) -> None:
        if self._wanted is None:
            return
        read = partial(find.group_page, self.session.desk, self._wanted, audited=audited)
        if audited:
            self.session.work.change(read, self._show, self._on_failed, changes="", owner=self)
        else:
            self.session.work.query(read, self._show, self._on_failed, owner=self)

    def _on_failed(self, error: Exception) -> None:
        if self._wanted is None:  # the family was erased while it was being read
            return
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
        self.marks.show_marks(words.group_marks(self.session.language, page, self.session.desk.now_ms()))
        self._show_tabs(page)
        if self._then:
            name, self._then = self._then, ""
            QTimer.singleShot(0, self, lambda: self.menu.ask(name))

    def _show_tabs(self, page: GroupPage) -> None:
        self.same.show_page(page)
        self.family.show_page(page)
        self.menu.show_page(page)
        self.data.show_page(page)
        self.slips.show_page(page)
        self.history.show_page(page)
        self._fit_tabs()


def _take_what_is_left(widget: QWidget) -> None:
    """Give a part of the page the height that is left, however much it would like."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
