"""Lists of people: counted and read page by page, filtered and searched."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.fields import birth_of, sex_of
from fieldapp.domain.people import IndividualRow, PeopleQuery
from fieldapp.domain.record import Day
from fieldapp.storage import search_queries
from fieldapp.storage.units import ReadUnit

_ORDERS = {
    "number": ("i.registered_at_ms {way}, i.number", "DESC", "ASC"),
    "arrival": ("i.registered_at_ms {way}, i.number", "DESC", "ASC"),
    "name": ("i.name_key {way}, i.number {way}", "DESC", "ASC"),
}
_COLUMNS = """
    i.id, i.group_id, i.number, i.given_names, i.surnames, i.sex, i.birth, i.nationality, i.relationship, i.documents,
    coalesce(g.arrival_post, '') AS post, coalesce(g.arrived_at_ms, i.registered_at_ms) AS arrived_at_ms,
    coalesce(g.origin_state, '') AS origin_state, coalesce(g.declared_size, 1) AS group_size,
    coalesce(g.number, '') AS group_number, i.document_kinds, i.withdrawn OR coalesce(g.withdrawn, 0) AS withdrawn,
    CASE WHEN i.state_hlc > coalesce(g.state_hlc, 0) THEN i.state ELSE coalesce(g.state, i.state) END AS state,
    i.origin, coalesce(g.destination, '') AS destination, coalesce(g.moved_to, '') AS moved_to,
    coalesce(g.slip_valid, 0) AS slip_valid, i.conflict OR coalesce(g.conflict, 0) AS conflict,
    g.id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM change c WHERE c.subject = g.id AND +c.kind = 'group.registered'
    ) AS from_slip
"""
# The plus keeps the index of kinds out of it: every group has one change of that kind, and a group has few changes.


def count_people(unit: ReadUnit, query: PeopleQuery, today: Day) -> int:
    """Return how many individuals a query finds."""
    where, values, joins_group = _conditions(query, today)
    group = "LEFT JOIN registration_group g ON g.id = i.group_id" if joins_group else ""
    statement = text(f"SELECT count(*) FROM individual i {group} WHERE {where}")  # noqa: S608 - no value stands in it
    return int(unit.connection.execute(statement, values).scalar_one())


def people(unit: ReadUnit, query: PeopleQuery, today: Day, offset: int, limit: int) -> list[IndividualRow]:
    """Return a page of the individuals a query finds, newest number first unless told otherwise."""
    where, values, joins_group = _conditions(query, today)
    order, down, up = _ORDERS[query.order if query.order in _ORDERS else "number"]
    order = order.format(way=down if query.descending else up)
    group = "LEFT JOIN registration_group g ON g.id = i.group_id"
    # The page is cut on an index alone, so that a far page of a long list reads no rows but its own.
    statement = text(
        f"SELECT {_COLUMNS} FROM (SELECT i.row FROM individual i {group if joins_group else ''} WHERE {where}"  # noqa: S608
        f" ORDER BY {order} LIMIT :limit OFFSET :offset) page JOIN individual i ON i.row = page.row {group} ORDER BY {order}"
    )
    rows = unit.connection.execute(statement, {**values, "limit": limit, "offset": offset})
    return [_row(row) for row in rows]


def _conditions(query: PeopleQuery, today: Day) -> tuple[str, dict[str, Any], bool]:
    conditions, values = ["1"], dict[str, Any]()
    of_group = []
    if query.today_only:
        of_group.append("g.arrived_at_ms >= :begins AND g.arrived_at_ms < :ends")
        values.update(begins=today.begins_ms, ends=today.ends_ms)
    if query.child_alone:
        of_group.append(CHILD_ALONE)
    if query.not_printed:
        of_group.append("g.slip_valid = 0")
    if query.to_complete:
        of_group.append("g.complete = 0 AND NOT g.withdrawn")
    return " AND ".join(conditions + of_group), values, bool(of_group)


SAID_ALONE = """EXISTS (
    SELECT 1 FROM need n WHERE n.subject = i.id AND n.code IN ('SC', 'SC-UC', 'SC-SC', 'SC-CH', 'SC-UM')
)"""
"""Of whom a need was recorded that says that they are alone."""

CHILD_ALONE = f"""(i.minor AND ({SAID_ALONE} OR (g.other_adults = 0 AND NOT EXISTS (
    SELECT 1 FROM individual a WHERE a.group_id = i.group_id AND NOT a.minor AND NOT a.withdrawn
))))"""  # noqa: S608 - no value stands in it
"""A child for whom it was recorded, or whose group has nobody who is, or may be, of age."""


def people_of_rows(unit: ReadUnit, rows: list[int]) -> dict[int, IndividualRow]:
    """Return people by their rows in the list."""
    statement = text(
        f"SELECT {_COLUMNS}, i.row AS place FROM individual i LEFT JOIN registration_group g ON g.id = i.group_id"
        " WHERE i.row IN (SELECT value FROM json_each(:rows))"
    )
    return {row.place: _row(row) for row in unit.connection.execute(statement, {"rows": json.dumps(rows)})}


class Among:
    """The people among whom a search looks: everybody, or whom the filters of a list leave."""

    def __init__(self, unit: ReadUnit, query: PeopleQuery, today: Day) -> None:
        self._unit = unit
        self._where, self._values, self._is_narrowed = _conditions(query, today)

    def rows(self, expression: str, limit: int) -> list[int]:
        """Return the rows of some people that an expression of the index finds, in no order."""
        if not self._is_narrowed:
            return search_queries.rows_matching(self._unit, expression, limit)
        statement = text(
            "SELECT i.row FROM individual_search s JOIN individual i ON i.row = s.rowid"  # noqa: S608 - no value in it
            " LEFT JOIN registration_group g ON g.id = i.group_id"
            f" WHERE individual_search MATCH :match AND {self._where} LIMIT :limit"
        )
        found = self._unit.connection.execute(statement, {**self._values, "match": expression, "limit": limit})
        return list(found.scalars())

    def rows_with_phone(self, number: str) -> list[int]:
        """Return the rows of people who have a phone themselves or in their group."""
        rows = search_queries.rows_with_phone(self._unit, number)
        if not self._is_narrowed or not rows:
            return rows
        statement = text(
            "SELECT i.row FROM individual i LEFT JOIN registration_group g ON g.id = i.group_id"  # noqa: S608
            f" WHERE i.row IN (SELECT value FROM json_each(:rows)) AND {self._where}"
        )
        return list(self._unit.connection.execute(statement, {**self._values, "rows": json.dumps(rows)}).scalars())


def _row(row: Any) -> IndividualRow:
    return IndividualRow(
        UUID(bytes=row.id),
        UUID(bytes=row.group_id),
        row.number,
        row.given_names,
        row.surnames,
        sex_of(row.sex),
        birth_of(row.birth),
        row.nationality.split(" ")[0],
        row.relationship,
        ", ".join(number for number in row.documents.split("; ") if number),
        row.post,
        row.arrived_at_ms,
        row.origin_state,
        row.group_size,
        row.state,
        bool(row.slip_valid),
        bool(row.conflict),
        row.group_number,
        row.document_kinds,
        row.documents,
        row.nationality,
        bool(row.withdrawn),
        bool(row.from_slip),
        row.origin,
        row.destination,
        row.moved_to,
    )
