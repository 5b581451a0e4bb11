"""Which records have values that a person must choose between."""

from uuid import UUID

from sqlalchemy import text

from fieldapp.storage.units import ReadUnit

_IN_CONFLICT = text(
    "SELECT id, id AS group_id, number FROM registration_group WHERE conflict AND NOT withdrawn"
    " UNION ALL SELECT id, group_id, number FROM individual WHERE conflict AND NOT withdrawn ORDER BY number"
)
_WHO_IS = text(
    "SELECT given_names || ' ' || surnames FROM individual WHERE id = :id"
    " UNION ALL SELECT number FROM registration_group WHERE id = :id"
)


def in_conflict(unit: ReadUnit) -> list[tuple[UUID, UUID, str]]:
    """Return the records in conflict by number: id, the id of their group, number."""
    rows = unit.connection.execute(_IN_CONFLICT)
    return [(UUID(bytes=row.id), UUID(bytes=row.group_id), row.number) for row in rows]


def name_of(unit: ReadUnit, record: UUID) -> str:
    """Return the name of an individual or the number of a group, empty for one not known here."""
    return str(unit.connection.execute(_WHO_IS, {"id": record.bytes}).scalar() or "").strip()
