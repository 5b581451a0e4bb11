"""What this laptop knows of the exchange: who holds what, what waits, and what was put aside."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text

from fieldapp.storage import journal
from fieldapp.storage.ingest import QUARANTINE
from fieldapp.storage.tables import ReceiptRow
from fieldapp.storage.units import ReadUnit, WriteUnit
from fieldapp.storage.waiting import WAITING
from fieldapp.trust.envelopes import MalformedEnvelope, decode

RECEIPTS: Any = ReceiptRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class PutAside:
    """A change in quarantine: whose line of the log it says it is, and why it is not there.

    `kind`, `staff` and `at_ms` are what it says of itself; empty, None and 0 where it cannot be read.
    """

    device: UUID
    epoch: int
    seq: int
    reason: str
    found_at_ms: int
    kind: str = ""
    staff: UUID | None = None
    at_ms: int = 0


def quarantined(unit: ReadUnit) -> tuple[PutAside, ...]:
    """Return what was put aside, in log order."""
    rows = unit.connection.execute(
        select(QUARANTINE).order_by(QUARANTINE.c.device, QUARANTINE.c.epoch, QUARANTINE.c.seq, QUARANTINE.c.hash)
    )
    return tuple(_put_aside(row) for row in rows)


def _put_aside(row: Any) -> PutAside:
    known = PutAside(UUID(bytes=row.device), row.epoch, row.seq, row.reason, row.found_at_ms)
    try:
        change = decode(row.envelope, None)
    except MalformedEnvelope:
        return known
    return replace(known, kind=change.kind, staff=change.staff, at_ms=change.wall_ms)


def count_put_aside(unit: ReadUnit) -> int:
    """Return how many changes are in quarantine."""
    return int(unit.connection.execute(select(func.count()).select_from(QUARANTINE)).scalar_one())


def count_waiting(unit: ReadUnit) -> int:
    """Return how many changes wait for others."""
    return int(unit.connection.execute(select(func.count()).select_from(WAITING)).scalar_one())


def _holder(device: UUID, epoch: int) -> bytes:
    """A clone has its original's device id until it begins an epoch; what the one holds says nothing of the other."""
    return device.bytes + epoch.to_bytes(8, "big")


def held_by(unit: ReadUnit, holder: tuple[UUID, int], level: str = "") -> dict[tuple[UUID, int], int]:
    """Return how far a laptop's epoch said to hold each log, where its hash is ours; on one level if it is named."""
    its = RECEIPTS.c.holder == _holder(*holder)
    rows = unit.connection.execute(select(RECEIPTS).where(its & (RECEIPTS.c.level == level) if level else its))
    held: dict[tuple[UUID, int], int] = {}
    for row in rows:
        key = UUID(bytes=row.device), row.epoch
        held[key] = max(held.get(key, 0), row.seq)
    return held


def forget_receipts(unit: WriteUnit, holder: tuple[UUID, int]) -> None:
    """Forget what somebody said to hold, before it says so anew: a hub that was restored holds less than it once did."""
    unit.connection.execute(delete(RECEIPTS).where(RECEIPTS.c.holder == _holder(*holder)))


def held_elsewhere(unit: ReadUnit, own: tuple[UUID, int]) -> dict[int, int]:
    """Return how far somebody else said to hold each epoch of our own log."""
    rows = unit.connection.execute(
        select(RECEIPTS.c.epoch, func.max(RECEIPTS.c.seq).label("seq"))
        .where(RECEIPTS.c.device == own[0].bytes, RECEIPTS.c.holder != _holder(*own))
        .group_by(RECEIPTS.c.epoch)
    )
    return {row.epoch: row.seq for row in rows}


def take_receipt(
    unit: WriteUnit,
    holder: tuple[UUID, int],
    level: str,
    held: Mapping[tuple[UUID, int], tuple[int, bytes]],
    own: tuple[UUID, int],
) -> bool:
    """Keep what a receipt says where its hash is that of our line; the further one stays.

    Returns whether it speaks of lines of our own log that are not ours.
    """
    elsewhere = False
    for (device, epoch), (seq, digest) in held.items():
        ours = journal.hash_at(unit.connection, device, epoch, seq)
        if ours == digest:
            row = {
                "holder": _holder(*holder),
                "device": device.bytes,
                "epoch": epoch,
                "level": level,
                "seq": seq,
                "hash": digest,
            }
            unit.connection.execute(
                text(
                    "INSERT INTO receipt (holder, device, epoch, level, seq, hash)"
                    " VALUES (:holder, :device, :epoch, :level, :seq, :hash)"
                    " ON CONFLICT (holder, device, epoch, level)"
                    " DO UPDATE SET seq = excluded.seq, hash = excluded.hash WHERE excluded.seq > receipt.seq"
                ),
                row,
            )
        elif (device, epoch) == own:
            elsewhere = True
    return elsewhere
