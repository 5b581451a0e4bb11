"""The staff of an operation: added, disabled, given a new password; only an administrator gives and takes access."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.ids import uuid7
from fieldapp.domain.names import tidy
from fieldapp.domain.problems import InvalidEntry, NotFound, Problem
from fieldapp.domain.record import Actor, FieldProblem, Role
from fieldapp.services.desk import Desk
from fieldapp.services.gate import pass_gate
from fieldapp.services.opening import keys_of, settle
from fieldapp.services.set_up import grant_payload, is_short_name
from fieldapp.storage.house import StaffRecord
from fieldapp.trust.password_strength import PasswordProblem, password_problem
from fieldapp.trust.passwords import NORMAL_COST, Cost
from fieldapp.trust.slots import KeySlot, new_slot, wrap

__all__ = [
    "PasswordProblem",
    "StaffMember",
    "WeakPassword",
    "add_staff",
    "change_own_password",
    "disable_staff",
    "list_staff",
    "password_problem",
    "reset_password",
]

_LONGEST = 120


class WeakPassword(Problem):
    """A new password is too weak; `problem` says why and what would be better."""

    code = "weak_password"

    def __init__(self, problem: PasswordProblem) -> None:
        super().__init__(reason=problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A staff member as lists show them."""

    staff_id: UUID
    short_name: str
    display_name: str
    role: Role
    disabled: bool


def list_staff(desk: Desk) -> tuple[StaffMember, ...]:
    """Return the staff, those disabled too. Raises NotAllowed for registrars."""
    desk.require(Role.ADMINISTRATOR, Role.SUPERVISOR, doing="list_staff")
    return tuple(
        StaffMember(one.staff_id, one.short_name, one.display_name, one.role, one.disabled) for one in _records(desk)
    )


def add_staff(
    desk: Desk, short_name: str, display_name: str, role: Role, password: str, *, cost: Cost = NORMAL_COST
) -> StaffMember:
    """Add a staff member who can sign in from now on. Raises NotAllowed, InvalidEntry, WeakPassword."""
    desk.require(Role.ADMINISTRATOR, doing="add_staff")
    problems = []
    if not is_short_name(short_name):
        problems.append(FieldProblem(None, "short_name", "bad_short_name", short_name))
    if not tidy(display_name):
        problems.append(FieldProblem(None, "display_name", "needed"))
    if len(tidy(display_name)) > _LONGEST:
        problems.append(FieldProblem(None, "display_name", "too_long", limit=str(_LONGEST)))
    if any(one.short_name.casefold() == short_name.casefold() for one in _records(desk)):
        problems.append(FieldProblem(None, "short_name", "short_name_taken", short_name))
    if problems:
        raise InvalidEntry(tuple(problems))
    _require_strong(desk, password, short_name, display_name)
    actor = Actor(uuid7(desk.now_ms(), desk.random_bytes), short_name, tidy(display_name), role)
    _grant(desk, actor, new_slot(actor.staff_id, short_name, password, cost), seen=())
    return StaffMember(actor.staff_id, short_name, actor.display_name, role, False)


def disable_staff(desk: Desk, staff_id: UUID, reason: str) -> None:
    """Take a member's access away: their slot goes and the register gets a new key.

    Raises NotAllowed, NotFound, Problem (`own_account`, `last_administrator`, `reason_needed`).
    """
    desk.require(Role.ADMINISTRATOR, doing="disable_staff")
    member = _member(desk, staff_id)
    if staff_id == desk.actor.staff_id:
        raise Problem("own_account")
    administrators = [one for one in _records(desk) if one.role is Role.ADMINISTRATOR and not one.disabled]
    if [one.staff_id for one in administrators] == [staff_id]:
        raise Problem("last_administrator")
    if not tidy(reason):
        raise Problem("reason_needed")
    if not member.disabled:
        with desk.database.write() as unit:
            unit.record(desk.author, [ChangeDraft(Kind.STAFF_DISABLED, staff_id, {"reason": tidy(reason)})])
    _settle(desk)


def reset_password(desk: Desk, staff_id: UUID, password: str, *, cost: Cost = NORMAL_COST) -> None:
    """Give a member a new password and a new key pair; the old ones open nothing afterwards."""
    desk.require(Role.ADMINISTRATOR, doing="reset_password")
    member = _member(desk, staff_id)
    if member.disabled:
        raise Problem("member_disabled", short_name=member.short_name)
    if staff_id == desk.actor.staff_id:
        raise Problem("own_account")
    _require_strong(desk, password, member.short_name, member.display_name)
    actor = Actor(staff_id, member.short_name, member.display_name, member.role)
    _grant(desk, actor, new_slot(staff_id, member.short_name, password, cost), seen=(member.change_id,))


def change_own_password(desk: Desk, old: str, new: str, *, cost: Cost = NORMAL_COST) -> None:
    """Lock one's own private key under a new password. Raises WrongPassword, SignInLocked, WeakPassword."""
    _, identity = pass_gate(desk.folder, desk.actor.short_name, old, desk.clock)
    _require_strong(desk, new, desk.actor.short_name, desk.actor.display_name)
    member = _member(desk, desk.actor.staff_id)
    wrapped = wrap(identity, member.staff_id, new, cost)
    slot = KeySlot(member.staff_id, member.short_name, member.public_key, wrapped)
    _grant(desk, desk.actor, slot, seen=(member.change_id,))


def _records(desk: Desk) -> tuple[StaffRecord, ...]:
    with desk.database.read() as unit:
        return unit.staff()


def _member(desk: Desk, staff_id: UUID) -> StaffRecord:
    found = next((one for one in _records(desk) if one.staff_id == staff_id), None)
    if found is None:
        raise NotFound
    return found


def _require_strong(desk: Desk, password: str, *related: str) -> None:
    problem = password_problem(password, _related(desk, related))
    if problem is not None:
        raise WeakPassword(problem)


def _related(desk: Desk, names: Sequence[str]) -> tuple[str, ...]:
    return (*names, desk.operation.name, desk.operation.organisation, desk.device.shelter)


def _grant(desk: Desk, actor: Actor, slot: KeySlot, seen: tuple[UUID, ...]) -> None:
    draft = ChangeDraft(Kind.STAFF_GRANTED, actor.staff_id, grant_payload(actor, slot), {"staff": seen} if seen else {})
    with desk.database.write() as unit:
        unit.record(desk.author, [draft])
    _settle(desk)


def _settle(desk: Desk) -> None:
    opened = keys_of(desk)
    opened.keys = settle(desk.folder, desk.database, opened.keys)
