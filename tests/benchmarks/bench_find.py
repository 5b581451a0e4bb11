"""Finding people in the window of a large register: what a key costs the main thread, and when the answer stands there.

Run by hand: `python -m tests.benchmarks.bench_find [PEOPLE] [FOLDER]` (100,000 unless told otherwise; a folder is filled
once and used again). A robot types names letter by letter into Ctrl+K, waits after each for its answer, and at last
puts into it at once what nobody types.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldapp import i18n
from fieldapp.settings import Settings
from fieldapp.ui import qt_messages, theme
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.benchmarks.bench_people_list import memory_mb
from tests.benchmarks.bench_search import filled, some_people
from tests.benchmarks.people import JUDGING
from tests.benchmarks.robot import Robot
from tests.ui.keys import press, press_control

NAMES = 40
NOBODY_TYPES = {
    "one letter": "a", "1,000 letters": "ab" * 500, "particles": "de la del los", "signs": '% " * ( NEAR OR AND ^',
    "Arabic": "فاطمة الزهراء", "Chinese": "王小明", "emoji": "👨‍👩‍👧‍👦", "spaces": "      ", "digits": "1" * 300,
    "a quote that would end one": "x'); DROP TABLE individual; --",
}  # fmt: skip


class Looker:
    """Looks people up in a window."""

    def __init__(self, app: QApplication, shell: MainShell, work: Work) -> None:
        self._app, self._shell, self._work = app, shell, work
        self.robot = Robot(app, work)
        self.answered: list[float] = []

    def _wait(self) -> None:
        """Wait until what was typed is answered; each turn of the loop counts as a piece of the main thread's work."""
        answers = self._shell.answers
        while answers._soon.isActive() or answers._is_stale:
            began = time.thread_time()
            self._app.processEvents()
            self.robot.blocks.append((time.thread_time() - began) * 1000)
            QTest.qWait(1)

    def look_up(self, text: str) -> None:
        """Type a name into Ctrl+K, and wait for its answer."""
        press_control(self._shell, Qt.Key.Key_K)
        self.robot.content(text)
        began = time.perf_counter()
        self._wait()
        self.answered.append((time.perf_counter() - began) * 1000)
        press(None, Qt.Key.Key_Escape)

    def paste(self, text: str) -> tuple[float, int]:
        """Put a text into Ctrl+K at once; return the longest piece of work in ms, and how many were found."""
        press_control(self._shell, Qt.Key.Key_K)
        self.robot.blocks.clear()
        began = time.thread_time()
        self._shell.find_box.field.setText(text)
        self.robot.blocks.append((time.thread_time() - began) * 1000)
        self._wait()
        found = self._shell.answers.list.count() if self._shell.answers.isVisible() else 0
        press(None, Qt.Key.Key_Escape)
        return max(self.robot.blocks), found


def _line(name: str, values: list[float]) -> str:
    values = sorted(values)
    return f"{name:52} p50 {values[len(values) // 2]:6.1f}  p95 {values[int(len(values) * 0.95)]:6.1f}  worst {values[-1]:6.1f} ms"


def measure(looker: Looker, people: list[str]) -> None:
    """Print what the names and the texts cost."""
    for text in people:
        looker.look_up(text)
    robot = looker.robot
    print(_line("a key, main thread until it waits, by the clock", [each for each, _ in robot.spent]))
    print(_line("a key, what the main thread worked", robot.worked))
    print(_line("answers coming in, longest piece of work of each turn", robot.blocks))
    print(_line("last key to its answer (60 ms of it a pause)", looker.answered))
    for name, text in NOBODY_TYPES.items():
        longest, found = looker.paste(text)
        print(f"{name:52} longest piece of work {longest:6.1f} ms, {found} found")


def main() -> None:
    """Open the window over the register and measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    qt_messages.install()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary) / "register"
        desk = filled(count, folder, Path(temporary))
        people = [
            f"{person.given.split()[0]} {person.surnames.split()[-1]}".lower()
            for person, _, _ in some_people(desk, count, random.Random(JUDGING))[:NAMES]
        ]
        work = Work()
        session = Session(desk, work, Settings(), i18n.language("es"))
        theme.apply(app, session.settings)
        began = time.perf_counter()
        shell = MainShell(session)
        shell.resize(1366, 740)
        shell.show()
        shell.activateWindow()
        shell.go_to("people")
        while work.is_busy:
            QTest.qWait(1)
        print(f"window with its list after {time.perf_counter() - began:.2f} s, {memory_mb():.0f} MB")
        measure(Looker(app, shell, work), people)
        print(f"memory {memory_mb():.0f} MB, at most {memory_mb('VmHWM'):.0f} MB")
        work.shut_down()
        shell.deleteLater()
        desk.close()


if __name__ == "__main__":
    main()
