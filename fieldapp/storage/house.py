"""The operation, its laptops and its staff, read from the log by kind: they are few."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection

from fieldapp.domain.backlog import limits_of
from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fields import text_of
from fieldapp.domain.permissions import Grants, fold_grants
from fieldapp.domain.record import Operation, Role
from fieldapp.storage import journal, revocations
from fieldapp.trust.certificates import CertificateInvalid, DeviceStatement, read_certificate, read_endorsement
from fieldapp.trust.envelopes import is_root_signed

_STAFF_KINDS = (Kind.STAFF_GRANTED, Kind.STAFF_DISABLED)


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """A staff member as the log has them; the wrapped key is of use only with their password."""

    staff_id: UUID
    short_name: str
    display_name: str
    role: Role
    disabled: bool
    public_key: str
    wrapped_key: bytes
    at_ms: int
    change_id: UUID


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


def _bytes(payload: dict[str, object], name: str) -> bytes:
    value = payload.get(name)
    return value if isinstance(value, bytes) else b""


def operation(connection: Connection) -> Operation | None:
    """Return the operation as it was last described under the root key of its first description.

    A description counts only if the key that it names signed it: no laptop describes another operation than its own.
    """
    changes = [change for change in journal.of_kinds(connection, (Kind.OPERATION_DESCRIBED,), b"") if _is_whole(change)]
    if not changes:
        return None
    first, *others = sorted(changes, key=lambda change: change.order)
    root_public = _bytes(dict(first.payload or {}), "root_public")
    same = [change for change in others if _bytes(dict(change.payload or {}), "root_public") == root_public]
    latest = (same or [first])[-1]
    payload = dict(latest.payload or {})
    return Operation(
        latest.subject,
        text_of(payload, "name"),
        text_of(payload, "organisation"),
        text_of(payload, "contact"),
        text_of(payload, "country"),
        _bytes(payload, "root_public"),
        text_of(payload, "time_zone") or "America/Bogota",
        limits_of(payload.get("limits")),
    )


def _is_whole(change: Change) -> bool:
    payload = dict(change.payload or {})
    return is_root_signed(change.kind, change.subject, payload, _bytes(payload, "root_public"))


def devices(connection: Connection, root_public: bytes) -> tuple[DeviceRecord, ...]:
    """Return every laptop in each of its epochs; whether it is confirmed is for its certificate to prove.

    Of several certificates of one epoch the one that runs out last counts.
    """
    found: dict[tuple[UUID, int], DeviceRecord] = {}
    gone = revocations.revoked(connection)
    for change in journal.of_kinds(connection, (Kind.DEVICE_ENROLLED,), b""):
        record = device_of(change)
        if record is None:
            continue
        key = record.device_id, record.epoch
        record = replace(with_proof(record, root_public), revoked=record.device_id in gone)
        if key not in found or _weight(record) >= _weight(found[key]):
            found[key] = record
    return tuple(found.values())


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


def with_proof(device: DeviceRecord, root_public: bytes) -> DeviceRecord:
    """Return a laptop with what its certificate proves: whether it is confirmed, and until when."""
    said = _certified(device, root_public)
    return replace(device, confirmed=said is not None, expires_ms=said.expires_ms if said else 0)


def _weight(device: DeviceRecord) -> tuple[bool, bool, int]:
    """Order records of one epoch: nobody's word takes the root's away, and nothing the longer certificate's."""
    return device.confirmed, device.confirmed and not device.expires_ms, device.expires_ms


def is_certified(device: DeviceRecord, root_public: bytes) -> bool:
    """Tell whether the operation's root key certified this epoch of a laptop with these keys."""
    return _certified(device, root_public) is not None


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


def _is_about(device: DeviceRecord, said: DeviceStatement) -> bool:
    return (said.device_id, said.epoch, said.code, said.sign_public) == (
        device.device_id, device.epoch, device.code, device.sign_public,
    )  # fmt: skip


def staff_changes(connection: Connection, root_public: bytes) -> list[Change]:
    """Return the changes that grant and take roles."""
    return journal.of_kinds(connection, _STAFF_KINDS, root_public)


def staff(connection: Connection, root_public: bytes) -> tuple[StaffRecord, ...]:
    """Return the staff as valid grants made them, those disabled too, by short name."""
    changes = staff_changes(connection, root_public)
    grants = fold_grants(changes, revocations.revoked(connection))
    found: dict[UUID, StaffRecord] = {}
    for change in sorted(changes, key=lambda change: change.order):
        payload = dict(change.payload or {})
        role = grants.role_at(change.subject, change.hlc)
        if change.kind == Kind.STAFF_GRANTED and role is not None and role == payload.get("role"):
            found[change.subject] = StaffRecord(
                change.subject,
                text_of(payload, "short_name"),
                text_of(payload, "display_name"),
                role,
                False,
                text_of(payload, "public_key"),
                _bytes(payload, "wrapped_key"),
                change.wall_ms,
                change.change_id,
            )
    latest = max((change.hlc for change in changes), default=0)
    return tuple(
        member if grants.role_at(member.staff_id, latest) else _disabled(member)
        for member in sorted(found.values(), key=lambda member: member.short_name)
    )


def _disabled(member: StaffRecord) -> StaffRecord:
    return StaffRecord(
        member.staff_id, member.short_name, member.display_name, member.role, True, member.public_key, b"",
        member.at_ms, member.change_id,
    )  # fmt: skip


def grants(connection: Connection, root_public: bytes) -> Grants:
    """Return who held which role when."""
    return fold_grants(staff_changes(connection, root_public), revocations.revoked(connection))
