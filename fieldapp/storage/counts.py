"""Counts for summaries: of groups that arrived in a span of time, and of what was done in it.

A group counts by its declared size until it is complete, then by its individuals; whoever came or was born later
counts beside it, by a movement of their own. A group that arrives again counts again, but once in a span. What was
withdrawn counts nowhere. Spans are half open, in milliseconds since 1970.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.changes import Kind
from fieldapp.storage import journal
from fieldapp.storage.people_queries import CHILD_ALONE
from fieldapp.storage.tables import GONE
from fieldapp.storage.units import ReadUnit

_SIZE = """
    CASE WHEN g.complete THEN
        (SELECT count(*) FROM individual i WHERE i.group_id = g.id AND NOT i.joined_later AND NOT i.withdrawn)
    ELSE g.declared_size END
"""
_LATER = "(SELECT count(*) FROM individual i WHERE i.group_id = g.id AND i.joined_later AND NOT i.withdrawn)"
_ARRIVED = """
    arrived AS (
        SELECT m.subject, min(m.at_ms) AS at_ms, m.post, m.crossing_kind FROM movement m
        WHERE m.kind = 'arrival' AND m.at_ms >= :begins AND m.at_ms < :ends GROUP BY m.subject
    )
"""
_PEOPLE = """
    (
        SELECT i.id FROM arrived a CROSS JOIN individual i ON i.group_id = a.subject UNION SELECT subject FROM arrived
    ) came CROSS JOIN individual i ON i.id = came.id JOIN registration_group g ON g.id = i.group_id
    LEFT JOIN arrived own ON own.subject = i.id LEFT JOIN arrived its ON its.subject = g.id
    WHERE NOT i.withdrawn AND NOT g.withdrawn
    AND (own.subject IS NOT NULL OR (its.subject IS NOT NULL AND NOT i.joined_later))
"""
"""The individuals of a span: with their group, or by a movement of their own.

The joins are crossed so that they begin with those who came: the rest of the register is not looked at.
"""
_ALONE = """
    arrived own CROSS JOIN individual i ON i.id = own.subject JOIN registration_group g ON g.id = i.group_id
    LEFT JOIN arrived its ON its.subject = g.id
    WHERE NOT i.withdrawn AND NOT g.withdrawn AND (i.joined_later OR its.subject IS NULL)
"""
"""The individuals of a span who came by a movement of their own and do not count with their group."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who arrived together: a group with its size as it counts, or somebody who came alone later.

    `others` (JSON) counts those not entered one by one; `complete` is true where there are none.
    """

    size: int
    others: str
    complete: bool
    is_group: bool
    at_ms: int
    post: str
    crossing_kind: str


@dataclass(frozen=True, slots=True)
class ArrivedIndividual:
    """An individual who arrived, as far as figures need it."""

    sex: str
    birth: str
    nationality: str
    has_document: bool


def _all(unit: ReadUnit, statement: str, values: Mapping[str, Any]) -> list[Any]:
    return list(unit.connection.execute(text(statement), dict(values)))


def _one(unit: ReadUnit, statement: str, **values: object) -> int:
    return int(unit.connection.execute(text(statement), values).scalar() or 0)


def arrivals(unit: ReadUnit, begins_ms: int, ends_ms: int) -> list[Arrived]:
    """Return who arrived in a span, each with the time, post and kind of crossing of the first arrival in it."""
    rows = _all(
        unit,
        f"WITH {_ARRIVED} SELECT {_SIZE}, g.others, g.complete, 1, a.at_ms, a.post, a.crossing_kind"  # noqa: S608
        " FROM arrived a JOIN registration_group g ON g.id = a.subject WHERE NOT g.withdrawn"
        f" AND ({_SIZE}) + {_LATER} > 0"
        f" UNION ALL SELECT 1, '[]', 1, 0, own.at_ms, own.post, own.crossing_kind FROM {_ALONE}",
        {"begins": begins_ms, "ends": ends_ms},
    )
    return [Arrived(row[0], row[1], bool(row[2]), bool(row[3]), *row[4:]) for row in rows]


def arrived_individuals(unit: ReadUnit, begins_ms: int, ends_ms: int) -> list[ArrivedIndividual]:
    """Return the individuals entered in full who arrived in a span."""
    rows = _all(
        unit,
        f"WITH {_ARRIVED} SELECT i.sex, i.birth, i.nationality, i.document_kinds <> '' FROM {_PEOPLE}",  # noqa: S608
        {"begins": begins_ms, "ends": ends_ms},
    )
    return [ArrivedIndividual(row[0], row[1], row[2], bool(row[3])) for row in rows]


def needs_of_arrived(unit: ReadUnit, begins_ms: int, ends_ms: int) -> Counter[str]:
    """Return how many individuals of a span have each specific need; protection needs are counted too."""
    rows = _all(
        unit,
        f"WITH {_ARRIVED}, people AS (SELECT i.id FROM {_PEOPLE})"  # noqa: S608
        " SELECT n.code, count(*) FROM people p JOIN need n ON n.subject = p.id GROUP BY n.code",
        {"begins": begins_ms, "ends": ends_ms},
    )
    return Counter({row[0]: row[1] for row in rows})


def children_alone(unit: ReadUnit, begins_ms: int, ends_ms: int) -> int:
    """Return how many children of a span are alone."""
    return _one(
        unit,
        f"WITH {_ARRIVED} SELECT count(*) FROM {_PEOPLE} AND {CHILD_ALONE}",  # noqa: S608
        begins=begins_ms,
        ends=ends_ms,
    )


def people_arrived(unit: ReadUnit, begins_ms: int, ends_ms: int) -> int:
    """Return how many people arrived in a span."""
    return _one(
        unit,
        f"WITH {_ARRIVED} SELECT (SELECT coalesce(sum({_SIZE}), 0) FROM arrived a"  # noqa: S608
        " JOIN registration_group g ON g.id = a.subject WHERE NOT g.withdrawn)"
        f" + (SELECT count(*) FROM {_ALONE})",
        begins=begins_ms,
        ends=ends_ms,
    )


def people_present(unit: ReadUnit, until_ms: int) -> int:
    """Return how many people are here who arrived until a moment: without those who left, in a group or alone."""
    counted = "NOT g.withdrawn AND g.arrived_at_ms <= :until"
    alone = (
        "FROM individual i JOIN registration_group g ON g.id = i.group_id"
        f" WHERE {counted} AND NOT i.withdrawn AND i.state_hlc > 0 AND i.state_hlc > g.state_hlc"
    )
    return _one(
        unit,
        f"SELECT (SELECT coalesce(sum({_SIZE} + {_LATER}), 0) FROM registration_group g"  # noqa: S608
        f" WHERE {counted} AND g.state NOT IN {GONE})"
        f" - (SELECT count(*) {alone} AND i.state IN {GONE} AND g.state NOT IN {GONE})"
        f" + (SELECT count(*) {alone} AND i.state NOT IN {GONE} AND g.state IN {GONE})",
        until=until_ms,
    )


def groups_to_complete(unit: ReadUnit) -> int:
    """Return how many groups still lack members in full."""
    return _one(unit, "SELECT count(*) FROM registration_group WHERE NOT complete AND NOT withdrawn")


def oldest_to_complete(unit: ReadUnit) -> tuple[UUID, int] | None:
    """Return the group that has waited longest for its members in full, and when it arrived (ms); None without one."""
    rows = _all(
        unit,
        "SELECT id, arrived_at_ms FROM registration_group WHERE NOT complete AND NOT withdrawn"
        f" AND +state NOT IN {GONE} ORDER BY arrived_at_ms, id LIMIT 1",  # noqa: S608 - the plus: few are to complete
        {},
    )
    return (UUID(bytes=rows[0][0]), rows[0][1]) if rows else None


def conflicts(unit: ReadUnit) -> int:
    """Return how many records have values a person must choose between."""
    return _one(unit, "SELECT count(*) FROM individual WHERE conflict") + _one(
        unit, "SELECT count(*) FROM registration_group WHERE conflict"
    )


def done(unit: ReadUnit, kind: Kind, begins_ms: int, ends_ms: int) -> int:
    """Return how many changes of a kind were made in a span."""
    return _one(
        unit,
        "SELECT count(*) FROM change WHERE kind = :kind AND wall_ms >= :begins AND wall_ms < :ends",
        kind=str(kind),
        begins=begins_ms,
        ends=ends_ms,
    )


def last_time(unit: ReadUnit, kind: Kind) -> int | None:
    """Return when a change of a kind was last made (ms), None for never."""
    return _one(unit, "SELECT max(wall_ms) FROM change WHERE kind = :kind", kind=str(kind)) or None


def vector(unit: ReadUnit) -> dict[tuple[UUID, int], int]:
    """Return, for each (device, epoch), the last seq in the log."""
    return {log: seq for log, (seq, _) in journal.vector(unit.connection).items()}


def change_count(unit: ReadUnit) -> int:
    """Return the number of lines in the log."""
    return _one(unit, "SELECT count(*) FROM change")
