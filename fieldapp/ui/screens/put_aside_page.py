"""What was put aside and why, in words. Nothing can be deleted here: it is evidence."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.services.put_aside import PutAsideLine, put_aside
from fieldapp.ui import theme
from fieldapp.ui.models.exchange_words import advice_words, reason_words
from fieldapp.ui.models.person_words import event_words
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.row_table import RowTable


class PutAsidePage(QWidget):
    """The table, and below it what the chosen line means and what to do. Emits `left` when staff goes back."""

    left = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        _ = session._
        self.lines: tuple[PutAsideLine, ...] = ()
        self.heading = plain_label(_("Put aside"), "section")
        self.intro = plain_label(
            _(
                "These entries came from other laptops, do not fit, and change nothing here. They are kept as they came."
            ),
            "secondary",
        )
        heads = (_("Found"), _("From"), _("What"), _("Why"))
        self.table = RowTable(_("Put aside"), heads, wide=3)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.advice = plain_label("")
        self.back_button = QPushButton(_("Back  Esc"))
        self.back_button.setProperty("kind", "quiet")
        self.back_button.clicked.connect(self.left)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[2])
        box.setSpacing(theme.SPACE[2])
        for widget in (self.heading, self.intro):
            box.addWidget(widget)
        box.addWidget(self.table, 1)
        box.addWidget(self.advice)
        box.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeading)

    def refresh(self) -> None:
        """Read the list anew."""
        desk = self._session.desk
        self._session.work.query(lambda: put_aside(desk), self._on_listed, self._shell.show_problem, owner=self)

    def take_focus(self) -> None:
        """Take the keyboard to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_listed(self, lines: tuple[PutAsideLine, ...]) -> None:
        self.lines = lines
        session, _ = self._session, self._session._
        shown = []
        for one in lines:
            line = one.line
            source = one.device or _("Unknown laptop")
            source = _("{laptop}, line {number}", laptop=source, number=line.seq) if line.seq else source
            what = event_words(session.language, line.kind) if line.kind else _("Cannot be read")
            shown.append((session.moment(line.found_at_ms), source, what, reason_words(session.language, line.reason)))
        self.table.show_rows(shown)
        self.advice.setText("" if lines else _("Nothing was put aside."))
        if lines:
            self.table.selectRow(0)
            self._on_selected()

    def _on_selected(self) -> None:
        row = self.table.currentRow()
        if not self.table.selectedItems() or not 0 <= row < len(self.lines):
            return
        one, session, _ = self.lines[row], self._session, self._session._
        said = advice_words(session.language, one.line.reason)
        if one.line.at_ms:
            who = one.staff or _("somebody not known here")
            written = _("Written by {name}, {moment}.", name=who, moment=session.moment(one.line.at_ms))
            said = f"{written} {said}"
        self.advice.setText(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
