"""Search as staff type: names in any order and spelling, with a year, an age, or digits of a paper; best first."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from fieldapp.domain.matching import ranking
from fieldapp.domain.matching.comparable import phone_number
from fieldapp.domain.matching.ranking import Span, Typed
from fieldapp.domain.people import IndividualRow
from fieldapp.domain.problems import Problem
from fieldapp.services.desk import Desk
from fieldapp.storage import people_queries, search_queries
from fieldapp.storage.search_queries import any_of, rows_matching
from fieldapp.storage.search_words import digits_token, year_token
from fieldapp.storage.units import ReadUnit

Progress = Callable[[int, int], None]
"""Called with how many of how many steps are done."""

_LONGEST = 200
_MOST_WORDS = 6
_CANDIDATES = 300
_ENOUGH = 10
_FULL_NUMBER = 5
_LIKE_A_NUMBER = re.compile(r"[a-z]{2,6}(?:[a-z]\d|\d[a-z])\d{1,7}[0-9a-z]?\d{0,2}")
_LEAST_ALIKE = (80, 65, 50)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who answers a search: the row of the list (with origin, age, post and group), how well, and where."""

    person: IndividualRow
    closeness: float
    spans: tuple[Span, ...]


class SearchCancelled(Problem):
    """Staff stopped a search of every row."""

    code = "cancelled"


def search(desk: Desk, text: str, limit: int = 50) -> tuple[Found, ...]:
    """Return who answers what was typed, best first; nobody for a text without letters and digits."""
    joined = re.sub(r"(?<=\d)[.,](?=\d)", "", text[:_LONGEST])
    asked = ranking.typed(joined)
    if not asked.names and not asked.numbers:
        return ()
    with desk.database.read() as unit:
        number = re.sub(r"[^a-z0-9]", "", joined.casefold())
        if _LIKE_A_NUMBER.fullmatch(number):
            rows = rows_matching(unit, f'"{number}"*', limit) or rows_matching(unit, f'"{number[:-1]}"*', limit)
            if rows:
                return _shown(unit, asked, dict.fromkeys(rows, 1.0), limit)
        if any(len(its) >= _FULL_NUMBER for its in asked.numbers):
            # The letters before a document number say its kind, and very many share them.
            asked = Typed(tuple(name for name in asked.names if len(name) > 1), asked.numbers)
        rows = _rows(unit, Typed(asked.names[:_MOST_WORDS], asked.numbers[:_MOST_WORDS]), desk.today(), limit)
        return _shown(unit, asked, _ranked(unit, asked, rows, desk.today()), limit)


def search_every_row(
    desk: Desk,
    text: str,
    limit: int = 50,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Found, ...]:
    """Return whose names resemble what was typed most, however much is wrong in them. Raises SearchCancelled.

    What was typed is compared with the words of everybody's names, of which there are few; so nobody is passed over.
    """
    asked = ranking.typed(text[:_LONGEST])
    asked = Typed(asked.names[:_MOST_WORDS], asked.numbers[:_MOST_WORDS])
    if not asked.names:
        return search(desk, text, limit)
    with desk.database.read() as unit:
        vocabulary = unit.standing.vocabulary(unit.connection)
        found: dict[int, None] = {}
        for step, least in enumerate(_LEAST_ALIKE, 1):
            if cancelled():
                raise SearchCancelled
            parts = [any_of(vocabulary.resembling(name, least)) for name in asked.names]
            parts = [part for part in parts if part]
            for some in combinations(parts, max(1, min(2, len(parts)))):
                found.update(dict.fromkeys(rows_matching(unit, " AND ".join(some), _CANDIDATES)))
            if progress:
                progress(step, len(_LEAST_ALIKE))
        return _shown(unit, asked, _ranked(unit, asked, list(found), desk.today()), limit)


def _rows(unit: ReadUnit, asked: Typed, today: date, limit: int) -> list[int]:
    """Gather candidates, from those that answer exactly to those that answer in part, until there are enough."""
    found: dict[int, None] = {}
    enough = max(_ENOUGH, min(limit, 2 * _ENOUGH))
    is_number = not asked.names and any(len(number) >= _FULL_NUMBER for number in asked.numbers)
    for number in asked.numbers:
        phone = phone_number(number)
        if phone:
            found.update(dict.fromkeys(search_queries.rows_with_phone(unit, phone)))
    if is_number and found:
        return list(found)
    for is_last, expression in _expressions(unit, asked, today):
        found.update(dict.fromkeys(rows_matching(unit, expression, _CANDIDATES)))
        if (len(found) >= enough and is_last) or (found and is_number):
            break
    return list(found)


def _expressions(unit: ReadUnit, asked: Typed, today: date) -> Iterator[tuple[bool, str]]:
    """Yield expressions of the index from narrow to wide, each with whether it ends a step: then enough is enough."""
    numbers = [_number(number, today) for number in asked.numbers]
    vocabulary = unit.standing.vocabulary(unit.connection)
    # A beginning that very many words share is slow to look up as one; the words it may mean are not.
    exact = [any_of(vocabulary.beginning(name)) or f'"{name}"*' for name in asked.names]
    yield True, " AND ".join(exact + numbers)
    if not asked.names:
        for number in numbers:
            yield True, number
        return
    near, wide = [], []
    for place, name in enumerate(asked.names):
        similar = vocabulary.similar(name, is_begun=place == len(asked.names) - 1)
        known = vocabulary.beginning(name) or [name]
        near.append(any_of((*known, *(its for its, far in similar if far <= 1))))
        wide.append(any_of((*known, *(its for its, _ in similar))))
    yield wide == near, " AND ".join(near + numbers)
    if wide != near:
        yield True, " AND ".join(wide + numbers)
    if numbers:
        yield True, " AND ".join(wide)
    for size in range(len(wide) - 1, 1, -1):
        for some in combinations(wide, size):
            yield True, " AND ".join([*some, *numbers])
    if numbers and len(wide) == 2:  # noqa: PLR2004 - one of two names with the year
        for part in wide:
            yield True, " AND ".join([part, *numbers])


def _number(number: str, today: date) -> str:
    tokens = [year_token(year) for year in ranking.years_meant(number, today)]
    if len(number) == 3:  # noqa: PLR2004 - as many digits as the index has of each paper's end
        tokens.append(digits_token(number))
    if len(number) < _FULL_NUMBER:
        tokens.append(f"{number:0>5}")
    return any_of(tokens, begun=number)


def _ranked(unit: ReadUnit, asked: Typed, rows: list[int], today: date) -> dict[int, float]:
    people = search_queries.brief(unit, rows)
    return {
        each.row: ranking.closeness(asked, each.name_key.split(), each.birth, each.documents, today) for each in people
    }


def _shown(unit: ReadUnit, asked: Typed, close: dict[int, float], limit: int) -> tuple[Found, ...]:
    best = sorted(close, key=lambda row: (-close[row], -row))[:limit]
    people = people_queries.people_of_rows(unit, best)
    return tuple(
        Found(
            people[row],
            close[row],
            ranking.spans(
                asked,
                {
                    "given_names": people[row].given_names,
                    "surnames": people[row].surnames,
                    "documents": people[row].documents,
                    "birth": str(people[row].birth),
                },
            ),
        )
        for row in best
        if row in people
    )
