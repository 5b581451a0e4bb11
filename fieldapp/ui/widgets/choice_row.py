"""A few answers side by side, one of which holds, chosen by a single key or by the arrows."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from fieldapp.domain.names import search_key
from fieldapp.ui import theme
from fieldapp.ui.widgets.choice_button import ChoiceButton
from fieldapp.ui.widgets.wrap_layout import WrapLayout


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its code, the key that chooses it, what stands on it, and its whole meaning for a screen reader."""

    code: str
    key: str
    text: str
    meaning: str


class ChoiceRow(QWidget):
    """A single-key row of answers. It is one stop of the keyboard; nothing is chosen at first.

    With `goes_on` an answer given by its key is the end of the field, as if Enter had followed.
    """

    changed = Signal()
    returnPressed = Signal()  # noqa: N815 - named like that of Qt's own fields, so that Enter goes on from all alike

    def __init__(self, answers: Sequence[Answer], parent: QWidget | None = None, *, goes_on: bool = False) -> None:
        super().__init__(parent)
        self._goes_on = goes_on
        self._answers = tuple(answers)
        self._code = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = WrapLayout(self, gap=4, line_gap=4)
        self._buttons: dict[str, QPushButton] = {}
        for answer in self._answers:
            button = ChoiceButton(answer.text, "choice")
            button.setToolTip(answer.meaning)
            button.setAccessibleName(answer.meaning)
            button.clicked.connect(lambda _checked=False, code=answer.code: self._on_clicked(code))
            layout.addWidget(button)
            self._buttons[answer.code] = button

    @property
    def code(self) -> str:
        """The chosen code, or nothing."""
        return self._code

    @property
    def meaning(self) -> str:
        """The words of what is chosen."""
        return next((answer.meaning for answer in self._answers if answer.code == self._code), "")

    def set_code(self, code: str) -> None:
        """Show an answer as chosen without saying that it changed."""
        self._code = code if code in self._buttons else ""
        for each, button in self._buttons.items():
            button.setChecked(each == self._code)
        self.setAccessibleDescription(self.meaning)

    def choose(self, code: str) -> None:
        """Choose an answer as a person does."""
        self.set_code(code)
        self.changed.emit()

    def show_problem(self, state: str) -> None:
        """Mark the buttons as wrong, or not."""
        for button in self._buttons.values():
            theme.set_property(button, "state", state or None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        typed = search_key(event.text()) or event.text()
        found = next((a for a in self._answers if typed and typed == (search_key(a.key) or a.key)), None)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self._step(1 if (key == Qt.Key.Key_Right) != mirrored else -1)
        elif found is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose(found.code)
            if self._goes_on:
                self.returnPressed.emit()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.choose("")
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _step(self, by: int) -> None:
        codes = [answer.code for answer in self._answers]
        if self._code in codes:
            self.choose(codes[(codes.index(self._code) + by) % len(codes)])
        else:
            self.choose(codes[0 if by > 0 else -1])

    def _on_clicked(self, code: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose(code)


def sex_answers(language: str) -> tuple[Answer, ...]:
    """Return the answers for sex: F, M, X and ?."""
    from fieldapp.code_lists import code_list  # noqa: PLC0415 - read when first shown

    return tuple(
        Answer(row.code, row.extra.get("short", row.code), row.extra.get("short", row.code), row.label(language))
        for row in code_list("sex")
    )
