"""Compare a partner's list with the register, or two lists with each other, however long they are."""

import csv
from codecs import getwriter
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from fieldapp.domain.matching.comparable import Comparable
from fieldapp.domain.matching.joining import Pair
from fieldapp.domain.matching.scoring import frequencies
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Role
from fieldapp.exchange.partner_list import read_people
from fieldapp.exchange.people_list import as_text
from fieldapp.services.desk import Desk
from fieldapp.services.joining_workers import Task, joined
from fieldapp.services.matching import model, register_frequency
from fieldapp.storage import search_queries
from fieldapp.storage.units import ReadUnit
from fieldapp.trust.safe_files import writing_whole

Progress = Callable[[int, int], None]
"""Called with how many of how many records were compared; while the lists are read, how many is 0, not known yet."""

Piece = tuple[list[Pair], int]
"""The pairs of a part of the left list, and how many were compared for them."""

SEES_LISTS = (Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR)
_EVERY = 1000
AT_ONCE = 20_000
"""So many of the left are held in memory at once, and compared with everybody of the right."""


class MatchCancelled(Problem):
    """Staff stopped a comparison."""

    code = "cancelled"


@dataclass(frozen=True, slots=True)
class MatchReport:
    """How many records were compared with how many, in how many pairs, and how many pairs were written."""

    left: int
    right: int
    compared: int
    written: int
    strong: int


def match_two(
    left: Path, right: Path, out: Path, today: date, *, top: int = 5, least: float = 0.5, at_once: int = AT_ONCE,
    progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False,
) -> MatchReport:  # fmt: skip
    """Write the pairs of two lists. Raises ListUnreadable, MatchCancelled, FileProblem, OSError."""
    _refuse_to_overwrite(out, left, right)
    watch = _Watch(progress, cancelled)
    counts: Counter[str] = Counter()
    sizes = [_count(watch, read_people(path, today), counts) for path in (left, right)]
    frequency = frequencies(counts, sum(sizes))

    def theirs() -> Iterator[tuple[int, Comparable]]:
        for place, person in enumerate(read_people(right, today), 1):
            watch.tick()
            yield place, person

    def pieces() -> Iterator[Piece]:
        for chunk in _chunks(read_people(left, today), at_once):
            task = Task(chunk, model(), max(sizes), top, least, _as_it_is)
            yield joined(task, frequency, counts.keys, theirs(), sizes[1])

    watch.expect(sizes[1] * _chunks_in(sizes[0], at_once))
    return _write(out, "right_row", lambda rows: {row: str(row) for row in rows}, pieces(), sizes, at_once)


def match_register(
    desk: Desk, left: Path, out: Path, *, top: int = 5, least: float = 0.5, at_once: int = AT_ONCE,
    progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False,
) -> MatchReport:  # fmt: skip
    """Write whom of a list the register has. Raises NotAllowed, ListUnreadable, MatchCancelled, FileProblem, OSError."""
    desk.require(*SEES_LISTS, doing="match_list")
    _refuse_to_overwrite(out, left)
    watch = _Watch(progress, cancelled)
    mine = _count(watch, read_people(left, desk.today()), Counter())
    with desk.database.read() as unit:
        total = search_queries.count_people(unit)
        frequency, phones = register_frequency(unit, total), search_queries.all_phones(unit)

        def everybody() -> Iterator[tuple[int, search_queries.Raw]]:
            for each in search_queries.everybody_as_kept(unit, phones):
                watch.tick()
                yield each

        def pieces() -> Iterator[Piece]:
            for chunk in _chunks(read_people(left, desk.today()), at_once):
                task = Task(chunk, model(), total, top, least, search_queries.person_of)
                words = partial(_words, unit, chunk)
                yield joined(task, frequency, words, everybody(), total)

        def numbers(rows: Iterable[int]) -> Mapping[int, str]:
            return {each.row: each.number for each in search_queries.candidates(unit, rows)}

        watch.expect(total * _chunks_in(mine, at_once))
        return _write(out, "registration_number", numbers, pieces(), (mine, total), at_once)


class _Watch:
    """Says how far the comparison is, and stops it when asked."""

    def __init__(self, progress: Progress | None, cancelled: Callable[[], bool]) -> None:
        self._progress, self._cancelled = progress, cancelled
        self._done = self._total = 0

    def expect(self, total: int) -> None:
        """Begin to compare, with so many records before us."""
        self._done, self._total = 0, total

    def tick(self) -> None:
        """Take note of one record more. Raises MatchCancelled."""
        if self._done % _EVERY == 0:
            if self._cancelled():
                raise MatchCancelled
            if self._progress:
                self._progress(self._done, self._total)
        self._done += 1


def _refuse_to_overwrite(out: Path, *lists: Path) -> None:
    if out.resolve() in {path.resolve() for path in lists}:
        raise Problem("out_is_a_list", file=out.name)


def _count(watch: _Watch, people: Iterable[Comparable], counts: Counter[str]) -> int:
    """Return how many people a list has, and count the words of their names."""
    found = 0
    for found, person in enumerate(people, 1):  # noqa: B007 - the last place is the number
        watch.tick()
        counts.update(set(person.words))
    return found


def _chunks(people: Iterator[Comparable], at_once: int) -> Iterator[list[Comparable]]:
    while chunk := list(islice(people, at_once)):
        yield chunk


def _chunks_in(people: int, at_once: int) -> int:
    return -(-people // at_once)


def _as_it_is(person: Comparable) -> Comparable:
    return person


def _words(unit: ReadUnit, people: Iterable[Comparable]) -> set[str]:
    return {*unit.standing.vocabulary(unit.connection), *(word for person in people for word in person.words)}


def _write(
    out: Path, column: str, names: Callable[[Iterable[int]], Mapping[int, str]], pieces: Iterable[Piece],
    sizes: Sequence[int], at_once: int,
) -> MatchReport:  # fmt: skip
    """Write the pairs of one chunk of the left after the other. The file takes its place when all are there."""
    compared = written = strong = 0
    with writing_whole(out) as file:
        writer = csv.writer(getwriter("utf-8")(file))
        writer.writerow(("left_row", column, "probability", "grade", "reasons"))
        for chunk, (pairs, its_compared) in enumerate(pieces):
            named = names([pair.right for pair in pairs])
            writer.writerows(_line(chunk * at_once + pair.left + 1, named.get(pair.right, ""), pair) for pair in pairs)
            compared += its_compared
            written += len(pairs)
            strong += sum(pair.score.grade == "strong" for pair in pairs)
    return MatchReport(sizes[0], sizes[1], compared, written, strong)


def _line(left: int, right: str, pair: Pair) -> tuple[str, ...]:
    reasons = " ".join(reason.code for reason in pair.score.reasons)
    return (str(left), as_text(right), f"{pair.score.probability:.4f}", str(pair.score.grade), reasons)
