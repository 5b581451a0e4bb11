"""Counts for summaries: of groups that arrived in a span of time, and of what was done in it.

A group counts by its declared size until it is complete, then by its individuals. Spans are half open, in
milliseconds since 1970.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.changes import Kind
from fieldapp.storage.people_queries import CHILD_ALONE
from fieldapp.storage.units import ReadUnit

_SIZE = """
    CASE WHEN g.complete THEN (SELECT count(*) FROM individual i WHERE i.group_id = g.id) ELSE g.declared_size END
"""
_GONE = "('departure', 'transfer_out', 'death')"


@dataclass(frozen=True, slots=True)
class ArrivedGroup:
    """A group that arrived: its size as it counts, and `others` (JSON) for those not entered one by one."""

    group_id: bytes
    size: int
    others: str
    complete: bool
    arrived_at_ms: int
    post: str
    crossing_kind: str


@dataclass(frozen=True, slots=True)
class ArrivedIndividual:
    """An individual of a group that arrived, as far as figures need it."""

    group_id: bytes
    sex: str
    birth: str
    nationality: str
    has_document: bool


def _all(unit: ReadUnit, statement: str, values: Mapping[str, Any]) -> list[Any]:
    return list(unit.connection.execute(text(statement), dict(values)))


def _one(unit: ReadUnit, statement: str, **values: object) -> int:
    return int(unit.connection.execute(text(statement), values).scalar() or 0)


def arrived_groups(unit: ReadUnit, begins_ms: int, ends_ms: int) -> list[ArrivedGroup]:
    """Return the groups that arrived in a span."""
    rows = _all(
        unit,
        f"SELECT g.id, {_SIZE} AS size, g.others, g.complete, g.arrived_at_ms, g.arrival_post, g.crossing_kind"  # noqa: S608
        " FROM registration_group g WHERE g.arrived_at_ms >= :begins AND g.arrived_at_ms < :ends",
        {"begins": begins_ms, "ends": ends_ms},
    )
    return [ArrivedGroup(*row) for row in rows]


def arrived_individuals(unit: ReadUnit, begins_ms: int, ends_ms: int) -> list[ArrivedIndividual]:
    """Return the individuals entered in full of the groups that arrived in a span."""
    rows = _all(
        unit,
        "SELECT i.group_id, i.sex, i.birth, i.nationality, i.documents <> '' FROM registration_group g"
        " JOIN individual i ON i.group_id = g.id WHERE g.arrived_at_ms >= :begins AND g.arrived_at_ms < :ends",
        {"begins": begins_ms, "ends": ends_ms},
    )
    return [ArrivedIndividual(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]


def needs_of_arrived(unit: ReadUnit, begins_ms: int, ends_ms: int) -> Counter[str]:
    """Return how many individuals of a span have each specific need; protection needs are counted too."""
    rows = _all(
        unit,
        "SELECT n.code, count(*) FROM registration_group g JOIN individual i ON i.group_id = g.id"
        " JOIN need n ON n.subject = i.id WHERE g.arrived_at_ms >= :begins AND g.arrived_at_ms < :ends GROUP BY n.code",
        {"begins": begins_ms, "ends": ends_ms},
    )
    return Counter({row[0]: row[1] for row in rows})


def children_alone(unit: ReadUnit, begins_ms: int, ends_ms: int) -> int:
    """Return how many children of a span are alone."""
    return _one(
        unit,
        "SELECT count(*) FROM registration_group g JOIN individual i ON i.group_id = g.id"  # noqa: S608
        f" WHERE g.arrived_at_ms >= :begins AND g.arrived_at_ms < :ends AND {CHILD_ALONE}",
        begins=begins_ms,
        ends=ends_ms,
    )


def people_arrived(unit: ReadUnit, begins_ms: int, ends_ms: int) -> int:
    """Return how many people arrived in a span."""
    return _one(
        unit,
        f"SELECT sum({_SIZE}) FROM registration_group g WHERE g.arrived_at_ms >= :begins AND g.arrived_at_ms < :ends",  # noqa: S608
        begins=begins_ms,
        ends=ends_ms,
    )


def people_gone(unit: ReadUnit) -> int:
    """Return how many people left: by their own latest movement, or with their whole group."""
    with_group = _one(
        unit,
        f"SELECT sum({_SIZE}) FROM registration_group g WHERE g.state IN {_GONE}",  # noqa: S608
    )
    alone = _one(
        unit,
        f"SELECT count(*) FROM individual i JOIN registration_group g ON g.id = i.group_id WHERE i.state IN {_GONE}"  # noqa: S608
        f" AND i.state_hlc > g.state_hlc AND g.state NOT IN {_GONE}",
    )
    return with_group + alone


def groups_to_complete(unit: ReadUnit) -> int:
    """Return how many groups still lack members in full."""
    return _one(unit, "SELECT count(*) FROM registration_group WHERE NOT complete")


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


def registered_since(unit: ReadUnit, after_ms: int) -> tuple[int, int | None]:
    """Return how many individuals were registered after a moment, and when the first of them was (ms)."""
    row = _all(
        unit,
        "SELECT count(*), min(registered_at_ms) FROM individual WHERE registered_at_ms > :after",
        {"after": after_ms},
    )[0]
    return row[0], row[1]


def vector(unit: ReadUnit) -> dict[tuple[UUID, int], int]:
    """Return, for each (device, epoch), the last seq in the log."""
    rows = _all(unit, "SELECT device, epoch, max(seq) FROM change GROUP BY device, epoch", {})
    return {(UUID(bytes=row[0]), row[1]): row[2] for row in rows}


def change_count(unit: ReadUnit) -> int:
    """Return the number of lines in the log."""
    return _one(unit, "SELECT count(*) FROM change")
