"""The hub's database: its connections, its tables, and the small questions that are asked of them everywhere."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from fieldapp.domain.problems import EnvironmentProblem
from fieldapp.hub.tables import CHANGES, DURABLE, LOGS, METADATA, PAYLOADS, REVOCATIONS, SCHEMA, STATE
from fieldapp.trust.enrolments import DeviceRecord
from fieldapp.trust.envelopes import SealedChange
from fieldapp.trust.intake import LogKey

Vector = dict[LogKey, tuple[int, bytes]]
SEALED: tuple[Any, ...] = (CHANGES.c.envelope, CHANGES.c.signature, PAYLOADS.c.salt, PAYLOADS.c.body)
WITH_PAYLOAD: Any = CHANGES.outerjoin(
    PAYLOADS,
    (PAYLOADS.c.device == CHANGES.c.device) & (PAYLOADS.c.epoch == CHANGES.c.epoch) & (PAYLOADS.c.seq == CHANGES.c.seq),
)


class HubTooNew(EnvironmentProblem):
    """A newer version of the program made the hub's database."""

    code = "hub_database_too_new"


def connect(url: str, connections: int = 10) -> Engine:
    """Return the hub's database, with its tables. Raises HubTooNew."""
    engine = create_engine(url, pool_size=connections, max_overflow=0, pool_pre_ping=True)
    try:
        with engine.begin() as connection:
            METADATA.create_all(connection)
            fresh = [
                {"name": "schema", "value": str(SCHEMA)},
                {"name": "erasing", "value": ""},
                {"name": "folding", "value": ""},
            ]
            connection.execute(insert(STATE).on_conflict_do_nothing(), fresh)
            found = connection.execute(select(STATE.c.value).where(STATE.c.name == "schema")).scalar_one()
        if int(found) > SCHEMA:
            raise HubTooNew(found=found, known=SCHEMA)
    except BaseException:
        engine.dispose()
        raise
    return engine


def known_devices(connection: Connection) -> list[DeviceRecord]:
    """Return the devices whose enrolment is proven, one record an epoch."""
    return [
        DeviceRecord(
            row.device, row.epoch, row.code, row.post, "", "", row.sign_public, row.receive_public, row.confirmed,
            row.certificate,
        )
        for row in connection.execute(select(LOGS))
    ]  # fmt: skip


def certificate_of(connection: Connection, device: UUID, epoch: int) -> bytes | None:
    """Return the root's certificate by which a device's epoch is good, None where it has none.

    It is the epoch's own that runs out last, or that of the latest epoch before, which endorsed it.
    """
    its = (LOGS.c.device == device) & (LOGS.c.epoch <= epoch) & LOGS.c.confirmed
    return connection.execute(select(LOGS.c.certificate).where(its).order_by(LOGS.c.epoch.desc()).limit(1)).scalar()


def is_revoked(connection: Connection, device: UUID) -> bool:
    """Tell whether a device may no longer speak to the hub, in whatever epoch."""
    its = select(REVOCATIONS.c.device).where(REVOCATIONS.c.device == device)
    return connection.execute(its).first() is not None


def head_of(connection: Connection, device: UUID, epoch: int) -> tuple[int, bytes] | None:
    """Return where a log ends: seq and hash. The log of each epoch has no gap."""
    row = connection.execute(
        select(CHANGES.c.seq, CHANGES.c.hash)
        .where(CHANGES.c.device == device, CHANGES.c.epoch == epoch)
        .order_by(CHANGES.c.seq.desc())
        .limit(1)
    ).first()
    return (row.seq, row.hash) if row else None


def vector(connection: Connection) -> Vector:
    """Return where each log ends."""
    head = (
        select(CHANGES.c.seq, CHANGES.c.hash)
        .where(CHANGES.c.device == LOGS.c.device, CHANGES.c.epoch == LOGS.c.epoch)
        .order_by(CHANGES.c.seq.desc())
        .limit(1)
        .lateral()
    )
    rows = connection.execute(select(LOGS.c.device, LOGS.c.epoch, head.c.seq, head.c.hash).select_from(LOGS, head))
    return {(row.device, row.epoch): (row.seq, row.hash) for row in rows}


def durable_vector(connection: Connection) -> Vector:
    """Return how far each log is in the last back-up."""
    return {(row.device, row.epoch): (row.seq, row.hash) for row in connection.execute(select(DURABLE))}


def sealed_after(connection: Connection, device: UUID, epoch: int, seq: int, most: int) -> list[SealedChange]:
    """Return at most so many sealed changes of a log after a seq, in order."""
    rows = connection.execute(
        select(*SEALED)
        .select_from(WITH_PAYLOAD)
        .where(CHANGES.c.device == device, CHANGES.c.epoch == epoch, CHANGES.c.seq > seq)
        .order_by(CHANGES.c.seq)
        .limit(most)
    )
    return [SealedChange(*row) for row in rows]


def sealed_of_kinds(connection: Connection, kinds: Iterable[str]) -> list[SealedChange]:
    """Return the sealed changes of some kinds, in log order."""
    rows = connection.execute(
        select(*SEALED)
        .select_from(WITH_PAYLOAD)
        .where(CHANGES.c.kind.in_([str(kind) for kind in kinds]))
        .order_by(CHANGES.c.device, CHANGES.c.epoch, CHANGES.c.seq)
    )
    return [SealedChange(*row) for row in rows]


def counts(connection: Connection, tables: Mapping[str, Any]) -> dict[str, int]:
    """Return how many rows some tables have."""
    return {
        name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for name, table in tables.items()
    }


def answers(engine: Engine) -> bool:
    """Tell whether the database answers."""
    try:
        with engine.connect() as connection:
            return bool(connection.execute(select(1)).scalar_one() == 1)
    except SQLAlchemyError:
        return False
