"""Opening a register with a private key that a password or the recovery key unlocked, and keeping its locks in order.

The staff records in the register are the truth; the access file is made from them. `settle` brings the file in step,
so a crash between the two is mended by whoever opens the register next.
"""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes
from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.domain.record import Actor, DeviceIdentity, Operation, Role
from fieldapp.services.desk import Desk
from fieldapp.services.gate import StaffDisabled
from fieldapp.services.own_codes import put_in_force
from fieldapp.storage.database import FILE_NAME, Database
from fieldapp.storage.errors import DatabaseUnreadable
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust import access_file, sealing
from fieldapp.trust.access import Access, AccessDamaged
from fieldapp.trust.device_keys import DeviceKeys, DeviceKeysMissing
from fieldapp.trust.passwords import KEY_BYTES
from fieldapp.trust.signing import SigningKey
from fieldapp.trust.slots import KeySlot

DEVICE_KEYS = "device_keys"
RECOVERY_PUBLIC = "recovery_public"
ROOT_READERS = "root_readers"
"""Names under which the register keeps this laptop's keys, and to whom the root key is sealed."""


class RegisterKeyDamaged(EnvironmentProblem):
    """The register's key cannot be opened with a private key that should open it."""

    code = "register_key_damaged"


@dataclass(frozen=True, slots=True)
class HeldKeys:
    """The private key of whoever opened the register, and the key of its file."""

    identity: str
    database_key: bytes


@dataclass
class OpenedDesk(Desk):
    """A desk that also holds the keys it was opened with, which giving and taking access needs.

    `is_copy` says that the register was found to be a copy of another one, and goes on under a new device code.
    """

    keys: HeldKeys
    is_copy: bool = False


def keys_of(desk: Desk) -> OpenedDesk:
    """Return the desk with the keys it was opened with."""
    if not isinstance(desk, OpenedDesk):
        raise TypeError("a desk is opened by set_up, sign_in, restore or recover")
    return desk


def open_register(folder: Path, access: Access, identity: str) -> tuple[Database, HeldKeys]:
    """Open the register's file with a private key.

    While the file is given a new key the access file has two; the one that opens it is the right one.
    Raises RegisterKeyDamaged and what opening a database raises.
    """
    problem: Problem = RegisterKeyDamaged()
    for sealed in access.database_keys:
        try:
            key = sealing.unseal(sealed, identity)
            return Database.open(folder / FILE_NAME, key), HeldKeys(identity, key)
        except sealing.CannotUnseal:
            continue
        except DatabaseUnreadable as error:
            problem = error
        except ValueError:  # a key of another length
            continue
    raise problem


def actor_of(database: Database, slot: KeySlot) -> Actor:
    """Return the staff member of a slot as the register has them. Raises StaffDisabled."""
    with database.read() as unit:
        member = next((one for one in unit.staff() if one.staff_id == slot.owner), None)
    if member is None or member.disabled:
        raise StaffDisabled(short_name=slot.short_name)
    return Actor(member.staff_id, member.short_name, member.display_name, member.role)


def make_desk(
    folder: Path, lock: FolderLock, database: Database, keys: HeldKeys, actor: Actor, clock: Clock,
    random_bytes: RandomBytes,
) -> OpenedDesk:  # fmt: skip
    """Put a desk together from an open register. Raises DeviceKeysMissing."""
    with database.read() as unit:
        device_keys = DeviceKeys.from_bytes(unit.get_local(DEVICE_KEYS))
        operation, devices = unit.operation(), unit.devices()
        put_in_force(unit)
    device = next(
        (one for one in devices if (one.device_id, one.epoch) == (device_keys.device_id, device_keys.epoch)), None
    )
    if operation is None or device is None:
        raise DeviceKeysMissing
    identity = DeviceIdentity(
        device.device_id, device.epoch, device.code, device.post, device.shelter, device.sign_public,
        device.receive_public, device.confirmed,
    )  # fmt: skip
    return OpenedDesk(
        folder, database, lock, operation, identity, actor, device_keys.sign_key, device_keys.receive_identity, clock,
        random_bytes, keys,
    )  # fmt: skip


def settle(folder: Path, database: Database, keys: HeldKeys) -> HeldKeys:
    """Bring the access file in step with the staff records, and return the keys that are right afterwards.

    When a public key leaves the file, the register gets a new key, so that an old copy of the file opens nothing new.
    The order survives a crash after every step:

    1. the staff change is durable in the register (by the caller): the next opening finds the file out of step and
       begins here again; somebody disabled is turned away by their staff record meanwhile;
    2. the file is written without the slot and with both keys, old and new: either opens the register;
    3. the register gets the new key, in one transaction of its own;
    4. the file is written with the new key only: if that is missing, the next opening finds two keys and ends here.
    """
    access = access_file.load(folder)
    with database.read() as unit:
        enabled = [member for member in unit.staff() if not member.disabled]
        device_keys = DeviceKeys.from_bytes(unit.get_local(DEVICE_KEYS))
        recovery_public = (unit.get_local(RECOVERY_PUBLIC) or b"").decode()
        root_readers = (unit.get_local(ROOT_READERS) or b"").decode()
    if access.recovery.public_key != recovery_public:
        raise AccessDamaged  # or somebody exchanged the lock of the recovery key for their own
    slots = tuple(KeySlot(one.staff_id, one.short_name, one.public_key, one.wrapped_key) for one in enabled)
    gone = {slot.public_key for slot in access.slots} - {slot.public_key for slot in slots}
    settled = replace(access.with_slots(slots), device_receive=sealing.public_of(device_keys.receive_identity))
    wanted = readers_of_root([one.public_key for one in enabled if one.role is Role.ADMINISTRATOR], recovery_public)
    root = open_root(access, keys.identity) if wanted != root_readers else None
    if root is not None:
        settled = replace(settled, root_key=sealing.seal(root.private_bytes(), wanted.split()))
    if gone or (
        len(access.database_keys) > 1 and sealing.unseal(access.database_keys[-1], keys.identity) != keys.database_key
    ):
        new_key = secrets.token_bytes(KEY_BYTES)
        access_file.save(folder, settled.sealed_for_all([keys.database_key, new_key]), forget_previous=True)
        database.rekey(new_key)
        keys = HeldKeys(keys.identity, new_key)
    if settled != access or gone or len(access.database_keys) > 1:
        access_file.save(folder, settled.sealed_for_all([keys.database_key]), forget_previous=True)
    if root is not None:
        with database.write() as writing:
            writing.put_local(ROOT_READERS, wanted.encode())
    return keys


def readers_of_root(administrators: list[str], recovery_public: str) -> str:
    """Return who may open the root key, in one line to compare."""
    return " ".join(sorted({*administrators, recovery_public}))


def open_root(access: Access, identity: str) -> SigningKey | None:
    """Return the operation's root key if this private key opens it: an administrator's, or the recovery key's."""
    try:
        return SigningKey.from_bytes(sealing.unseal(access.root_key, identity))
    except (sealing.CannotUnseal, ValueError):
        return None


def operation_root(access: Access, identity: str, operation: Operation) -> SigningKey | None:
    """Return the root key as `open_root` does, but only if it is the one this operation knows."""
    root = open_root(access, identity)
    return root if root is not None and root.public_bytes == operation.root_public else None
