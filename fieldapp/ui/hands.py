"""Whether somebody is typing just now, so that work which can wait does not take the interpreter from a key press.

Keys are watched only while such work is under way. `pause` may be asked on any thread.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject

QUIET_S = 0.06
"""So long after a key the hands count as at rest: longer than between the keys of a burst, shorter than a thought."""

LONGEST_S = 0.5
"""So long may steady typing keep a piece of work waiting; then it goes anyway."""


class Hands(QObject):
    """Watches the keys of the whole program between `watch` and `rest`. `now` gives seconds of a clock that never jumps."""

    def __init__(self, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now = now
        self._typed_at = now() - QUIET_S
        self._pieces = 0

    def watch(self) -> None:
        """Begin to watch for one more piece of work."""
        self._pieces += 1
        app = QCoreApplication.instance()
        if self._pieces == 1 and app is not None:
            app.installEventFilter(self)

    def rest(self) -> None:
        """One piece of work is done; after the last nothing is watched."""
        self._pieces -= 1
        app = QCoreApplication.instance()
        if self._pieces == 0 and app is not None:
            app.removeEventFilter(self)

    def pause(self, waited: float) -> float:
        """Return the seconds for which a piece that has waited so many should wait on; 0 if it may go."""
        quiet = self._typed_at + QUIET_S - self._now()
        return max(0.0, min(quiet, LONGEST_S - waited))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note a key."""
        if event.type() == QEvent.Type.KeyPress:
            self._typed_at = self._now()
        return False
