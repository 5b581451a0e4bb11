"""Who has a registration number: the group, and the person of it where the number is a member's."""

from uuid import UUID

from sqlalchemy import text

from fieldapp.storage.units import ReadUnit

_PERSON = text("SELECT group_id, id FROM individual WHERE number = :number LIMIT 1")
_GROUP = text("SELECT id FROM registration_group WHERE number = :number LIMIT 1")


def holder_of(unit: ReadUnit, group_number: str, member_number: str) -> tuple[UUID, UUID | None] | None:
    """Return the group that has a number and, of a member's number, the member who still has it; None for nobody."""
    person = unit.connection.execute(_PERSON, {"number": member_number}).first() if member_number else None
    if person is not None:
        return UUID(bytes=person[0]), UUID(bytes=person[1])
    group = unit.connection.execute(_GROUP, {"number": group_number}).first()
    return (UUID(bytes=group[0]), None) if group is not None else None
