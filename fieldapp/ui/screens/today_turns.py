"""The call list: who waits, who is served, and the next call by one key."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.domain.people import Turn
from fieldapp.services.turns import CallList, call_list, call_next, call_turn, put_back
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.turn_screen import TurnScreen
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.row_table import RowTable
from fieldapp.ui.widgets.scrolled import scrolled
from fieldapp.ui.widgets.status_line import age_words

_LEAST_ROWS = 4
"""Of the table with its head, where the text is large; then the page scrolls."""


class TurnsPage(QWidget):
    """The waiting families with what can be done. Emits `left` when staff goes back to the figures."""

    left = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        self._calls = CallList()
        self.turn_screen: TurnScreen | None = None
        _ = session._
        heading = QLabel(_("Now serving"))
        heading.setProperty("kind", "secondary")
        self.serving = QLabel(words.NOTHING)
        self.serving.setProperty("kind", "large-number")
        self.who = QLabel()
        self.who.setTextFormat(Qt.TextFormat.PlainText)
        self.count = QLabel()
        self.count.setProperty("kind", "secondary")
        heads = (_("Turn"), _("Family"), _("Number"), _("People"), _("Waits"))
        self.table = RowTable(_("Turns that wait"), heads, wide=1)
        self.next_button = QPushButton(_("Call the next  Ctrl+Enter"))
        self.next_button.setProperty("kind", "primary")
        self.chosen_button = QPushButton(_("Call this one  Enter"))
        self.back_button = QPushButton(_("Put back  Ctrl+Z"))
        self.again_button = QPushButton(_("Call again  Ctrl+R"))
        self.screen_button = QPushButton(_("Turn screen  Ctrl+T"))
        self.leave_button = QPushButton(_("Back  Esc"))
        self.leave_button.setProperty("kind", "quiet")
        theme.set_icon(self.leave_button, "arrow-left")
        self._lay_out(heading)
        self._connect()
        session.work.changed.connect(self._on_changed)

    def _lay_out(self, heading: QLabel) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[3])
        for part in (heading, self.serving, self.who):
            inside.addWidget(part)
        actions = QHBoxLayout()
        for button in (self.again_button, self.back_button):
            actions.addWidget(button)
        actions.addStretch(1)
        actions.addWidget(self.screen_button)
        inside.addLayout(actions)
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        buttons.addWidget(self.chosen_button)
        buttons.addWidget(self.next_button)
        listing = QWidget()
        lines = QVBoxLayout(listing)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.SPACE[2])
        lines.addWidget(card)
        lines.addWidget(self.count)
        lines.addWidget(self.table, 1)
        lines.addStretch(0)  # takes the room of a table that is not shown
        self.table.setMinimumHeight(theme.size("row") * _LEAST_ROWS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE[2])
        column.addWidget(scrolled(listing), 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.leave_button.clicked.connect(self.left)
        self.next_button.clicked.connect(self.call_next)
        self.chosen_button.clicked.connect(self.call_chosen)
        self.back_button.clicked.connect(self.put_back)
        self.again_button.clicked.connect(self.call_again)
        self.screen_button.clicked.connect(self.open_screen)
        self.table.itemActivated.connect(lambda _item: self.call_chosen())
        for keys, action in (
            ("Escape", self.left.emit), ("Ctrl+Return", self.call_next), ("Ctrl+Enter", self.call_next),
            ("Ctrl+Z", self.put_back), ("Ctrl+R", self.call_again), ("Ctrl+T", self.open_screen),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def refresh(self) -> None:
        """Read the call list anew."""
        desk = self._session.desk
        self._session.work.query(lambda: call_list(desk), self.show_calls, self._shell.show_problem, owner=self)

    def take_focus(self) -> None:
        """Take the keyboard to the next call."""
        (self.next_button if self.next_button.isEnabled() else self.leave_button).setFocus()

    def _on_changed(self, kind: str) -> None:
        if kind in {"turns", "groups"} and self.isVisible():
            self.refresh()

    def show_calls(self, calls: CallList) -> None:
        """Show a call list; what was chosen stays chosen."""
        session, language = self._session, self._session.language
        before = self.table.currentRow()
        self._calls = calls
        serving = calls.serving
        self.serving.setText(serving.label if serving else words.NOTHING)
        self.who.setText(f"{_name(serving)} · {serving.number}" if serving else session._("Nobody was called yet."))
        waits = language.ngettext("{number} family waits", "{number} families wait", calls.waiting_count)
        nobody = session._("No family waits. Turns are given when a family is registered, or on its page.")
        self.count.setText(waits if calls.waiting else nobody)
        now = session.desk.now_ms()
        self.table.show_rows(
            (turn.label, _name(turn), turn.number, str(turn.group_size), age_words(language, now - turn.given_at_ms))
            for turn in calls.waiting
        )
        if calls.waiting:
            self.table.setCurrentCell(min(max(before, 0), len(calls.waiting) - 1), 0)
        self.table.setVisible(bool(calls.waiting))
        for button in (self.next_button, self.chosen_button):
            button.setEnabled(bool(calls.waiting))
        for button in (self.back_button, self.again_button):
            button.setEnabled(serving is not None)
        focused = QApplication.focusWidget()
        if self.isVisible() and (focused is self.leave_button or not self.isAncestorOf(focused or self)):
            self.take_focus()

    def call_next(self) -> None:
        """Call the family that has waited longest."""
        if self._calls.waiting:
            self._write(partial(call_next, self._session.desk))

    def call_chosen(self) -> None:
        """Call the family that is chosen in the list."""
        row = self.table.currentRow()
        if 0 <= row < len(self._calls.waiting):
            self._call(self._calls.waiting[row].group_id)

    def call_again(self) -> None:
        """Call the family that is served once more."""
        if self._calls.serving is not None:
            self._call(self._calls.serving.group_id)

    def put_back(self) -> None:
        """Let the family that was called last wait again."""
        if self._calls.serving is not None:
            self._write(partial(put_back, self._session.desk, self._calls.serving.group_id))

    def open_screen(self) -> None:
        """Open the turn screen, on a second screen if there is one."""
        if self.turn_screen is None:
            self.turn_screen = TurnScreen(self._session)
            self.destroyed.connect(self.turn_screen.deleteLater)
        self.turn_screen.open()
        self.window().activateWindow()

    def _call(self, group_id: UUID) -> None:
        self._write(partial(call_turn, self._session.desk, group_id))

    def _write(self, function: Callable[[], object]) -> None:
        self._session.work.change(
            function, lambda _done: self.refresh(), self._shell.show_problem, changes="turns", owner=self
        )


def _name(turn: Turn) -> str:
    return words.full_name(turn.given_names, turn.surnames)
