"""Back up, restore and recover: the three ways a register outlives its laptop, its disk and its administrator."""

import io
import os
import secrets
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes, uuid7
from fieldapp.domain.names import tidy
from fieldapp.domain.problems import EnvironmentProblem, InvalidEntry, Problem
from fieldapp.domain.record import Actor, FieldProblem, Role
from fieldapp.domain.registration_number import is_device_code
from fieldapp.services.desk import Desk
from fieldapp.services.gate import NotSetUp, StaffDisabled, pass_gate
from fieldapp.services.opening import (
    DEVICE_KEYS,
    RegisterKeyDamaged,
    keys_of,
    make_desk,
    open_register,
    operation_root,
    settle,
)
from fieldapp.services.set_up import enrolment, is_short_name, root_signed_grant
from fieldapp.services.staff import WeakPassword
from fieldapp.storage import counts
from fieldapp.storage.database import FILE_NAME, Database
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust import access_file, sealing
from fieldapp.trust.access import AccessTooNew, from_json
from fieldapp.trust.authors import Author
from fieldapp.trust.certificates import DeviceStatement, certify, endorse
from fieldapp.trust.device_keys import DeviceKeys
from fieldapp.trust.password_strength import password_problem
from fieldapp.trust.passwords import NORMAL_COST, Cost
from fieldapp.trust.recovery_key import read_recovery_key
from fieldapp.trust.safe_files import make_private_folder, sync_folder, told_in_words
from fieldapp.trust.signing import SigningKey
from fieldapp.trust.slots import WrongSecret, new_slot, open_slot

BACKUP_VERSION = b"fieldapp backup 1\n"
_NAMES = ("version", access_file.FILE_NAME, FILE_NAME)
_STEPS = 4

Progress = Callable[[int, int], None]
"""Called with how many of how many steps are done."""


@dataclass(frozen=True, slots=True)
class BackupDone:
    """A back-up that was read back: where, how many changes are in it, and its size."""

    path: Path
    changes: int
    bytes: int


def back_up(
    desk: Desk, target: Path, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False
) -> BackupDone:
    """Write a verified back-up to a new file: the encrypted register and the file that opens it, nothing in clear.

    Raises Problem (`backup_exists`, `backup_cancelled`, `backup_unverified`) and what the disk refuses; then no file
    is left.
    """
    if target.exists():
        raise Problem("backup_exists", path=str(target))
    step = _stepper(progress, cancelled)
    temporary = target.with_name(f".{target.name}.new")
    copy = desk.folder / f".backup-{secrets.token_hex(4)}.db"
    try:
        desk.database.copy_to(copy)
        step(1)
        access = (desk.folder / access_file.FILE_NAME).read_bytes()
        with (
            told_in_words(target),
            os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        ):
            with tarfile.open(fileobj=file, mode="w") as archive:
                _add(archive, "version", io.BytesIO(BACKUP_VERSION), len(BACKUP_VERSION))
                _add(archive, access_file.FILE_NAME, io.BytesIO(access), len(access))
                with copy.open("rb") as register:
                    _add(archive, FILE_NAME, register, copy.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        step(2)
        changes = _verified(temporary, desk)
        step(3)
        with told_in_words(target):
            os.replace(temporary, target)
            sync_folder(target.parent)
    finally:
        copy.unlink(missing_ok=True)
        temporary.unlink(missing_ok=True)
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.BACKUP_MADE, desk.device.device_id, {"changes": changes})])
    step(_STEPS)
    return BackupDone(target, changes, target.stat().st_size)


def _stepper(progress: Progress | None, cancelled: Callable[[], bool]) -> Callable[[int], None]:
    def step(done: int) -> None:
        if done < _STEPS and cancelled():
            raise Problem("backup_cancelled")
        if progress:
            progress(done, _STEPS)

    return step


def _add(archive: tarfile.TarFile, name: str, content: io.IOBase, size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, content)


def _verified(archive: Path, desk: Desk) -> int:
    """Open the register in the archive with its key and compare its last change with ours; return its changes."""
    with desk.database.read() as unit:
        ours = unit.last_change()
    with tempfile.TemporaryDirectory(dir=desk.folder, prefix=".verify-") as folder:
        _unpack(archive, Path(folder))
        try:
            database, _ = open_register(Path(folder), access_file.load(Path(folder)), keys_of(desk).keys.identity)
        except Problem as error:
            raise Problem("backup_unverified") from error
        try:
            with database.read() as unit:
                theirs, changes = unit.last_change(), counts.change_count(unit)
        finally:
            database.close()
    if ours is None or theirs is None or theirs.order > ours.order:
        raise Problem("backup_unverified")
    return changes


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack a back-up's three files. Raises EnvironmentProblem (`not_a_backup`, `backup_damaged`, `backup_too_new`)."""
    path = str(archive)
    with told_in_words(archive):
        try:
            with tarfile.open(archive, "r:") as packed:
                members = {entry.name: entry for entry in packed.getmembers() if entry.isfile()}
                version = packed.extractfile(members["version"]) if "version" in members else None
                if version is None:
                    raise EnvironmentProblem("not_a_backup", path=path)
                said = version.read(64)
                if said != BACKUP_VERSION:
                    newer = said.startswith(b"fieldapp backup ")
                    raise EnvironmentProblem("backup_too_new" if newer else "not_a_backup", path=path)
                if not set(_NAMES) <= set(members):
                    raise EnvironmentProblem("backup_damaged", path=path)
                for name in _NAMES[1:]:
                    source = packed.extractfile(members[name])
                    assert source is not None
                    _write(folder / name, source, members[name].size, path)
        except tarfile.ReadError as error:
            with archive.open("rb") as file:
                began = file.read(600).startswith(b"version")
            raise EnvironmentProblem("backup_damaged" if began else "not_a_backup", path=path) from error


def _write(target: Path, source: object, size: int, path: str) -> None:
    written = 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := source.read(1 << 20):  # type: ignore[attr-defined]
            written += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if written != size:
        raise EnvironmentProblem("backup_damaged", path=path)


def restore(
    folder: Path,
    source: Path,
    short_name: str,
    password: str,
    device_code: str,
    *,
    clock: Clock,
    random_bytes: RandomBytes,
) -> Desk:
    """Restore a back-up into an empty folder and open it: a new epoch, new keys and a new device code come first.

    So no number and no (device, epoch, seq) is ever used twice, even if the old laptop turns up again. Raises
    InvalidEntry, EnvironmentProblem (`folder_not_empty`, `not_a_backup`, ...) and what signing in raises; then the
    folder is as empty as before.
    """
    if not is_device_code(device_code):
        raise InvalidEntry((FieldProblem(None, "device_code", "bad_device_code", device_code),))
    make_private_folder(folder)
    if any(folder.iterdir()):
        raise EnvironmentProblem("folder_not_empty", path=str(folder))
    lock = FolderLock.take(folder)
    try:
        _unpack(source, folder)
        _check_readable(folder, source)
        return _open_restored(folder, lock, short_name, password, device_code, clock, random_bytes)
    except BaseException:
        lock.release()
        for file in folder.iterdir():
            file.unlink()
        raise


def _check_readable(folder: Path, source: Path) -> None:
    try:
        from_json((folder / access_file.FILE_NAME).read_bytes())
    except AccessTooNew as error:
        raise EnvironmentProblem("backup_too_new", path=str(source)) from error
    except EnvironmentProblem as error:
        raise EnvironmentProblem("backup_damaged", path=str(source)) from error


def _open_restored(
    folder: Path,
    lock: FolderLock,
    short_name: str,
    password: str,
    device_code: str,
    clock: Clock,
    random_bytes: RandomBytes,
) -> Desk:
    slot, identity = pass_gate(folder, short_name, password, clock)
    database, keys = open_register(folder, access_file.load(folder), identity)
    try:
        with database.read() as unit:
            member = next((one for one in unit.staff() if one.staff_id == slot.owner), None)
        if member is None or member.disabled:
            raise StaffDisabled(short_name=short_name)
        actor = Actor(member.staff_id, member.short_name, member.display_name, member.role)
        _begin_epoch(folder, database, identity, device_code, actor, clock, random_bytes)
        keys = settle(folder, database, keys)
        return make_desk(folder, lock, database, keys, actor, clock, random_bytes)
    except BaseException:
        database.close()
        raise


def _begin_epoch(
    folder: Path, database: Database, identity: str, code: str, actor: Actor, clock: Clock, random_bytes: RandomBytes
) -> None:
    with database.write() as unit:
        old = DeviceKeys.from_bytes(unit.get_local(DEVICE_KEYS))
        operation, devices = unit.operation(), unit.devices()
        if any(device.code == code for device in devices):
            raise InvalidEntry((FieldProblem(None, "device_code", "device_code_taken", code),))
        before = next(one for one in devices if (one.device_id, one.epoch) == (old.device_id, old.epoch))
        receive_identity, receive_public = sealing.new_identity()
        epoch = max(one.epoch for one in devices if one.device_id == old.device_id) + 1
        new = DeviceKeys(old.device_id, epoch, SigningKey.generate(secrets.token_bytes), receive_identity)
        statement = DeviceStatement(
            new.device_id, epoch, code, before.post, f"{before.post} {code}", new.sign_key.public_bytes, receive_public
        )
        root = operation_root(access_file.load(folder), identity, operation) if operation else None
        certificate = certify(statement, root) if root else endorse(statement, old.sign_key)
        author = Author(
            new.device_id, epoch, before.post, new.sign_key, actor.staff_id, actor.role, clock, random_bytes
        )
        unit.put_local(DEVICE_KEYS, new.to_bytes())
        unit.record(
            author,
            [
                enrolment(statement, certificate, before.shelter, confirmed=root is not None),
                ChangeDraft(Kind.RESTORED, new.device_id, {"code": code}),
            ],
        )


def recover(
    folder: Path,
    recovery_key: str,
    short_name: str,
    display_name: str,
    password: str,
    *,
    clock: Clock,
    random_bytes: RandomBytes,
    cost: Cost = NORMAL_COST,
) -> Desk:
    """Open the register with its recovery key and make somebody its administrator, by a grant of the root key.

    Raises NotSetUp, RecoveryKeyMistyped, Problem (`recovery_key_wrong`), InvalidEntry, WeakPassword.
    """
    if not folder.is_dir() or not access_file.exists(folder):
        raise NotSetUp
    if not is_short_name(short_name) or not tidy(display_name):
        code = "needed" if not tidy(display_name) else "bad_short_name"
        field = "display_name" if code == "needed" else "short_name"
        raise InvalidEntry((FieldProblem(None, field, code, short_name),))
    typed = read_recovery_key(recovery_key)
    weakness = password_problem(password, (short_name, display_name))
    if weakness is not None:
        raise WeakPassword(weakness)
    lock = FolderLock.take(folder)
    try:
        access = access_file.load(folder)
        try:
            identity = open_slot(access.recovery, typed)
        except WrongSecret as error:
            raise Problem("recovery_key_wrong") from error
        database, keys = open_register(folder, access, identity)
        try:
            with database.read() as unit:
                operation, members = unit.operation(), unit.staff()
                device = DeviceKeys.from_bytes(unit.get_local(DEVICE_KEYS))
                devices = unit.devices()
            root = operation_root(access, identity, operation) if operation else None
            if root is None:
                raise RegisterKeyDamaged
            known = next((one for one in members if one.short_name.casefold() == short_name.casefold()), None)
            staff_id = known.staff_id if known else uuid7(clock(), random_bytes)
            actor = Actor(staff_id, known.short_name if known else short_name, tidy(display_name), Role.ADMINISTRATOR)
            slot = new_slot(staff_id, actor.short_name, password, cost)
            post = next(one.post for one in devices if (one.device_id, one.epoch) == (device.device_id, device.epoch))
            author = Author(
                device.device_id, device.epoch, post, device.sign_key, staff_id, actor.role, clock, random_bytes
            )
            with database.write() as unit:
                unit.record(author, [root_signed_grant(actor, slot, root)])
            keys = settle(folder, database, keys)
            keys = replace(keys, identity=open_slot(slot, password))
            desk = make_desk(folder, lock, database, keys, actor, clock, random_bytes)
            with database.write() as unit:
                unit.record(desk.author, [ChangeDraft(Kind.SIGNED_IN, staff_id, {"by": "recovery_key"})])
        except BaseException:
            database.close()
            raise
    except BaseException:
        lock.release()
        raise
    return desk
