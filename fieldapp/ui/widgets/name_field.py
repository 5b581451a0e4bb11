"""A field for given names or surnames: any script, kept as typed; says early when it is too long to be a name."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.domain.names import LONGEST_NAME, tidy
from fieldapp.ui.widgets.field_frame import mark


class NameField(QLineEdit):
    """A name. Nothing is cut off and nothing refused while typing; `problem` says what must be mended."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guess = False
        self._problem = ""
        self.textEdited.connect(self._on_edited)

    @property
    def name(self) -> str:
        """The name, tidied."""
        return tidy(self.text())

    @property
    def is_guess(self) -> bool:
        """Whether the name was put here by the program and nobody has touched it."""
        return self._guess

    @property
    def problem(self) -> str:
        """`too_long`, or nothing."""
        return "too_long" if len(self.name) > LONGEST_NAME else ""

    def set_name(self, text: str, *, guess: bool = False) -> None:
        """Put a name into the field without saying that it changed."""
        self.setText(text)
        self.setCursorPosition(0)
        self._set_guess(guess and bool(text))

    def marks(self) -> bool:
        """Return what of the field is not in its text: whether it is a guess."""
        return self._guess

    def set_marks(self, guess: bool) -> None:  # noqa: FBT001 - what `marks` returned
        """Put back what `marks` returned."""
        self._set_guess(guess)

    def show_problem(self, state: str) -> None:
        """Show by the border that something is wrong, or not."""
        self._problem = state
        mark(self, problem=state, guess=self._guess)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._guess:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.text() != self.name:
            self.setText(self.name)

    def _on_edited(self, _text: str) -> None:
        self._set_guess(False)
        self.changed.emit()

    def _set_guess(self, guess: bool) -> None:
        self._guess = guess
        mark(self, problem=self._problem, guess=guess)
