"""What `fieldapp check` compares: pages of the file, lines of the log, and the stored fold against a refold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from fieldapp.domain.changes import NO_PREVIOUS, Change, Kind
from fieldapp.storage import journal
from fieldapp.storage.projection import CHILDREN, ERASURES, GROUPS, INDIVIDUALS, states_of
from fieldapp.storage.rows import SubjectRows, rows_of
from fieldapp.storage.units import ReadUnit
from fieldapp.trust.enrolments import is_endorsed
from fieldapp.trust.envelopes import MalformedEnvelope, SealedChange, commits_to, decode, is_signed_by

_BATCH = 500
_LOOKED_UP = ("device", "epoch", "seq", "change_id", "hlc", "wall_ms", "staff", "kind", "subject")


@dataclass(frozen=True, slots=True)
class BadLine:
    """Something that is not as it was written: where (`device epoch/seq` or a record's number or id), and a code."""

    where: str
    code: str


def damaged_pages(unit: ReadUnit) -> list[BadLine]:
    """Return the pages of the file whose seal is broken."""
    rows = unit.connection.exec_driver_sql("PRAGMA cipher_integrity_check")
    return [BadLine(str(row[0]), "page_damaged") for row in rows]


def bad_lines(unit: ReadUnit) -> Iterator[BadLine | None]:
    """Walk the log in order and yield, for each line, None or what is wrong with it.

    A line is right if it follows its predecessor without a gap and names its hash, is signed by its device, is what
    its looked-up columns say, and commits to its payload, which may be missing only under an erasure.
    """
    known = unit.devices()
    for device in known:
        if not device.confirmed and not is_endorsed(device, known):
            yield BadLine(device.code, "certificate_invalid")
    devices = {(device.device_id, device.epoch): device.sign_public for device in known}
    erased = {row.subject for row in unit.connection.execute(select(ERASURES.c.subject))}
    last: tuple[bytes, int] | None = None
    next_seq, previous = 1, NO_PREVIOUS
    for columns, sealed in journal.in_log_order(unit.connection):
        if (columns["device"], columns["epoch"]) != last:
            last = columns["device"], columns["epoch"]
            next_seq, previous = 1, NO_PREVIOUS
        code = _wrong_with(columns, sealed, devices, erased, next_seq, previous)
        where = f"{UUID(bytes=columns['device'])} {columns['epoch']}/{columns['seq']}"
        yield BadLine(where, code) if code else None
        next_seq, previous = columns["seq"] + 1, sealed.hash


def _wrong_with(
    columns: dict[str, Any],
    sealed: SealedChange,
    devices: dict[tuple[UUID, int], bytes],
    erased: set[bytes],
    next_seq: int,
    previous: bytes,
) -> str:
    try:
        change = decode(sealed.envelope, sealed.body)
    except MalformedEnvelope:
        return "envelope_malformed"
    if any(columns[name] != _plain(getattr(change, name)) for name in _LOOKED_UP):
        return "columns_differ"
    if columns["hash"] != sealed.hash:
        return "hash_differs"
    if change.seq != next_seq:
        return "line_missing"
    if change.previous != previous:
        return "chain_broken"
    if not is_signed_by(devices.get((change.device, change.epoch), b""), sealed):
        return "signature_wrong"
    if sealed.body is None:
        return "" if _may_be_erased(change, erased) else "payload_missing"
    return "" if commits_to(change, sealed) else "payload_differs"


def _plain(value: object) -> object:
    return value.bytes if isinstance(value, UUID) else value


def _may_be_erased(change: Change, erased: set[bytes]) -> bool:
    return change.subject.bytes in erased and change.kind != Kind.ERASURE_ORDERED


def differing_records(unit: ReadUnit) -> Iterator[BadLine | None]:
    """Fold every subject anew and yield, for each, None or that its stored rows are not its fold."""
    grants = unit.standing.grants(unit.connection)
    recorded = unit.connection.execute(
        text("SELECT DISTINCT subject FROM change WHERE kind NOT LIKE 'audit.%' ORDER BY subject")
    )
    subjects = [UUID(bytes=row.subject) for row in recorded]
    for start in range(0, len(subjects), _BATCH):
        batch = subjects[start : start + _BATCH]
        changes = journal.of_subjects(unit.connection, batch, unit.root_public)
        stored = _stored(unit, [subject.bytes for subject in batch])
        for state in states_of(changes, grants):
            same = _comparable(rows_of(state)) == stored.get(state.subject.bytes, _NOTHING)
            yield None if same else BadLine(_name_of(state.subject, rows_of(state)), "fold_differs")
    yield from _without_log(unit, {subject.bytes for subject in subjects})


_Comparable = tuple[Any, Any, dict[str, frozenset[Any]]]
_NOTHING: _Comparable = (None, None, {})


def _comparable(rows: SubjectRows) -> _Comparable:
    return (
        rows.group,
        rows.individual,
        {name: frozenset(tuple(sorted(row.items())) for row in its) for name, its in rows.children.items()},
    )


def _stored(unit: ReadUnit, subjects: list[bytes]) -> dict[bytes, _Comparable]:
    groups, people = {}, {}
    children: dict[bytes, dict[str, frozenset[Any]]] = {}
    for row in unit.connection.execute(select(GROUPS).where(GROUPS.c.id.in_(subjects))).mappings():
        groups[row["id"]] = dict(row)
    for row in unit.connection.execute(select(INDIVIDUALS).where(INDIVIDUALS.c.id.in_(subjects))).mappings():
        people[row["id"]] = {name: value for name, value in row.items() if name != "row"}
    for name, table in CHILDREN.items():
        for row in unit.connection.execute(select(table).where(table.c.subject.in_(subjects))).mappings():
            its = children.setdefault(row["subject"], {})
            its[name] = its.get(name, frozenset()) | {tuple(sorted(row.items()))}
    return {subject: (groups.get(subject), people.get(subject), children.get(subject, {})) for subject in subjects}


def _name_of(subject: UUID, rows: SubjectRows) -> str:
    row = rows.group or rows.individual
    return str(row["number"]) if row and row["number"] else str(subject)


def _without_log(unit: ReadUnit, known: set[bytes]) -> Iterator[BadLine]:
    for table in (GROUPS, INDIVIDUALS):
        for row in unit.connection.execute(select(table.c.id, table.c.number)):
            if row.id not in known:
                yield BadLine(row.number or str(UUID(bytes=row.id)), "not_in_log")
