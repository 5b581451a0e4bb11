"""Which role may make which kind of change, and whether a staff member held that role at that time.

A change is judged by the role in its envelope and the grants of its own time, never by today's staff.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.record import Role

_EVERYBODY = frozenset(Role)
_ANSWERABLE = frozenset({Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_PROTECTION = frozenset({Role.SUPERVISOR, Role.PROTECTION_OFFICER})

_ROLES: Mapping[Kind, frozenset[Role]] = {
    Kind.OPERATION_DESCRIBED: _ADMINISTRATOR,
    Kind.DEVICE_ENROLLED: _ADMINISTRATOR,
    Kind.DEVICE_REVOKED: _ADMINISTRATOR,
    Kind.STAFF_GRANTED: _ADMINISTRATOR,
    Kind.STAFF_DISABLED: _ADMINISTRATOR,
    Kind.ISSUER_TRUSTED: _ADMINISTRATOR,
    Kind.ISSUER_REVOKED: _ADMINISTRATOR,
    Kind.SLIP_VOIDED: _ANSWERABLE,
    Kind.SLIP_REISSUED: _ANSWERABLE,
    Kind.SLIP_TERM_SET: _ADMINISTRATOR,
    Kind.CODE_SET: _ADMINISTRATOR,
    Kind.RECORD_WITHDRAWN: _ANSWERABLE,
    Kind.RECORD_REINSTATED: _ANSWERABLE,
    Kind.TRACING_NOTED: _PROTECTION,
    Kind.CHILD_REFERRED: _PROTECTION,
    Kind.PAIR_SAME: _ANSWERABLE,
    Kind.PAIR_REOPENED: _ANSWERABLE,
    Kind.ERASURE_ORDERED: _ADMINISTRATOR,
}

Revoked = Mapping[UUID, Mapping[int, int]]
"""For each revoked laptop: the last seq of each epoch that counts; an epoch that is not named has none."""


def limits_said_by(change: Change) -> dict[int, int] | None:
    """Return up to which line of each epoch a revocation lets its laptop's log count; None for no revocation by the root."""
    if change.kind != Kind.DEVICE_REVOKED or not change.root_signed:
        return None
    held = dict(change.payload or {}).get("held")
    if not isinstance(held, list):
        return {}
    return {one[0]: one[1] for one in held if isinstance(one, list) and [type(part) for part in one] == [int, int]}


def both_limits(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    """Return what two revocations of one laptop together let count: the least of each epoch."""
    return {epoch: min(one[epoch], other[epoch]) for epoch in one.keys() & other.keys()}


VOUCHED_FOR_BY_CERTIFICATE = frozenset({Kind.OPERATION_DESCRIBED, Kind.DEVICE_ENROLLED})
"""Kinds whose authority is the root's certificate that they carry, for no staff member may exist before them."""


def may(role: Role, kind: Kind) -> bool:
    """Tell whether a role may make a kind of change; kinds without a rule are everybody's."""
    return role in _ROLES.get(kind, _EVERYBODY)


@dataclass(frozen=True, slots=True)
class Grant:
    """From `hlc` on the staff member holds the role; `role` None means disabled."""

    hlc: int
    role: Role | None


class Grants:
    """Who held which role when, and which laptops' logs count up to which line only."""

    def __init__(self, by_staff: Mapping[UUID, tuple[Grant, ...]], revoked: Revoked | None = None) -> None:
        self._by_staff = by_staff
        self._revoked = revoked or {}

    def role_at(self, staff: UUID, hlc: int) -> Role | None:
        """Return the role a staff member held at a clock reading, None for none."""
        held: Role | None = None
        for grant in self._by_staff.get(staff, ()):
            if grant.hlc > hlc:
                break
            held = grant.role
        return held

    def is_beyond(self, change: Change) -> bool:
        """Tell whether a change was written by a revoked laptop after what still counts of its log."""
        limits = self._revoked.get(change.device)
        return limits is not None and change.seq > limits.get(change.epoch, 0)

    def differing(self, other: "Grants") -> set[UUID]:
        """Return the staff whose roles at some time are others than there; their changes are to be judged anew."""
        both = {*self._by_staff, *other._by_staff}
        return {staff for staff in both if self._by_staff.get(staff) != other._by_staff.get(staff)}

    def allow(self, change: Change) -> bool:
        """Tell whether a change may fold: its writer held the role it names, and the role permits its kind."""
        if change.kind in {Kind.ERASURE_ORDERED, Kind.DEVICE_REVOKED}:
            # One stolen laptop must not wipe a register: only the operation's root key orders that.
            return change.root_signed
        if self.is_beyond(change):
            return False
        if change.kind in VOUCHED_FOR_BY_CERTIFICATE:
            return True
        role = self.role_at(change.staff, change.hlc)
        return role is not None and role == change.role and may(role, Kind(change.kind))


def fold_grants(changes: Iterable[Change], revoked: Revoked | None = None) -> Grants:
    """Fold the staff changes into who held which role when; `revoked` says which laptops' logs count up to where.

    A grant counts if the root key signed it, if an administrator of that time made it, or if staff renew their own
    with the role they hold (a new password). Changes of other kinds are passed over.
    """
    timeline: dict[UUID, list[Grant]] = {}
    for change in sorted(changes, key=lambda change: change.order):
        if change.kind not in {Kind.STAFF_GRANTED, Kind.STAFF_DISABLED} or change.payload is None:
            continue
        if Grants({}, revoked).is_beyond(change) and not change.root_signed:
            continue
        so_far = Grants({staff: tuple(grants) for staff, grants in timeline.items()})
        role = _role(change)
        renews_own = change.staff == change.subject and role is not None
        renews_own = renews_own and so_far.role_at(change.staff, change.hlc) == role
        by_administrator = so_far.role_at(change.staff, change.hlc) is Role.ADMINISTRATOR
        if change.root_signed or by_administrator or renews_own:
            timeline.setdefault(change.subject, []).append(Grant(change.hlc, role))
    return Grants({staff: tuple(grants) for staff, grants in timeline.items()}, revoked)


def _role(change: Change) -> Role | None:
    payload = change.payload or {}
    if change.kind == Kind.STAFF_DISABLED or payload.get("role") not in set(Role):
        return None
    return Role(str(payload["role"]))
