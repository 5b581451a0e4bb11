"""Set a laptop up: the operation's root key and the device's certificate come before the first change.

A marker file stands in the folder while this runs, so that a crash in between leaves a folder that can be set up again.
"""

import re
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fieldapp.code_lists import code_list
from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes, uuid7
from fieldapp.domain.names import tidy
from fieldapp.domain.problems import EnvironmentProblem, InvalidEntry
from fieldapp.domain.record import Actor, FieldProblem, Role
from fieldapp.domain.registration_number import is_device_code
from fieldapp.services.desk import Desk
from fieldapp.services.machine import leave_mark
from fieldapp.services.opening import (
    DEVICE_KEYS,
    RECOVERY_PUBLIC,
    ROOT_READERS,
    HeldKeys,
    make_desk,
    readers_of_root,
)
from fieldapp.storage.database import FILE_NAME, Database
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust import access_file, sealing
from fieldapp.trust.access import Access
from fieldapp.trust.authors import Author
from fieldapp.trust.certificates import DeviceStatement, certify
from fieldapp.trust.device_keys import DeviceKeys
from fieldapp.trust.envelopes import root_statement
from fieldapp.trust.password_strength import password_problem
from fieldapp.trust.passwords import KEY_BYTES, NORMAL_COST, Cost
from fieldapp.trust.recovery_key import new_recovery_key, read_recovery_key
from fieldapp.trust.safe_files import make_private_folder, write_whole
from fieldapp.trust.signing import SigningKey
from fieldapp.trust.slots import RECOVERY_OWNER, KeySlot, WrongSecret, new_slot, open_slot

_MARKER = ".setting-up"
_LONGEST = 120
_SHORT_NAME = re.compile(r"[^\W_]{2,20}")
_NEEDED = ("operation_name", "organisation", "contact", "short_name", "display_name")


class AlreadySetUp(EnvironmentProblem):
    """The folder holds a register already."""

    code = "already_set_up"


class RegisterWithoutAccess(EnvironmentProblem):
    """The folder holds a register, but the file that opens it is gone."""

    code = "register_without_access"


@dataclass(frozen=True, slots=True)
class SetUpPlan:
    """What a set-up asks: the operation as printed on slips, the place, the first administrator."""

    operation_name: str
    organisation: str
    contact: str
    post: str
    shelter: str
    device_code: str
    short_name: str
    display_name: str
    password: str
    country: str = "COL"
    time_zone: str = "America/Bogota"


@dataclass(frozen=True, slots=True)
class SetUpDone:
    """A register that was set up: the recovery key, which is stored nowhere, and the open desk."""

    recovery_key: str
    desk: Desk


def is_short_name(text: str) -> bool:
    """Tell whether a text can be a short name: 2 to 20 letters or digits."""
    return _SHORT_NAME.fullmatch(text) is not None


def check_plan(plan: SetUpPlan) -> tuple[FieldProblem, ...]:
    """Return what is wrong with a plan, field by field."""
    problems = [FieldProblem(None, name, "needed") for name in _NEEDED if not tidy(getattr(plan, name))]
    for name in ("operation_name", "organisation", "contact", "shelter", "display_name"):
        if len(tidy(getattr(plan, name))) > _LONGEST:
            problems.append(FieldProblem(None, name, "too_long", limit=str(_LONGEST)))
    if plan.post not in code_list("border_posts"):
        problems.append(FieldProblem(None, "post", "unknown_post", plan.post))
    if plan.country not in code_list("nationalities"):
        problems.append(FieldProblem(None, "country", "unknown_country", plan.country))
    if not _is_zone(plan.time_zone):
        problems.append(FieldProblem(None, "time_zone", "unknown_time_zone", plan.time_zone))
    if not is_device_code(plan.device_code):
        problems.append(FieldProblem(None, "device_code", "bad_device_code", plan.device_code))
    if tidy(plan.short_name) and not is_short_name(plan.short_name):
        problems.append(FieldProblem(None, "short_name", "bad_short_name", plan.short_name))
    related = (plan.short_name, plan.display_name, plan.operation_name, plan.organisation)
    weakness = password_problem(plan.password, related)
    if weakness is not None:
        problems.append(FieldProblem(None, "password", f"password_{weakness.code}"))
    return tuple(problems)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_set_up(folder: Path) -> bool:
    """Tell whether a folder holds a register. Raises FileProblem."""
    return access_file.exists(folder)


def set_up(
    folder: Path, plan: SetUpPlan, *, clock: Clock, random_bytes: RandomBytes, cost: Cost = NORMAL_COST
) -> SetUpDone:
    """Set a laptop up and open it for its first administrator.

    `cost` is what one guess of a password costs; anything but the normal one is for tests. Raises InvalidEntry,
    AlreadySetUp, RegisterWithoutAccess, and the environment's problems.
    """
    problems = check_plan(plan)
    if problems:
        raise InvalidEntry(problems)
    make_private_folder(folder)
    lock = FolderLock.take(folder)
    try:
        _clear(folder)
        write_whole(folder / _MARKER, b"")
        return _set_up(folder, lock, plan, clock, random_bytes, cost)
    except BaseException:
        lock.release()
        raise


def _clear(folder: Path) -> None:
    """Remove what an interrupted set-up left; refuse a folder that holds a register."""
    if access_file.exists(folder):
        raise AlreadySetUp
    register = folder / FILE_NAME
    if register.exists() and not (folder / _MARKER).exists():
        raise RegisterWithoutAccess
    for name in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"):
        (folder / name).unlink(missing_ok=True)


def _set_up(
    folder: Path, lock: FolderLock, plan: SetUpPlan, clock: Clock, random_bytes: RandomBytes, cost: Cost
) -> SetUpDone:
    root = SigningKey.generate(secrets.token_bytes)
    receive_identity, receive_public = sealing.new_identity()
    keys = DeviceKeys(uuid7(clock(), random_bytes), 1, SigningKey.generate(secrets.token_bytes), receive_identity)
    recovery_key = new_recovery_key()
    recovery = new_slot(RECOVERY_OWNER, "", recovery_key, cost)
    slot = new_slot(uuid7(clock(), random_bytes), plan.short_name, plan.password, cost)
    identity = open_slot(slot, plan.password)
    actor = Actor(slot.owner, plan.short_name, tidy(plan.display_name), Role.ADMINISTRATOR)
    author = Author(keys.device_id, 1, plan.post, keys.sign_key, actor.staff_id, actor.role, clock, random_bytes)
    database_key = secrets.token_bytes(KEY_BYTES)
    database = Database.create(folder / FILE_NAME, database_key)
    try:
        with database.write() as unit:
            unit.put_local(DEVICE_KEYS, keys.to_bytes())
            leave_mark(unit, folder, keys.device_id)
            unit.put_local(RECOVERY_PUBLIC, recovery.public_key.encode())
            readers = readers_of_root([slot.public_key], recovery.public_key)
            unit.put_local(ROOT_READERS, readers.encode())
            unit.record(
                author,
                [
                    _operation(plan, root, uuid7(clock(), random_bytes)),
                    device_draft(keys, root, plan.device_code, plan.post, plan.shelter, receive_public),
                    root_signed_grant(actor, slot, root),
                ],
            )
        access = Access(
            (slot,), recovery, False, (), sealing.seal(root.private_bytes(), readers.split()), receive_public
        )
        access_file.save(folder, access.sealed_for_all([database_key]))
        (folder / _MARKER).unlink(missing_ok=True)
        desk = make_desk(folder, lock, database, HeldKeys(identity, database_key), actor, clock, random_bytes)
    except BaseException:
        database.close()
        raise
    return SetUpDone(recovery_key, desk)


def _operation(plan: SetUpPlan, root: SigningKey, operation_id: UUID) -> ChangeDraft:
    payload: dict[str, object] = {
        "name": tidy(plan.operation_name),
        "organisation": tidy(plan.organisation),
        "contact": tidy(plan.contact),
        "country": plan.country,
        "time_zone": plan.time_zone,
        "root_public": root.public_bytes,
    }
    payload["root_signature"] = root.sign(root_statement(Kind.OPERATION_DESCRIBED, operation_id, payload))
    return ChangeDraft(Kind.OPERATION_DESCRIBED, operation_id, payload)


def device_draft(
    keys: DeviceKeys, root: SigningKey, code: str, post: str, shelter: str, receive_public: str
) -> ChangeDraft:
    """Return the change that enrols a laptop's epoch with the root's certificate."""
    name = f"{post} {code}"
    statement = DeviceStatement(
        keys.device_id, keys.epoch, code, post, name, keys.sign_key.public_bytes, receive_public
    )
    return enrolment(statement, certify(statement, root), shelter)


def enrolment(statement: DeviceStatement, certificate: bytes, shelter: str) -> ChangeDraft:
    """Return the change that makes a laptop's epoch known, with the root's certificate or the old key's endorsement."""
    payload = {
        "code": statement.code,
        "post": statement.post,
        "shelter": tidy(shelter),
        "name": statement.name,
        "epoch": statement.epoch,
        "sign_public": statement.sign_public,
        "receive_public": statement.receive_public,
        "certificate": certificate,
    }
    return ChangeDraft(Kind.DEVICE_ENROLLED, statement.device_id, payload)


def grant_payload(actor: Actor, slot: KeySlot) -> dict[str, object]:
    """Return what a grant says."""
    return {
        "short_name": actor.short_name,
        "display_name": actor.display_name,
        "role": str(actor.role),
        "public_key": slot.public_key,
        "wrapped_key": slot.wrapped,
    }


def root_signed_grant(actor: Actor, slot: KeySlot, root: SigningKey) -> ChangeDraft:
    """Return a grant that the operation's root key vouches for: the first one, or one after a recovery."""
    payload = grant_payload(actor, slot)
    payload["root_signature"] = root.sign(root_statement(Kind.STAFF_GRANTED, actor.staff_id, payload))
    return ChangeDraft(Kind.STAFF_GRANTED, actor.staff_id, payload)


def confirm_recovery_key(folder: Path, typed: str) -> bool:
    """Note that the recovery key was typed back rightly; return False for another key.

    Raises RecoveryKeyMistyped, which says where the typing mistake is, and what reading the access file raises.
    """
    access = access_file.load(folder)
    try:
        open_slot(access.recovery, read_recovery_key(typed))
    except WrongSecret:
        return False
    access_file.save(folder, replace(access_file.load(folder), recovery_confirmed=True))
    return True
