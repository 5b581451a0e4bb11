"""Which laptops were revoked, and up to which line of each epoch their log still counts.

A revocation proves itself by the root's signature, so it counts as soon as it is seen, even where the line of the log
it stands in still waits; what was seen is kept here. Several of one laptop together count up to the least of each.
"""

from collections.abc import Iterable
from uuid import UUID

import cbor2
from sqlalchemy import Connection, text

from fieldapp.domain.changes import Change
from fieldapp.domain.permissions import Revoked, both_limits, limits_said_by

_NAME = "revocations"
_GET = text("SELECT value FROM local WHERE name = :name")
_PUT = text(
    "INSERT INTO local (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_LINES = text(
    "SELECT epoch, seq, subject FROM change WHERE device = :device AND kind NOT LIKE 'audit.%'"
    " AND kind NOT LIKE 'device.%' AND kind NOT LIKE 'staff.%' AND kind NOT LIKE 'operation.%'"
    " AND kind NOT LIKE 'pair.%'"
)


def revoked(connection: Connection) -> dict[UUID, dict[int, int]]:
    """Return the limits of the revoked laptops."""
    kept = connection.execute(_GET, {"name": _NAME}).scalar()
    return {UUID(bytes=device): {int(e): int(s) for e, s in held} for device, held in cbor2.loads(kept)} if kept else {}


def note(connection: Connection, changes: Iterable[Change]) -> set[UUID]:
    """Keep what revocations among changes say; return the laptops whose limits changed."""
    known = revoked(connection)
    changed: set[UUID] = set()
    for change in changes:
        held = limits_said_by(change)
        if held is None:
            continue
        before = known.get(change.subject)
        after = held if before is None else both_limits(before, held)
        if after != before:
            known[change.subject] = after
            changed.add(change.subject)
    if changed:
        packed = [[device.bytes, sorted(held.items())] for device, held in sorted(known.items())]
        connection.execute(_PUT, {"name": _NAME, "value": cbor2.dumps(packed, canonical=True)})
    return changed


def is_beyond(limits: Revoked, device: UUID, epoch: int, seq: int) -> bool:
    """Tell whether a line of a log comes after what a revocation of its laptop lets count."""
    return device in limits and seq > limits[device].get(epoch, 0)


def subjects_beyond(connection: Connection, devices: Iterable[UUID]) -> set[UUID]:
    """Return the groups and individuals of lines in the log that count no more."""
    limits = revoked(connection)
    return {
        UUID(bytes=row.subject)
        for device in devices
        for row in connection.execute(_LINES, {"device": device.bytes})
        if is_beyond(limits, device, row.epoch, row.seq)
    }
