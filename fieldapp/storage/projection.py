"""The fold applied: the rows of touched subjects are made anew from the log, in the transaction that changed it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, text, update

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fold import SubjectState, fold
from fieldapp.domain.permissions import Grants
from fieldapp.storage import journal, search_index
from fieldapp.storage.inserts import add_rows, insert_into
from fieldapp.storage.placing import Placing, moved
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
_FOUND = (
    "SELECT false, id FROM registration_group WHERE id IN ({ids}) UNION ALL"
    " SELECT false, id FROM individual WHERE id IN ({ids}) UNION ALL"
    " SELECT true, subject FROM erasure WHERE subject IN ({ids})"
)
_FORGET_SUSPECTS = "DELETE FROM suspect WHERE one = ?1 OR other = ?1"
_NEXT_ROW = text('SELECT coalesce(max("row"), 0) + 1 FROM individual')
_INSERT_GROUPS, _INSERT_INDIVIDUALS = insert_into(GROUPS), insert_into(INDIVIDUALS)
_INSERT_CHILDREN = {name: insert_into(table, "IGNORE") for name, table in CHILDREN.items()}
_OF_NEW_RECORDS = frozenset(
    {Kind.GROUP_REGISTERED, Kind.INDIVIDUAL_REGISTERED, Kind.MOVEMENT_RECORDED, Kind.NEED_RECORDED}
)
_BATCH = 500
_NO_RECORD = frozenset(
    {Kind.OPERATION_DESCRIBED, Kind.DEVICE_ENROLLED, Kind.DEVICE_REVOKED}
    | {Kind.STAFF_GRANTED, Kind.STAFF_DISABLED}
    | {Kind.PAIR_SAME, Kind.PAIR_DIFFERENT, Kind.PAIR_UNSURE, Kind.PAIR_REOPENED}
    | {Kind.ISSUER_TRUSTED, Kind.ISSUER_REVOKED}
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
    known, gone = _found(connection, subjects)
    if known or any(change.kind not in _OF_NEW_RECORDS for change in added):
        changes = journal.of_subjects(connection, subjects, root_public)
    else:
        # What was just written about subjects nobody knew is all there is: a registration is not read back.
        changes = [change for change in added if change.subject in subjects]
    _write(connection, changes, known, gone, grants, root_public)


def subjects_of(changes: Iterable[Change]) -> set[UUID]:
    """Return the groups and individuals that changes are about."""
    return {
        change.subject for change in changes if not change.kind.startswith("audit.") and change.kind not in _NO_RECORD
    }


def refold(
    connection: Connection,
    subjects: Iterable[UUID],
    grants: Grants,
    root_public: bytes,
    added: Iterable[Change] = (),
) -> None:
    """Make the rows of subjects anew from all that the log says of them, whatever joined it when.

    `added` are changes that just joined: where they are all the log has of a subject they are not read back.
    """
    fresh: dict[UUID, list[Change]] = defaultdict(list)
    for change in added:
        if not change.kind.startswith("audit."):
            fresh[change.subject].append(change)
    ordered = sorted(subjects)
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        counts = journal.count_of_subjects(connection, batch) if fresh else {}
        whole = {subject for subject in batch if len(fresh.get(subject, ())) == counts.get(subject)}
        changes = journal.of_subjects(connection, [subject for subject in batch if subject not in whole], root_public)
        changes += [change for subject in whole for change in fresh[subject]]
        _write(connection, changes, *_found(connection, batch), grants, root_public)


def _write(
    connection: Connection, changes: list[Change], known: set[UUID], gone: set[UUID], grants: Grants, root_public: bytes
) -> None:
    states = states_of(changes, grants)
    for state in states:
        if state.erased or state.subject in gone:
            orders = (c for c in changes if c.subject == state.subject and c.kind == Kind.ERASURE_ORDERED)
            order = next((c.change_id for c in orders if c.root_signed), None)
            erase(connection, state.subject, order)
    pairs = [(state.subject, rows_of(state)) for state in states]
    _drop_children(connection, known)
    elsewhere = moved(connection, pairs, known)
    _write_groups(connection, pairs, known)
    _write_individuals(connection, pairs, known)
    search_index.again(connection, elsewhere, root_public, grants)
    for name, insert_rows in _INSERT_CHILDREN.items():
        if children := [row for _, rows in pairs for row in rows.children.get(name, ())]:
            add_rows(connection, insert_rows, children)
    if any(state.erased for state in states):
        search_index.forget_erased(connection)


def _found(connection: Connection, subjects: Iterable[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Which of these have rows, and whose erasure was ordered."""
    ids = [subject.bytes for subject in subjects]
    statement = _FOUND.format(ids=", ".join(f"?{place}" for place in range(1, len(ids) + 1)))
    known: set[UUID] = set()
    gone: set[UUID] = set()
    for is_erased, found in connection.exec_driver_sql(statement, tuple(ids)):
        (gone if is_erased else known).add(UUID(bytes=found))
    return known, gone


def _drop_children(connection: Connection, subjects: set[UUID]) -> None:
    ids = [subject.bytes for subject in subjects]
    for table in CHILDREN.values() if ids else ():
        connection.execute(delete(table).where(table.c.subject.in_(ids)))


def _write_groups(connection: Connection, pairs: list[tuple[UUID, SubjectRows]], known: set[UUID]) -> None:
    fresh = [rows.group for subject, rows in pairs if rows.group is not None and subject not in known]
    if fresh:
        add_rows(connection, _INSERT_GROUPS, fresh)
    for subject, rows in pairs:
        if rows.group is not None and subject in known:
            connection.execute(update(GROUPS).where(GROUPS.c.id == subject.bytes).values(**rows.group))
        elif rows.group is None and rows.individual is None and subject in known:
            connection.execute(delete(GROUPS).where(GROUPS.c.id == subject.bytes))


def _write_individuals(connection: Connection, pairs: list[tuple[UUID, SubjectRows]], known: set[UUID]) -> None:
    people = [(subject, rows) for subject, rows in pairs if rows.individual is not None]
    placing = Placing(connection, pairs)
    fresh = [rows for subject, rows in people if subject not in known]
    if fresh:
        first = int(connection.execute(_NEXT_ROW).scalar_one())
        numbered = [{**(rows.individual or {}), "row": first + place} for place, rows in enumerate(fresh)]
        add_rows(connection, _INSERT_INDIVIDUALS, numbered)
        search_index.add(connection, [(first + place, placing.placed(rows)) for place, rows in enumerate(fresh)])
    for subject, rows in people:
        if subject in known and rows.individual is not None:
            row = _row_of(connection, subject)
            connection.execute(update(INDIVIDUALS).where(INDIVIDUALS.c.row == row).values(**rows.individual))
            search_index.drop(connection, row)
            search_index.add(connection, [(row, placing.placed(rows))])
    for subject, rows in pairs:
        if rows.individual is None and rows.group is None and subject in known and _is_person(connection, subject):
            row = _row_of(connection, subject)
            search_index.drop(connection, row)
            connection.execute(delete(INDIVIDUALS).where(INDIVIDUALS.c.row == row))


def _is_person(connection: Connection, subject: UUID) -> bool:
    return connection.execute(select(INDIVIDUALS.c.row).where(INDIVIDUALS.c.id == subject.bytes)).first() is not None


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
    connection.exec_driver_sql(_FORGET_SUSPECTS, (subject.bytes,))
    connection.execute(
        text(
            "DELETE FROM payload WHERE EXISTS (SELECT 1 FROM change WHERE change.device = payload.device"
            " AND change.epoch = payload.epoch AND change.seq = payload.seq AND change.subject = :subject"
            " AND change.kind <> 'erasure.ordered')"
        ),
        {"subject": subject.bytes},
    )
