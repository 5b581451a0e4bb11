"""Enter goes on: from each field of the form to the next that still wants an answer, in the order of the paper form.

A field whose usual answer stands there as a guess goes without saying: Enter passes it by, Tab stops at it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterGoesOn(QObject):
    """Leads Enter through `stops`. `passed` is emitted behind the last one.

    `before` may take Enter on a stop for itself by returning True.
    """

    passed = Signal()

    def __init__(
        self, stops: Sequence[QWidget], parent: QObject, before: Callable[[QWidget], bool] | None = None
    ) -> None:
        super().__init__(parent)
        self._stops = tuple(stops)
        self._before = before
        for stop in self._stops:
            pressed = getattr(stop, "returnPressed", None)
            if pressed is not None and not hasattr(stop, "stepBy"):
                pressed.connect(lambda stop=stop: self.go_on(stop))
            else:
                stop.installEventFilter(self)

    def go_on(self, stop: QWidget) -> None:
        """Go from a stop to the next one that is open."""
        if self._before is not None and self._before(stop):
            return
        following = self._stops[self._stops.index(stop) + 1 :]
        target = next((each for each in following if _wants_answer(each)), None)
        if target is None:
            self.passed.emit()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def start(self) -> None:
        """Go to the first stop that wants an answer."""
        first = next((each for each in self._stops if _wants_answer(each)), self._stops[0])
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in _ENTER and plain:
                self.go_on(watched)
                return True
        return False


def _wants_answer(stop: QWidget) -> bool:
    return stop.isEnabled() and stop.isVisibleTo(stop.window()) and not getattr(stop, "goes_without_saying", False)


def type_into(target: QWidget, typed: str) -> None:
    """Give a field what was typed elsewhere, as keys."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, typed))
