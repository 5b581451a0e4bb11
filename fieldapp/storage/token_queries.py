"""To whom a pre-printed slip was handed over."""

from uuid import UUID

from sqlalchemy import text

from fieldapp.storage.units import ReadUnit

_HOLDERS = text(
    "SELECT g.id, g.number FROM token t JOIN registration_group g ON g.id = t.subject WHERE t.token = :token"
    " ORDER BY g.registered_at_ms, g.number"
)


def holders(unit: ReadUnit, token: str) -> list[tuple[UUID, str]]:
    """Return the families that have a token, each with its number; more than one is a clash to be resolved."""
    return [(UUID(bytes=row[0]), row[1]) for row in unit.connection.execute(_HOLDERS, {"token": token})]
