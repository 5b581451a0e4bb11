"""The fold applied: the rows of touched subjects are made anew from the log, in the transaction that changed it."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fold import SubjectState, fold
from fieldapp.domain.permissions import Grants
from fieldapp.storage import journal, search_index
from fieldapp.storage.rows import SubjectRows, rows_of
from fieldapp.storage.tables import (
    ErasureRow,
    GroupRow,
    IndividualRow,
    MovementRow,
    NeedRow,
    PhoneRow,
    ReferralRow,
    SlipRow,
    TokenRow,
    TurnRow,
)

GROUPS: Any = GroupRow.__table__  # type: ignore[attr-defined]
INDIVIDUALS: Any = IndividualRow.__table__  # type: ignore[attr-defined]
_OF_A_SUBJECT: tuple[Any, ...] = (NeedRow, SlipRow, MovementRow, TurnRow, TokenRow, ReferralRow, PhoneRow)
CHILDREN: dict[str, Any] = {row.__tablename__: row.__table__ for row in _OF_A_SUBJECT}
"""By name, the tables whose rows belong to a group or an individual, named in `subject`."""
ERASURES: Any = ErasureRow.__table__  # type: ignore[attr-defined]
_KNOWN = (
    select(GROUPS.c.id)
    .where(GROUPS.c.id.in_(bindparam("ids", expanding=True)))
    .union_all(select(INDIVIDUALS.c.id).where(INDIVIDUALS.c.id.in_(bindparam("ids", expanding=True))))
)
_NEXT_ROW = text('SELECT coalesce(max("row"), 0) + 1 FROM individual')
_INSERT_GROUPS, _INSERT_INDIVIDUALS = insert(GROUPS), insert(INDIVIDUALS)
_INSERT_CHILDREN = {name: insert(table).prefix_with("OR IGNORE") for name, table in CHILDREN.items()}
_OF_NEW_RECORDS = frozenset(
    {Kind.GROUP_REGISTERED, Kind.INDIVIDUAL_REGISTERED, Kind.MOVEMENT_RECORDED, Kind.NEED_RECORDED}
)
_BATCH = 500
_NO_RECORD = frozenset(
    {Kind.OPERATION_DESCRIBED, Kind.DEVICE_ENROLLED, Kind.DEVICE_REVOKED}
    | {Kind.STAFF_GRANTED, Kind.STAFF_DISABLED}
    | {Kind.PAIR_SAME, Kind.PAIR_DIFFERENT, Kind.PAIR_UNSURE, Kind.PAIR_REOPENED}
)


def states_of(changes: Iterable[Change], grants: Grants) -> list[SubjectState]:
    """Fold changes, grouped by their subjects."""
    by_subject = sorted(changes, key=lambda change: change.subject)
    return [fold(subject, list(its), grants) for subject, its in groupby(by_subject, lambda change: change.subject)]


def apply(connection: Connection, added: Sequence[Change], grants: Grants, root_public: bytes) -> None:
    """Bring the rows of the subjects of just-added changes up to date."""
    subjects = subjects_of(added)
    if not subjects:
        return
    known = _known(connection, subjects)
    if known or any(change.kind not in _OF_NEW_RECORDS for change in added):
        changes = journal.of_subjects(connection, subjects, root_public)
    else:
        # What was just written about subjects nobody knew is all there is: a registration is not read back.
        changes = [change for change in added if change.subject in subjects]
    _write(connection, changes, known, grants)


def subjects_of(changes: Iterable[Change]) -> set[UUID]:
    """Return the groups and individuals that changes are about."""
    return {
        change.subject for change in changes if not change.kind.startswith("audit.") and change.kind not in _NO_RECORD
    }


def refold(connection: Connection, subjects: Iterable[UUID], grants: Grants, root_public: bytes) -> None:
    """Make the rows of subjects anew from all that the log says of them, whatever joined it when."""
    ordered = sorted(subjects)
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        changes = journal.of_subjects(connection, batch, root_public)
        _write(connection, changes, _known(connection, batch), grants)


def _write(connection: Connection, changes: list[Change], known: set[UUID], grants: Grants) -> None:
    states = states_of(changes, grants)
    gone = erased(connection)
    for state in states:
        if state.erased or state.subject in gone:
            orders = (c for c in changes if c.subject == state.subject and c.kind == Kind.ERASURE_ORDERED)
            order = next((c.change_id for c in orders if c.root_signed), None)
            erase(connection, state.subject, order)
    pairs = [(state.subject, rows_of(state)) for state in states]
    _drop_children(connection, known)
    _write_groups(connection, pairs, known)
    _write_individuals(connection, pairs, known)
    for name, insert_rows in _INSERT_CHILDREN.items():
        if children := [row for _, rows in pairs for row in rows.children.get(name, ())]:
            connection.execute(insert_rows, children)
    if any(state.erased for state in states):
        search_index.forget_erased(connection)


def _known(connection: Connection, subjects: Iterable[UUID]) -> set[UUID]:
    return {UUID(bytes=row.id) for row in connection.execute(_KNOWN, {"ids": [subject.bytes for subject in subjects]})}


def _drop_children(connection: Connection, subjects: set[UUID]) -> None:
    ids = [subject.bytes for subject in subjects]
    for table in CHILDREN.values() if ids else ():
        connection.execute(delete(table).where(table.c.subject.in_(ids)))


def _write_groups(connection: Connection, pairs: list[tuple[UUID, SubjectRows]], known: set[UUID]) -> None:
    fresh = [rows.group for subject, rows in pairs if rows.group is not None and subject not in known]
    if fresh:
        connection.execute(_INSERT_GROUPS, fresh)
    for subject, rows in pairs:
        if rows.group is not None and subject in known:
            connection.execute(update(GROUPS).where(GROUPS.c.id == subject.bytes).values(**rows.group))
        elif rows.group is None and rows.individual is None and subject in known:
            connection.execute(delete(GROUPS).where(GROUPS.c.id == subject.bytes))


def _write_individuals(connection: Connection, pairs: list[tuple[UUID, SubjectRows]], known: set[UUID]) -> None:
    people = [(subject, rows) for subject, rows in pairs if rows.individual is not None]
    fresh = [rows for subject, rows in people if subject not in known]
    if fresh:
        first = int(connection.execute(_NEXT_ROW).scalar_one())
        numbered = [{**(rows.individual or {}), "row": first + place} for place, rows in enumerate(fresh)]
        connection.execute(_INSERT_INDIVIDUALS, numbered)
        search_index.add(connection, [(first + place, rows.indexed) for place, rows in enumerate(fresh)])
    for subject, rows in people:
        if subject in known and rows.individual is not None:
            row = _row_of(connection, subject)
            connection.execute(update(INDIVIDUALS).where(INDIVIDUALS.c.row == row).values(**rows.individual))
            search_index.drop(connection, row)
            search_index.add(connection, [(row, rows.indexed)])
    for subject, rows in pairs:
        if rows.individual is None and rows.group is None and subject in known:
            row = _row_of(connection, subject)
            search_index.drop(connection, row)
            connection.execute(delete(INDIVIDUALS).where(INDIVIDUALS.c.row == row))


def _row_of(connection: Connection, subject: UUID) -> int:
    return int(connection.execute(select(INDIVIDUALS.c.row).where(INDIVIDUALS.c.id == subject.bytes)).scalar_one())


def erased(connection: Connection) -> set[UUID]:
    """Return everybody whose erasure was ordered."""
    return {UUID(bytes=row.subject) for row in connection.execute(select(ERASURES.c.subject))}


def erase(connection: Connection, subject: UUID, order: UUID | None) -> None:
    """Delete what the log says of an erased subject; the order itself and all envelopes stay."""
    if order is not None:
        connection.execute(
            insert(ERASURES).prefix_with("OR IGNORE"), {"subject": subject.bytes, "change_id": order.bytes}
        )
    connection.execute(
        text(
            "DELETE FROM payload WHERE EXISTS (SELECT 1 FROM change WHERE change.device = payload.device"
            " AND change.epoch = payload.epoch AND change.seq = payload.seq AND change.subject = :subject"
            " AND change.kind <> 'erasure.ordered')"
        ),
        {"subject": subject.bytes},
    )
