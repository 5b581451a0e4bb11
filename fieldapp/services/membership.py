"""Who belongs to which family: members added, moved, split off; another focal point; complete or not; withdrawn.

Each of these is a change with a reason in the history, made in one transaction for all whom it touches. Numbers stay:
whoever moves keeps the number on the slip in their hand.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.fields import individual_fields, packed
from fieldapp.domain.fold import MOVEMENT, WITHDRAWAL
from fieldapp.domain.ids import uuid7
from fieldapp.domain.names import tidy
from fieldapp.domain.people import FieldState, GroupPage, PersonPage
from fieldapp.domain.problems import InvalidEntry, Problem
from fieldapp.domain.record import (
    FOCAL_POINT,
    LARGEST_GROUP,
    FieldProblem,
    HeadCount,
    IndividualEntry,
    MovementKind,
)
from fieldapp.domain.registration_number import RegistrationNumber, parse
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.desk import Desk
from fieldapp.services.entry_check import agrees_to_photo, check_individual
from fieldapp.services.find import group_page
from fieldapp.services.register import Registered, need_draft, next_number, require_protection
from fieldapp.storage import records
from fieldapp.storage.units import WriteUnit

JOINS = (MovementKind.ARRIVAL, MovementKind.BIRTH, MovementKind.TRANSFER_IN)
"""How somebody comes to a family that is here already; nothing means that they were here from the first."""


def add_member(
    desk: Desk,
    page: GroupPage,
    entry: IndividualEntry,
    *,
    instead_of: HeadCount | None = None,
    joins: MovementKind | None = None,
    reason: str = "",
) -> UUID:
    """Add somebody to a registered family and return their id.

    `instead_of` is the counted head (of `page.others`) that now has a name: it is counted no more, and the declared
    size stays. Without it somebody who was here from the first (`joins` None) makes the declared size one larger, and
    somebody who joined counts from then on. Raises InvalidEntry.
    """
    problems = [problem for problem in check_individual(entry, None, desk.today()) if problem.blocking]
    if entry.relationship == FOCAL_POINT:
        problems.append(FieldProblem(None, "relationship", "one_focal_point", entry.relationship))
    if len(page.members) >= LARGEST_GROUP:
        problems.append(FieldProblem(None, "others", "group_too_large", str(len(page.members) + 1), str(LARGEST_GROUP)))
    if entry.portrait and not agrees_to_photo(page.consent, page.consent_shares):
        problems.append(FieldProblem(None, "portrait", "photo_not_agreed"))
    if problems:
        raise InvalidEntry(tuple(problems))
    require_protection(desk, entry.needs)
    with desk.database.write() as unit:
        individual = uuid7(desk.now_ms(), desk.random_bytes)
        number, ordinal = _number_of_added(unit, desk, page)
        payload = {
            "number": str(number),
            "ordinal": ordinal,
            "reason": tidy(reason),
            "fields": individual_fields(entry, page.group_id),
        }
        drafts = [ChangeDraft(Kind.INDIVIDUAL_REGISTERED, individual, payload)]
        drafts += [need_draft(individual, code) for code in dict.fromkeys(entry.needs)]
        if joins is not None:
            drafts.append(_arrival_of(individual, joins, desk.now_ms(), desk.device.post, ()))
        elif instead_of is None:
            drafts.append(_set(page.group_id, page.fields, {"declared": page.declared_size + 1}))
        if instead_of is not None:
            drafts.append(_set(page.group_id, page.fields, {"others": _one_less(page.others, instead_of)}))
        unit.record(desk.author, drafts)
    return individual


def move_members(desk: Desk, page: GroupPage, to: GroupPage, members: Mapping[UUID, str], reason: str) -> None:
    """Move members, each with their relationship to the new focal point, into another family.

    Raises Problem: `focal_point_stays` (choose another focal point first), `reason_missing`.
    """
    moved = _chosen(page, members)
    if page.focal_point_id in members:
        raise Problem("focal_point_stays")
    if page.group_id == to.group_id:
        return
    _require(reason)
    _record(desk, _moves(page, to, moved, members, reason))


def undo_move(desk: Desk, before: GroupPage, to: UUID, members: Sequence[UUID], reason: str) -> None:
    """Put members who were moved back into their family, as what they were before.

    Raises Problem `undo_too_late` where either family changed since, so that it would take more back than the move.
    """
    there = group_page(desk, to, audited=False)
    if there.focal_point_id in members or not _ids(there).issuperset(members):
        raise Problem("undo_too_late")
    _put_back(desk, before, there, members, reason)


def split_group(desk: Desk, page: GroupPage, members: Mapping[UUID, str], focal_point: UUID, reason: str) -> Registered:
    """Make a family of its own out of some members, with a number of its own; it arrived when the whole family did.

    `members` gives each one's relationship to the new focal point, whose own is not asked for. Raises Problem:
    `focal_point_stays`, `focal_point_missing`, `reason_missing`.
    """
    moved = _chosen(page, members)
    if page.focal_point_id in members:
        raise Problem("focal_point_stays")
    if focal_point not in members:
        raise Problem("focal_point_missing")
    _require(reason)
    first = next((move for move in page.movements if move.kind == MovementKind.ARRIVAL), None)
    of_first = sum(not _joined_later(person) for person in moved)
    with desk.database.write() as unit:
        number = next_number(unit, desk)
        group_id = uuid7(desk.now_ms(), desk.random_bytes)
        fields = {
            "focal_point": focal_point.bytes,
            "others": [],
            "declared": of_first,
            "complete": True,
            "consent": str(page.consent),
            "consent_language": page.consent_language,
            "consent_shares": list(page.consent_shares),
            "phone": "",
            "destination": page.destination,
            "note": "",
        }
        payload = {
            "number": str(number),
            "members": of_first,
            "split_from": page.group_id.bytes,
            "reason": tidy(reason),
            "fields": fields,
        }
        drafts = [ChangeDraft(Kind.GROUP_REGISTERED, group_id, payload)]
        arrival = {
            "kind": str(MovementKind.ARRIVAL),
            "at_ms": first.at_ms if first else desk.now_ms(),
            "post": first.post if first else page.post,
            "crossing_kind": first.crossing_kind if first else "",
            "origin_state": first.origin_state if first else "",
        }
        drafts.append(ChangeDraft(Kind.MOVEMENT_RECORDED, group_id, arrival))
        for person in moved:
            relationship = FOCAL_POINT if person.individual_id == focal_point else members[person.individual_id]
            drafts.append(_moved(person, group_id, relationship, reason))
        if of_first:
            drafts.append(_set(page.group_id, page.fields, {"declared": page.declared_size - of_first}, reason))
        unit.record(desk.author, drafts)
    return Registered(group_id, str(number), tuple(members))


def undo_split(desk: Desk, before: GroupPage, made: UUID, members: Sequence[UUID], reason: str) -> None:
    """Put everybody of a family that was split off back; it stays in the history with nobody in it, and counts nowhere.

    Raises Problem `undo_too_late` once it has a slip or other members.
    """
    there = group_page(desk, made, audited=False)
    if there.slips or _ids(there) != set(members):
        raise Problem("undo_too_late")
    _put_back(desk, before, there, members, reason)


def change_focal_point(desk: Desk, page: GroupPage, relationships: Mapping[UUID, str], to: UUID, reason: str) -> None:
    """Make another member the focal point; `relationships` gives everybody's relationship to them, as far as known.

    Whoever is not named there gets the code for "unknown", for the old relationships were to somebody else.
    Raises Problem: `reason_missing`, `focal_point_missing`.
    """
    if to not in {member.individual_id for member in page.members}:
        raise Problem("focal_point_missing")
    _require(reason)
    if to == page.focal_point_id:
        return
    drafts = [_set(page.group_id, page.fields, {"focal_point": to}, reason)]
    for person in page.members:
        own = FOCAL_POINT if person.individual_id == to else relationships.get(person.individual_id, "UNKNOWN")
        if own != person.relationship:
            drafts.append(_set(person.individual_id, person.fields, {"relationship": own}, reason))
    _record(desk, drafts)


def undo_focal_point(desk: Desk, before: GroupPage, to: UUID, reason: str) -> None:
    """Take a change of focal point back, with what everybody was to the one before. Raises Problem `undo_too_late`."""
    now = group_page(desk, before.group_id, audited=False)
    if now.focal_point_id != to:
        raise Problem("undo_too_late")
    was = {member.individual_id: member.relationship for member in before.members}
    change_focal_point(desk, now, was, before.focal_point_id, reason)


def mark_complete(desk: Desk, page: GroupPage, complete: bool = True, reason: str = "") -> None:
    """Say that all members are entered in full (or not yet); from then on the family counts by its individuals."""
    if page.complete != complete:
        _record(desk, [_set(page.group_id, page.fields, {"complete": complete}, reason)])


def withdraw(desk: Desk, subject: UUID, reason: str) -> None:
    """Withdraw a family or a person: in sight with its mark and history, and counted no more. Raises NotAllowed."""
    desk.require(*ANSWERABLE, doing="withdraw")
    _require(reason)
    _record(desk, [ChangeDraft(Kind.RECORD_WITHDRAWN, subject, {"reason": tidy(reason)})])


def reinstate(desk: Desk, subject: UUID, reason: str) -> None:
    """Take a withdrawal back. Raises NotAllowed."""
    desk.require(*ANSWERABLE, doing="withdraw")
    _require(reason)
    with desk.database.write() as unit:
        seen = records.state_of(unit, subject).withdrawals
        if seen:
            draft = ChangeDraft(Kind.RECORD_REINSTATED, subject, {"reason": tidy(reason)}, {WITHDRAWAL: seen})
            unit.record(desk.author, [draft])


def record_return(
    desk: Desk,
    page: GroupPage,
    members: Sequence[UUID] = (),
    *,
    crossing_kind: str = "",
    origin_state: str = "",
    at_ms: int | None = None,
) -> None:
    """Record that a family came back: all of it, or only these members. Nobody is registered twice."""
    when, post = desk.now_ms() if at_ms is None else at_ms, desk.device.post
    everybody = {member.individual_id for member in page.members if not member.withdrawn}
    back = [member for member in page.members if member.individual_id in (set(members) or everybody)]
    all_of_it = not members or {member.individual_id for member in back} == everybody
    drafts = []
    if all_of_it:
        seen = tuple(move.change_id for move in page.movements)
        drafts.append(_arrival_of(page.group_id, MovementKind.ARRIVAL, when, post, seen, crossing_kind, origin_state))
    # Whoever joined later counts by movements of their own, also when the whole family comes back.
    for member in back:
        if not all_of_it or _joined_later(member):
            seen = tuple(move.change_id for move in member.movements)
            drafts.append(
                _arrival_of(member.individual_id, MovementKind.ARRIVAL, when, post, seen, crossing_kind, origin_state)
            )
    _record(desk, drafts)


def _arrival_of(
    subject: UUID,
    kind: MovementKind,
    at_ms: int,
    post: str,
    seen: tuple[UUID, ...],
    crossing_kind: str = "",
    origin_state: str = "",
) -> ChangeDraft:
    payload = {
        "kind": str(kind),
        "at_ms": at_ms,
        "post": post,
        "crossing_kind": crossing_kind,
        "origin_state": origin_state,
    }
    return ChangeDraft(Kind.MOVEMENT_RECORDED, subject, payload, {MOVEMENT: seen} if seen else {})


def _number_of_added(unit: WriteUnit, desk: Desk, page: GroupPage) -> tuple[RegistrationNumber, int]:
    """Count on in the family's own numbers where this laptop gave them, else take a new number of this laptop.

    Two laptops can add to one family at the same time without a network; so only one of them may count on.
    """
    own = parse(page.number)
    name = f"ordinals:{page.group_id.hex}"
    highest = max([0, *(member.ordinal for member in page.members)])
    ordinal = max(highest, int(unit.get_local(name) or b"0"), _first_size(page)) + 1
    unit.put_local(name, str(ordinal).encode())
    if own.device_code == desk.device.code:
        return own.of_member(ordinal), ordinal
    return next_number(unit, desk).of_member(1), ordinal


def _first_size(page: GroupPage) -> int:
    return sum(parse(member.number).counter == parse(page.number).counter for member in page.members)


def _joined_later(person: PersonPage) -> bool:
    return bool(person.movements) and person.movements[0].kind in JOINS


def _one_less(others: Iterable[HeadCount], cell: HeadCount) -> tuple[HeadCount, ...]:
    return tuple(
        HeadCount(count.sex, count.age_group, count.count - 1)
        if (count.sex, count.age_group) == (cell.sex, cell.age_group)
        else count
        for count in others
        if count.count > 1 or (count.sex, count.age_group) != (cell.sex, cell.age_group)
    )


def _put_back(desk: Desk, before: GroupPage, there: GroupPage, members: Sequence[UUID], reason: str) -> None:
    now = group_page(desk, before.group_id, audited=False)
    if now.withdrawn:
        raise Problem("undo_too_late")
    was = {member.individual_id: member.relationship for member in before.members}
    _record(desk, _moves(there, now, _chosen(there, members), was, reason))


def _ids(page: GroupPage) -> set[UUID]:
    return {member.individual_id for member in page.members}


def _moves(
    page: GroupPage, to: GroupPage, moved: Sequence[PersonPage], members: Mapping[UUID, str], reason: str
) -> list[ChangeDraft]:
    """Return the changes that move members, with the declared sizes that follow them."""
    drafts = [_moved(person, to.group_id, members[person.individual_id], reason) for person in moved]
    of_first = sum(not _joined_later(person) for person in moved)
    if of_first:
        drafts.append(_set(page.group_id, page.fields, {"declared": page.declared_size - of_first}, reason))
        drafts.append(_set(to.group_id, to.fields, {"declared": to.declared_size + of_first}, reason))
    return drafts


def _moved(person: PersonPage, group: UUID, relationship: str, reason: str) -> ChangeDraft:
    return _set(person.individual_id, person.fields, {"group": group, "relationship": relationship}, reason)


def _set(subject: UUID, seen: Mapping[str, FieldState], values: Mapping[str, object], reason: str = "") -> ChangeDraft:
    """Return the change that sets fields in place of all values that were seen."""
    kind = (
        Kind.GROUP_EDITED if {"declared", "others", "complete", "focal_point"} & set(values) else Kind.INDIVIDUAL_EDITED
    )
    fields = {name: packed(name, value) for name, value in values.items()}
    before = {name: tuple(sibling.change_id for sibling in seen[name].values) for name in values if name in seen}
    return ChangeDraft(kind, subject, {"fields": fields, "reason": tidy(reason)}, before)


def _chosen(page: GroupPage, members: Iterable[UUID]) -> list[PersonPage]:
    wanted = set(members)
    chosen = [member for member in page.members if member.individual_id in wanted]
    if not chosen or len(chosen) != len(wanted):
        raise Problem("nobody_chosen")
    return chosen


def _require(reason: str) -> None:
    if not tidy(reason):
        raise Problem("reason_missing")


def _record(desk: Desk, drafts: Sequence[ChangeDraft]) -> None:
    with desk.database.write() as unit:
        unit.record(desk.author, drafts)
