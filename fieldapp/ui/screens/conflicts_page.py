"""Values in conflict side by side with who, where and when; a digit chooses one, or another name is typed."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import FieldProblem
from fieldapp.services.conflicts import TYPED, Conflict, Version, choose, conflicts, enter
from fieldapp.ui import theme
from fieldapp.ui.models.person_words import field_words, value_words
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.scrolled import scroll_by_key, scrolled
from fieldapp.ui.widgets.wrap_layout import WrapLayout
from fieldapp.words import say

_MOST_KEYS = 9


class ConflictsPage(QWidget):
    """One conflict at a time. Emits `left` when staff goes back."""

    left = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        _ = session._
        self._conflicts: list[Conflict] = []
        self._solved = 0
        self.buttons: list[QPushButton] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heading = plain_label(_("Different values"), "section")
        self.setAccessibleName(self.heading.text())
        self.count = plain_label("", "secondary")
        self.who, self.field = plain_label("", "title"), plain_label("", "secondary")
        self.said = plain_label("")
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.other = PlainField()
        self.other.returnPressed.connect(self.enter_other)
        self.other_frame = FieldFrame(
            _("Another value"), self.other, _("If none of them is right: Tab goes here, Enter keeps it"), chars=40
        )
        self.back_button = QPushButton(_("Back  Esc"))
        self.back_button.setProperty("kind", "quiet")
        self.open_button = QPushButton(_("Open the family  Ctrl+E"))
        self.later_button = QPushButton(_("Later  0"))
        self.back_button.clicked.connect(self.left)
        self.open_button.clicked.connect(self.open_family)
        self.later_button.clicked.connect(self.skip)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE[2])
        top.addWidget(self.heading, 1)
        top.addWidget(self.count)
        self._sides = QWidget()
        self._sides.setProperty("kind", "plain")
        self._line = WrapLayout(self._sides, gap=theme.SPACE[2], line_gap=theme.SPACE[2], fill=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.SPACE[1], theme.SPACE[0])
        column.setSpacing(theme.SPACE[2])
        for widget in (self.who, self.field, self._sides, self.other_frame):
            column.addWidget(widget)
        column.addStretch(1)
        self._area = scrolled(inside)
        buttons = WrapLayout(gap=theme.SPACE[1], line_gap=theme.SPACE[1], at_end=True)
        for button in (self.back_button, self.open_button, self.later_button):
            buttons.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[2])
        outer.setSpacing(theme.SPACE[2])
        outer.addLayout(top)
        outer.addWidget(self.said, 1)
        outer.addWidget(self._area, 1)
        outer.addLayout(buttons)

    @property
    def conflict(self) -> Conflict | None:
        """The conflict that is looked at."""
        return self._conflicts[0] if self._conflicts else None

    def refresh(self) -> None:
        """Look for conflicts anew."""
        desk = self._session.desk
        self._session.work.query(lambda: conflicts(desk), self._on_found, self._shell.show_problem, owner=self)

    def take_focus(self) -> None:
        """Take the keyboard, so that single keys answer."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_found(self, found: tuple[Conflict, ...]) -> None:
        self._conflicts = list(found)
        self._show()

    def _show(self) -> None:
        conflict, language, _ = self.conflict, self._session.language, self._session._
        for widget in (self._area, self.count, self.open_button, self.later_button):
            widget.setVisible(conflict is not None)
        self.said.setVisible(conflict is None)
        self.said.setText(_("No values to choose between. Where two desks write different things, they come here."))
        self._clear()
        if conflict is None:
            return
        self.count.setText(_("{place} of {number}", place=self._solved + 1, number=self._solved + len(self._conflicts)))
        self.who.setText(f"{conflict.name}   {conflict.number}" if not conflict.is_group else conflict.number)
        self.field.setText(_("{field}: which one is right?", field=field_words(language, conflict.field)))
        for number, version in enumerate(conflict.versions, start=1):
            self._line.addWidget(self._side(number, version, conflict))
        self.other_frame.setVisible(conflict.field in TYPED and not conflict.is_group)
        self.other.clear()
        self.other_frame.set_problem("")
        self.later_button.setEnabled(len(self._conflicts) > 1)

    def _clear(self) -> None:
        self.buttons = []
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _side(self, number: int, version: Version, conflict: Conflict) -> QWidget:
        session, _ = self._session, self._session._
        value = version.refers or value_words(session.language, conflict.field, version.value)
        who = _("{name}, desk {device}", name=version.staff or _("Unknown"), device=version.device or "?")
        when = session.moment(version.at_ms)
        card = QFrame()
        card.setProperty("kind", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(*[theme.SPACE[3]] * 4)
        column.setSpacing(theme.SPACE[1])
        shown = plain_label(value, "section")
        shown.setAccessibleName(f"{value}, {who}, {when}")
        column.addWidget(shown)
        column.addWidget(plain_label(who, "secondary"))
        column.addWidget(plain_label(when, "hint"))
        key = f"{number}  " if number <= _MOST_KEYS else ""
        button = QPushButton(f"{key}{_('This is right')}")
        button.setAccessibleName(f"{button.text()}: {value}")
        button.clicked.connect(lambda: self.choose(version))
        column.addSpacing(theme.SPACE[1])
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self.buttons.append(button)
        card.setMinimumWidth(card.fontMetrics().averageCharWidth() * 36)
        return card

    def choose(self, version: Version) -> None:
        """Let a value stand."""
        conflict, desk = self.conflict, self._session.desk
        if conflict is None:
            return
        self._wait()
        self._session.work.change(
            lambda: choose(desk, conflict, version), self._on_solved, self._on_refused, changes="people", owner=self
        )

    def enter_other(self) -> None:
        """Let what was typed stand."""
        conflict, desk, text = self.conflict, self._session.desk, self.other.text()
        if conflict is None or not text.strip():
            return
        self._wait()
        self._session.work.change(
            lambda: enter(desk, conflict, text), self._on_solved, self._on_refused, changes="people", owner=self
        )

    def _wait(self) -> None:
        for button in self.buttons:
            button.setEnabled(False)

    def _on_solved(self, _done: None) -> None:
        self._solved += 1
        self._conflicts.pop(0)
        self._show()
        self.take_focus()

    def _on_refused(self, error: Exception) -> None:
        for button in self.buttons:
            button.setEnabled(True)
        problem = error.problems[0] if isinstance(error, InvalidEntry) and error.problems else None
        if isinstance(problem, FieldProblem):
            text = say(self._session.language, problem.code, value=problem.value, limit=problem.limit)
            self.other_frame.set_problem(text)
        else:
            self._shell.show_problem(error)

    def skip(self) -> None:
        """Put the conflict behind the others."""
        if len(self._conflicts) > 1:
            self._conflicts.append(self._conflicts.pop(0))
            self._show()

    def open_family(self) -> None:
        """Open the record, where every field can be edited."""
        conflict = self.conflict
        if conflict is None:
            return
        if conflict.is_group:
            self._shell.open_group(conflict.group_id)
        else:
            self._shell.open_person(conflict.group_id, conflict.subject)

    def event(self, event: QEvent) -> bool:
        """Keep Esc and Ctrl+E from the shortcuts around this page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_mine(event):
            event.accept()
            return True
        return super().event(event)

    def _is_mine(self, event: QKeyEvent) -> bool:
        is_open = event.key() == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return event.key() == Qt.Key.Key_Escape or is_open

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Answer by a digit; 0 is later, Esc leaves the field or the page."""
        number = event.key() - Qt.Key.Key_0
        is_typing = isinstance(self.focusWidget(), QLineEdit)
        if event.key() == Qt.Key.Key_Escape:
            self.take_focus() if is_typing else self.left.emit()
        elif event.key() == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.open_family()
        elif not is_typing and number == 0:
            self.skip()
        elif not is_typing and 1 <= number <= min(_MOST_KEYS, len(self.buttons)):
            self.buttons[number - 1].click()
        elif not scroll_by_key(self._area, event):
            super().keyPressEvent(event)
