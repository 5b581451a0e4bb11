"""What this laptop wrote and nobody else is known to hold: neither another laptop by its receipts nor a back-up."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.changes import Kind
from fieldapp.storage import exchange_rows, journal
from fieldapp.storage.units import ReadUnit

_LAST_OF_KIND = text(
    "SELECT epoch, seq, wall_ms FROM change WHERE kind = :kind AND device = :device ORDER BY hlc DESC LIMIT 1"
)
_REGISTERED = text(
    "SELECT count(*), min(i.registered_at_ms) FROM change c JOIN individual i ON i.id = c.subject"
    " WHERE c.device = :device AND c.epoch = :epoch AND c.seq > :held AND c.kind = 'individual.registered'"
    " AND NOT i.withdrawn"
)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Individuals registered and changes written here that are only here; when the oldest was registered (ms)."""

    records: int
    changes: int
    oldest_ms: int | None


def backlog(unit: ReadUnit, own: tuple[UUID, int]) -> Backlog:
    """Count what only this laptop is known to hold of what it wrote in any of its epochs."""
    device = own[0].bytes
    held = exchange_rows.held_elsewhere(unit, own)
    for epoch, seq in _backed_up(unit, device).items():
        held[epoch] = max(held.get(epoch, 0), seq)
    records, changes, oldest = 0, 0, None
    ends = {epoch: seq for (its, epoch), (seq, _) in journal.vector(unit.connection).items() if its == own[0]}
    for epoch, end in ends.items():
        since = held.get(epoch, 0)
        if end <= since:
            continue
        changes += end - since
        found, first = unit.connection.execute(
            _REGISTERED, {"device": device, "epoch": epoch, "held": since}
        ).one()  # fmt: skip
        records += found
        oldest = first if oldest is None else min(oldest, first or oldest)
    return Backlog(records, changes, oldest)


def last_own(unit: ReadUnit, device: UUID, kind: Kind) -> int | None:
    """Return when this laptop last wrote a change of a kind (ms), None for never."""
    row = unit.connection.execute(_LAST_OF_KIND, {"kind": str(kind), "device": device.bytes}).first()
    return int(row.wall_ms) if row else None


def _backed_up(unit: ReadUnit, device: bytes) -> dict[int, int]:
    """Return how far the last back-up holds each epoch; one that an older program made, up to its own line in the log."""
    row = unit.connection.execute(_LAST_OF_KIND, {"kind": str(Kind.BACKUP_MADE), "device": device}).first()
    if row is None:
        return {}
    (change,) = journal.of_keys(unit.connection, [(UUID(bytes=device), row.epoch, row.seq)])
    held = dict(change.payload or {}).get("held")
    if isinstance(held, list):
        return {int(epoch): int(seq) for epoch, seq in held}
    return {row.epoch: row.seq}
