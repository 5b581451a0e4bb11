"""What the search index is asked: the rows of people that have some words, or share a key with somebody."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.birth import Birth
from fieldapp.domain.fields import birth_of
from fieldapp.domain.matching.comparable import (
    BirthParts,
    Comparable,
    birth_parts,
    document_number,
    phone_number,
)
from fieldapp.domain.matching.spelling import name_words
from fieldapp.storage.search_words import documents_in, key_token
from fieldapp.storage.units import ReadUnit

_MATCH = text("SELECT rowid FROM individual_search WHERE individual_search MATCH :match LIMIT :limit")
_COUNT = text("SELECT count(*) FROM (SELECT 1 FROM individual_search WHERE individual_search MATCH :match LIMIT :most)")
_PER_KEY = 1500
_SURE = frozenset("d<>pba")
_PHONE = text(
    'SELECT i."row" AS place FROM phone p JOIN individual i ON i.id = p.subject WHERE p.number = :number'
    ' UNION SELECT i."row" FROM phone p JOIN individual i ON i.group_id = p.subject WHERE p.number = :number LIMIT :limit'
)
_COMPARED = "i.group_id, i.given_names, i.surnames, i.sex, i.birth, i.nationality, i.documents"
_CANDIDATES = text(
    f'SELECT i."row", i.id, i.number, {_COMPARED},'
    " (SELECT group_concat(p.number, ' ') FROM phone p WHERE p.subject IN (i.id, i.group_id))"
    ' FROM individual i WHERE i."row" IN (SELECT value FROM json_each(:rows))'
)
_EVERYBODY = f'SELECT i."row", i.id, {_COMPARED} FROM individual i WHERE i."row" > ? ORDER BY i."row" LIMIT ?'
_PHONES = "SELECT subject, group_concat(number, ' ') FROM phone GROUP BY subject"
_BATCH = 5000
_PHONES_BETWEEN = (
    "SELECT p.subject, group_concat(p.number, ' ') FROM"
    ' (SELECT i.id FROM individual i WHERE i."row" > ?1 AND i."row" <= ?2'
    ' UNION SELECT i.group_id FROM individual i WHERE i."row" > ?1 AND i."row" <= ?2) its'
    " JOIN phone p ON p.subject = its.id GROUP BY p.subject"
)
_BRIEF = text(
    'SELECT "row", name_key, birth, documents FROM individual WHERE "row" IN (SELECT value FROM json_each(:rows))'
)


_PLACES = text(
    'SELECT i."row", i.number, i.origin, g.arrival_post, g.origin_state, g.destination, g.moved_to FROM individual i'
    ' LEFT JOIN registration_group g ON g.id = i.group_id WHERE i."row" IN (SELECT value FROM json_each(:rows))'
)


Raw = tuple[Any, ...]
"""The group, names, sex, birth, nationality, documents and phones of somebody as they are kept."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the register ready for comparing, with what names the record."""

    row: int
    individual_id: UUID
    group_id: UUID
    number: str
    person: Comparable


def rows_matching(unit: ReadUnit, expression: str, limit: int) -> list[int]:
    """Return the rows of some people that an expression of the index finds, in no order."""
    return list(unit.connection.execute(_MATCH, {"match": expression, "limit": limit}).scalars())


def any_of(words: Iterable[str], *, begun: str = "") -> str:
    """Return the expression for one of some words, or one that begins with `begun`."""
    parts = [f'"{word}"' for word in words] + ([f'"{begun}"*'] if begun else [])
    return f"({' OR '.join(parts)})" if parts else ""


def count_matching(unit: ReadUnit, word: str, most: int) -> int:
    """Return how many people have a word, as far as `most`."""
    return int(unit.connection.execute(_COUNT, {"match": f'"{word}"', "most": most}).scalar_one())


def count_people(unit: ReadUnit) -> int:
    """Return how many people there are, quickly: rows are numbered without gaps but for those erased."""
    return int(unit.connection.exec_driver_sql('SELECT coalesce(max("row"), 0) FROM individual').scalar_one())


def rows_with_phone(unit: ReadUnit, number: str, limit: int = 50) -> list[int]:
    """Return the rows of people who have a phone themselves or in their group."""
    return list(unit.connection.execute(_PHONE, {"number": number, "limit": limit}).scalars())


def rows_sharing(unit: ReadUnit, keys: Iterable[str], most: int) -> list[int]:
    """Return the rows of people who share keys, those who share most first.

    A paper, a phone or a birth date in common counts as three names in common.
    """
    shared: Counter[int] = Counter()
    for key in keys:
        rows = (
            rows_with_phone(unit, key[1:])
            if key.startswith("p")
            else rows_matching(unit, f'"{key_token(key)}"', _PER_KEY)
        )
        shared.update(rows)
        if key[0] in _SURE:
            shared.update(rows + rows)
    return [row for row, _ in shared.most_common(most)]


@dataclass(frozen=True, slots=True)
class Brief:
    """What of a person a search is ranked by."""

    row: int
    name_key: str
    birth: Birth
    documents: str


def brief(unit: ReadUnit, rows: Iterable[int]) -> list[Brief]:
    """Return what people are ranked by, by their rows."""
    found = unit.connection.execute(_BRIEF, {"rows": json.dumps(list(rows))})
    return [Brief(place, name_key, birth_of(birth), documents) for place, name_key, birth, documents in found]


@dataclass(frozen=True, slots=True)
class PlacesOf:
    """The places of somebody: codes of posts and of where they come from, and in words where they go; their number."""

    codes: tuple[str, ...]
    text: str
    number: str


def places_of(unit: ReadUnit, rows: Iterable[int]) -> dict[int, PlacesOf]:
    """Return the places of people by their rows."""
    found = unit.connection.execute(_PLACES, {"rows": json.dumps(list(rows))})
    return {
        place: PlacesOf((post or "", state or "", origin), f"{destination or ''} {moved_to or ''}", number)
        for place, number, origin, post, state, destination, moved_to in found
    }


def candidates(unit: ReadUnit, rows: Iterable[int]) -> list[Candidate]:
    """Return people for comparing by their rows."""
    return [_candidate(row) for row in unit.connection.execute(_CANDIDATES, {"rows": json.dumps(list(rows))})]


def everybody(unit: ReadUnit, last: int, limit: int) -> list[tuple[int, Comparable]]:
    """Return the people after a row ready for comparing, each with its row, in the order of rows."""
    people = _rows(unit, _EVERYBODY, (last, limit))
    phones = dict(_rows(unit, _PHONES_BETWEEN, (last, people[-1][0]))) if people else {}
    return [(row, person_of((*values, _phones(phones, individual, values[0])))) for row, individual, *values in people]


def everybody_as_kept(unit: ReadUnit, phones: Mapping[bytes, str]) -> Iterator[tuple[int, Raw]]:
    """Yield all people as `person_of` takes them, each with its row, given `all_phones`."""
    last = 0
    while people := _rows(unit, _EVERYBODY, (last, _BATCH)):
        for row, individual, *values in people:
            yield row, (*values, _phones(phones, individual, values[0]))
        last = people[-1][0]


def _phones(phones: Mapping[bytes, str], individual: bytes, group: bytes) -> str:
    mine, its = phones.get(individual, ""), phones.get(group, "")
    return f"{mine} {its}" if mine and its else mine or its


def all_phones(unit: ReadUnit) -> Mapping[bytes, str]:
    """Return all phones by the person or group whose they are."""
    return dict(_rows(unit, _PHONES, ()))


def _rows(unit: ReadUnit, statement: str, values: tuple[int, ...]) -> list[Any]:
    """Return rows as the driver has them: with so many, what is put around each would take as long as they do."""
    cursor = unit.connection.exec_driver_sql(statement, values).cursor
    return list(cursor.fetchall()) if cursor else []


def _candidate(row: Any) -> Candidate:
    place, individual, number, *values = row
    return Candidate(place, UUID(bytes=individual), UUID(bytes=values[0]), number, person_of(tuple(values)))


def person_of(kept: Raw) -> Comparable:
    """Return a person for comparing from the values as they are kept."""
    group, given, surnames, sex, birth, nationality, documents, phones = kept
    return Comparable(
        name_words(given),
        name_words(surnames),
        sex if sex in {"F", "M"} else "",
        _birth_parts(birth),
        tuple(number for paper in documents_in(documents) if (number := document_number(paper))) if documents else (),
        tuple(number for phone in phones.split() if (number := phone_number(phone))) if phones else (),
        nationality.partition(" ")[0],
        "",
        group,
    )


@lru_cache(maxsize=50_000)
def _birth_parts(text: str) -> BirthParts:
    return birth_parts(birth_of(text))
