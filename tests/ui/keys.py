"""Real key events for tests. QTest.keyClicks aborts the process on ñ or é, so each character is its own event."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_NONE = Qt.KeyboardModifier.NoModifier


def _target(widget: QWidget | None) -> QWidget:
    """Return the widget that has the keyboard, like a real keyboard would find it."""
    focused = QApplication.focusWidget()
    if widget is not None and (focused is None or not (widget is focused or widget.isAncestorOf(focused))):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            widget.setFocus()
        focused = QApplication.focusWidget()
    found = focused or widget
    assert found is not None, "nothing has the keyboard"
    return found


def type_text(widget: QWidget | None, text: str, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    """Type a text of any script, one key event for each character; None types into whatever has the focus."""
    for character in text:
        target = _target(widget)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, 0, modifiers, character))


def scan(text: str, every_ms: int = 2, begins_ms: int = 1000, ends: str = "\r") -> int:
    """Type like a scanner: through the shortcuts, each key with the system's time. Return the time of the last key."""
    at_ms = begins_ms
    for character in text + ends:
        stroke(character, at_ms)
        at_ms += every_ms
    return at_ms - every_ms


def stroke(character: str, at_ms: int, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    """Press and release one key of a keyboard at a time (ms)."""
    key = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, " ": Qt.Key.Key_Space}.get(character, Qt.Key.Key_unknown)
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, modifiers, character)
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(_target(None), event)


def press(
    widget: QWidget | None,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = _NONE,
    times: int = 1,
) -> None:
    """Press a key (with modifiers) so many times, through the shortcut system like a real one."""
    for _ in range(times):
        QTest.keyClick(_target(widget), key, modifiers)


def press_control(widget: QWidget | None, key: Qt.Key) -> None:
    """Press Ctrl and a key."""
    press(widget, key, Qt.KeyboardModifier.ControlModifier)
