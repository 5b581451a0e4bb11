"""An opened register and the staff member who opened it: what every verb of this room works with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes
from fieldapp.domain.problems import NotAllowed
from fieldapp.domain.record import Actor, Day, DeviceIdentity, Operation, Role
from fieldapp.storage.database import Database
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust.authors import Author
from fieldapp.trust.signing import SigningKey

PRACTICE_KEY = "practice.json"
"""Marks a folder as one to practise in; it holds the password of the practice register."""


@dataclass
class Desk:
    """A register held open in a data folder by one staff member; `receive_identity` opens what is sealed to us."""

    folder: Path
    database: Database
    lock: FolderLock
    operation: Operation
    device: DeviceIdentity
    actor: Actor
    sign_key: SigningKey
    receive_identity: str
    clock: Clock
    random_bytes: RandomBytes

    @property
    def author(self) -> Author:
        """In whose name changes are made."""
        return Author(
            self.device.device_id, self.device.epoch, self.device.post, self.sign_key, self.actor.staff_id,
            self.actor.role, self.clock, self.random_bytes,
        )  # fmt: skip

    @property
    def zone(self) -> str:
        """The time zone of the post, as an IANA name."""
        return self.operation.time_zone

    @property
    def is_practice(self) -> bool:
        """Whether this is a register to practise in, whose slips are worth nothing."""
        return (self.folder / PRACTICE_KEY).exists()

    def now_ms(self) -> int:
        """Return the wall time in milliseconds since 1970."""
        return self.clock()

    def local_date(self, at_ms: int) -> date:
        """Return the day at the post of a moment."""
        return datetime.fromtimestamp(at_ms / 1000, ZoneInfo(self.zone)).date()

    def today(self) -> date:
        """Return the day at the post."""
        return self.local_date(self.now_ms())

    def at(self, day: date, hour: time) -> int:
        """Return the moment (ms) of a time of day at the post."""
        return int(datetime.combine(day, hour, ZoneInfo(self.zone)).astimezone(UTC).timestamp() * 1000)

    def day(self, day: date) -> Day:
        """Return when a day at the post begins and ends."""
        return Day(day, self.at(day, time()), self.at(day + timedelta(days=1), time()))

    def require(self, *roles: Role, doing: str = "") -> None:
        """Raise NotAllowed, and log that it was refused, unless the staff member has one of the roles."""
        if self.actor.role in roles:
            return
        with self.database.write() as unit:
            unit.record(self.author, [ChangeDraft(Kind.REFUSED, self.actor.staff_id, {"doing": doing})])
        raise NotAllowed(role=str(self.actor.role), doing=doing)

    def close(self) -> None:
        """Close the register and give the folder back."""
        self.database.close()
        self.lock.release()
