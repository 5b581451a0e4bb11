"""Search as staff type: names in any order and spelling, with a year, an age, a place, or digits; best first.

There is one search, wherever it is typed; a list narrows it by its filters.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from fieldapp.domain.matching import ranking
from fieldapp.domain.matching.comparable import phone_number
from fieldapp.domain.matching.ranking import Span, Typed
from fieldapp.domain.people import IndividualRow, PeopleQuery
from fieldapp.domain.problems import Problem
from fieldapp.services.desk import Desk
from fieldapp.services.search_numbers import registration_expressions, tidied
from fieldapp.services.search_places import ELSEWHERE, Places, closeness
from fieldapp.storage import people_queries, search_queries
from fieldapp.storage.people_queries import Among
from fieldapp.storage.search_queries import any_of
from fieldapp.storage.search_words import digits_token, year_token
from fieldapp.storage.units import ReadUnit

Progress = Callable[[int, int], None]
"""Called with how many of how many steps are done."""

_LONGEST = 200
_MOST_WORDS = 6
_CANDIDATES = 300
_ENOUGH = 10
_FULL_NUMBER = 5
EVERYBODY = PeopleQuery()
_LEAST_ALIKE = (80, 65, 50)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who answers a search: the row of the list (with origin, age, post and group), how well, and where.

    `places` are the words typed that a place answers, `phone` the number typed that is theirs or their family's.
    """

    person: IndividualRow
    closeness: float = 1.0
    spans: tuple[Span, ...] = ()
    places: tuple[str, ...] = ()
    phone: str = ""
    shelter: str = ""


class SearchCancelled(Problem):
    """Staff stopped a search of every row."""

    code = "cancelled"


def search(desk: Desk, text: str, limit: int = 50, within: PeopleQuery = EVERYBODY) -> tuple[Found, ...]:
    """Return who answers what was typed, best first; nobody for a text without letters and digits.

    `within` narrows it by the filters of a list.
    """
    joined = tidied(text[:_LONGEST])
    asked = _typed(joined)
    if not asked.names and not asked.numbers:
        return ()
    with desk.database.read() as unit:
        looking = _Looking(unit, asked, desk.today(), limit, Among(unit, within, desk.day(desk.today())))
        for expression in registration_expressions(joined):
            if rows := looking.among.rows(expression, limit):
                return _by_number(unit, rows, limit)
        if any(len(its) >= _FULL_NUMBER for its in asked.numbers):
            # The letters before a document number say its kind, and very many share them.
            looking.asked = asked = Typed(tuple(name for name in asked.names if len(name) > 1), asked.numbers)
        looking.gather()
        return looking.found()


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
    asked = _typed(text[:_LONGEST])
    asked = Typed(asked.names[:_MOST_WORDS], asked.numbers[:_MOST_WORDS])
    if not asked.names:
        return search(desk, text, limit)
    with desk.database.read() as unit:
        looking = _Looking(unit, asked, desk.today(), limit, Among(unit, EVERYBODY, desk.day(desk.today())))
        vocabulary = unit.standing.vocabulary(unit.connection)
        for step, least in enumerate(_LEAST_ALIKE, 1):
            if cancelled():
                raise SearchCancelled
            parts = [any_of(vocabulary.resembling(name, least)) for name in asked.names]
            parts = [part for part in parts if part]
            for some in combinations(parts, max(1, min(2, len(parts)))):
                looking.take(" AND ".join(some))
            if progress:
                progress(step, len(_LEAST_ALIKE))
        return looking.found()


class _Looking:
    """One search: candidates are gathered from narrow to wide, then ranked by all that was typed."""

    def __init__(self, unit: ReadUnit, asked: Typed, today: date, limit: int, among: Among) -> None:
        self.asked, self.among = asked, among
        self._unit, self._today, self._limit = unit, today, limit
        self._rows: dict[int, str] = {}
        """The candidates, each with the phone number that was typed if it is theirs."""
        self._places = Places(asked.names[:_MOST_WORDS], unit.shelters() if asked.names else ())
        self._is_at_places = False

    def take(self, expression: str) -> None:
        """Take up whom an expression of the index finds."""
        for row in self.among.rows(expression, max(_CANDIDATES, 2 * self._limit)):
            self._rows.setdefault(row, "")

    def gather(self) -> None:
        """Gather candidates, from those that answer exactly to those that answer in part, until there are enough."""
        asked = Typed(self.asked.names[:_MOST_WORDS], self.asked.numbers[:_MOST_WORDS])
        enough = max(_ENOUGH, min(self._limit, 2 * _ENOUGH))
        is_number = not asked.names and any(len(number) >= _FULL_NUMBER for number in asked.numbers)
        for number in asked.numbers:
            if phone := phone_number(number):
                self._rows.update(dict.fromkeys(self.among.rows_with_phone(phone), number))
        if is_number and self._rows:
            return
        for is_last, expression in self._expressions(asked):
            self.take(expression)
            if (len(self._rows) >= enough and is_last) or (self._rows and is_number):
                return

    def _expressions(self, asked: Typed) -> Iterator[tuple[bool, str]]:
        """Yield expressions from narrow to wide, each with whether it ends a step: then enough is enough."""
        numbers = [_number(number, self._today) for number in asked.numbers]
        vocabulary = self._unit.standing.vocabulary(self._unit.connection)
        # A beginning that very many words share is slow to look up as one; the words it may mean are not.
        exact = [any_of(vocabulary.beginning(name)) or f'"{name}"*' for name in asked.names]
        at_place = self._places.expression(asked.names, exact)
        yield not at_place, " AND ".join(exact + numbers)
        # Whoever has all of it in their names comes before those of whom a place answers a part.
        if at_place and len(self._rows) < self._limit:
            self._is_at_places = True
            yield True, " AND ".join([at_place, *numbers])
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
        if at_place:
            self._is_at_places = True
            yield True, " AND ".join([self._places.expression(asked.names, wide), *numbers])
        if numbers:
            yield True, " AND ".join(wide)
        for size in range(len(wide) - 1, 1, -1):
            for some in combinations(wide, size):
                yield True, " AND ".join([*some, *numbers])
        if numbers and len(wide) == 2:  # noqa: PLR2004 - one of two names with the year
            for part in wide:
                yield True, " AND ".join([part, *numbers])

    def found(self) -> tuple[Found, ...]:
        """Return the candidates, best first."""
        by_place = self._by_place()
        close: dict[int, float] = {}
        for each in search_queries.brief(self._unit, self._rows):
            words, phone = each.name_key.split(), self._rows[each.row]
            close[each.row] = ranking.closeness(self.asked, words, each.birth, each.documents, self._today)
            elsewhere = {name: its for name, its in by_place.pop(each.row, {}).items() if name not in words}
            if elsewhere or phone:
                counted = elsewhere | ({phone: ELSEWHERE} if phone else {})
                best = closeness(self.asked, counted, words, each.birth, each.documents, self._today)
                if best > close[each.row]:
                    close[each.row], by_place[each.row] = best, elsewhere
        rows = sorted(close, key=lambda row: (-close[row], -row))[: self._limit]
        people = people_queries.people_of_rows(self._unit, rows)
        return tuple(
            self._found(people[row], close[row], tuple(by_place.get(row, ())), self._rows[row])
            for row in rows
            if row in people
        )

    def _by_place(self) -> dict[int, dict[str, float]]:
        """Return the words that may be places and are, with what they count, by the rows of those for whom they are."""
        if not self._is_at_places:
            return {}
        every = search_queries.places_of(self._unit, self._rows)
        answers = {row: self._places.answered(its) for row, its in every.items()}
        return {row: words for row, words in answers.items() if words}

    def _found(self, person: IndividualRow, close: float, places: tuple[str, ...], phone: str) -> Found:
        by_name = Typed(tuple(name for name in self.asked.names if name not in places), self.asked.numbers)
        spans = ranking.spans(
            by_name,
            {
                "given_names": person.given_names,
                "surnames": person.surnames,
                "documents": person.documents,
                "birth": str(person.birth),
            },
        )
        shelter = self._places.shelter_of(person.number) if places else ""
        return Found(person, close, spans, places, phone, shelter)


def _by_number(unit: ReadUnit, rows: list[int], limit: int) -> tuple[Found, ...]:
    people = people_queries.people_of_rows(unit, rows[:limit])
    return tuple(
        Found(people[row], spans=(Span("number", 0, len(people[row].number)),))
        for row in sorted(people, key=lambda row: people[row].number)
    )


def _typed(text: str) -> Typed:
    """Return the words of a text; digits of scripts that do not count in tens are words like any other."""
    asked = ranking.typed(text)
    numbers = tuple(number for number in asked.numbers if number.isdecimal())
    return Typed((*asked.names, *(each for each in asked.numbers if not each.isdecimal())), numbers)


def _number(number: str, today: date) -> str:
    tokens = [year_token(year) for year in ranking.years_meant(number, today)]
    if len(number) == 3:  # noqa: PLR2004 - as many digits as the index has of each paper's end
        tokens.append(digits_token(number))
    if len(number) < _FULL_NUMBER:
        tokens.append(f"{number:0>5}")
    return any_of(tokens, begun=number)
