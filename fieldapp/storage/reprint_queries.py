"""Which families hold a slip that is valid and are still here: those whose paper a flood may have taken."""

from uuid import UUID

from sqlalchemy import text

from fieldapp.storage.tables import GONE
from fieldapp.storage.units import ReadUnit

_HOLDERS = text(
    "SELECT id FROM registration_group"  # noqa: S608 - no value stands in it
    f" WHERE slip_valid AND NOT withdrawn AND state NOT IN {GONE} AND (:post = '' OR arrival_post = :post)"
    " ORDER BY arrival_post, number"
)


def holders_of_slips(unit: ReadUnit, post: str = "") -> list[UUID]:
    """Return the families by border post and number; of one post where it is given."""
    return [UUID(bytes=row[0]) for row in unit.connection.execute(_HOLDERS, {"post": post})]
