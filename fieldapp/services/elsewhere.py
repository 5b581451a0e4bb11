"""What is not yet elsewhere: how much lies on this laptop only, since when, and what the exchange with others is at."""

from dataclasses import dataclass
from pathlib import Path

from fieldapp.domain.backlog import Pressure
from fieldapp.domain.changes import Kind
from fieldapp.services import exports
from fieldapp.services.bundles import readers_of
from fieldapp.services.desk import Desk
from fieldapp.storage import counts, exchange_rows
from fieldapp.storage.backlog_queries import backlog, last_own

HUB_ADDRESS = "hub_address"
"""Under this name the register keeps where the hub is."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The state of the exchange; times are milliseconds since 1970, None for never.

    `records` are individuals that neither another laptop said to hold nor a back-up holds, `changes` lines of the log.
    `laptops` can read what is written here. `conflicts` are records with values to choose between, `put_aside` lines in
    quarantine, `waiting` lines that lack another. `revoked` and `expires_ms` (0 for never) are of this laptop itself.
    `left` are files that may still hold somebody who was erased.
    """

    records: int
    changes: int
    oldest_ms: int | None
    pressure: Pressure
    laptops: int
    last_written_ms: int | None
    last_taken_ms: int | None
    last_backup_ms: int | None
    conflicts: int
    put_aside: int
    waiting: int
    revoked: bool = False
    expires_ms: int = 0
    left: tuple[Path, ...] = ()


def knows_hub(desk: Desk) -> bool:
    """Tell whether this laptop was told of a hub; without one the libraries of the network need not be loaded."""
    with desk.database.read() as unit:
        return bool(unit.get_local(HUB_ADDRESS))


def elsewhere(desk: Desk) -> Elsewhere:
    """Return what is known of it now."""
    own = desk.device.device_id, desk.device.epoch
    with desk.database.read() as unit:
        here = backlog(unit, own)
        this = next((one for one in unit.devices() if (one.device_id, one.epoch) == own), None)
        age_ms = desk.now_ms() - (here.oldest_ms or desk.now_ms())
        return Elsewhere(
            here.records,
            here.changes,
            here.oldest_ms,
            desk.operation.limits.pressure(here.records, age_ms),
            len(readers_of(unit, own)),
            last_own(unit, own[0], Kind.BUNDLE_EXPORTED),
            last_own(unit, own[0], Kind.BUNDLE_IMPORTED),
            last_own(unit, own[0], Kind.BACKUP_MADE),
            counts.conflicts(unit),
            exchange_rows.count_put_aside(unit),
            exchange_rows.count_waiting(unit),
            this is not None and this.revoked,
            this.expires_ms if this is not None else 0,
            exports.left_over(unit),
        )
