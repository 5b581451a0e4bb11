"""What one staff member has tried, from the log."""

from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.changes import KNOWN_KINDS, Kind
from fieldapp.storage.units import ReadUnit

_KINDS = text("SELECT DISTINCT kind FROM change WHERE staff = :staff")
_SIZES = text(
    "SELECT g.declared_size FROM registration_group g JOIN change c ON c.subject = g.id AND c.kind = 'group.registered'"
    " WHERE c.staff = :staff"
)


def done_by(unit: ReadUnit, staff: UUID) -> set[Kind]:
    """Return the kinds of change a staff member has made."""
    known = {str(kind) for kind in KNOWN_KINDS}
    return {Kind(row[0]) for row in unit.connection.execute(_KINDS, {"staff": staff.bytes}) if row[0] in known}


def group_sizes_by(unit: ReadUnit, staff: UUID) -> list[int]:
    """Return the declared sizes of the groups a staff member has registered."""
    return [row[0] for row in unit.connection.execute(_SIZES, {"staff": staff.bytes})]
