"""A new epoch: a laptop that was cloned, or restored from an old copy, goes on under a new key and a new device code.

So no line of its log and no registration number is ever given out twice. The old key endorses the new one, which counts
as not confirmed until the root certifies it.
"""

import secrets
from dataclasses import replace
from string import ascii_uppercase, digits

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import Problem
from fieldapp.domain.registration_number import is_device_code
from fieldapp.services.desk import Desk
from fieldapp.services.machine import leave_mark, mark_here, mark_of
from fieldapp.services.opening import DEVICE_KEYS, OpenedDesk, operation_root
from fieldapp.services.set_up import enrolment
from fieldapp.storage.units import WriteUnit
from fieldapp.trust import access_file
from fieldapp.trust.certificates import DeviceStatement, certify, endorse
from fieldapp.trust.device_keys import DeviceKeys
from fieldapp.trust.signing import SigningKey

_APART = 1 << 16
"""A clone and its original both begin anew, each not knowing of the other: epochs are drawn apart, not counted."""


def begin_epoch(unit: WriteUnit, desk: Desk, root: SigningKey | None = None) -> None:
    """Begin a new epoch in the caller's transaction; the desk writes under it from now on.

    Where the root key is at hand it certifies the new key at once.
    """
    old, devices = desk.device, unit.devices()
    codes = {device.code for device in devices}
    free = [code for letter in ascii_uppercase for digit in digits if (code := letter + digit) not in codes]
    free = [code for code in free if is_device_code(code)]
    if not free:
        raise Problem("device_codes_used_up")
    code = secrets.choice(free)
    before = max(one.epoch for one in devices if one.device_id == old.device_id)
    epoch = before + 1 + secrets.randbelow(_APART)
    key = SigningKey.generate(secrets.token_bytes)
    statement = DeviceStatement(
        old.device_id, epoch, code, old.post, f"{old.post} {code}", key.public_bytes, old.receive_public
    )
    certificate = certify(statement, root) if root else endorse(statement, desk.sign_key)
    unit.put_local(DEVICE_KEYS, DeviceKeys(old.device_id, epoch, key, desk.receive_identity).to_bytes())
    desk.device = replace(old, epoch=epoch, code=code, sign_public=key.public_bytes, confirmed=root is not None)
    desk.sign_key = key
    unit.record(
        desk.author,
        [
            enrolment(statement, certificate, old.shelter),
            ChangeDraft(Kind.RESTORED, old.device_id, {"code": code}),
        ],
    )


def go_on_apart(desk: OpenedDesk) -> None:
    """Begin a new epoch if this register is a copy of one that lies elsewhere; before anything is written to its log."""
    with desk.database.read() as unit:
        before = mark_here(unit)
    if before == mark_of(desk.folder, desk.device.device_id):
        return
    old = desk.device, desk.sign_key
    try:
        with desk.database.write() as writing:
            if before:
                root = operation_root(access_file.load(desk.folder), desk.keys.identity, desk.operation)
                begin_epoch(writing, desk, root)
            leave_mark(writing, desk.folder, desk.device.device_id)
    except BaseException:
        desk.device, desk.sign_key = old  # the new epoch is undone with the transaction
        raise
    desk.is_copy = bool(before)
