"""A panel of a family's page in which something is written: fields, a way back, and one primary button.

It stands in the page and not in a dialog, so that what it is about stays in sight.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldapp.domain.people import GroupPage
from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import FieldProblem
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.scrolled import scrolled
from fieldapp.ui.widgets.steady_column import SteadyColumn
from fieldapp.words import say

T = TypeVar("T")
_TAB = Qt.FocusReason.TabFocusReason


class Once:
    """Does something at the first call only, for what a button and a key both offer."""

    def __init__(self, action: Callable[[], object]) -> None:
        self._action: Callable[[], object] | None = action

    def __call__(self) -> None:
        """Do it, unless it was done."""
        action, self._action = self._action, None
        if action is not None:
            action()


class EditPanel(QFrame):
    """A card with fields, Cancel and one primary button. Emits `closed` when it is done or given up; the page around it closes it with Esc."""

    closed = Signal()
    undo_offered = Signal(object)
    """What was just written can be taken back: carries what does so, once."""

    def __init__(self, session: Session, shell: Shell, title: str, primary: str) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.page: GroupPage | None = None
        _ = session._
        self.setProperty("kind", "card")
        self.frames: dict[str, FieldFrame] = {}
        self._last_field: QWidget | None = None
        self.heading = plain_label(title, "section")
        self.heading.setContentsMargins(theme.SPACE[0], 0, 0, 0)  # in line with the fields below
        self._inside = QWidget()
        self.fields = QVBoxLayout(self._inside)
        self.fields.setContentsMargins(theme.SPACE[0], 0, theme.SPACE[1], theme.SPACE[0])
        self.fields.setSpacing(theme.SPACE[1])
        self.cancel_button = QPushButton(_("Cancel  Esc"))
        self.primary_button = QPushButton(primary)
        self.primary_button.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.primary_button)
        column = SteadyColumn(self)
        column.setContentsMargins(theme.SPACE[3], theme.SPACE[2], theme.SPACE[3], theme.SPACE[2])
        column.setSpacing(theme.SPACE[1])
        column.addWidget(self.heading)
        column.addWidget(scrolled(self._inside), 1)
        column.addLayout(buttons)
        self.cancel_button.clicked.connect(self.closed)
        self.primary_button.clicked.connect(self.save)
        for keys, action in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save)):
            shortcut = QShortcut(QKeySequence(keys), self, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Let Tab go from the last field to the buttons, which Qt puts before the fields on their way into the window.

        The order itself is Qt's: walking it widget by widget from here leaves wrappers that take widgets apart.
        """
        held = QApplication.focusWidget()
        if self.isHidden() or held is None:  # it is being hidden, and looks for somebody to have the keyboard
            return super().focusNextPrevChild(forward)
        if held is self.cancel_button and (forward or self._last_field is not None):
            goes_to = self.primary_button if forward else self._last_field
            assert goes_to is not None
            goes_to.setFocus(_TAB if forward else Qt.FocusReason.BacktabFocusReason)
            return True
        moved = super().focusNextPrevChild(forward)
        if forward and self._inside.isAncestorOf(held) and not self.isAncestorOf(QApplication.focusWidget() or self):
            self._last_field = held
            self.cancel_button.setFocus(_TAB)
        return moved

    def begin(self, page: GroupPage) -> None:
        """Begin anew for a family."""
        self.page = page
        for frame in self.frames.values():
            frame.set_problem("")
        self.clear()

    def clear(self) -> None:
        """Put the fields to where they begin."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Take the keyboard to the first field."""
        next(iter(self.frames.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keep what is typed so far, where the panel can."""

    def save(self) -> None:
        """Do what the primary button says."""
        raise NotImplementedError

    def write(
        self,
        function: Callable[[], T],
        said: "str | Callable[[T], str]",
        undo: Callable[[T], object] | None = None,
    ) -> None:
        """Write off the main thread, say what was done, and close. `undo` is offered beside it and hears the result."""
        self.primary_button.setEnabled(False)

        def done(result: T) -> None:
            self.primary_button.setEnabled(True)
            told = said if isinstance(said, str) else said(result)
            if undo is None:
                self.shell.show_banner("ok", told)
            else:
                way_back = Once(partial(undo, result))
                self.shell.show_banner("ok", told, self.session._("Undo  Ctrl+Z"), way_back)
                self.undo_offered.emit(way_back)
            self.closed.emit()

        self.session.work.change(function, done, self._on_failed, changes="groups", owner=self)

    def take_back(self, function: Callable[[], object], said: str) -> None:
        """Take back off the main thread what was written, and say so."""
        self.session.work.change(
            function,
            lambda _done: self.shell.show_banner("ok", said),
            self.shell.show_problem,
            changes="groups",
            owner=self,
        )

    def undone(self, reason: str) -> str:
        """Return the reason under which something is taken back, for the history."""
        return self.session._("Undone: {reason}", reason=reason)

    def show_field_problem(self, problem: FieldProblem) -> bool:
        """Say beside its field what is wrong; return False when it is not one of these fields."""
        frame = self.frames.get(problem.field)
        if frame is None:
            return False
        frame.set_problem(say(self.session.language, problem.code, value=problem.value, limit=problem.limit))
        frame.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _on_failed(self, error: Exception) -> None:
        self.primary_button.setEnabled(True)
        problems = error.problems if isinstance(error, InvalidEntry) else ()
        shown = [self.show_field_problem(problem) for problem in problems if isinstance(problem, FieldProblem)]
        if not any(shown):
            self.shell.show_problem(error)
