"""The access file's content: who can open the register on this laptop, and with what. It lies in clear beside it.

Nothing in it is personal but the staff's short names and their counts of wrong tries. Every secret in it is locked: a
staff member's private key under a password, the register's key sealed to the staff and the recovery key, the operation's
root key sealed to the administrators and the recovery key. A checksum over it finds a damaged file.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from uuid import UUID

from fieldapp.domain.problems import EnvironmentProblem
from fieldapp.trust import sealing
from fieldapp.trust.slots import KeySlot
from fieldapp.trust.tries import Tries

ACCESS_VERSION = 1
MOST_REFUSED_KEPT = 200
"""So many refused sign-ins are kept for the log; of more only their number, so that nobody can fill the disk."""


class AccessDamaged(EnvironmentProblem):
    """The access file is damaged or cut short."""

    code = "access_damaged"


class AccessTooNew(EnvironmentProblem):
    """The access file was written by a newer version of the program."""

    code = "access_too_new"


@dataclass(frozen=True, slots=True)
class Access:
    """Who can open the register on this laptop.

    `database_keys` is usually one sealed key; while the register is given a new key there are two, and whichever of
    them opens it is the right one. `refused` are refused sign-ins sealed to this laptop, until the log takes them.
    """

    slots: tuple[KeySlot, ...]
    recovery: KeySlot
    recovery_confirmed: bool
    database_keys: tuple[bytes, ...]
    root_key: bytes
    device_receive: str
    tries: Mapping[str, Tries] = field(default_factory=dict)
    refused: tuple[bytes, ...] = ()
    refused_count: int = 0

    def slot_of(self, short_name: str) -> KeySlot | None:
        """Return the slot of a staff member, whatever case the short name was typed in."""
        wanted = short_name.strip().casefold()
        return next((slot for slot in self.slots if slot.short_name.casefold() == wanted), None)

    def tries_of(self, slot: KeySlot) -> Tries:
        """Return the wrong tries in a row under a short name."""
        return self.tries.get(slot.short_name, Tries())

    def with_tries(self, slot: KeySlot, tries: Tries) -> "Access":
        """Return the access with another count of wrong tries under a short name; none are not kept."""
        others = {name: kept for name, kept in self.tries.items() if name != slot.short_name}
        return replace(self, tries=others | {slot.short_name: tries} if tries.wrong else others)

    def with_slots(self, slots: Iterable[KeySlot]) -> "Access":
        """Return the access with other slots; counts of those who left are dropped."""
        kept = tuple(slots)
        names = {slot.short_name for slot in kept}
        return replace(self, slots=kept, tries={name: count for name, count in self.tries.items() if name in names})

    def sealed_for_all(self, database_keys: Iterable[bytes]) -> "Access":
        """Return the access with these database keys sealed to every slot and to the recovery key."""
        readers = [*(slot.public_key for slot in self.slots), self.recovery.public_key]
        return replace(self, database_keys=tuple(sealing.seal(key, readers) for key in database_keys))

    def with_refusal(self, sealed: bytes) -> "Access":
        """Return the access with one more refused sign-in to be logged at the next opening."""
        kept = (*self.refused, sealed) if len(self.refused) < MOST_REFUSED_KEPT else self.refused
        return replace(self, refused=kept, refused_count=self.refused_count + 1)


def to_json(access: Access) -> bytes:
    """Return the content of the access file."""
    body = {
        "slots": [_slot_to_json(slot) for slot in access.slots],
        "recovery": _slot_to_json(access.recovery),
        "recovery_confirmed": access.recovery_confirmed,
        "database_keys": [b64encode(sealed).decode() for sealed in access.database_keys],
        "root_key": b64encode(access.root_key).decode(),
        "device_receive": access.device_receive,
        "tries": {name: [tries.wrong, tries.last_ms] for name, tries in access.tries.items()},
        "refused": [b64encode(sealed).decode() for sealed in access.refused],
        "refused_count": access.refused_count,
    }
    content = {"version": ACCESS_VERSION, "checksum": _checksum(body), "access": body}
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def from_json(content: bytes) -> Access:
    """Return what an access file says. Raises AccessDamaged, AccessTooNew."""
    try:
        outer = json.loads(content)
        version, body = outer["version"], outer["access"]
        if isinstance(version, int) and version > ACCESS_VERSION:
            raise AccessTooNew(version=version)
        if version != ACCESS_VERSION or outer["checksum"] != _checksum(body):
            raise AccessDamaged
        return Access(
            slots=tuple(_slot_from_json(slot) for slot in body["slots"]),
            recovery=_slot_from_json(body["recovery"]),
            recovery_confirmed=bool(body["recovery_confirmed"]),
            database_keys=tuple(b64decode(sealed) for sealed in body["database_keys"]),
            root_key=b64decode(body["root_key"]),
            device_receive=str(body["device_receive"]),
            tries={str(name): Tries(int(wrong), int(last)) for name, (wrong, last) in body["tries"].items()},
            refused=tuple(b64decode(sealed) for sealed in body["refused"]),
            refused_count=int(body["refused_count"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise AccessDamaged from error


def _checksum(body: object) -> str:
    return sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _slot_to_json(slot: KeySlot) -> dict[str, str]:
    return {
        "staff_id": str(slot.owner),
        "short_name": slot.short_name,
        "public_key": slot.public_key,
        "wrapped_key": b64encode(slot.wrapped).decode(),
    }


def _slot_from_json(slot: Mapping[str, str]) -> KeySlot:
    return KeySlot(UUID(slot["staff_id"]), slot["short_name"], slot["public_key"], b64decode(slot["wrapped_key"]))
