"""What a search found, in words: a name with the letters that answer, and what tells namesakes apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp.domain.people import IndividualRow
from fieldapp.i18n import Language
from fieldapp.services.search import Found
from fieldapp.ui.models import person_words as words

DOT = " \N{MIDDLE DOT} "


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Somebody found: two lines of text, and in each the letters to mark (from, to)."""

    individual_id: UUID
    group_id: UUID
    name: str
    details: str
    name_marks: tuple[tuple[int, int], ...] = ()
    details_marks: tuple[tuple[int, int], ...] = ()


def found_lines(language: Language, found: Iterable[Found], today: date) -> tuple[FoundLine, ...]:
    """Return what was found, ready to show."""
    return tuple(_line(language, each, today) for each in found)


def apart(language: Language, row: IndividualRow, today: date) -> tuple[str, ...]:
    """Return what tells somebody from a namesake: age, number, paper, origin and post."""
    age = words.age_words(language, row.birth, today)
    years = language.gettext("{age} years", age=age) if age.lstrip("~").isdigit() else age
    origin = words.origin_words(language, row.origin_state)
    said = (years, row.number, row.documents, origin, words.post_words(language, row.post))
    return tuple(part for part in said if part and part != words.NOTHING)


def _line(language: Language, found: Found, today: date) -> FoundLine:
    row = found.person
    name = words.full_name(row.given_names, row.surnames)
    begins = {"given_names": 0, "surnames": len(row.given_names) + 1 if row.given_names else 0}
    details = DOT.join(apart(language, row, today))
    marks: list[tuple[int, int]] = []
    at = details.find(row.documents) if row.documents else -1
    for span in found.spans:
        if span.field == "documents" and at >= 0:
            marks.append((at + span.begin, at + span.end))
        elif span.field == "birth":
            marks.append((0, details.find(DOT) if DOT in details else len(details)))
    return FoundLine(
        row.individual_id,
        row.group_id,
        name,
        details,
        tuple(
            (begins[its.field] + its.begin, begins[its.field] + its.end) for its in found.spans if its.field in begins
        ),
        tuple(dict.fromkeys(marks)),
    )
