"""How long a key press takes in the Register form while thousands of families come in behind it.

Run by hand: `python -m tests.benchmarks.bench_keys_beside_import [FAMILIES]` (5,000 unless told otherwise). The real
window on a real register; a robot types families at 25 keys a second and saves each, in turn alone and while the
writer thread registers the others as a background change, so that what else runs on the machine bears on both alike. A
key's delay is from the moment it was due until the window
has taken it and painted what it changed; a block is the time by which a 5 ms pulse of the main thread came late.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from fieldapp.domain.people import PeopleQuery
from fieldapp.i18n import language
from fieldapp.services.demo_families import families
from fieldapp.services.desk import Desk
from fieldapp.services.find import count_individuals
from fieldapp.services.register import register_group
from fieldapp.settings import Settings
from fieldapp.ui import printing, theme
from fieldapp.ui.program import TURN_S
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.widgets.focus_ring import FocusRing
from fieldapp.ui.work import Work
from tests.desks import START_MS, make_desk
from tests.ui.keys import press, press_control, type_text

FAMILIES = 5_000
ROUNDS = 6
_KEY_S = 0.04
_PULSE_MS = 5
_LATE_MS = 50


class Pulse:
    """Beats on the main thread and keeps how late each beat was, in milliseconds."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_PULSE_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - _PULSE_MS))
        self._last = now

    def take(self) -> list[float]:
        """Return what was kept and begin anew."""
        late, self.late, self._last = self.late, [], time.perf_counter()
        return late


class Import:
    """Registers families one a job on the session's writer thread; the next is asked for when one is done."""

    def __init__(self, session: Session, count: int) -> None:
        self._session = session
        desk = session.desk
        self._entries = families(count, 3, START_MS - 20 * 86_400_000, START_MS, desk.today(), "PSB")
        self.left = count
        self.is_held = True

    def go_on(self, _done: object = None) -> None:
        """Ask for the next family, unless held."""
        if self.is_held:
            return
        entry = next(iter(self._entries), None)
        if entry is None:
            self.left = 0
            return
        self.left -= 1
        desk = self._session.desk
        self._session.work.change(lambda: register_group(desk, entry), self.go_on, changes="", urgent=False)


def keys_of_a_family() -> Iterator[Callable[[], None]]:
    """Yield the key presses of a mother and her son, up to the save."""

    def typed(text: str) -> Iterator[Callable[[], None]]:
        for letter in text:
            yield lambda letter=letter: type_text(None, letter)  # type: ignore[misc]

    def entered(times: int = 1) -> Iterator[Callable[[], None]]:
        for _ in range(times):
            yield lambda: press(None, Qt.Key.Key_Return)

    yield from typed("María de los Ángeles")
    yield from entered()
    yield from typed("Villalobos Ñáñez")
    yield from entered()
    yield from typed("F")
    yield from entered()
    yield from typed("14/2/1989")
    yield from entered(3)
    yield from typed("V-17345221")
    yield from entered(2)
    yield from typed("José")
    yield from entered(2)
    yield from typed("M")
    yield from entered()
    yield from typed("2015")


class Robot:
    """Types families into the form and keeps, in milliseconds, what each key and each save took."""

    def __init__(self, place: RegisterPlace) -> None:
        self._place = place
        self.delays: list[float] = []
        self.handled: list[float] = []
        self.saves: list[float] = []

    def register_one(self) -> None:
        """Type one family at the pace of a fast hand and save it."""
        due = time.perf_counter()
        for action in keys_of_a_family():
            due += _KEY_S
            _serve(lambda due=due: time.perf_counter() >= due)  # type: ignore[misc]
            began = time.perf_counter()
            action()
            QCoreApplication.processEvents()
            ended = time.perf_counter()
            self.handled.append(1000 * (ended - began))
            self.delays.append(1000 * (ended - due))
        began = time.perf_counter()
        before = self._place.number
        press_control(None, Qt.Key.Key_Return)
        _serve(lambda: self._place.number != before)
        self.saves.append(1000 * (time.perf_counter() - began))


def _serve(until: Callable[[], bool]) -> None:
    """Run Qt's loop until something holds; it sleeps between events, as the real one does."""
    wake = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
    wake.start()
    while not until():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _print(what: str, robot: Robot, late: list[float]) -> None:
    for name, values in (("key, handled", robot.handled), ("key, delay", robot.delays), ("save", robot.saves)):
        ordered = sorted(values)
        p50, p95 = ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100]
        print(f"{what}: {name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, most {ordered[-1]:.1f} ms of {len(ordered)}")
    slow = sum(delay > _LATE_MS for delay in robot.delays)
    print(f"{what}: {slow} keys over {_LATE_MS} ms; longest block of the main thread {max(late):.1f} ms", flush=True)


def _open(app: QApplication, desk: Desk) -> tuple[MainShell, Session, RegisterPlace]:
    printing.QPrinterInfo.availablePrinterNames = list  # type: ignore[method-assign]
    settings = Settings(language="es")
    theme.apply(app, settings)
    session = Session(desk, Work(), settings, language("es"))
    gc.freeze()  # as the window does when the libraries are loaded
    sys.setswitchinterval(TURN_S)  # as the program does
    shell = MainShell(session)
    shell.resize(1366, 740)
    shell.show()
    shell.activateWindow()
    shell.go_to("register")
    place = shell.places["register"]
    assert isinstance(place, RegisterPlace)
    _serve(lambda: not session.work.is_busy and shell.isActiveWindow())
    return shell, session, place


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FAMILIES
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        app = QApplication([*sys.argv[:1], *theme.STYLE_ARGUMENTS])
        _ring = FocusRing(app)
        _shell, session, place = _open(app, desk)
        Robot(place).register_one()  # the first of all loads what the others use
        pulse = Pulse()
        alone, beside, incoming = Robot(place), Robot(place), Import(session, count)
        late: dict[Robot, list[float]] = {alone: [], beside: []}
        spent = 0.0
        for _ in range(ROUNDS):
            alone.register_one()
            _serve(lambda: not session.work.is_busy)
            late[alone] += pulse.take()
            began = time.perf_counter()
            incoming.is_held = False
            incoming.go_on()
            beside.register_one()
            incoming.is_held = True
            _serve(lambda: not session.work.is_busy)
            spent += time.perf_counter() - began
            late[beside] += pulse.take()
        _print("alone", alone, late[alone])
        _print("beside the import", beside, late[beside])
        print(f"{count - incoming.left} families came in beside the typing, in {spent:.1f} s")
        began = time.perf_counter()
        left, incoming.is_held = incoming.left, False
        incoming.go_on()
        _serve(lambda: not session.work.is_busy)
        spent = time.perf_counter() - began
        print(
            f"{left} families came in with the hands at rest, in {spent:.1f} s; longest block {max(pulse.take(), default=0.0):.1f} ms"
        )
        print(f"{count_individuals(desk, PeopleQuery())} people registered")
        session.work.shut_down()
        desk.close()


if __name__ == "__main__":
    main()
