"""The log: appending sealed changes and reading changes back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from fieldapp.domain.changes import NO_PREVIOUS, Change
from fieldapp.storage.tables import ChangeRow, PayloadRow
from fieldapp.trust.envelopes import SealedChange, decode

CHANGES: Any = ChangeRow.__table__  # type: ignore[attr-defined]
PAYLOADS: Any = PayloadRow.__table__  # type: ignore[attr-defined]
_IN_LOG_ORDER = (CHANGES.c.device, CHANGES.c.epoch, CHANGES.c.seq)
_WITH_PAYLOAD = CHANGES.outerjoin(
    PAYLOADS,
    (PAYLOADS.c.device == CHANGES.c.device) & (PAYLOADS.c.epoch == CHANGES.c.epoch) & (PAYLOADS.c.seq == CHANGES.c.seq),
)
_SEALED = (CHANGES.c.envelope, CHANGES.c.signature, PAYLOADS.c.salt, PAYLOADS.c.body)
_OF_SUBJECTS = (
    select(*_SEALED)
    .select_from(_WITH_PAYLOAD)
    .where(CHANGES.c.subject.in_(bindparam("subjects", expanding=True)), CHANGES.c.kind.not_like("audit.%"))
)
_LAST_OF_DEVICE = (
    select(CHANGES.c.seq, CHANGES.c.hash)
    .where(CHANGES.c.device == bindparam("device"), CHANGES.c.epoch == bindparam("epoch"))
    .order_by(CHANGES.c.seq.desc())
    .limit(1)
)
_INSERT_CHANGES, _INSERT_PAYLOADS = insert(CHANGES), insert(PAYLOADS)
_LAST_HLC = select(CHANGES.c.hlc).order_by(CHANGES.c.hlc.desc()).limit(1)


def last_of(connection: Connection, device: UUID, epoch: int) -> tuple[int, bytes]:
    """Return seq and hash of the last change of a device's epoch, 0 and zeros when there is none."""
    row = connection.execute(_LAST_OF_DEVICE, {"device": device.bytes, "epoch": epoch}).first()
    return (row.seq, row.hash) if row else (0, NO_PREVIOUS)


def last_hlc(connection: Connection) -> int:
    """Return the latest clock reading in the log, 0 when it is empty."""
    return int(connection.execute(_LAST_HLC).scalar() or 0)


def append(connection: Connection, sealed: Sequence[tuple[Change, SealedChange]]) -> None:
    """Add sealed changes to the log with their payloads."""
    connection.execute(
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
        connection.execute(_INSERT_PAYLOADS, payloads)


def of_subjects(connection: Connection, subjects: Iterable[UUID], root_public: bytes) -> list[Change]:
    """Return the changes of some subjects that can be part of a record (audit entries are none)."""
    rows = connection.execute(_OF_SUBJECTS, {"subjects": [subject.bytes for subject in subjects]})
    return [decode(row.envelope, row.body, root_public) for row in rows]


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
    """Return the changes of some kinds from a wall time (ms) on, oldest first."""
    rows = connection.execute(
        select(*_SEALED)
        .select_from(_WITH_PAYLOAD)
        .where(CHANGES.c.kind.in_([str(kind) for kind in kinds]), CHANGES.c.wall_ms >= from_ms)
        .order_by(CHANGES.c.hlc)
    )
    return [decode(row.envelope, row.body, root_public) for row in rows]


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
