"""How far this laptop and the hub told each other of logs that the laptop does not hold whole.

The hub gives what is everybody's concern in the order of each log, so the last line given says how far. What this
laptop holds of a log that goes on elsewhere it gives once. Another hub begins anew.
"""

from collections.abc import Iterable
from uuid import UUID

import cbor2

from fieldapp.storage.units import ReadUnit, WriteUnit
from fieldapp.trust.envelopes import MalformedEnvelope, SealedChange, decode

Vector = dict[tuple[UUID, int], tuple[int, bytes]]
_NAME, _GIVEN = "hub_control", "hub_given"


def told(unit: ReadUnit, hub: UUID) -> dict[tuple[UUID, int], int]:
    """Return the last line of each log that the hub gave."""
    kept = unit.get_local(_NAME)
    if not kept:
        return {}
    of, lines = cbor2.loads(kept)
    return {(UUID(bytes=device), epoch): seq for device, epoch, seq in lines} if of == hub.bytes else {}


def remember(unit: WriteUnit, hub: UUID, given: Iterable[SealedChange]) -> None:
    """Keep how far the hub gave each log, once what it gave was taken in."""
    known = told(unit, hub)
    for sealed in given:
        try:
            line = decode(sealed.envelope, None)
        except MalformedEnvelope:
            continue
        key = line.device, line.epoch
        known[key] = max(known.get(key, 0), line.seq)
    lines = [[device.bytes, epoch, seq] for (device, epoch), seq in sorted(known.items())]
    unit.put_local(_NAME, cbor2.dumps([hub.bytes, lines]))


def given(unit: ReadUnit, hub: UUID) -> Vector:
    """Return how far this laptop held each log when it had given the hub everything."""
    kept = unit.get_local(_GIVEN)
    if not kept:
        return {}
    of, lines = cbor2.loads(kept)
    return {(UUID(bytes=device), epoch): (seq, last) for device, epoch, seq, last in lines} if of == hub.bytes else {}


def remember_given(unit: WriteUnit, hub: UUID, heads: Vector) -> None:
    """Keep how far this laptop held each log, once it gave everything."""
    lines = [[device.bytes, epoch, seq, last] for (device, epoch), (seq, last) in sorted(heads.items())]
    unit.put_local(_GIVEN, cbor2.dumps([hub.bytes, lines]))
