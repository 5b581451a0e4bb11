"""A scanner that types is told from hands, in any field, by its speed and the shape of what it typed.

The first few keys of a run are delivered at once, so that nobody waits for a letter; what is certainly a machine's is
held back until it rests. A paper or a slip becomes a scan: the field is put back as it was, and the Enter at the end
does nothing. All else is typed as it came.
"""

from collections.abc import Callable
from contextlib import suppress
from itertools import takewhile

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from fieldapp.ui.models.key_run import Fate, KeyRun
from fieldapp.ui.models.scan_kinds import LONGEST_SCAN, ScanKind, kind_of
from fieldapp.ui.places import WayBack
from fieldapp.ui.rollback import TEXT_FIELDS, all_back, way_back
from fieldapp.ui.scans import Scan, Scans, ScanSource

LONGEST_PASTE = 500
"""Characters; no field of the program is meant for more than a fraction of it."""
_SHORTEST_CODE, _LONG_CODE = 8, 40
"""Characters: of a code whose Enter is a scanner's; of one that no field wants to have typed into it."""
_FILLERS = "<<"
"""What fills up the lines of a machine-readable zone; nobody types it into a field."""
_STAYS_TEXT = (ScanKind.OTHER, ScanKind.NUMBER)
"""What is pasted into a field as it is; a number may be wanted there."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENDS = (*_ENTER, Qt.Key.Key_Tab)
_ALONE = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}  # fmt: skip
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ALTGR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

TimeOf = Callable[[QKeyEvent], int | None]


def time_of_keyboard(event: QKeyEvent) -> int | None:
    """Return when the system says a key was pressed (ms); None for a key that a program made."""
    return event.timestamp() or None


class Wedge(QObject):
    """Watches the keys of the whole program between `start` and `stop`.

    `is_on` tells whether scans are wanted now, `keep` returns the way back for what belongs to no single field.
    """

    def __init__(
        self,
        scans: Scans,
        is_on: Callable[[], bool],
        keep: Callable[[], WayBack],
        on_cut: Callable[[], None],
        *,
        time_of: TimeOf = time_of_keyboard,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._scans, self._is_on, self._keep, self._on_cut, self._time_of = scans, is_on, keep, on_cut, time_of
        self._is_cutting = False
        self._run = KeyRun()
        self._typed: list[str] = []
        self._held: list[QEvent] = []
        self._ways: list[tuple[QWidget, WayBack]] = []
        self._rest_back: WayBack = lambda: None
        self._is_typing_again = False
        self._silence = QTimer(self, singleShot=True)
        # Keys that wait behind a long piece of work are looked at before the pause is believed.
        self._last_look = QTimer(self, singleShot=True, interval=0)
        self._silence.timeout.connect(self._last_look.start)
        self._last_look.timeout.connect(self.settle)
        self._line: QLineEdit | None = None
        self._before = ""

    def start(self) -> None:
        """Begin to watch."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.installEventFilter(self)
            app.focusChanged.connect(self._on_focus_changed)
            self._on_focus_changed(None, app.focusWidget())

    def stop(self) -> None:
        """Stop watching; what is held back is typed first."""
        self.settle()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.removeEventFilter(self)
            app.focusChanged.disconnect(self._on_focus_changed)
        self._on_focus_changed(None, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at each key on its way to the widget that has the keyboard."""
        kind = event.type()
        if kind not in _LOOKED_AT or self._is_typing_again or watched is not _receiver() or not self._is_wanted():
            return False
        if isinstance(event, QInputMethodEvent):
            return self._on_composed(event)
        if not isinstance(event, QKeyEvent) or event.key() in _ALONE:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._takes_from_shortcuts(event)
        if kind == QEvent.Type.KeyRelease:
            return self._run.is_holding and self._is_text(event)
        if event.matches(QKeySequence.StandardKey.Paste):
            if isinstance(watched, QLineEdit):
                return self._takes_paste(watched)
            if not isinstance(watched, TEXT_FIELDS):
                return self._takes_paste_outside()
        return self._takes_key(event)

    def settle(self) -> None:
        """End the run: what it typed becomes a scan, or is typed as it came."""
        self._silence.stop()
        self._last_look.stop()
        text, held, ways, rest_back = "".join(self._typed), self._held, self._ways, self._rest_back
        was_machine = self._run.is_machine
        self._run.reset()
        self._typed, self._held, self._ways = [], [], []
        if not held:
            return
        if was_machine and _is_scan(text):
            all_back(ways)
            rest_back()
            all_back(ways[:1])  # a form that was put back as a whole lets go of the keyboard
            self._scans.arrived.emit(Scan(text.rstrip("\r\n\t"), ScanSource.SCANNER))
            return
        if was_machine and _is_code(text):
            held.pop()  # the Enter of a scanner goes nowhere
        self._type_again(held)

    def _takes_key(self, event: QKeyEvent) -> bool:
        at_ms = self._time_of(event)
        if at_ms is None and not self._run.is_holding:
            return False  # a key passed on by a place belongs to the one that was pressed
        if at_ms is None or event.isAutoRepeat() or not self._is_text(event):
            self.settle()
            return False
        if not self._run.follows(at_ms):
            self.settle()
        fate = self._run.add(at_ms, acts=_acts(event))
        self._typed.append("\n" if event.key() in _ENTER else event.text())
        if fate is Fate.BEGINS:
            self._rest_back = self._keep()
        if fate is not Fate.HELD:
            self._remember()
            return False
        self._held.append(
            QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text(), autorep=False, count=1)
        )
        self._wait()
        return True

    def _takes_from_shortcuts(self, event: QKeyEvent) -> bool:
        at_ms = self._time_of(event)
        if at_ms is None or not self._is_text(event) or not self._run.would_hold(at_ms, acts=_acts(event)):
            return False
        event.accept()
        return True

    def _on_composed(self, event: QInputMethodEvent) -> bool:
        """Take a letter that a dead key was joined to; it has no time of its own."""
        if not event.commitString() or not self._run.count:
            return False
        self._typed.append(event.commitString())
        if not self._run.is_holding:
            return False
        again = QInputMethodEvent()
        again.setCommitString(event.commitString(), event.replacementStart(), event.replacementLength())
        self._held.append(again)
        self._wait()
        return True

    def _wait(self) -> None:
        self._last_look.stop()
        self._silence.start(self._run.pause_ms)

    def _is_text(self, event: QKeyEvent) -> bool:
        if event.key() in _ENDS:
            return not event.modifiers() & _COMMANDS and event.modifiers() != Qt.KeyboardModifier.ShiftModifier
        text = event.text()
        if self._run.is_machine and text and text < " " and event.key() not in _EDITS:
            return True  # separators between the fields of a code
        commands = event.modifiers() & _COMMANDS
        return bool(text) and text.isprintable() and (not commands or commands == _ALTGR)

    def _remember(self) -> None:
        widget = _receiver()
        if isinstance(widget, QWidget) and all(widget is not known for known, _back in self._ways):
            self._ways.append((widget, way_back(widget)))

    def _type_again(self, held: list[QEvent]) -> None:
        self._is_typing_again = True
        try:
            for event in held:
                target = _receiver()
                if target is None:
                    break
                QCoreApplication.sendEvent(target, event)
                target = _receiver()
                if isinstance(event, QKeyEvent) and target is not None:
                    release = QKeyEvent(QEvent.Type.KeyRelease, event.key(), event.modifiers(), event.text())
                    QCoreApplication.sendEvent(target, release)
        finally:
            self._is_typing_again = False

    def _is_wanted(self) -> bool:
        widget = QApplication.focusWidget()
        hidden = isinstance(widget, QLineEdit) and widget.echoMode() != QLineEdit.EchoMode.Normal
        return self._is_on() and not hidden

    # ---- what is pasted

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._line is not None:
            with suppress(RuntimeError):  # it may be gone, and its connections with it
                self._line.textEdited.disconnect(self._on_edited)
        self._line = new if isinstance(new, QLineEdit) and self._is_wanted() else None
        if self._line is not None:
            self._before = self._line.text()
            self._line.textEdited.connect(self._on_edited)

    def _on_edited(self, text: str) -> None:
        """Notice what came by a menu or the mouse: many characters at once."""
        before, self._before = self._before, text
        line = self._line
        if line is None or self._is_cutting or len(text) - len(before) < _SHORTEST_CODE:
            return
        start = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(before, text, strict=False)))
        pasted = text[start : len(text) - len(before) + start]
        if kind_of(pasted) not in _STAYS_TEXT:
            line.undo()
            if line.text() != before:  # Qt joins what was typed before to what was pasted
                line.selectAll()
                line.insert(before)
            line.textEdited.emit(line.text())
            self._scans.arrived.emit(Scan(pasted, ScanSource.PASTED))
        elif len(text) > LONGEST_PASTE:
            line.setText(text[:LONGEST_PASTE])
            line.textEdited.emit(line.text())
            self._on_cut()

    def _takes_paste(self, line: QLineEdit) -> bool:
        self.settle()
        text = QGuiApplication.clipboard().text()
        if len(text) <= LONGEST_SCAN and kind_of(text) not in _STAYS_TEXT:
            self._scans.arrived.emit(Scan(text, ScanSource.PASTED))
            return True
        if len(text) > LONGEST_PASTE and not line.isReadOnly():
            self._is_cutting = True  # what is left of it may have the letters of a slip
            line.insert(" ".join(text[:LONGEST_PASTE].split()))
            line.textEdited.emit(line.text())
            self._is_cutting = False
            self._on_cut()
            return True
        return False

    def _takes_paste_outside(self) -> bool:
        """Take a code that is pasted where nothing can be typed."""
        self.settle()
        text = QGuiApplication.clipboard().text().strip("\r\n\t")
        if not text.strip() or len(text) > LONGEST_SCAN:
            return False
        self._scans.arrived.emit(Scan(text, ScanSource.PASTED))
        return True


_LOOKED_AT = {
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethod,
}  # fmt: skip
_EDITS = {Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete}


def _receiver() -> QObject | None:
    return QApplication.focusWidget() or QApplication.activeWindow()


def _acts(event: QKeyEvent) -> bool:
    """Whether a key would press a button or go on, rather than write."""
    if isinstance(_receiver(), TEXT_FIELDS):
        return False
    return event.key() in _ENDS or event.key() == Qt.Key.Key_Space


def _is_scan(text: str) -> bool:
    is_part = _FILLERS in text  # the rest of a zone whose scanner came to a halt
    return kind_of(text) is not ScanKind.OTHER or is_part or (len(text) >= _LONG_CODE and text[-1] in "\n\t")


def _is_code(text: str) -> bool:
    code = text.rstrip("\n\t")
    one = len(code) >= _SHORTEST_CODE and len(code.split()) == 1 and any(letter.isdigit() for letter in code)
    return one and text[-1] in "\n\t"
