"""Check the register: the file's seals, the chain and signatures of the log, and that a refold equals the fold."""

from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.domain.problems import Problem
from fieldapp.services.desk import Desk
from fieldapp.storage import checking, counts, search_index
from fieldapp.storage.checking import BadLine

Progress = Callable[[int, int], None]
"""Called with how many of how many lines and records are checked."""

_MOST_SHOWN = 20
_EVERY = 200


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was checked and what was found wrong, the first bad line first; at most 20 are named."""

    changes: int
    records: int
    bad: tuple[BadLine, ...]
    bad_count: int

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return self.bad_count == 0

    @property
    def first_bad(self) -> str:
        """Where the first thing wrong is, empty if there is none."""
        return self.bad[0].where if self.bad else ""


class Cancelled(Problem):
    """Staff stopped a long piece of work."""

    code = "cancelled"


def check(desk: Desk, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False) -> CheckReport:
    """Check everything; nothing is changed. Raises Cancelled, and DatabaseUnreadable if a page cannot be read."""
    with desk.database.read() as unit:
        bad = checking.damaged_pages(unit)
        if bad:
            # Lines on a damaged page cannot be read at all, so there is nothing further to compare.
            return CheckReport(0, 0, tuple(bad[:_MOST_SHOWN]), len(bad))
        total = 2 * counts.change_count(unit)
        changes = records = 0
        for line in checking.bad_lines(unit):
            changes += 1
            bad += [line] if line else []
            _tick(changes, total, progress, cancelled)
        # A log that is not what was signed proves nothing about the lists.
        for record in checking.differing_records(unit) if not bad else ():
            records += 1
            bad += [record] if record else []
            _tick(changes + records, total, progress, cancelled)
    if progress:
        progress(total, total)
    return CheckReport(changes, records, tuple(bad[:_MOST_SHOWN]), len(bad))


def rebuild_index(desk: Desk, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False) -> int:
    """Make the search index anew in one transaction; return how many people it has. Raises Cancelled, nothing changed."""

    def watch(done: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        if progress:
            progress(done, total)

    with desk.database.write() as unit:
        unit.standing.forget()
        return search_index.rebuild(unit.connection, unit.root_public, unit.standing.grants(unit.connection), watch)


def _tick(done: int, total: int, progress: Progress | None, cancelled: Callable[[], bool]) -> None:
    if done % _EVERY:
        return
    if cancelled():
        raise Cancelled
    if progress:
        progress(min(done, total), total)
