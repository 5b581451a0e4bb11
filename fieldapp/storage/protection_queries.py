"""The children who are alone, for the list of the day's referrals."""

from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.fields import birth_of, sex_of
from fieldapp.domain.people import ChildAlone
from fieldapp.storage.people_queries import CHILD_ALONE, SAID_ALONE
from fieldapp.storage.units import ReadUnit

_CHILDREN = f"""
    SELECT i.id, i.group_id, i.number, i.given_names, i.surnames, i.sex, i.birth, g.declared_size, g.arrived_at_ms,
        {SAID_ALONE} AS said, r.at_ms AS referred_at_ms, r."to" AS referred_to
    FROM individual i JOIN registration_group g ON g.id = i.group_id
    LEFT JOIN referral r ON r.subject = i.id AND r.at_ms = (SELECT max(at_ms) FROM referral WHERE subject = i.id)
    WHERE i.minor AND NOT i.withdrawn AND NOT g.withdrawn AND {CHILD_ALONE}
    AND (r.at_ms IS NULL OR r.at_ms >= :since OR g.arrived_at_ms >= :since)
    ORDER BY r.at_ms IS NOT NULL, g.arrived_at_ms, i.number LIMIT :most
"""  # noqa: S608 - no value stands in it


def children_alone(unit: ReadUnit, since_ms: int, most: int) -> list[ChildAlone]:
    """Return the children alone who still wait for a referral, whenever they came, and then those of a day on."""
    rows = unit.connection.execute(text(_CHILDREN), {"since": since_ms, "most": most})
    return [
        ChildAlone(
            UUID(bytes=row.id),
            UUID(bytes=row.group_id),
            row.number,
            row.given_names,
            row.surnames,
            sex_of(row.sex),
            birth_of(row.birth),
            row.declared_size,
            row.arrived_at_ms,
            bool(row.said),
            row.referred_at_ms,
            row.referred_to or "",
        )
        for row in rows
    ]
