"""How a widget was before a scanner began to type into it, and the way back: content, selection, undo, keyboard."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from fieldapp.ui.places import WayBack
from fieldapp.ui.widgets.choice_row import ChoiceRow

TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)


def way_back(widget: QWidget) -> WayBack:
    """Return what puts a widget back as it is now."""
    if isinstance(widget, QLineEdit):
        return _line_back(widget)
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        return _text_back(widget)
    if isinstance(widget, ChoiceRow):
        return _choice_back(widget)
    if isinstance(widget, QAbstractItemView):
        index = widget.currentIndex()
        return lambda: widget.setCurrentIndex(index)
    return lambda: None


def all_back(ways: list[tuple[QWidget, WayBack]]) -> None:
    """Put widgets back, the last first, and give the keyboard to the first."""
    for widget, go_back in reversed(ways):
        if isValid(widget):
            if widget is ways[0][0] and not widget.hasFocus():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
            go_back()


def _line_back(line: QLineEdit) -> WayBack:
    text, cursor = line.text(), line.cursorPosition()
    start, length = line.selectionStart(), len(line.selectedText())
    marks = getattr(line, "marks", lambda: None)()

    def go_back() -> None:
        was_changed = line.text() != text
        with QSignalBlocker(line):
            while line.text() != text and line.isUndoAvailable():
                line.undo()
                if len(line.text()) < len(text):
                    break
            if line.text() != text:  # Qt joins what was typed before to the scanner's keys
                line.selectAll()
                line.insert(text)
            line.setCursorPosition(cursor)
            if length:
                line.setSelection(start, length)
            if marks is not None:
                line.set_marks(marks)  # type: ignore[attr-defined]
        if was_changed:
            _say_changed(line)

    return go_back


def _say_changed(line: QLineEdit) -> None:
    """Let those who follow the field know what stands there again."""
    changed = getattr(line, "changed", None)
    changed.emit() if changed is not None else line.textEdited.emit(line.text())


def _text_back(field: QPlainTextEdit | QTextEdit) -> WayBack:
    text, cursor = field.toPlainText(), field.textCursor()
    anchor, position = cursor.anchor(), cursor.position()

    def go_back() -> None:
        while field.toPlainText() != text and field.document().isUndoAvailable():
            field.undo()
            if len(field.toPlainText()) < len(text):
                break
        again = field.textCursor()
        if field.toPlainText() != text:
            again.select(QTextCursor.SelectionType.Document)
            again.insertText(text)
        again.setPosition(anchor)
        again.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(again)

    return go_back


def _choice_back(row: ChoiceRow) -> WayBack:
    code = row.code

    def go_back() -> None:
        if row.code != code:
            row.choose(code)

    return go_back
