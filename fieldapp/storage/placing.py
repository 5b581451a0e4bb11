"""Keeps what people are found by in step with where their group came from, is, and goes: the group's row says it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from fieldapp.storage.place_words import OF_GROUP, of_group
from fieldapp.storage.rows import SubjectRows
from fieldapp.storage.search_words import Indexed, placed

_PLACES = f"SELECT {', '.join(OF_GROUP)} FROM registration_group WHERE id = ?1"
_HAS_MEMBERS = "SELECT EXISTS (SELECT 1 FROM individual WHERE group_id = ?1)"
"""One group a statement: a save or a bundle has few, and each is looked up by its key."""


class Placing:
    """The places of the groups of people who are being written."""

    def __init__(self, connection: Connection, pairs: Iterable[tuple[UUID, SubjectRows]]) -> None:
        self._connection = connection
        self._known = {subject.bytes: of_group(rows.group) for subject, rows in pairs if rows.group is not None}

    def placed(self, rows: SubjectRows) -> Indexed:
        """Return what is indexed of somebody, with the places of their group."""
        group = (rows.individual or {}).get("group_id", b"")
        if group not in self._known:
            self._known[group] = of_group(_places_of(self._connection, group))
        return placed(rows.indexed, self._known[group])


def moved(connection: Connection, pairs: Iterable[tuple[UUID, SubjectRows]], known: set[UUID]) -> list[bytes]:
    """Return the groups whose members must be indexed anew once the groups are written: their places changed.

    Members may also have come before their group, for bundles keep no order.
    """
    found = []
    for subject, rows in pairs:
        if rows.individual is not None or (rows.group is None and subject not in known):
            continue
        before = of_group(_places_of(connection, subject.bytes)) if subject in known else ""
        has_changed = before != of_group(rows.group)
        if has_changed and connection.exec_driver_sql(_HAS_MEMBERS, (subject.bytes,)).scalar_one():
            found.append(subject.bytes)
    return found


def _places_of(connection: Connection, group: bytes) -> Any:
    return connection.exec_driver_sql(_PLACES, (group,)).mappings().first()
