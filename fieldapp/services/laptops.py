"""The laptops of the operation: who they are, and what the administrator does about them with the root key.

Revoking one, confirming an epoch that began without the root key, renewing a certificate; and new keys for this laptop.
All of it travels in the control part of every bundle.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.names import tidy
from fieldapp.domain.problems import InvalidEntry, NotFound, Problem
from fieldapp.domain.record import FieldProblem, Role
from fieldapp.services.desk import Desk
from fieldapp.services.epochs import begin_epoch
from fieldapp.services.opening import keys_of, operation_root
from fieldapp.services.set_up import enrolment
from fieldapp.storage import journal
from fieldapp.storage.units import ReadUnit
from fieldapp.trust import access_file
from fieldapp.trust.certificates import DeviceStatement, certify
from fieldapp.trust.enrolments import DeviceRecord, is_endorsed
from fieldapp.trust.envelopes import root_statement
from fieldapp.trust.signing import SigningKey

TERM_MONTHS, LONGEST_TERM_MONTHS = 12, 120
"""How long a laptop's certificate is good unless the administrator says otherwise, and at most."""
_SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Laptop:
    """A laptop in one epoch. `endorsed` waits to be confirmed; `expires_ms` 0 for never; `is_this` the one at hand.

    `is_past` says that a later epoch of the same laptop is known, `last_seen_ms` when its last line here was written.
    """

    device_id: UUID
    epoch: int
    code: str
    post: str
    shelter: str
    confirmed: bool
    endorsed: bool
    revoked: bool
    expires_ms: int
    is_this: bool
    is_past: bool
    last_seen_ms: int | None


def laptops(desk: Desk) -> tuple[Laptop, ...]:
    """Return every laptop in each of its epochs, by device code."""
    with desk.database.read() as unit:
        known = unit.devices()
        seen = journal.last_written(unit.connection)
    latest: dict[UUID, int] = {}
    for one in known:
        latest[one.device_id] = max(latest.get(one.device_id, 0), one.epoch)
    return tuple(
        Laptop(
            one.device_id, one.epoch, one.code, one.post, one.shelter, one.confirmed, is_endorsed(one, known),
            one.revoked, one.expires_ms, (one.device_id, one.epoch) == (desk.device.device_id, desk.device.epoch),
            one.epoch < latest[one.device_id], seen.get((one.device_id, one.epoch)),
        )
        for one in sorted(known, key=lambda one: (one.code, one.epoch))
    )  # fmt: skip


def revoke(desk: Desk, device_id: UUID, reason: str) -> None:
    """Revoke a laptop in all of its epochs: what it wrote until now counts, nothing it writes from now on.

    Raises NotAllowed, NotFound, Problem (`reason_needed`, `own_laptop`, `root_key_missing`).
    """
    desk.require(Role.ADMINISTRATOR, doing="revoke_device")
    if not tidy(reason):
        raise Problem("reason_needed")
    if device_id == desk.device.device_id:
        raise Problem("own_laptop")
    root = _root(desk)
    with desk.database.write() as unit:
        if not any(one.device_id == device_id for one in unit.devices()):
            raise NotFound
        vector = journal.vector(unit.connection)
        held = sorted([epoch, seq] for (device, epoch), (seq, _) in vector.items() if device == device_id)
        payload: dict[str, object] = {"held": held, "reason": tidy(reason)}
        payload["root_signature"] = root.sign(root_statement(Kind.DEVICE_REVOKED, device_id, payload))
        unit.record(desk.author, [ChangeDraft(Kind.DEVICE_REVOKED, device_id, payload)])


def confirm(desk: Desk, device_id: UUID, epoch: int) -> None:
    """Certify an epoch that began without the root key.

    Raises NotAllowed, NotFound, InvalidEntry (`device_code_taken`), Problem (`laptop_confirmed`, `root_key_missing`).
    """
    desk.require(Role.ADMINISTRATOR, doing="confirm_device")
    root = _root(desk)
    with desk.database.write() as unit:
        known = unit.devices()
        device = _device(unit, device_id, epoch)
        if device.confirmed:
            raise Problem("laptop_confirmed")
        if not is_endorsed(device, known) or device.revoked:
            raise NotFound
        if any(one.code == device.code and one.confirmed for one in known if one != device):
            raise InvalidEntry((FieldProblem(None, "device_code", "device_code_taken", device.code),))
        unit.record(desk.author, [_certified(device, root, 0)])
    if (device_id, epoch) == (desk.device.device_id, desk.device.epoch):
        desk.device = replace(desk.device, confirmed=True)


def term_end(desk: Desk, months: int) -> int:
    """Return when a certificate of so many months from today runs out, at the end of a day (ms); 0 for none, never."""
    if not months:
        return 0
    today = desk.today()
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return desk.day(today.replace(year=year, month=month + 1, day=min(today.day, _SHORTEST_MONTH))).ends_ms


def renew(desk: Desk, device_id: UUID, epoch: int, expires_ms: int = 0) -> None:
    """Give a laptop another certificate, which runs out at a moment (ms since 1970) or never.

    The one that runs out last counts, so this never takes anything away; to end a laptop, revoke it.
    Raises NotAllowed, NotFound, Problem (`root_key_missing`).
    """
    desk.require(Role.ADMINISTRATOR, doing="renew_device")
    root = _root(desk)
    with desk.database.write() as unit:
        unit.record(desk.author, [_certified(_device(unit, device_id, epoch), root, expires_ms)])


def new_keys(desk: Desk) -> str:
    """Go on under a new key, a new epoch and a new device code, which is returned.

    It is certified at once where the root key is at hand, and otherwise waits to be confirmed. Raises NotAllowed, Problem
    (`device_codes_used_up`).
    """
    desk.require(Role.ADMINISTRATOR, Role.SUPERVISOR, doing="new_keys")
    root = operation_root(access_file.load(desk.folder), keys_of(desk).keys.identity, desk.operation)
    before = desk.device, desk.sign_key
    try:
        with desk.database.write() as unit:
            begin_epoch(unit, desk, root)
    except BaseException:
        desk.device, desk.sign_key = before  # the new epoch is undone with the transaction
        raise
    return desk.device.code


def _device(unit: ReadUnit, device_id: UUID, epoch: int) -> DeviceRecord:
    found = next((one for one in unit.devices() if (one.device_id, one.epoch) == (device_id, epoch)), None)
    if found is None:
        raise NotFound
    return found


def _certified(device: DeviceRecord, root: SigningKey, expires_ms: int) -> ChangeDraft:
    statement = DeviceStatement(
        device.device_id, device.epoch, device.code, device.post, device.name, device.sign_public,
        device.receive_public, expires_ms,
    )  # fmt: skip
    return enrolment(statement, certify(statement, root), device.shelter)


def _root(desk: Desk) -> SigningKey:
    root = operation_root(access_file.load(desk.folder), keys_of(desk).keys.identity, desk.operation)
    if root is None:
        raise Problem("root_key_missing")
    return root
