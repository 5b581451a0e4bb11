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
from fieldapp.trust.enrolments import DeviceRecord, device_of, with_proof
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


def _weight(device: DeviceRecord) -> tuple[bool, bool, int]:
    """Order records of one epoch: nobody's word takes the root's away, and nothing the longer certificate's."""
    return device.confirmed, device.confirmed and not device.expires_ms, device.expires_ms


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
