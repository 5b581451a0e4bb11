"""Hints while a family is registered: who may be here already, with reasons, graded; never in the way.

A hint is no decision: staff look at both and say whether they are one person (see `review`).
"""

from dataclasses import dataclass

from fieldapp.domain.matching.blocking import keys
from fieldapp.domain.matching.comparable import Comparable, comparable
from fieldapp.domain.matching.scoring import Grade, Reason, Score, score
from fieldapp.domain.people import IndividualRow
from fieldapp.domain.record import IndividualEntry
from fieldapp.services.desk import Desk
from fieldapp.services.matching import model, register_frequency
from fieldapp.storage import people_queries, search_queries
from fieldapp.storage.search_queries import Candidate
from fieldapp.storage.units import ReadUnit

_FEWEST_WORDS = 2
_MOST_COMPARED = 80


@dataclass(frozen=True, slots=True)
class Hint:
    """Somebody registered who may be the person being entered, how probably, and why: codes with their bits."""

    person: IndividualRow
    grade: Grade
    probability: float
    reasons: tuple[Reason, ...]


def hints(desk: Desk, entry: IndividualEntry, limit: int = 5, *, family_phone: str = "") -> tuple[Hint, ...]:
    """Return who in the register may be the person entered so far, the likeliest first.

    Nobody is returned before a second name word, a paper or a phone was typed.
    """
    person = of_entry(entry, family_phone)
    if len(person.words) < _FEWEST_WORDS and not person.documents:
        return ()
    with desk.database.read() as unit:
        found = [(each, its) for each, its in compared(unit, person) if its.grade is not Grade.WEAK]
        found.sort(key=lambda pair: (pair[1].grade is not Grade.STRONG, -pair[1].probability, -pair[0].row))
        rows = people_queries.people_of_rows(unit, [each.row for each, _ in found[:limit]])
        return tuple(
            Hint(rows[each.row], its.grade, its.probability, its.reasons)
            for each, its in found[:limit]
            if each.row in rows
        )


def compared(unit: ReadUnit, person: Comparable, most: int = _MOST_COMPARED) -> list[tuple[Candidate, Score]]:
    """Return everybody who shares a key with a person, with their scores, in no order."""
    people = search_queries.count_people(unit)
    frequency, comparing = register_frequency(unit, people), model()
    rows = search_queries.rows_sharing(unit, keys(person), most)
    return [
        (each, score(person, each.person, comparing, frequency, people))
        for each in search_queries.candidates(unit, rows)
    ]


def of_entry(entry: IndividualEntry, family_phone: str = "") -> Comparable:
    """Return a person as entered so far for comparing."""
    return comparable(
        entry.given_names,
        entry.surnames,
        sex=str(entry.sex),
        birth=entry.birth,
        documents=[paper.number for paper in entry.documents],
        phones=[phone for phone in (entry.phone, family_phone) if phone],
        nationality=entry.nationalities[0] if entry.nationalities else "",
    )
