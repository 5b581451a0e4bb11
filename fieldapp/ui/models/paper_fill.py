"""What a read paper does to the fields of a person: it fills the empty ones, and tells what differs from the others.

A guess of the program counts as empty. Nothing that a person typed is ever replaced without being asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from fieldapp.code_lists import code_list
from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.names import search_key
from fieldapp.domain.papers.reading import PaperReading
from fieldapp.domain.record import Sex
from fieldapp.services.known_documents import bare_number
from fieldapp.ui.models.draft_content import CodeValue, PersonDraft
from fieldapp.ui.models.draft_entry import birth_of

NAMES = ("given_names", "surnames")
VISA = "paper_is_a_visa"


@dataclass(frozen=True, slots=True)
class Filling:
    """A paper beside a person: `draft` with the empty fields filled, which were filled, and which say something else."""

    before: PersonDraft
    draft: PersonDraft
    filled: tuple[str, ...]
    differing: tuple[str, ...]

    def undone(self, now: PersonDraft) -> PersonDraft:
        """Return the person without what was filled; a field that was changed since stays."""
        return _copied(now, self.before, (name for name in self.filled if _same(now, self.draft, name)))


def fill(draft: PersonDraft, reading: PaperReading, today: date) -> Filling:
    """Put a paper beside a person."""
    read = as_draft(reading)
    filled, differing = [], []
    for name in said_by(reading):
        if _is_empty(draft, name):
            filled.append(name)
        elif not _agree(draft, read, name, reading, today):
            differing.append(name)
    result = _copied(draft, read, filled)
    if "document_number" in filled and not reading.kind and draft.document_kind.guess:
        result = replace(result, document_kind=CodeValue())  # which paper it is only a person can see
        filled.append("document_kind")
    return Filling(draft, result, tuple(filled), tuple(differing))


def take(draft: PersonDraft, reading: PaperReading, name: str) -> PersonDraft:
    """Return the person with one field as the paper has it."""
    return _copied(draft, as_draft(reading), (name,))


def as_draft(reading: PaperReading) -> PersonDraft:
    """Return a paper as it would have been typed."""
    nationalities, kinds = code_list("nationalities"), code_list("documents")
    return PersonDraft(
        given_names=reading.given_names,
        surnames=reading.surnames,
        sex=reading.sex.value,
        born=_typed(reading.birth),
        born_iso=str(reading.birth),
        nationality=_coded(reading.nationality if reading.nationality in nationalities else ""),
        document_kind=_coded(reading.kind if reading.kind in kinds else ""),
        document_number=reading.number,
        document_country=_coded(reading.country if reading.country in nationalities else ""),
    )


def said_by(reading: PaperReading) -> tuple[str, ...]:
    """Return the names of the fields that a paper says something about, in the order of the form."""
    read = as_draft(reading)
    is_visa = VISA in reading.notes  # it names the passport of somebody, but is no paper of its own
    names = []
    for name in (*NAMES, "sex", "born", "nationality", "document_kind", "document_number", "document_country"):
        if (name == "sex" and reading.sex is Sex.UNKNOWN) or (is_visa and name.startswith("document_")):
            continue
        value = getattr(read, name)
        if value.codes if isinstance(value, CodeValue) else value:
            names.append(name)
    return tuple(names)


def _is_empty(draft: PersonDraft, name: str) -> bool:
    value = getattr(draft, name)
    if isinstance(value, CodeValue):
        return not value.is_said
    return not value.strip() or (name == "surnames" and draft.surnames_guess)


def _agree(draft: PersonDraft, read: PersonDraft, name: str, reading: PaperReading, today: date) -> bool:
    typed, said = getattr(draft, name), getattr(read, name)
    if name in NAMES:
        typed_key, said_key = search_key(typed), search_key(said)
        return typed_key == said_key or (reading.names_cut and typed_key.startswith(said_key))
    if name == "born":
        try:
            return str(birth_of(draft, today)) == str(reading.birth)
        except ValueError:
            return False
    if name == "document_number":
        return bare_number(typed) == bare_number(said)
    if isinstance(typed, CodeValue):
        return said.code in typed.codes
    return bool(typed == said)


def _same(one: PersonDraft, other: PersonDraft, name: str) -> bool:
    return bool(getattr(one, name) == getattr(other, name))


def _copied(into: PersonDraft, source: PersonDraft, names: Iterable[str]) -> PersonDraft:
    changes: dict[str, object] = {}
    for name in names:
        changes[name] = getattr(source, name)
        if name == "surnames":
            changes["surnames_guess"] = source.surnames_guess
        if name == "born":
            changes["born_iso"] = source.born_iso
    return replace(into, **changes)  # type: ignore[arg-type]


def _coded(code: str) -> CodeValue:
    return CodeValue((code,) if code else ())


def _typed(birth: Birth) -> str:
    """Return a birth date as a registrar types it."""
    if birth.date is not None:
        return f"{birth.date.day}/{birth.date.month}/{birth.date.year}"
    if birth.quality is BirthQuality.YEAR_MONTH:
        return f"{birth.month}/{birth.year}"
    return str(birth.year) if birth.quality is BirthQuality.YEAR else ""
