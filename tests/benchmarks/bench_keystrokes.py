"""How many keys a family costs, and how long the window takes for each: a robot at the real window with real key events.

Run by hand: `python -m tests.benchmarks.bench_keystrokes`. Letters and digits of names, dates and numbers are content;
everything else a registrar must press is counted as keys beyond it, a chord as two. Machine time is what the main
thread spends on one key press until it waits for the next.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fieldapp import i18n
from fieldapp.services.find import group_page
from fieldapp.settings import Settings
from fieldapp.ui import printing, qt_messages, theme
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.desks import make_desk
from tests.ui.keys import press, type_text

ROUNDS = 20
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER = Qt.Key.Key_Return


class Robot:
    """Presses keys, counts them by kind, and times each."""

    def __init__(self, app: QApplication, work: Work) -> None:
        self._app, self._work = app, work
        self.keys: Counter[str] = Counter()
        self.spent: list[tuple[float, str]] = []
        self.blocks: list[float] = []

    def _timed(self, what: str, action: Callable[[], None]) -> None:
        began = time.perf_counter()
        action()
        self._app.processEvents()
        self.spent.append(((time.perf_counter() - began) * 1000, what))

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
            self._timed("enter", lambda: press(None, _ENTER))
        self.keys["enter"] += times

    def arrow(self, key: Qt.Key, times: int = 1) -> None:
        """Press an arrow."""
        for _ in range(times):
            self._timed("arrow", lambda: press(None, key))
        self.keys["arrow"] += times

    def chord(self, key: Qt.Key) -> None:
        """Press Ctrl and a key: two keys."""
        self._timed("chord", lambda: press(None, key, _CONTROL))
        self.keys["chord"] += 2

    @property
    def beyond(self) -> int:
        """Keys beyond the content."""
        return sum(count for kind, count in self.keys.items() if kind != "content")

    def settle(self) -> None:
        """Wait until nothing runs, as a registrar waits for the slip."""
        while True:
            began = time.perf_counter()
            self._app.processEvents()
            self.blocks.append((time.perf_counter() - began) * 1000)
            if not self._work.is_busy:
                return
            time.sleep(0.001)


def _focal(robot: Robot, given: str, surnames: str, sex: str, born: str, number: str) -> None:
    robot.content(given)
    robot.enter()
    robot.content(surnames)
    robot.enter()
    robot.choice(sex)
    robot.content(born)
    robot.enter()
    robot.content(number)
    robot.enter()


def _end(robot: Robot) -> None:
    """Where they go and the phone are not known, no needs, they agree, save and print."""
    robot.enter(3)
    robot.choice("y")
    robot.chord(_ENTER)


def single(robot: Robot) -> int:
    """A man alone."""
    _focal(robot, "Wilmer José", "Chávez Rojas", "M", "3/1/1991", "20114532")
    robot.enter()
    _end(robot)
    return 1


def family_of_five(robot: Robot) -> int:
    """A mother, her husband, two girls and a boy: the group step."""
    _focal(robot, "María de los Ángeles", "Villalobos González", "F", "14/2/1989", "17345221")
    robot.arrow(Qt.Key.Key_Right)
    robot.choice("2")
    robot.arrow(Qt.Key.Key_Down)
    robot.choice("1")
    robot.arrow(Qt.Key.Key_Right, 2)
    robot.choice("1")
    robot.enter()
    _end(robot)
    return 5


def grandmother(robot: Robot) -> int:
    """A grandmother with two children, none with papers: the group step."""
    _focal(robot, "Ñusta", "Peña", "F", "71", "")
    robot.arrow(Qt.Key.Key_Right)
    robot.choice("1")
    robot.arrow(Qt.Key.Key_Down)
    robot.choice("1")
    robot.enter()
    _end(robot)
    return 3


def child_alone(robot: Robot) -> int:
    """A boy alone: flagged for protection."""
    _focal(robot, "José", "Guerrero", "M", "11", "")
    robot.enter()
    robot.enter(2)
    robot.choice("4")
    robot.enter()
    robot.choice("y")
    robot.chord(_ENTER)
    return 1


def five_in_full(robot: Robot) -> int:
    """The family of five, each entered: the individual step."""
    _focal(robot, "María de los Ángeles", "Villalobos González", "F", "14/2/1989", "17345221")
    for given, surnames, sex, born, number in (
        ("Pedro Luis", "Peña Marín", "M", "2/5/1986", "15220871"),
        ("José Gregorio", "Peña Villalobos", "M", "7/3/2012", "33871200"),
        ("Ana Sofía", "Peña Villalobos", "F", "21/9/2015", "35118003"),
        ("Luz", "Peña Villalobos", "F", "4/2020", ""),
    ):
        robot.content(given)
        robot.enter()
        robot.content(surnames)
        robot.enter()
        robot.choice(sex)
        robot.content(born)
        robot.enter()
        if number:
            robot.content(number)
        robot.enter()
        robot.enter()  # no needs
    robot.enter()  # nobody else
    _end(robot)
    return 5


FAMILIES: tuple[tuple[str, str, Callable[[Robot], int]], ...] = (
    ("single person", "group", single),
    ("family of five", "group", family_of_five),
    ("grandmother, two children", "group", grandmother),
    ("child alone", "group", child_alone),
    ("family of five", "individual", five_in_full),
)


def _measure(app: QApplication, place: RegisterPlace, session: Session) -> Iterator[str]:
    form = place.form
    # The first family says where people come from; the next ones come from there too.
    type_text(form.focal.given_names, "Ana")
    form.arrival.origin_state.setFocus()
    type_text(None, "zulia")
    press(None, _ENTER)
    press(None, _ENTER, _CONTROL)
    Robot(app, session.work).settle()
    for name, step, enter in FAMILIES:
        times: list[float] = []
        slowest: list[tuple[float, str]] = []
        saves: list[float] = []
        blocks: list[float] = []
        robot = Robot(app, session.work)
        for _ in range(ROUNDS):
            place.go_to_form()
            form.members.set_step(step)
            app.processEvents()
            robot = Robot(app, session.work)
            size = enter(robot)
            began = time.perf_counter()
            robot.settle()
            saves.append((time.perf_counter() - began) * 1000)
            assert place.slip.group_id is not None
            page = group_page(session.desk, place.slip.group_id, audited=False)
            assert page.declared_size == size, (name, page.declared_size, size)
            times += [spent for spent, _what in robot.spent]
            slowest += robot.spent
            blocks += robot.blocks
        times.sort()
        kinds = ", ".join(f"{kind} {count}" for kind, count in robot.keys.items() if kind != "content")
        yield (
            f"{name:26} {step:10} {robot.beyond:4} beyond content ({kinds}); content {robot.keys['content']};"
            f" key press p50 {statistics.median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms,"
            f" worst {max(slowest)[0]:.0f} ms ({max(slowest)[1]}); saved and drawn {statistics.median(saves):.0f} ms later,"
            f" longest block of the window meanwhile {max(blocks):.0f} ms"
        )


def main() -> None:
    """Measure and print."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    qt_messages.install()
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        work = Work()
        session = Session(desk, work, Settings(), i18n.language("en"))
        theme.apply(app, session.settings)
        printing.QPrinterInfo.availablePrinterNames = staticmethod(list)  # type: ignore[method-assign]
        shell = MainShell(session)
        shell.resize(1366, 740)
        shell.show()
        shell.activateWindow()
        shell.go_to("register")
        app.processEvents()
        place = shell.places["register"]
        assert isinstance(place, RegisterPlace)
        Robot(app, work).settle()
        for line in _measure(app, place, session):
            print(line)
        work.shut_down()
        shell.deleteLater()
        desk.close()


if __name__ == "__main__":
    main()
