"""How long saving a family of four takes, against a bare durable SQLCipher commit of the same bytes.

Run by hand: `python -m tests.benchmarks.bench_save`. Prints medians, the ratio, and the share of each step.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fieldapp.services import register as register_module
from fieldapp.services.register import register_group
from fieldapp.storage import journal, projection, units
from fieldapp.storage.connections import connect
from fieldapp.storage.units import WriteUnit
from tests.desks import family, make_desk

ROUNDS = 300


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


class _Shares:
    """Wraps functions to add up the time spent in each."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def watch(self, holder: object, name: str, label: str) -> None:
        inner = getattr(holder, name)

        def outer(*args: object, **kwargs: object) -> object:
            start = time.perf_counter()
            try:
                return inner(*args, **kwargs)
            finally:
                self.spent[label] = self.spent.get(label, 0.0) + (time.perf_counter() - start) * 1000

        setattr(holder, name, outer)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        entry = family()
        for _ in range(20):
            register_group(desk, entry)
        with desk.database.read() as unit:
            size = unit.connection.exec_driver_sql(
                "SELECT sum(length(c.envelope) + length(c.signature) + length(c.hash) + length(p.salt) + length(p.body))"
                " FROM change c JOIN payload p USING (device, epoch, seq) WHERE c.seq > (SELECT max(seq) - 7 FROM change)"
            ).scalar_one()
        bare = connect(Path(folder) / "bare.db", bytes(32))
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)")

        def commit_bare() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO t (b) VALUES (?)", (bytes(int(size)),))
            bare.execute("COMMIT")

        saves, bares = [], []
        for _ in range(ROUNDS):
            bares.append(_timed(commit_bare))
            saves.append(_timed(lambda: register_group(desk, entry)))
        ratio = statistics.median(saves) / statistics.median(bares)
        print(f"bytes of a family of four in the log: {size}")
        print(f"bare durable commit: median {statistics.median(bares):.2f} ms, p95 {sorted(bares)[-15]:.2f} ms")
        print(f"save of a family:    median {statistics.median(saves):.2f} ms, p95 {sorted(saves)[-15]:.2f} ms")
        print(f"ratio: {ratio:.1f}x")

        shares = _Shares()
        shares.watch(register_module, "check_entry", "check the entry")
        shares.watch(units, "seal", "stamp and sign")
        shares.watch(journal, "append", "append to the log")
        shares.watch(projection, "apply", "fold and index (in all)")
        shares.watch(journal, "of_subjects", "  of which read back and decode")
        shares.watch(projection, "states_of", "  of which fold")
        shares.watch(WriteUnit, "record", "record (in all)")
        total = sum(_timed(lambda: register_group(desk, entry)) for _ in range(ROUNDS))
        for label, spent in sorted(shares.spent.items(), key=lambda item: -item[1]):
            print(f"{label:34} {spent / ROUNDS:6.2f} ms  {100 * spent / total:4.0f} %")
        print(f"{'outside record (check, commit)':34} {(total - shares.spent['record (in all)']) / ROUNDS:6.2f} ms")
        desk.close()
        bare.close()


if __name__ == "__main__":
    main()
