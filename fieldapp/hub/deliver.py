"""What the hub gives out: signed receipts, and bundles with what a laptop lacks of the logs it may read.

A laptop is asked for nothing but its version vector: how far it holds each log. It may read the logs of the laptops of
the post that its certificate names; enrolments and orders of erasure are everybody's, and prove themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import cbor2
from sqlalchemy import Connection, Engine, select

from fieldapp.exchange.bundle import CONTROL_KINDS, Header, in_files, pack
from fieldapp.exchange.receipts import DURABLE, RECEIVED, write_receipt
from fieldapp.hub import store
from fieldapp.hub.identity import HubIdentity
from fieldapp.hub.tables import LOGS
from fieldapp.trust.certificates import DeviceStatement
from fieldapp.trust.envelopes import SealedChange
from fieldapp.trust.intake import LogKey

_AT_ONCE = 8000
"""Changes read for one answer; more than one bundle holds."""


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


def deliver(
    engine: Engine, hub: HubIdentity, reader: DeviceStatement, has: Mapping[LogKey, int], now_ms: int
) -> Delivery | None:
    """Return the next bundle for a laptop that holds so much, None when it has all it may read."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        changes, more = _lacking(connection, reader, has)
        if not changes:
            return None
        control = store.sealed_of_kinds(connection, CONTROL_KINDS)
        signed = tuple(_receipts(connection, hub))
    parts = in_files(changes)
    first = next(parts)
    header = Header(hub.operation, hub.device, hub.epoch, now_ms, signed)
    bundle = pack(header, control, first, hub.sign_key, [reader.receive_public])
    return Delivery(bundle, more or len(first) < len(changes))


def _lacking(
    connection: Connection, reader: DeviceStatement, has: Mapping[LogKey, int]
) -> tuple[list[SealedChange], bool]:
    logs = connection.execute(
        select(LOGS.c.device, LOGS.c.epoch).where(LOGS.c.post == reader.post).order_by(LOGS.c.device, LOGS.c.epoch)
    ).all()
    changes: list[SealedChange] = []
    for device, epoch in logs:
        if len(changes) >= _AT_ONCE:
            return changes, True
        changes += store.sealed_after(connection, device, epoch, has.get((device, epoch), 0), _AT_ONCE - len(changes))
    return changes, len(changes) >= _AT_ONCE


def read_vector(written: bytes) -> dict[LogKey, int]:
    """Return how far a laptop says to hold each log. Raises ValueError for something else."""
    try:
        return {(UUID(bytes=device), int(epoch)): int(seq) for device, epoch, seq in cbor2.loads(written)}
    except Exception as error:  # whatever foreign bytes make the decoder do, it is no vector
        raise ValueError("not a version vector") from error
