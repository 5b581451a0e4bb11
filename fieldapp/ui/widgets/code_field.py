"""A field that holds a code of a list, found by typing a few letters of its word.

What fits stands below while typing; arrows mark, Enter or Tab takes. Case and accents do not matter, the exact code
works too. The words are in the screen's language, the value is the code.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.ui.models.draft_choices import Choices
from fieldapp.ui.models.draft_content import CodeValue
from fieldapp.ui.widgets.code_popup import CodePopup
from fieldapp.ui.widgets.field_frame import mark

SEPARATOR = "+"
NOT_IN_LIST = "not_in_list"


class CodeField(QLineEdit):
    """A type-ahead field. `several` permits more codes joined by `+`; `free_text` permits words that are no code."""

    changed = Signal()
    """The text changed by a person, or a code was taken."""

    def __init__(
        self, choices: Choices, *, several: bool = False, free_text: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._several, self._free_text = several, free_text
        self._guess = False
        self._problem = ""
        self._popup: CodePopup | None = None
        self._edited = False
        self.textEdited.connect(self._on_edited)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that stand in the field; empty when it is empty or something in it is not in the list."""
        found = [self._choices.exactly(part) for part in self._parts()]
        return tuple(dict.fromkeys(choice.code for choice in found if choice)) if all(found) else ()

    @property
    def code(self) -> str:
        """The first code, or nothing."""
        return next(iter(self.codes), "")

    @property
    def value(self) -> CodeValue:
        """What stands in the field, to be kept."""
        codes = self.codes
        return CodeValue(codes, "" if codes else self.text(), self._guess)

    @property
    def problem(self) -> str:
        """`not_in_list` when there is text that is no code, else nothing."""
        return NOT_IN_LIST if self.text().strip() and not self.codes and not self._free_text else ""

    @property
    def is_offering(self) -> bool:
        """Whether the list is open."""
        return self._popup is not None and self._popup.isVisible()

    def offered(self) -> list[str]:
        """Return the labels in the open list."""
        popup = self._popup
        return [popup.item(row).text() for row in range(popup.count())] if popup and self.is_offering else []

    def set_value(self, value: CodeValue) -> None:
        """Put a value into the field without saying that it changed."""
        known = [code for code in value.codes if self._choices.get(code)]
        self.setText(f" {SEPARATOR} ".join(self._choices.label(code) for code in known) if known else value.typed)
        self.setCursorPosition(0)
        self._set_guess(value.guess and bool(self.text()))
        self._edited = False
        self.close_list()

    def guess(self, *codes: str) -> None:
        """Offer the usual answer, marked as a guess, unless a person has answered."""
        if self._guess or not self.text():
            self.set_value(CodeValue.guessed(*codes))

    @property
    def is_guess(self) -> bool:
        """Whether what stands here was put by the program and nobody has touched it."""
        return self._guess

    @property
    def goes_without_saying(self) -> bool:
        """Whether Enter may pass by: the usual answer stands here."""
        return self._guess and bool(self.text())

    def touch(self) -> None:
        """Take what stands here as said by a person."""
        self._set_guess(False)

    def marks(self) -> tuple[bool, bool]:
        """Return what of the field is not in its text: whether it is a guess, whether it is being typed."""
        return self._guess, self._edited

    def set_marks(self, marks: tuple[bool, bool]) -> None:
        """Put back what `marks` returned, and take the list away."""
        guess, self._edited = marks
        self._set_guess(guess)
        self.close_list()

    def show_problem(self, state: str) -> None:
        """Show by the border that something is wrong (`error`, `warn`) or not."""
        self._problem = state
        mark(self, problem=state, guess=self._guess)

    def open_list(self) -> None:
        """Show what fits what is typed; when the field holds an answer or nothing, the usual choices."""
        token = "" if self.codes and not self._edited else self._token()
        self._offer(token, mark_first=bool(token))

    def close_list(self) -> None:
        """Take the list away."""
        if self._popup is not None:
            self._popup.hide()

    def take(self, code: str) -> None:
        """Put a chosen code in the place of what was being typed."""
        head, separator, _ = self.text().rpartition(SEPARATOR) if self._several else ("", "", "")
        before = f"{head.strip()} {separator} " if separator else ""
        self.setText(before + self._choices.label(code))
        self._edited = False
        self._set_guess(False)
        self.close_list()
        self.changed.emit()

    def take_marked(self) -> None:
        """Take the marked row of the open list; without one, a whole label or code that was typed."""
        code = self._popup.current_code if self._popup else ""
        if code and (self._edited or code != self.code):
            self.take(code)
        elif self._edited and self.codes:
            self.set_value(CodeValue(self.codes))
            self.changed.emit()
        self.close_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            if self._popup is not None and self.is_offering:
                self._popup.step(1 if key == Qt.Key.Key_Down else -1)
            elif key == Qt.Key.Key_Down:
                self.open_list()
        elif key == Qt.Key.Key_Escape and self.is_offering:
            self.close_list()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_marked()
            self._set_guess(False)
            super().keyPressEvent(event)
        elif self._several and event.text() == SEPARATOR:
            self.take_marked()
            if self.codes:
                self._wait_for_another()
            else:
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Esc takes the list away first; only the next one is the shortcut that puts the form aside.
        is_asked = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if isinstance(event, QKeyEvent) and is_asked and self.is_offering and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, next_one: bool) -> bool:  # noqa: FBT001 - the signature is Qt's
        self.take_marked()
        return super().focusNextPrevChild(next_one)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setCursorPosition(0)  # a long label shows its beginning
            if self._edited and self.codes:
                self.set_value(CodeValue(self.codes))
            self.close_list()

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.is_offering and not self.hasSelectedText():
            self.selectAll()
            self.open_list()

    def _wait_for_another(self) -> None:
        """Keep what stands here, and go on typing beside it."""
        self.setText(f"{self.text().strip(f' {SEPARATOR}')} {SEPARATOR} ")
        self._edited = True
        self._set_guess(False)
        self.changed.emit()

    def _parts(self) -> list[str]:
        parts = self.text().split(SEPARATOR) if self._several else [self.text()]
        return [part for part in parts if part.strip()]

    def _token(self) -> str:
        return self.text().rpartition(SEPARATOR)[2] if self._several else self.text()

    def _on_edited(self, _text: str) -> None:
        self._edited = True
        self._set_guess(False)
        token = self._token()
        if token.strip():
            self._offer(token, mark_first=True)
        else:
            self.close_list()
        self.changed.emit()

    def _offer(self, token: str, *, mark_first: bool) -> None:
        found = self._choices.best(token)
        if self._popup is None:
            self._popup = CodePopup(self)
            self._popup.chosen.connect(self._on_clicked)
            self.destroyed.connect(self._popup.deleteLater)
        # Where other words are allowed, only what is surely meant is taken by itself.
        sure = not self._free_text or bool(found and self._choices.is_sure(found[0], token))
        self._popup.offer(found, mark_first=mark_first and sure)

    def _on_clicked(self, code: str) -> None:
        self.take(code)
        self.setFocus()

    def _set_guess(self, guess: bool) -> None:
        self._guess = guess
        mark(self, problem=self._problem, guess=guess)
