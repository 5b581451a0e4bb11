"""The list of people over a large register: memory with the list open, and the time of a page, a search and a scroll.

Run by hand: `python -m tests.benchmarks.bench_people_list [PEOPLE] [FOLDER]` (100,000 people unless told otherwise).
A folder is filled once and used again. Filling runs in a process of its own, so that it is no part of the memory.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

from fieldapp.domain.people import PeopleQuery
from fieldapp.i18n import language
from fieldapp.services.demo_families import families
from fieldapp.services.desk import Desk
from fieldapp.services.find import count_individuals, individuals
from fieldapp.services.register import register_group
from fieldapp.settings import Settings
from fieldapp.storage.database import Database
from fieldapp.trust.signing import SigningKey
from tests.desks import START_MS, TestClock, make_desk

SEED = 7
BATCH = 2000
DAYS = 30
_FRAME_MS = 16


def fill(folder: Path, people: int) -> None:
    """Register invented families, a batch for each of the days before, until there are enough people."""
    desk = make_desk(folder, seed=SEED)
    done = 0
    for day in count(1):
        begins = START_MS - int(timedelta(days=DAYS).total_seconds() * 1000) + day * 60_000
        for entry in families(BATCH, day, begins, START_MS, desk.today(), "PSB"):
            desk.clock.forward(minutes=0.5)  # type: ignore[attr-defined]
            register_group(desk, entry)
            done += len(entry.members)
            if done >= people:
                desk.close()
                return
        print(f"  {done} people", flush=True)


def reopen(folder: Path, scratch: Path) -> Desk:
    """Open a filled register on its last day: a desk from the same seed has the same key, device and staff."""
    desk = make_desk(scratch, seed=SEED)
    desk.database.close()
    randomness = random.Random(SEED)
    for _key in ("root", "device"):
        SigningKey.generate(randomness.randbytes)
    desk.database = Database.open(folder / "register.db", randomness.randbytes(32))
    with desk.database.read() as unit:
        last = unit.last_change()
    desk.clock = TestClock(last.wall_ms if last else START_MS)
    return desk


def memory_mb(field: str = "VmRSS") -> float:
    """Return the memory of this process that is in use (`VmRSS`), or was at most (`VmHWM`)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the best time of a few."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return 1000 * min(taken)


def measure_queries(desk: Desk) -> None:
    """Print what the register takes to answer, off the main thread."""
    everybody = PeopleQuery()
    total = count_individuals(desk, everybody)
    print(f"people: {total}")
    print(f"count: {milliseconds(lambda: count_individuals(desk, everybody)):.1f} ms")
    for order in ("number", "name"):
        query = PeopleQuery(order=order)
        for name, offset in (("first", 0), ("middle", total // 2), ("last", max(0, total - 200))):
            taken = milliseconds(lambda q=query, o=offset: individuals(desk, q, o, 200))  # type: ignore[misc]
            print(f"200 rows by {order}, {name} page: {taken:.1f} ms")
    for text in ("maria", "gonzalez", "maria gon", "00042"):
        query = PeopleQuery(text=text)
        found = count_individuals(desk, query)
        taken = milliseconds(lambda q=query: (count_individuals(desk, q), individuals(desk, q, 0, 200)))  # type: ignore[misc]
        print(f"search {text!r}: {found} found, {taken:.1f} ms")


def measure_window(desk: Desk) -> None:
    """Print the memory of the whole window with the list open, and how long the main thread is held by scrolling."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from fieldapp.ui import theme
    from fieldapp.ui.session import Session
    from fieldapp.ui.shell import MainShell
    from fieldapp.ui.work import Work

    app = QApplication([])
    settings = Settings(language="es")
    theme.apply(app, settings)
    bare = memory_mb()
    work = Work()
    shell = MainShell(Session(desk, work, settings, language("es")))
    shell.resize(1366, 768)
    shell.show()
    shell.go_to("people")
    place = shell.places["people"]
    table = place.table  # type: ignore[attr-defined]
    while not place.model.rowCount():  # type: ignore[attr-defined]
        QTest.qWait(5)
    QTest.qWait(2500)
    print(f"memory: bare themed Qt {bare:.0f} MB, window with the list open {memory_mb():.0f} MB")
    bar = table.verticalScrollBar()
    steps, held = 400, []
    for step in range(steps):
        began = time.perf_counter()
        bar.setValue(bar.maximum() * step // steps)
        table.viewport().repaint()
        app.processEvents()
        held.append(1000 * (time.perf_counter() - began))
    held.sort()
    while work.is_busy:
        QTest.qWait(5)
    slow = sum(each > _FRAME_MS for each in held)
    print(f"scroll through all in {steps} jumps, main thread held: median {held[steps // 2]:.1f} ms,"
          f" p95 {held[steps * 95 // 100]:.1f} ms, most {held[-1]:.1f} ms, {slow} over {_FRAME_MS} ms")  # fmt: skip
    print(f"memory after it: {memory_mb():.0f} MB, at most {memory_mb('VmHWM'):.0f} MB")
    work.shut_down()


def main() -> None:
    """Fill a register where there is none, then measure."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary) / "register"
        folder.mkdir(exist_ok=True, parents=True)
        if not (folder / "register.db").exists():
            command = [sys.executable, "-m", "tests.benchmarks.bench_people_list", "--fill", str(people), str(folder)]
            subprocess.run(command, check=True)
        scratch = Path(temporary) / "scratch"
        scratch.mkdir()
        desk = reopen(folder, scratch)
        measure_window(desk)
        measure_queries(desk)
        desk.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        fill(Path(sys.argv[3]), int(sys.argv[2]))
    else:
        main()
