"""The fields of a record as a change carries them: plain values that any program can read, and back.

A birth is its ISO text, a document a list `[kind, number, country, seen]`, a head count `[sex, age group, count]`, an
answer of the Washington Group's short set `[domain, 1 to 4]`.
"""

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from fieldapp.domain.birth import Birth, from_iso
from fieldapp.domain.names import tidy
from fieldapp.domain.record import (
    Consent,
    Document,
    GroupEntry,
    HeadCount,
    IndividualEntry,
    Sex,
)

INDIVIDUAL_FIELDS = (
    "group", "given_names", "surnames", "sex", "birth", "nationalities", "documents", "relationship", "phone",
    "language", "marital_status", "education", "occupation", "ethnic_group", "origin", "address", "functioning",
    "portrait",
)  # fmt: skip
GROUP_FIELDS = (
    "focal_point", "others", "declared", "complete", "consent", "consent_language", "consent_shares", "phone",
    "destination", "note", "shelter_place",
)  # fmt: skip
QUIET_FIELDS = frozenset({
    "phone", "language", "destination", "note", "complete", "others", "declared", "address", "portrait",
    "consent_language", "shelter_place",
})  # fmt: skip
"""Fields whose latest value wins quietly; the others stay listed but are no conflict to resolve."""
_ALWAYS = frozenset({
    "group", "given_names", "surnames", "sex", "birth", "nationalities", "documents", "relationship", "phone",
    "language", "focal_point", "others", "declared", "complete", "consent", "destination", "note",
})  # fmt: skip
"""Fields that a registration always sets; the rest only where something was said."""


def individual_fields(entry: IndividualEntry, group_id: UUID) -> dict[str, object]:
    """Return the fields of an individual's registration."""
    values = {name: getattr(entry, name) for name in INDIVIDUAL_FIELDS if name != "group"}
    return _said({"group": group_id, **values})


def group_fields(entry: GroupEntry, focal_point: UUID) -> dict[str, object]:
    """Return the fields of a group's registration."""
    counted = tuple(count for count in entry.others if count.count > 0)
    values = {name: getattr(entry, name) for name in GROUP_FIELDS if name not in {"focal_point", "others", "declared"}}
    return _said({"focal_point": focal_point, "others": counted, "declared": entry.declared_size, **values})


def _said(values: Mapping[str, object]) -> dict[str, object]:
    fields = {name: packed(name, value) for name, value in values.items()}
    return {name: value for name, value in fields.items() if value or name in _ALWAYS}


def packed(name: str, value: object) -> object:
    """Return one field's value as a change carries it, from the value the record has."""
    if name == "documents":
        return pack_documents(cast("Sequence[Document]", value))
    if name in {"nationalities", "consent_shares"}:
        return list(cast("Sequence[str]", value))
    if name == "functioning":
        return [list(answer) for answer in cast("Sequence[tuple[str, int]]", value)]
    if name == "others":
        return [[str(count.sex), count.age_group, count.count] for count in cast("Sequence[HeadCount]", value)]
    if isinstance(value, UUID):
        return value.bytes
    return value if isinstance(value, (bool, int, bytes)) else tidy(str(value))


def pack_documents(documents: Sequence[Document]) -> list[object]:
    """Return documents as a change carries them."""
    return [[paper.kind, tidy(paper.number), paper.country, paper.seen] for paper in documents]


def documents_of(value: object) -> tuple[Document, ...]:
    """Return the documents of a packed value; parts that are not documents are left out."""
    rows = value if isinstance(value, (list, tuple)) else ()
    return tuple(
        Document(str(row[0]), str(row[1]), str(row[2]), bool(row[3]))
        for row in rows
        if isinstance(row, (list, tuple)) and len(row) >= 4
    )


def others_of(value: object) -> tuple[HeadCount, ...]:
    """Return the head counts of a packed value."""
    rows = value if isinstance(value, (list, tuple)) else ()
    return tuple(
        HeadCount(sex_of(row[0]), str(row[1]), int(row[2]))
        for row in rows
        if isinstance(row, (list, tuple)) and len(row) >= 3 and isinstance(row[2], int)
    )


def birth_of(value: object) -> Birth:
    """Return the birth of a packed value, unknown where it cannot be read."""
    try:
        return from_iso(str(value))
    except ValueError:
        return Birth()


def sex_of(value: object) -> Sex:
    """Return the sex of a packed value, unknown for a code this version does not know."""
    return Sex(str(value)) if str(value) in set(Sex) else Sex.UNKNOWN


def consent_of(value: object) -> Consent:
    """Return the consent of a packed value, not asked for a code this version does not know."""
    return Consent(str(value)) if str(value) in set(Consent) else Consent.NOT_ASKED


def functioning_of(value: object) -> tuple[tuple[str, int], ...]:
    """Return the answers of a packed value; parts that are no answers are left out."""
    rows = value if isinstance(value, (list, tuple)) else ()
    return tuple(
        (str(row[0]), row[1])
        for row in rows
        if isinstance(row, (list, tuple)) and len(row) == 2 and isinstance(row[1], int)  # noqa: PLR2004 - domain, answer
    )


def bytes_of(value: object) -> bytes:
    """Return a packed picture, empty where there is none."""
    return value if isinstance(value, bytes) else b""


def texts_of(value: object) -> tuple[str, ...]:
    """Return a packed list of texts."""
    return tuple(str(text) for text in value) if isinstance(value, (list, tuple)) else ()


def uuid_of(value: object) -> UUID | None:
    """Return the id of a packed value, None where it is none."""
    return UUID(bytes=value) if isinstance(value, bytes) and len(value) == 16 else None


def text_of(fields: Mapping[str, object], name: str) -> str:
    """Return a text field, empty where it is missing."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else str(value)
