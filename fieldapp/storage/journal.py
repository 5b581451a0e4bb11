"""The log: appending sealed changes and reading changes back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select, text

from fieldapp.domain.changes import NO_PREVIOUS, Change
from fieldapp.domain.clock import FAR_AHEAD_MS, reading
from fieldapp.storage.inserts import add_rows, insert_into
from fieldapp.storage.tables import AheadRow, ChangeRow, PayloadRow
from fieldapp.trust.authors import Author
from fieldapp.trust.envelopes import SealedChange, decode

CHANGES: Any = ChangeRow.__table__  # type: ignore[attr-defined]
PAYLOADS: Any = PayloadRow.__table__  # type: ignore[attr-defined]
AHEAD: Any = AheadRow.__table__  # type: ignore[attr-defined]
_IN_LOG_ORDER = (CHANGES.c.device, CHANGES.c.epoch, CHANGES.c.seq)
_WITH_PAYLOAD = CHANGES.outerjoin(
    PAYLOADS,
    (PAYLOADS.c.device == CHANGES.c.device) & (PAYLOADS.c.epoch == CHANGES.c.epoch) & (PAYLOADS.c.seq == CHANGES.c.seq),
)
_SEALED = (CHANGES.c.envelope, CHANGES.c.signature, PAYLOADS.c.salt, PAYLOADS.c.body)
_SEALED_AHEAD = (AHEAD.c.envelope, AHEAD.c.signature, AHEAD.c.salt, AHEAD.c.body)
_OF_SUBJECTS = (
    select(*_SEALED)
    .select_from(_WITH_PAYLOAD)
    .where(CHANGES.c.subject.in_(bindparam("subjects", expanding=True)), CHANGES.c.kind.not_like("audit.%"))
)
_COUNT_OF_SUBJECTS = (
    select(CHANGES.c.subject, func.count().label("changes"))
    .where(CHANGES.c.subject.in_(bindparam("subjects", expanding=True)), CHANGES.c.kind.not_like("audit.%"))
    .group_by(CHANGES.c.subject)
)
_LAST_OF_DEVICE = (
    select(CHANGES.c.device, CHANGES.c.epoch, CHANGES.c.seq, CHANGES.c.hash, CHANGES.c.wall_ms)
    .where(CHANGES.c.device == bindparam("device"), CHANGES.c.epoch == bindparam("epoch"))
    .order_by(CHANGES.c.seq.desc())
    .limit(1)
)
_INSERT_CHANGES, _INSERT_PAYLOADS = insert_into(CHANGES), insert_into(PAYLOADS)
_GOING_ON = text(
    "SELECT last.seq, last.hash, max("
    " coalesce((SELECT hlc FROM change WHERE hlc <= :most ORDER BY hlc DESC LIMIT 1), 0),"
    " coalesce((SELECT hlc FROM change WHERE device = :device ORDER BY epoch DESC, seq DESC LIMIT 1), 0),"
    " coalesce((SELECT max(hlc) FROM change WHERE subject = :staff AND kind IN ('staff.granted', 'staff.disabled')), 0),"
    " coalesce((SELECT max(hlc) FROM ahead WHERE subject = :staff AND kind IN ('staff.granted', 'staff.disabled')), 0)"
    ") AS hlc FROM (SELECT 1) LEFT JOIN"
    " (SELECT seq, hash FROM change WHERE device = :device AND epoch = :epoch ORDER BY seq DESC LIMIT 1) AS last"
)
"""In one statement, as every save asks it."""
_NEXT_LOG = text(
    "SELECT * FROM (SELECT device, epoch FROM change WHERE device = :device AND epoch > :epoch ORDER BY epoch LIMIT 1)"
    " UNION ALL"
    " SELECT * FROM (SELECT device, epoch FROM change WHERE device > :device ORDER BY device, epoch LIMIT 1) LIMIT 1"
)


def last_of(connection: Connection, device: UUID, epoch: int) -> tuple[int, bytes]:
    """Return seq and hash of the last change of a device's epoch, 0 and zeros when there is none."""
    row = connection.execute(_LAST_OF_DEVICE, {"device": device.bytes, "epoch": epoch}).first()
    return (row.seq, row.hash) if row else (0, NO_PREVIOUS)


def going_on(connection: Connection, author: Author) -> tuple[int, bytes, int]:
    """Return where the author's own log goes on: its last seq and hash, and the clock reading its next change comes after.

    That reading is of our own last change, or of others not far ahead of us. What the writer was granted comes before
    what the grant permits, and what this laptop wrote in an earlier epoch before what it writes now, also where its
    clock was set far back meanwhile.
    """
    row = connection.execute(
        _GOING_ON,
        {
            "most": reading(author.clock() + FAR_AHEAD_MS),
            "device": author.device_id.bytes,
            "epoch": author.epoch,
            "staff": author.staff_id.bytes,
        },
    ).one()
    return (row.seq, row.hash, row.hlc) if row.seq else (0, NO_PREVIOUS, row.hlc)


def append(connection: Connection, sealed: Sequence[tuple[Change, SealedChange]]) -> None:
    """Add sealed changes to the log with their payloads."""
    add_rows(
        connection,
        _INSERT_CHANGES,
        [
            {
                "device": change.device.bytes,
                "epoch": change.epoch,
                "seq": change.seq,
                "change_id": change.change_id.bytes,
                "hlc": change.hlc,
                "wall_ms": change.wall_ms,
                "staff": change.staff.bytes,
                "kind": change.kind,
                "subject": change.subject.bytes,
                "hash": pair.hash,
                "envelope": pair.envelope,
                "signature": pair.signature,
            }
            for change, pair in sealed
        ],
    )
    payloads = [
        {
            "device": change.device.bytes,
            "epoch": change.epoch,
            "seq": change.seq,
            "salt": pair.salt,
            "body": pair.body,
        }
        for change, pair in sealed
        if pair.body is not None
    ]
    if payloads:
        add_rows(connection, _INSERT_PAYLOADS, payloads)


def of_subjects(connection: Connection, subjects: Iterable[UUID], root_public: bytes) -> list[Change]:
    """Return the changes of some subjects that can be part of a record (audit entries are none)."""
    rows = connection.execute(_OF_SUBJECTS, {"subjects": [subject.bytes for subject in subjects]})
    return [decode(row.envelope, row.body, root_public) for row in rows]


def count_of_subjects(connection: Connection, subjects: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many changes `of_subjects` has for each of some subjects."""
    rows = connection.execute(_COUNT_OF_SUBJECTS, {"subjects": [subject.bytes for subject in subjects]})
    return {UUID(bytes=row.subject): row.changes for row in rows}


def history_of(connection: Connection, subjects: Iterable[UUID], root_public: bytes) -> list[Change]:
    """Return everything the log says of some subjects, audit entries too, oldest first."""
    rows = connection.execute(
        select(*_SEALED)
        .select_from(_WITH_PAYLOAD)
        .where(CHANGES.c.subject.in_([subject.bytes for subject in subjects]))
        .order_by(CHANGES.c.hlc)
    )
    return [decode(row.envelope, row.body, root_public) for row in rows]


def of_kinds(connection: Connection, kinds: Iterable[str], root_public: bytes, from_ms: int = 0) -> list[Change]:
    """Return the changes of some kinds from a wall time (ms) on, oldest first, also those held ahead of their log."""
    named = [str(kind) for kind in kinds]
    here = (
        select(CHANGES.c.hlc, *_SEALED)
        .select_from(_WITH_PAYLOAD)
        .where(CHANGES.c.kind.in_(named), CHANGES.c.wall_ms >= from_ms)
    )
    ahead = select(AHEAD.c.hlc, *_SEALED_AHEAD).where(AHEAD.c.kind.in_(named), AHEAD.c.wall_ms >= from_ms)
    rows = connection.execute(here.union_all(ahead).order_by("hlc"))
    return [decode(row.envelope, row.body, root_public) for row in rows]


def ahead_of(connection: Connection, subject: UUID, kind: str, root_public: bytes) -> list[Change]:
    """Return the changes of a kind about a subject that are held ahead of their log."""
    its = (AHEAD.c.subject == subject.bytes) & (AHEAD.c.kind == kind)
    return [
        decode(row.envelope, row.body, root_public) for row in connection.execute(select(*_SEALED_AHEAD).where(its))
    ]


def speaks_ahead_of(connection: Connection, subjects: Iterable[UUID]) -> bool:
    """Tell whether something is held ahead of its log that says something of one of these."""
    its = AHEAD.c.subject.in_([subject.bytes for subject in subjects]) & AHEAD.c.body.is_not(None)
    return connection.execute(select(AHEAD.c.hash).where(its).limit(1)).first() is not None


def sealed_ahead(
    connection: Connection, held: Mapping[tuple[UUID, int], int], but: Iterable[str] = ()
) -> list[SealedChange]:
    """Return what is held ahead of its log and lies after what somebody holds of that log, in log order."""
    order = (AHEAD.c.device, AHEAD.c.epoch, AHEAD.c.seq)
    rows = connection.execute(select(*order, *_SEALED_AHEAD).where(AHEAD.c.kind.not_in(list(but))).order_by(*order))
    return [
        SealedChange(row.envelope, row.signature, row.salt, row.body)
        for row in rows
        if row.seq > held.get((UUID(bytes=row.device), row.epoch), 0)
    ]


def of_keys(connection: Connection, keys: Iterable[tuple[UUID, int, int]]) -> list[Change]:
    """Return some lines of the log by device, epoch and seq, as far as they are there."""
    found = []
    for device, epoch, seq in keys:
        its = (CHANGES.c.device == device.bytes) & (CHANGES.c.epoch == epoch) & (CHANGES.c.seq == seq)
        rows = connection.execute(select(*_SEALED).select_from(_WITH_PAYLOAD).where(its))
        found += [decode(row.envelope, row.body) for row in rows]
    return found


def last_change(connection: Connection) -> Change | None:
    """Return the change with the latest clock reading."""
    row = connection.execute(
        select(*_SEALED).select_from(_WITH_PAYLOAD).order_by(CHANGES.c.hlc.desc()).limit(1)
    ).first()
    return decode(row.envelope, row.body) if row else None


def in_log_order(connection: Connection, batch: int = 1000) -> Iterator[tuple[dict[str, Any], SealedChange]]:
    """Yield every line of the log as its looked-up columns and its sealed bytes, by device, epoch and seq."""
    columns = [column for column in CHANGES.c if column.name not in {"envelope", "signature"}]
    statement = select(*columns, *_SEALED).select_from(_WITH_PAYLOAD).order_by(*_IN_LOG_ORDER)
    result = connection.execution_options(yield_per=batch).execute(statement)
    for row in result.mappings():
        yield dict(row), SealedChange(row["envelope"], row["signature"], row["salt"], row["body"])


def vector(connection: Connection) -> dict[tuple[UUID, int], tuple[int, bytes]]:
    """Return the last seq of each device and epoch with its hash; the log of each has no gap."""
    return {(UUID(bytes=row.device), row.epoch): (row.seq, row.hash) for row in _ends(connection)}


def epochs_of(connection: Connection, device: UUID) -> list[int]:
    """Return the epochs of a device that the log has lines of."""
    rows = connection.execute(select(CHANGES.c.epoch).distinct().where(CHANGES.c.device == device.bytes))
    return [row.epoch for row in rows]


def hash_at(connection: Connection, device: UUID, epoch: int, seq: int) -> bytes | None:
    """Return the hash of one change of the log, None where there is none."""
    found = connection.execute(
        select(CHANGES.c.hash).where(CHANGES.c.device == device.bytes, CHANGES.c.epoch == epoch, CHANGES.c.seq == seq)
    ).scalar()
    return bytes(found) if found is not None else None


def sealed_after(connection: Connection, device: UUID, epoch: int, seq: int) -> list[SealedChange]:
    """Return the sealed changes of a device's epoch after a seq, in order."""
    rows = connection.execute(
        select(*_SEALED)
        .select_from(_WITH_PAYLOAD)
        .where(CHANGES.c.device == device.bytes, CHANGES.c.epoch == epoch, CHANGES.c.seq > seq)
        .order_by(CHANGES.c.seq)
    )
    return [SealedChange(row.envelope, row.signature, row.salt, row.body) for row in rows]


def sealed_of_kinds(connection: Connection, kinds: Iterable[str]) -> list[SealedChange]:
    """Return the sealed changes of some kinds, in log order, and after them those held ahead of their log."""
    named = [str(kind) for kind in kinds]
    here = select(*_SEALED).select_from(_WITH_PAYLOAD).where(CHANGES.c.kind.in_(named)).order_by(*_IN_LOG_ORDER)
    ahead = select(*_SEALED_AHEAD).where(AHEAD.c.kind.in_(named)).order_by(AHEAD.c.device, AHEAD.c.epoch, AHEAD.c.seq)
    rows = (*connection.execute(here), *connection.execute(ahead))
    return [SealedChange(row.envelope, row.signature, row.salt, row.body) for row in rows]


def hashes(connection: Connection, device: UUID, epoch: int, from_seq: int) -> dict[int, tuple[bytes, bytes]]:
    """Return hash and signature of the lines of a device's epoch by seq, from one on."""
    rows = connection.execute(
        select(CHANGES.c.seq, CHANGES.c.hash, CHANGES.c.signature).where(
            CHANGES.c.device == device.bytes, CHANGES.c.epoch == epoch, CHANGES.c.seq >= from_seq
        )
    )
    return {row.seq: (bytes(row.hash), bytes(row.signature)) for row in rows}


def subjects_by_staff(connection: Connection, staff: Iterable[UUID]) -> set[UUID]:
    """Return the subjects that some staff members made changes of."""
    rows = connection.execute(
        select(CHANGES.c.subject)
        .distinct()
        .where(CHANGES.c.staff.in_([one.bytes for one in staff]), CHANGES.c.kind.not_like("audit.%"))
    )
    return {UUID(bytes=row.subject) for row in rows}


def last_written(connection: Connection) -> dict[tuple[UUID, int], int]:
    """Return when the last line of each device's epoch was written (ms)."""
    return {(UUID(bytes=row.device), row.epoch): row.wall_ms for row in _ends(connection)}


def _ends(connection: Connection) -> Iterator[Any]:
    """Yield the last line of each device's epoch: the key is followed from one log to the next, over its lines."""
    log = {"device": b"", "epoch": 0}
    while found := connection.execute(_NEXT_LOG, log).mappings().first():
        log = dict(found)
        yield connection.execute(_LAST_OF_DEVICE, log).one()
