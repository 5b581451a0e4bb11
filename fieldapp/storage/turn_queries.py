"""The call list of a day: who waits, and who was called, at one laptop or at all whose changes are here."""

from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.people import Turn
from fieldapp.storage.units import ReadUnit

_BY_LABEL = "length(t.label), t.label"
"""The label is the device and a number: the shorter one was given first. For turns of one moment."""

_TURNS = """
    SELECT t.subject, t.label, t.given_at_ms, t.called_at_ms, g.number, g.declared_size,
        coalesce(i.given_names, '') AS given_names, coalesce(i.surnames, '') AS surnames
    FROM turn t JOIN registration_group g ON g.id = t.subject
    LEFT JOIN individual i ON i.id = g.focal_point
    WHERE t.day = :day AND NOT g.withdrawn
"""


def waiting(unit: ReadUnit, day: str, most: int) -> list[Turn]:
    """Return the turns of a day (ISO date) that were not called yet, the first given first."""
    return _turns(unit, f"{_TURNS} AND t.called_at_ms = 0 ORDER BY t.given_at_ms, {_BY_LABEL} LIMIT :most", day, most)


def called(unit: ReadUnit, day: str, most: int) -> list[Turn]:
    """Return the turns of a day that were called, the latest call first."""
    return _turns(
        unit, f"{_TURNS} AND t.called_at_ms > 0 ORDER BY t.called_at_ms DESC, {_BY_LABEL} LIMIT :most", day, most
    )


def count_waiting(unit: ReadUnit, day: str) -> int:
    """Return how many turns of a day wait."""
    statement = f"SELECT count(*) FROM ({_TURNS} AND t.called_at_ms = 0)"  # noqa: S608 - no value stands in it
    return int(unit.connection.execute(text(statement), {"day": day}).scalar_one())


def _turns(unit: ReadUnit, statement: str, day: str, most: int) -> list[Turn]:
    rows = unit.connection.execute(text(statement), {"day": day, "most": most})
    return [
        Turn(
            UUID(bytes=row.subject),
            row.label,
            row.number,
            row.given_names,
            row.surnames,
            row.declared_size,
            row.given_at_ms,
            row.called_at_ms or None,
        )
        for row in rows
    ]
