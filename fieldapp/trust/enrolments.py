"""What enrolments say of laptops, and whose word they rest on: the root's certificate, or an earlier key's endorsement."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fields import text_of
from fieldapp.trust.certificates import CertificateInvalid, DeviceStatement, read_certificate, read_endorsement


@dataclass(frozen=True, slots=True)
class DeviceRecord:
    """A laptop in one epoch, with its public keys; `confirmed` once the root certified this epoch.

    `revoked` laptops are no part of the operation any more; `expires_ms` is when the certificate runs out, 0 for never.
    """

    device_id: UUID
    epoch: int
    code: str
    post: str
    shelter: str
    name: str
    sign_public: bytes
    receive_public: str
    confirmed: bool
    certificate: bytes
    revoked: bool = False
    expires_ms: int = 0


def device_of(change: Change) -> DeviceRecord | None:
    """Return the laptop that an enrolment is about, not confirmed; None for a change of another kind."""
    payload = dict(change.payload or {})
    epoch = payload.get("epoch")
    if change.kind != Kind.DEVICE_ENROLLED or not isinstance(epoch, int):
        return None
    return DeviceRecord(
        change.subject,
        epoch,
        text_of(payload, "code"),
        text_of(payload, "post"),
        text_of(payload, "shelter"),
        text_of(payload, "name"),
        _bytes(payload, "sign_public"),
        text_of(payload, "receive_public"),
        False,
        _bytes(payload, "certificate"),
    )


def _term(device: DeviceRecord) -> float:
    return device.expires_ms or math.inf


def is_certified(device: DeviceRecord, root_public: bytes) -> bool:
    """Tell whether the operation's root key certified this epoch of a laptop with these keys."""
    return _certified(device, root_public) is not None


def with_proof(device: DeviceRecord, root_public: bytes) -> DeviceRecord:
    """Return a laptop with what its certificate proves: whether it is confirmed, and until when."""
    said = _certified(device, root_public)
    return replace(device, confirmed=said is not None, expires_ms=said.expires_ms if said else 0)


def _certified(device: DeviceRecord, root_public: bytes) -> DeviceStatement | None:
    try:
        said = read_certificate(device.certificate, root_public)
    except CertificateInvalid:
        return None
    return said if _is_about(device, said) else None


def is_endorsed(device: DeviceRecord, known: tuple[DeviceRecord, ...]) -> bool:
    """Tell whether the key of the laptop's epoch before endorsed this one, which waits for its certificate."""
    before = [one for one in known if one.device_id == device.device_id and one.epoch < device.epoch]
    for one in before:
        try:
            return _is_about(device, read_endorsement(device.certificate, one.sign_public))
        except CertificateInvalid:
            continue
    return False


def trusted(known: Iterable[DeviceRecord], root_public: bytes) -> dict[tuple[UUID, int], DeviceRecord]:
    """Return the laptops, by device and epoch, that the root certified or an earlier key of theirs endorsed.

    Of several certificates of one epoch, the one that runs out last counts.
    """
    known = tuple(known)
    found: dict[tuple[UUID, int], DeviceRecord] = {}
    for device in (with_proof(one, root_public) for one in known):
        key = device.device_id, device.epoch
        if device.confirmed and (key not in found or _term(found[key]) < _term(device)):
            found[key] = device
    for device in sorted(known, key=lambda one: one.epoch):
        if (device.device_id, device.epoch) not in found and is_endorsed(device, tuple(found.values())):
            found[device.device_id, device.epoch] = device
    return found


def run_out(
    records: Iterable[DeviceRecord], device: UUID, epoch: int, at_ms: int, root_public: bytes
) -> DeviceRecord | None:
    """Return a laptop's record if every certificate of this epoch had run out at a moment; None while one is good.

    An epoch that only an earlier key endorsed is good as long as that one is.
    """
    its = [with_proof(one, root_public) for one in records if one.device_id == device]
    certified = [one for one in its if one.epoch == epoch and one.confirmed]
    if certified:
        over = all(one.expires_ms and one.expires_ms <= at_ms for one in certified)
        return certified[0] if over else None
    for endorsed in (one for one in its if one.epoch == epoch):
        for before in (one for one in its if one.epoch < epoch and is_endorsed(endorsed, (one,))):
            return run_out(its, device, before.epoch, at_ms, root_public)
    return None


def _is_about(device: DeviceRecord, said: DeviceStatement) -> bool:
    return (said.device_id, said.epoch, said.code, said.post, said.sign_public, said.receive_public) == (
        device.device_id, device.epoch, device.code, device.post, device.sign_public, device.receive_public,
    )  # fmt: skip


def _bytes(payload: dict[str, object], name: str) -> bytes:
    value = payload.get(name)
    return value if isinstance(value, bytes) else b""
