"""Undo in the form: field by field, once the text of the field itself has nothing left to take back.

A line of text has an undo of its own, character by character; behind it the form goes back to what it was before the
last field was changed.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from fieldapp.ui.models.draft_content import GroupDraft
from fieldapp.ui.screens.register_form import RegisterForm

_MOST_STEPS = 100


class FormUndo(QObject):
    """Remembers the form at each change of field. Ctrl+Z goes back, Ctrl+Shift+Z forward again."""

    def __init__(self, form: RegisterForm) -> None:
        super().__init__(form)
        self._form = form
        self._before: list[GroupDraft] = []
        self._after: list[GroupDraft] = []
        self._last = form.draft
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        app.installEventFilter(self)

    def begin(self) -> None:
        """Begin with another family: nothing of the one before comes back."""
        self._before.clear()
        self._after.clear()
        self._last = self._form.draft

    def undo(self) -> None:
        """Put the form to what it was before the last field was changed."""
        self._note()
        if self._before:
            self._after.append(self._form.draft)
            self._put(self._before.pop())

    def redo(self) -> None:
        """Take the last undo back."""
        if self._after:
            self._before.append(self._form.draft)
            self._put(self._after.pop())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys of undo where the field has nothing of its own to take back."""
        if event.type() not in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress} or not isinstance(event, QKeyEvent):
            return False
        is_undo = event.matches(QKeySequence.StandardKey.Undo)
        if not (is_undo or event.matches(QKeySequence.StandardKey.Redo)) or not self._is_ours(is_undo):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif is_undo:
            self.undo()
        else:
            self.redo()
        return True

    def _is_ours(self, is_undo: bool) -> bool:  # noqa: FBT001 - which of the two keys
        focused = QApplication.focusWidget()
        if (
            focused is None
            or not isValid(self._form)
            or not self._form.isAncestorOf(focused)
            or not self._form.isEnabled()
        ):
            return False
        if isinstance(focused, QLineEdit):
            return not (focused.isUndoAvailable() if is_undo else focused.isRedoAvailable())
        return not isinstance(focused, QPlainTextEdit)

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        # A window that closes moves the focus while its parts are already gone.
        if not isValid(self._form) or old is None or not isValid(old):
            return
        if old is not new and self._form.isAncestorOf(old):
            self._note()

    def _note(self) -> None:
        now = self._form.draft
        if now != self._last:
            self._before = [*self._before, self._last][-_MOST_STEPS:]
            self._after.clear()
            self._last = now

    def _put(self, draft: GroupDraft) -> None:
        self._last = draft
        self._form.set_draft(draft)
        self._form.changed.emit()
