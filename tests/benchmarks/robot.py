"""A robot that presses real keys at the real window, counts them by kind, and times what each costs the main thread.

`spent` is by the clock on the wall, `worked` and `blocks` what the thread itself worked: on a machine that does other
things as well, the rest was spent waiting for a processor.
"""

import time
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fieldapp.ui.work import Work
from tests.ui.keys import press, type_text

ENTER = Qt.Key.Key_Return
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Robot:
    """Letters and digits of names, dates and numbers are content; every other key is counted, a chord as two."""

    def __init__(self, app: QApplication, work: Work) -> None:
        self._app, self._work = app, work
        self.keys: Counter[str] = Counter()
        self.spent: list[tuple[float, str]] = []
        self.worked: list[float] = []
        self.blocks: list[float] = []

    def _timed(self, what: str, action: Callable[[], None]) -> None:
        began, began_work = time.perf_counter(), time.thread_time()
        action()
        self._app.processEvents()
        self.spent.append(((time.perf_counter() - began) * 1000, what))
        self.worked.append((time.thread_time() - began_work) * 1000)

    def content(self, text: str) -> None:
        """Type what a registrar must type in any form."""
        for character in text:
            self._timed("letter", lambda character=character: type_text(None, character))
        self.keys["content"] += len(text)

    def choice(self, text: str) -> None:
        """Type letters that choose an answer."""
        for character in text:
            self._timed("choice", lambda character=character: type_text(None, character))
        self.keys["choice"] += len(text)

    def enter(self, times: int = 1) -> None:
        """Press Enter."""
        for _ in range(times):
            self._timed("enter", lambda: press(None, ENTER))
        self.keys["enter"] += times

    def arrow(self, key: Qt.Key, times: int = 1) -> None:
        """Press an arrow."""
        for _ in range(times):
            self._timed("arrow", lambda: press(None, key))
        self.keys["arrow"] += times

    def function(self, key: Qt.Key) -> None:
        """Press a key of the upper row."""
        self._timed("function", lambda: press(None, key))
        self.keys["function"] += 1

    def chord(self, key: Qt.Key) -> None:
        """Press Ctrl and a key: two keys."""
        self._timed("chord", lambda: press(None, key, _CONTROL))
        self.keys["chord"] += 2

    @property
    def beyond(self) -> int:
        """Keys beyond the content."""
        return sum(count for kind, count in self.keys.items() if kind != "content")

    @property
    def kinds(self) -> str:
        """The keys beyond the content by their kind, in words."""
        return ", ".join(f"{kind} {count}" for kind, count in self.keys.items() if kind != "content")

    def settle(self) -> None:
        """Wait until nothing runs, as a registrar waits for the slip."""
        while True:
            began = time.thread_time()
            self._app.processEvents()
            self.blocks.append((time.thread_time() - began) * 1000)
            if not self._work.is_busy:
                return
            time.sleep(0.001)
