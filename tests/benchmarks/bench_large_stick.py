"""What a save waits for while a stick with 50,000 changes is taken in, and the memory that this takes.

Run by hand: `python -m tests.benchmarks.bench_large_stick [CHANGES]`: once by a laptop that reads the files in their
order, and once by one that gets the first file last, so that all others wait for it. Each step of taking in is one job of the writer's
thread, and a save goes in between two jobs, so the longest step is the longest that a save has to wait.
"""

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from fieldapp.services.bundles import bundle_files, export_bundles, import_in_steps
from fieldapp.services.demo_families import families
from fieldapp.services.desk import Desk
from fieldapp.services.register import register_group
from fieldapp.storage import journal
from tests.desks import START_MS, TODAY, TestClock
from tests.laptops import enrolled, first_laptop

CHANGES = 50_000
A_FAMILY = 5
"""Changes that a family makes at least."""


def main(wanted: int) -> None:
    """Make the stick, take it in step by step, and print how long each took."""
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), TestClock()
        one = first_laptop(folder / "one", clock, random.Random(1).randbytes)
        other = enrolled(one, folder / "other", "B2", folder / "enrol")
        third = enrolled(one, folder / "third", "C3", folder / "enrol")
        for entry in families(wanted // A_FAMILY, 7, START_MS - 3_600_000, START_MS, TODAY, "PSB"):
            register_group(one, entry)
            clock.forward(minutes=0.1)
            with one.database.read() as unit:
                if sum(seq for seq, _ in journal.vector(unit.connection).values()) >= wanted:
                    break
        stick = folder / "stick"
        stick.mkdir()
        export_bundles(one, stick)
        files = list(bundle_files([stick]))
        for said, desk, ordered in (("in order", other, files), ("first file last", third, [*files[1:], files[0]])):
            _report(said, desk, ordered)
        for desk in (one, other, third):
            desk.close()


def _report(said: str, desk: Desk, files: list[Path]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    steps: list[tuple[float, float]] = []
    added = 0
    for path in files:
        taking, part = import_in_steps(desk, path), None
        while True:
            began, worked = time.perf_counter(), time.process_time()
            if (after_step := next(taking, None)) is None:
                break
            part = after_step
            steps.append((time.perf_counter() - began, time.process_time() - worked))
        added += part.added if part else 0
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{said}: {added:,} changes of {len(files)} files in {len(steps)} steps, {sum(one for one, _ in steps):.1f} s; "
          f"the longest {max(one for one, _ in steps):.2f} s (processor {max(one for _, one in steps):.2f} s); "
          f"memory at most {after / 1024:.0f} MB, {before / 1024:.0f} MB before")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CHANGES)
