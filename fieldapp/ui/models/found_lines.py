"""What a search found, in words: a name with the letters that answer, and what tells namesakes apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp.domain.names import search_key
from fieldapp.domain.people import IndividualRow
from fieldapp.i18n import Language
from fieldapp.services.search import Found
from fieldapp.ui.models import person_words as words

DOT = " \N{MIDDLE DOT} "
_WORD = re.compile(r"\w+")
Marks = tuple[tuple[int, int], ...]
"""Letters to mark: from, to."""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Somebody found: two lines of text, and in each the letters to mark (from, to)."""

    individual_id: UUID
    group_id: UUID
    name: str
    details: str
    name_marks: Marks = ()
    details_marks: Marks = ()


def found_lines(language: Language, found: Iterable[Found], today: date) -> tuple[FoundLine, ...]:
    """Return what was found, ready to show."""
    return tuple(_line(language, each, today) for each in found)


def apart(language: Language, row: IndividualRow, today: date) -> tuple[str, ...]:
    """Return what tells somebody from a namesake: age, number, paper, origin and post."""
    return tuple(part for part in _apart(language, row, today) if part and part != words.NOTHING)


def _apart(language: Language, row: IndividualRow, today: date) -> tuple[str, ...]:
    age = words.age_words(language, row.birth, today)
    years = language.gettext("{age} years", age=age) if age.lstrip("~").isdigit() else age
    origin = words.origin_words(language, row.origin or row.origin_state)
    return years, row.number, row.documents, origin, words.post_words(language, row.post)


def name_marks(found: Found) -> Marks:
    """Return the letters of the full name that answer."""
    row = found.person
    begins = {"given_names": 0, "surnames": len(row.given_names) + 1 if row.given_names else 0}
    return tuple(
        (begins[its.field] + its.begin, begins[its.field] + its.end) for its in found.spans if its.field in begins
    )


def marks_of(found: Found, field: str, text: str) -> Marks:
    """Return the letters that answer in the words of a field; a birth date is marked whole, so is an age."""
    if field == "birth":
        return ((0, len(text)),) if any(span.field == "birth" for span in found.spans) else ()
    return tuple((span.begin, min(span.end, len(text))) for span in found.spans if span.field == field)


def place_marks(found: Found, text: str) -> Marks:
    """Return the words of a place's name that answer."""
    return tuple(
        its.span() for its in _WORD.finditer(text) if any(search_key(its[0]).startswith(word) for word in found.places)
    )


def elsewhere(language: Language, found: Found) -> tuple[tuple[str, Marks], ...]:
    """Return what answers and is not said otherwise: a phone, a shelter, where the family goes or was taken."""
    said: list[tuple[str, Marks]] = []
    if found.phone:
        words = language.gettext("phone {number}", number=found.phone)
        at = words.find(found.phone)
        said.append((words, ((at, at + len(found.phone)),)))
    for text in (found.person.moved_to, found.person.destination, found.shelter):
        if text and (marks := place_marks(found, text)):
            said.append((text, marks))
    return tuple(said)


def joined(parts: Iterable[tuple[str, Marks]]) -> tuple[str, Marks]:
    """Return texts as one line, with their marks where they stand in it."""
    line, marks = "", list[tuple[int, int]]()
    for text, its in parts:
        line += DOT if line else ""
        marks += [(len(line) + begin, len(line) + end) for begin, end in its]
        line += text
    return line, tuple(marks)


def _line(language: Language, found: Found, today: date) -> FoundLine:
    row = found.person
    fields = ("birth", "number", "documents", "origin", "post")
    parts = [
        (text, place_marks(found, text) if field in {"origin", "post"} else marks_of(found, field, text))
        for field, text in zip(fields, _apart(language, row, today), strict=True)
        if text and text != words.NOTHING
    ]
    parts = [*elsewhere(language, found), *parts]
    # What answers comes before what does not, for the end of a line may be out of sight.
    details, marks = joined(sorted(parts, key=lambda part: not part[1]))
    name = words.full_name(row.given_names, row.surnames)
    return FoundLine(row.individual_id, row.group_id, name, details, name_marks(found), marks)
