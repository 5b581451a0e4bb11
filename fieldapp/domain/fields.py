"""The fields of a record as a change carries them: plain values that any program can read, and back.

A birth is its ISO text, a document a list `[kind, number, country, seen]`, a head count `[sex, age group, count]`.
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
    "language",
)  # fmt: skip
GROUP_FIELDS = (
    "focal_point",
    "others",
    "complete",
    "consent",
    "phone",
    "destination",
    "note",
)
QUIET_FIELDS = frozenset({"phone", "language", "destination", "note", "complete", "others"})
"""Fields whose latest value wins quietly; the others stay listed but are no conflict to resolve."""


def individual_fields(entry: IndividualEntry, group_id: UUID) -> dict[str, object]:
    """Return the fields of an individual's registration."""
    return {
        "group": group_id.bytes,
        "given_names": tidy(entry.given_names),
        "surnames": tidy(entry.surnames),
        "sex": str(entry.sex),
        "birth": str(entry.birth),
        "nationalities": list(entry.nationalities),
        "documents": pack_documents(entry.documents),
        "relationship": entry.relationship,
        "phone": tidy(entry.phone),
        "language": entry.language,
    }


def group_fields(entry: GroupEntry, focal_point: UUID) -> dict[str, object]:
    """Return the fields of a group's registration."""
    return {
        "focal_point": focal_point.bytes,
        "others": [[str(count.sex), count.age_group, count.count] for count in entry.others if count.count > 0],
        "complete": entry.complete,
        "consent": str(entry.consent),
        "phone": tidy(entry.phone),
        "destination": tidy(entry.destination),
        "note": tidy(entry.note),
    }


def packed(name: str, value: object) -> object:
    """Return one field's value as a change carries it, from the value the record has."""
    if name == "birth":
        return str(value)
    if name == "documents":
        return pack_documents(cast("Sequence[Document]", value))
    if name == "nationalities":
        return list(cast("Sequence[str]", value))
    if name == "others":
        return [[str(count.sex), count.age_group, count.count] for count in cast("Sequence[HeadCount]", value)]
    if isinstance(value, UUID):
        return value.bytes
    if isinstance(value, bool):
        return value
    return tidy(str(value))


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
