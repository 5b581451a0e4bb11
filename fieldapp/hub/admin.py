"""What whoever runs the hub may ask and order: devices with what they sent, what was put aside, revocation."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.problems import NotFound
from fieldapp.hub import store
from fieldapp.hub.tables import LOGS, QUARANTINE, REVOCATIONS


@dataclass(frozen=True, slots=True)
class PutAside:
    """A change in quarantine: whose line of the log it says it is, and why it is not there."""

    device: UUID
    epoch: int
    seq: int
    reason: str
    found_at_ms: int


def quarantined(engine: Engine) -> list[PutAside]:
    """Return what was put aside, in log order."""
    columns = (QUARANTINE.c.device, QUARANTINE.c.epoch, QUARANTINE.c.seq, QUARANTINE.c.reason, QUARANTINE.c.found_at_ms)
    with engine.connect() as connection:
        return [PutAside(*row) for row in connection.execute(select(*columns).order_by(*columns))]


def devices(engine: Engine) -> list[tuple[str, int, int, bool]]:
    """Return code, epoch, how many changes are here and whether it was revoked, by code."""
    with engine.connect() as connection:
        held = store.vector(connection)
        rows = connection.execute(select(LOGS).order_by(LOGS.c.code, LOGS.c.epoch)).all()
        revoked = set(connection.execute(select(REVOCATIONS.c.device)).scalars())
    return [
        (row.code, row.epoch, held.get((row.device, row.epoch), (0, b""))[0], row.device in revoked) for row in rows
    ]


def revoke(engine: Engine, code: str, now_ms: int) -> None:
    """Turn a device away from now on, in all its epochs; what it sent before stays. Raises NotFound."""
    with engine.begin() as connection:
        its = select(LOGS.c.device).where(LOGS.c.code == code)
        devices_ = [row.device for row in connection.execute(its)]
        if not devices_:
            raise NotFound
        rows = [{"device": device, "at_ms": now_ms} for device in sorted(set(devices_))]
        connection.execute(insert(REVOCATIONS).on_conflict_do_nothing(), rows)
