"""Recover: the recovery key opens the register and makes an administrator when none is there."""

from dataclasses import replace
from pathlib import Path

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes, uuid7
from fieldapp.domain.names import tidy
from fieldapp.domain.problems import InvalidEntry, Problem
from fieldapp.domain.record import Actor, FieldProblem, Role
from fieldapp.services.desk import Desk
from fieldapp.services.epochs import go_on_apart
from fieldapp.services.gate import NotSetUp
from fieldapp.services.opening import (
    RegisterKeyDamaged,
    make_desk,
    open_register,
    operation_root,
    settle,
)
from fieldapp.services.set_up import is_short_name, root_signed_grant
from fieldapp.services.staff import WeakPassword
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust import access_file
from fieldapp.trust.password_strength import password_problem
from fieldapp.trust.passwords import NORMAL_COST, Cost
from fieldapp.trust.recovery_key import read_recovery_key
from fieldapp.trust.slots import WrongSecret, new_slot, open_slot


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
            root = operation_root(access, identity, operation) if operation else None
            if root is None:
                raise RegisterKeyDamaged
            known = next((one for one in members if one.short_name.casefold() == short_name.casefold()), None)
            staff_id = known.staff_id if known else uuid7(clock(), random_bytes)
            actor = Actor(staff_id, known.short_name if known else short_name, tidy(display_name), Role.ADMINISTRATOR)
            slot = new_slot(staff_id, actor.short_name, password, cost)
            desk = make_desk(folder, lock, database, keys, actor, clock, random_bytes)
            go_on_apart(desk)
            with database.write() as unit:
                unit.record(desk.author, [root_signed_grant(actor, slot, root)])
            keys = settle(folder, database, keys)
            desk.keys = replace(keys, identity=open_slot(slot, password))
            with database.write() as unit:
                unit.record(desk.author, [ChangeDraft(Kind.SIGNED_IN, staff_id, {"by": "recovery_key"})])
        except BaseException:
            database.close()
            raise
    except BaseException:
        lock.release()
        raise
    return desk
