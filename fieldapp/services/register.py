"""Register a family: one transaction for all of it, so that it is there whole or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.fields import group_fields, individual_fields
from fieldapp.domain.functioning import with_disability
from fieldapp.domain.ids import member_id, uuid7
from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import Consent, GroupEntry, MovementKind, Role
from fieldapp.domain.registration_number import RegistrationNumber
from fieldapp.services.desk import Desk
from fieldapp.services.entry_check import check_entry, is_for_protection, is_protection_need
from fieldapp.services.review import Said, said_of
from fieldapp.storage.drafts import drop_draft
from fieldapp.storage.units import WriteUnit

__all__ = ["Registered", "check_entry", "register_group"]


@dataclass(frozen=True, slots=True)
class Registered:
    """A family that is durably registered."""

    group_id: UUID
    number: str
    member_ids: tuple[UUID, ...]


def register_group(
    desk: Desk, entry: GroupEntry, draft_id: UUID | None = None, said: Sequence[Said] = ()
) -> Registered:
    """Register a family; when this returns, it is durable. Its draft is dropped in the same transaction.

    What was said of its members and of records that look like theirs is recorded with it.

    Photos of a family that does not agree that its data is shared are not kept.

    Raises InvalidEntry with the problems that block it, and the environment's problems (a full disk); then nothing
    was stored and the draft is still there.
    """
    found = check_entry(entry, desk.today(), desk.zone, desk.actor.role)
    blocking = tuple(problem for problem in found if problem.blocking)
    if blocking:
        raise InvalidEntry(blocking)
    if entry.consent is Consent.REFUSES:
        entry = replace(entry, members=tuple(replace(member, portrait=b"") for member in entry.members))
    with desk.database.write() as unit:
        number = next_number(unit, desk)
        group_id = uuid7(desk.now_ms(), desk.random_bytes)
        members = tuple(member_id(group_id, ordinal) for ordinal in range(1, len(entry.members) + 1))
        unit.record(desk.author, list(registration_drafts(entry, group_id, number)))
        unit.record(desk.author, list(said_of(unit, members, said)))
        if draft_id is not None:
            drop_draft(unit, draft_id)
    return Registered(group_id, str(number), members)


def registration_drafts(entry: GroupEntry, group_id: UUID, number: RegistrationNumber) -> Iterator[ChangeDraft]:
    """Yield the changes that a registration consists of: the group, its arrival, and each member with their needs."""
    focal_point = member_id(group_id, 1)
    yield ChangeDraft(
        Kind.GROUP_REGISTERED,
        group_id,
        {"number": str(number), "members": len(entry.members), "fields": group_fields(entry, focal_point)},
    )
    yield ChangeDraft(
        Kind.MOVEMENT_RECORDED,
        group_id,
        {
            "kind": str(MovementKind.ARRIVAL),
            "at_ms": entry.arrival.at_ms,
            "post": entry.arrival.post,
            "crossing_kind": entry.arrival.crossing_kind,
            "origin_state": entry.arrival.origin_state,
        },
    )
    for ordinal, member in enumerate(entry.members, start=1):
        individual_id = member_id(group_id, ordinal)
        yield ChangeDraft(
            Kind.INDIVIDUAL_REGISTERED,
            individual_id,
            {
                "number": str(number.of_member(ordinal)),
                "ordinal": ordinal,
                "fields": individual_fields(member, group_id),
            },
        )
        for code in with_disability(member.needs, member.functioning):
            yield need_draft(individual_id, code)


def need_draft(subject: UUID, code: str) -> ChangeDraft:
    """Return the change that records a specific need; a sensitive one is marked as a protection need."""
    return ChangeDraft(Kind.NEED_RECORDED, subject, {"code": code, "protection": is_protection_need(code)})


def require_protection(desk: Desk, codes: Iterable[str]) -> None:
    """Raise NotAllowed where one of these needs is for the protection officer alone to see and set.

    Everybody may flag somebody for protection, which says no more than that the officer should see them.
    """
    if any(is_for_protection(code) for code in codes):
        desk.require(Role.PROTECTION_OFFICER, doing="record_protection_need")


def next_number(unit: WriteUnit, desk: Desk) -> RegistrationNumber:
    """Return a new number: count on in the same transaction; a device code belongs to one epoch, so no number is ever used twice."""
    counter = unit.count_on(f"counter:{desk.device.code}")
    return RegistrationNumber(desk.device.post, desk.device.code, counter)
