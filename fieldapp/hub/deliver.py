"""What the hub gives out: signed receipts, and bundles with what a laptop lacks of the logs it may read.

A laptop is asked for nothing but its version vector: how far it holds each log. It may read the logs of the laptops of
the post that its certificate names. Of all other logs it is given what is everybody's concern: laptops, staff, voids,
erasures and the like.
"""

from dataclasses import dataclass
from uuid import UUID

import cbor2
from sqlalchemy import BigInteger, Connection, Engine, Uuid, column, func, select, values

from fieldapp.domain.changes import EVERYBODYS_KINDS
from fieldapp.exchange.bundle import CONTROL_KINDS, Header, in_files, pack
from fieldapp.exchange.receipts import DURABLE, RECEIVED, write_receipt
from fieldapp.hub import store
from fieldapp.hub.identity import HubIdentity
from fieldapp.hub.store import SEALED, WITH_PAYLOAD
from fieldapp.hub.tables import CHANGES, LOGS
from fieldapp.trust.certificates import DeviceStatement
from fieldapp.trust.envelopes import SealedChange
from fieldapp.trust.intake import LogKey

_MOST = 2**62
_AT_ONCE = 8000
"""Changes read for one answer; more than one bundle holds."""


@dataclass(frozen=True, slots=True)
class Held:
    """How far a laptop holds each log, and how far it was told what is everybody's concern in it."""

    log: dict[LogKey, int]
    told: dict[LogKey, int]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A bundle for one laptop, and whether there is more to come after it."""

    bundle: bytes
    more: bool


def receipts(engine: Engine, hub: HubIdentity) -> list[bytes]:
    """Return what the hub holds, and what of it is in its last back-up, signed."""
    with engine.connect() as connection:
        return _receipts(connection, hub)


def _receipts(connection: Connection, hub: HubIdentity) -> list[bytes]:
    held = {RECEIVED: store.vector(connection), DURABLE: store.durable_vector(connection)}
    return [write_receipt(hub.device, hub.epoch, level, its, hub.sign_key) for level, its in held.items()]


def deliver(engine: Engine, hub: HubIdentity, reader: DeviceStatement, held: Held, now_ms: int) -> Delivery | None:
    """Return the next bundle for a laptop that holds so much, None when it has all it may read."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        changes, more = _lacking(connection, reader, held)
        if not changes:
            return None
        control = store.sealed_of_kinds(connection, CONTROL_KINDS)
        signed = tuple(_receipts(connection, hub))
    parts = in_files(changes)
    first = next(parts)
    header = Header(hub.operation, hub.device, hub.epoch, now_ms, signed)
    bundle = pack(header, control, first, hub.sign_key, [reader.receive_public])
    return Delivery(bundle, more or len(first) < len(changes))


def _lacking(connection: Connection, reader: DeviceStatement, held: Held) -> tuple[list[SealedChange], bool]:
    logs = connection.execute(
        select(LOGS.c.device, LOGS.c.epoch).where(LOGS.c.post == reader.post).order_by(LOGS.c.device, LOGS.c.epoch)
    ).all()
    changes: list[SealedChange] = []
    for device, epoch in logs:
        if len(changes) >= _AT_ONCE:
            return changes, True
        seq = held.log.get((device, epoch), 0)
        changes += store.sealed_after(connection, device, epoch, seq, _AT_ONCE - len(changes))
    if len(changes) < _AT_ONCE:
        changes += _everybodys(connection, reader, held, _AT_ONCE - len(changes))
    return changes, len(changes) >= _AT_ONCE


def _everybodys(connection: Connection, reader: DeviceStatement, held: Held, most: int) -> list[SealedChange]:
    """Return what is everybody's concern in the logs of other posts, beyond what the laptop was told or holds."""
    its = CHANGES.c.kind.in_([str(kind) for kind in EVERYBODYS_KINDS]) & (LOGS.c.post != reader.post)
    source = WITH_PAYLOAD.join(LOGS, (LOGS.c.device == CHANGES.c.device) & (LOGS.c.epoch == CHANGES.c.epoch))
    keys = sorted({*held.log, *held.told})
    if keys:
        known = values(column("device", Uuid), column("epoch", BigInteger), column("seq", BigInteger), name="held")
        told = known.data([(*key, max(held.log.get(key, 0), held.told.get(key, 0))) for key in keys])
        source = source.outerjoin(told, (told.c.device == CHANGES.c.device) & (told.c.epoch == CHANGES.c.epoch))
        its &= CHANGES.c.seq > func.coalesce(told.c.seq, 0)
    lines = select(*SEALED).select_from(source).where(its)
    ordered = lines.order_by(CHANGES.c.device, CHANGES.c.epoch, CHANGES.c.seq).limit(most)
    return [SealedChange(*row) for row in connection.execute(ordered)]


def read_vector(written: bytes) -> Held:
    """Return how far a laptop says to hold each log. Raises ValueError for something else."""
    try:
        held = Held({}, {})
        for device, epoch, seq, *told in cbor2.loads(written):
            key = UUID(bytes=device), int(epoch)
            if not all(0 <= number < _MOST for number in (key[1], int(seq), *map(int, told))):
                raise ValueError
            held.log[key] = int(seq)
            held.told[key] = int(told[0]) if told else 0
        return held
    except Exception as error:  # whatever foreign bytes make the decoder do, it is no vector
        raise ValueError("not a version vector") from error
