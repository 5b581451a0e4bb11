"""How many keys a family costs, and how long the window takes for each: a robot at the real window with real key events.

Run by hand: `python -m tests.benchmarks.bench_keystrokes`. Letters and digits of names, dates and numbers are content;
everything else a registrar must press is counted as keys beyond it, a chord as two. Machine time is what the main
thread spends on one key press until it waits for the next. Families are registered in both steps; then those that were
only counted are completed member by member from the queue, the one that waits longest first.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fieldapp import i18n
from fieldapp.services.find import group_page
from fieldapp.settings import Settings
from fieldapp.ui import printing, qt_messages, theme
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.benchmarks.robot import ENTER, Robot
from tests.benchmarks.scripted_families import COUNTED, FAMILIES, Told, member
from tests.desks import make_desk
from tests.ui.keys import press, press_control, type_text

ROUNDS = 20


class Figures:
    """What several rounds of one family cost."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._spent: list[tuple[float, str]] = []
        self._worked: list[float] = []
        self._saves: list[float] = []
        self._blocks: list[float] = []
        self._robot: Robot | None = None

    def settle(self, robot: Robot) -> None:
        """Wait for what was saved, and take the time."""
        began = time.perf_counter()
        robot.settle()
        self._saves.append((time.perf_counter() - began) * 1000)

    def add(self, robot: Robot) -> None:
        """Take the figures of one round."""
        self._robot = robot
        self._spent += robot.spent
        self._worked += robot.worked
        self._blocks += robot.blocks

    def line(self, people: int) -> str:
        """Say it in a line; `people` is how many were entered one by one, for the keys each of them took."""
        assert self._robot is not None
        spent, worked = sorted(self._spent), sorted(self._worked)
        times = [each for each, _kind in spent]
        worst, kind = spent[-1]
        at_95 = int(len(times) * 0.95)
        return (
            f"{self._what:38} {self._robot.beyond:3} keys beyond {self._robot.keys['content']:3} of content,"
            f" {self._robot.beyond / people:4.1f} a person entered ({self._robot.kinds}); key press p50"
            f" {statistics.median(times):.1f} ms, p95 {times[at_95]:.1f} ms, worst {worst:.0f} ms"
            f" ({kind}); of these worked p95 {worked[at_95]:.1f} ms, worst {worked[-1]:.0f} ms; saved"
            f" {statistics.median(self._saves):.0f} ms later, longest piece of work meanwhile {max(self._blocks):.0f} ms"
        )


class Bench:
    """A window at a desk, and a robot before it."""

    def __init__(self, app: QApplication, shell: MainShell, session: Session) -> None:
        self._app, self._shell, self._session = app, shell, session
        place, people = shell.places["register"], shell.places["people"]
        assert isinstance(place, RegisterPlace)
        assert isinstance(people, PeoplePlace)
        self._place, self._people = place, people

    def _robot(self) -> Robot:
        return Robot(self._app, self._session.work)

    def first_family(self) -> None:
        """Say where people come from; the next families come from there too."""
        self._robot().settle()
        type_text(self._place.form.focal.given_names, "Ana")
        self._place.form.arrival.origin_state.setFocus()
        type_text(None, "zulia")
        press(None, ENTER)
        press_control(None, ENTER)
        self._robot().settle()

    def _register(self, step: str, enter: Callable[[Robot], int], figures: Figures) -> tuple[Robot, int]:
        self._place.go_to_form()
        self._place.form.members.set_step(step)
        self._app.processEvents()
        robot = self._robot()
        size = enter(robot)
        figures.settle(robot)
        assert self._place.slip.group_id is not None
        page = group_page(self._session.desk, self._place.slip.group_id, audited=False)
        assert page.declared_size == size, (page.declared_size, size)
        return robot, size

    def both_steps(self) -> Iterator[str]:
        """Register each family in its step."""
        self._shell.go_to("register")
        for name, step, enter in FAMILIES:
            figures, size = Figures(f"{name}, {step} step"), 1
            for _ in range(ROUNDS):
                robot, size = self._register(step, enter, figures)
                figures.add(robot)
            yield figures.line(1 if step == "group" else size)

    def from_the_queue(self) -> Iterator[str]:
        """Complete counted families: F7, then one member after the other until the program says that all have names."""
        for name, enter, members in COUNTED:
            figures = Figures(f"{name}, completed from the queue")
            for _ in range(ROUNDS):
                self._shell.go_to("register")
                self._register("group", enter, Figures(""))
                figures.add(self._complete(members, figures))
            yield figures.line(len(members))

    def _complete(self, members: Sequence[Told], figures: Figures) -> Robot:
        group_id = self._place.slip.group_id
        assert group_id is not None
        robot = self._robot()
        robot.function(Qt.Key.Key_F7)
        robot.settle()
        for person in members:
            member(robot, person)
            figures.settle(robot)
        page = group_page(self._session.desk, group_id, audited=False)
        assert page.complete, page
        assert len(page.members) == page.declared_size
        return robot


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
        bench = Bench(app, shell, session)
        bench.first_family()
        for line in chain(bench.from_the_queue(), bench.both_steps()):
            print(line, flush=True)
        work.shut_down()
        shell.deleteLater()
        desk.close()


if __name__ == "__main__":
    main()
