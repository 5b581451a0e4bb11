"""Two or more records beside each other, field by field in words, and whether what identifies a person differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fieldapp.domain.names import search_key
from fieldapp.domain.people import IndividualRow
from fieldapp.domain.record import IndividualEntry
from fieldapp.i18n import N_, Language
from fieldapp.services.known_documents import bare_number
from fieldapp.ui.models import person_words as words

LABELS = {
    "given_names": N_("Given names"),
    "surnames": N_("Surnames"),
    "birth": N_("Birth date"),
    "sex": N_("Sex"),
    "nationality": N_("Nationality"),
    "documents": N_("Documents"),
    "phone": N_("Phone"),
    "family": N_("Family"),
    "origin": N_("Origin"),
    "arrived": N_("Arrived"),
    "number": N_("Number"),
    "history": N_("History"),
}
_NAMES = ("given_names", "surnames")
_IDENTIFYING = (*_NAMES, "birth", "sex", "nationality", "documents", "phone")


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One field of all sides; `differs` compares the first two, and is None where one of them does not know it."""

    label: str
    texts: tuple[str, ...]
    differs: bool | None


def row_facts(language: Language, row: IndividualRow, today: date, arrived: str) -> dict[str, str]:
    """Return what the register says of somebody; `arrived` is the moment in words."""
    relation = words.relationship_words(language, row.relationship, row.sex)
    size = language.ngettext("family of {number}", "family of {number}", row.group_size)
    return {
        "given_names": row.given_names,
        "surnames": row.surnames,
        "birth": _birth(language, words.birth_words(language, row.birth), words.age_words(language, row.birth, today)),
        "sex": words.sex_words(language, row.sex),
        "nationality": words.nationality_words(language, (row.nationality,)),
        "documents": row.documents,
        "family": f"{relation}, {size}",
        "origin": words.origin_words(language, row.origin_state),
        "arrived": f"{arrived}, {words.post_words(language, row.post)}",
        "number": row.number,
    }


def entry_facts(language: Language, entry: IndividualEntry, today: date) -> dict[str, str]:
    """Return what was entered of somebody who is not registered yet."""
    return {
        "given_names": entry.given_names,
        "surnames": entry.surnames,
        "birth": _birth(
            language, words.birth_words(language, entry.birth), words.age_words(language, entry.birth, today)
        ),
        "sex": words.sex_words(language, entry.sex),
        "nationality": words.nationality_words(language, entry.nationalities),
        "documents": "; ".join(paper.number for paper in entry.documents),
    }


def compare_rows(language: Language, sides: Sequence[Mapping[str, str]]) -> tuple[CompareRow, ...]:
    """Put what is known of each side beside the others, field by field."""
    rows = []
    for name, label in LABELS.items():
        texts = tuple(side.get(name, "") for side in sides)
        if any(text and text != words.NOTHING for text in texts):
            shown = tuple(text or words.NOTHING for text in texts)
            rows.append(CompareRow(language.gettext(label), shown, _differs(language, name, shown[:2])))
    return tuple(rows)


def _birth(language: Language, born: str, age: str) -> str:
    if age == words.NOTHING:
        return born
    years = language.gettext("{age} years", age=age) if age.lstrip("~").isdigit() else age
    return f"{born} ({years})"


def _differs(language: Language, name: str, texts: tuple[str, ...]) -> bool | None:
    unknown = {words.NOTHING, language.gettext("Not known"), language.gettext("No document")}
    if name not in _IDENTIFYING or any(text in unknown for text in texts):
        return None
    if name == "documents":
        numbers = [{bare_number(each) for each in text.split(";")} for text in texts]
        return not set.intersection(*numbers)
    plain = {search_key(text) if name in _NAMES else text for text in texts}
    return len(plain) > 1
