"""Compare a partner's list with the register, or two lists with each other."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fieldapp.domain.matching.comparable import Comparable
from fieldapp.domain.matching.joining import Joining, Pair
from fieldapp.domain.matching.scoring import Frequency, frequencies
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Role
from fieldapp.exchange.partner_list import read_people
from fieldapp.exchange.people_list import as_text
from fieldapp.services.desk import Desk
from fieldapp.services.matching import model, register_frequency
from fieldapp.storage import search_queries
from fieldapp.storage.units import ReadUnit

Progress = Callable[[int, int], None]
"""Called with how many of how many records of the right list were compared; how many may be 0, not known yet."""

SEES_LISTS = (Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR)
_BATCH = 5000
_EVERY = 1000


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
    left: Path, right: Path, out: Path, today: date, *, top: int = 5, least: float = 0.5,
    progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False,
) -> MatchReport:  # fmt: skip
    """Write the pairs of two lists. Raises ListUnreadable, MatchCancelled, OSError."""
    mine = list(read_people(left, today))
    theirs = list(_watched(read_people(right, today), cancelled))
    people = max(len(mine), len(theirs))
    joining = Joining(mine, model(), _frequency_of([mine, theirs]), people, top, least)
    for place, person in enumerate(theirs):
        _tick(place, len(theirs), progress, cancelled)
        joining.take(place, person)
    return _write(out, "right_row", lambda place: str(place + 1), joining, len(mine), len(theirs), progress)


def match_register(
    desk: Desk, left: Path, out: Path, *, top: int = 5, least: float = 0.5,
    progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False,
) -> MatchReport:  # fmt: skip
    """Write whom of a list the register has. Raises NotAllowed, ListUnreadable, MatchCancelled, OSError."""
    desk.require(*SEES_LISTS, doing="match_list")
    mine = list(_watched(read_people(left, desk.today()), cancelled))
    numbers: dict[int, str] = {}
    with desk.database.read() as unit:
        total = search_queries.count_people(unit)
        joining = Joining(mine, model(), register_frequency(unit, total), total, top, least)
        seen = 0
        for each in _everybody(unit):
            _tick(seen, total, progress, cancelled)
            seen += 1
            joining.take(each.row, each.person)
        rows = [pair.right for pair in joining.pairs()]
        numbers = {each.row: each.number for each in search_queries.candidates(unit, rows)}
    return _write(out, "registration_number", lambda row: numbers.get(row, ""), joining, len(mine), seen, progress)


def _everybody(unit: ReadUnit) -> Iterator[search_queries.Candidate]:
    last = 0
    while batch := search_queries.everybody(unit, last, _BATCH):
        yield from batch
        last = batch[-1].row


def _frequency_of(lists: Iterable[Iterable[Comparable]]) -> Frequency:
    counts: Counter[str] = Counter()
    people = 0
    for each in lists:
        for person in each:
            people += 1
            counts.update(set(person.words))
    return frequencies(counts, people)


def _watched(people: Iterator[Comparable], cancelled: Callable[[], bool]) -> Iterator[Comparable]:
    for place, person in enumerate(people):
        _tick(place, 0, None, cancelled)
        yield person


def _tick(done: int, total: int, progress: Progress | None, cancelled: Callable[[], bool]) -> None:
    if done % _EVERY:
        return
    if cancelled():
        raise MatchCancelled
    if progress and total:
        progress(done, total)


def _write(
    out: Path, column: str, name: Callable[[int], str], joining: Joining, left: int, right: int,
    progress: Progress | None,
) -> MatchReport:  # fmt: skip
    written = strong = 0
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("left_row", column, "probability", "grade", "reasons"))
        for pair in joining.pairs():
            writer.writerow(_line(pair, name))
            written += 1
            strong += pair.score.grade == "strong"
    if progress:
        progress(right, right)
    return MatchReport(left, right, joining.compared, written, strong)


def _line(pair: Pair, name: Callable[[int], str]) -> tuple[str, ...]:
    reasons = " ".join(reason.code for reason in pair.score.reasons)
    return (
        str(pair.left + 1), as_text(name(pair.right)), f"{pair.score.probability:.4f}", str(pair.score.grade), reasons,
    )  # fmt: skip
