"""Restore a back-up: a new epoch, new keys and a new device code before the first write, or nothing at all."""

import os
import secrets
import shutil
from pathlib import Path

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes
from fieldapp.domain.problems import EnvironmentProblem, InvalidEntry
from fieldapp.domain.record import Actor, FieldProblem
from fieldapp.domain.registration_number import is_device_code
from fieldapp.logs import FILE_NAME as LOG_NAME
from fieldapp.services.back_up import unpack
from fieldapp.services.desk import Desk
from fieldapp.services.gate import pass_gate
from fieldapp.services.machine import forget_mark
from fieldapp.services.opening import DEVICE_KEYS, actor_of, open_register, operation_root, settle
from fieldapp.services.set_up import enrolment
from fieldapp.services.sign_in import sign_in
from fieldapp.storage.database import FILE_NAME, Database
from fieldapp.storage.folder_lock import FILE_NAME as LOCK_NAME
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust import access_file, sealing
from fieldapp.trust.access import AccessTooNew, from_json
from fieldapp.trust.authors import Author
from fieldapp.trust.certificates import DeviceStatement, certify, endorse
from fieldapp.trust.device_keys import DeviceKeys
from fieldapp.trust.safe_files import make_private_folder, sync_folder, told_in_words
from fieldapp.trust.signing import SigningKey

RESTORING = ".restoring"
"""The folder inside the data folder in which a back-up lies until its new epoch is durable."""


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
    """Restore a back-up into an empty folder and open it, as a laptop with a new epoch, new keys and a new device code.

    So no number and no (device, epoch, seq) is ever used twice, even if the old laptop turns up again, and even if
    this is interrupted: until the new epoch is durable the folder cannot be signed in to, and the restore can be begun
    again. Raises InvalidEntry, EnvironmentProblem (`folder_not_empty`, `not_a_backup`, ...) and what signing in raises.
    """
    if not is_device_code(device_code):
        raise InvalidEntry((FieldProblem(None, "device_code", "bad_device_code", device_code),))
    _refuse_a_used(folder)
    make_private_folder(folder)
    lock = FolderLock.take(folder)
    try:
        _clear(folder)
        staging = folder / RESTORING
        staging.mkdir(mode=0o700)
        try:
            unpack(source, staging)
            _check_readable(staging, source)
            _begin_anew(staging, short_name, password, device_code, clock, random_bytes)
            # The access file makes the folder one that can be signed in to, so it comes last.
            for name in (FILE_NAME, access_file.FILE_NAME):
                os.replace(staging / name, folder / name)
            sync_folder(folder)
        finally:
            shutil.rmtree(staging)
    finally:
        lock.release()
    return sign_in(folder, short_name, password, clock=clock, random_bytes=random_bytes)


def _refuse_a_used(folder: Path) -> bool:
    """Refuse a folder that holds anything, before its permissions change; tell if it is an interrupted restore."""
    if not folder.is_dir():
        return False
    with told_in_words(folder):
        names = {path.name for path in folder.iterdir() if not path.name.startswith(LOG_NAME)} - {LOCK_NAME}
    was_interrupted = RESTORING in names and names <= {RESTORING, FILE_NAME}
    if names and not was_interrupted:
        raise EnvironmentProblem("folder_not_empty", path=str(folder))
    return was_interrupted


def _clear(folder: Path) -> None:
    """Remove what an interrupted restore left; refuse a folder that holds anything else."""
    if _refuse_a_used(folder):
        shutil.rmtree(folder / RESTORING)
        (folder / FILE_NAME).unlink(missing_ok=True)


def _check_readable(folder: Path, source: Path) -> None:
    try:
        from_json((folder / access_file.FILE_NAME).read_bytes())
    except AccessTooNew as error:
        raise EnvironmentProblem("backup_too_new", path=str(source)) from error
    except EnvironmentProblem as error:
        raise EnvironmentProblem("backup_damaged", path=str(source)) from error


def _begin_anew(
    staging: Path, short_name: str, password: str, code: str, clock: Clock, random_bytes: RandomBytes
) -> None:
    slot, identity = pass_gate(staging, short_name, password, clock)
    database, keys = open_register(staging, access_file.load(staging), identity)
    try:
        actor = actor_of(database, slot)
        _begin_epoch(staging, database, identity, code, actor, clock, random_bytes)
        settle(staging, database, keys)
    finally:
        database.close()


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
        forget_mark(unit)
        unit.record(
            author,
            [
                enrolment(statement, certificate, before.shelter),
                ChangeDraft(Kind.RESTORED, new.device_id, {"code": code}),
            ],
        )
