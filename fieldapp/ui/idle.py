"""Notices that nobody uses the window, so that it can lock: a countdown in the last 30 seconds, then `idle`."""

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

COUNTDOWN_SECONDS = 30
_TICK_MS = 500
_USED = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}


class IdleWatch(QObject):
    """Watches keys and mouse of the whole program while it runs. `now` gives seconds of a clock that never jumps."""

    counting = Signal(object)
    idle = Signal()

    def __init__(self, app: QApplication, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(app)
        self._app = app
        self._now = now
        self._minutes = 0.0
        self._used_at = 0.0
        self._is_counting = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def is_watching(self) -> bool:
        """Whether the time runs."""
        return self._timer.isActive()

    def start(self, minutes: float) -> None:
        """Begin to watch; after so many minutes without use `idle` is emitted once. Nought minutes: never."""
        self._minutes = minutes
        self._used_at = self._now()
        if minutes > 0 and not self._timer.isActive():
            self._timer.start()
            self._app.installEventFilter(self)
        elif minutes <= 0:
            self.stop()

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()
        self._app.removeEventFilter(self)
        self._end_countdown()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note that somebody is there."""
        if event.type() in _USED:
            self._used_at = self._now()
            self._end_countdown()
        return False

    def tick(self) -> None:
        """Look at the clock."""
        left = self._minutes * 60 - (self._now() - self._used_at)
        if left <= 0:
            self.stop()
            self.idle.emit()
        elif left <= COUNTDOWN_SECONDS:
            self._is_counting = True
            self.counting.emit(math.ceil(left))

    def _end_countdown(self) -> None:
        if self._is_counting:
            self._is_counting = False
            self.counting.emit(None)
