"""Whom a slip names, so that another laptop makes the same people of it: the focal point first, each with an ordinal.

An id that does not follow from the group and the ordinal (somebody joined later, moved here, or became the focal point)
is told with the member.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from fieldapp.domain.fields import birth_of, sex_of, text_of, texts_of
from fieldapp.domain.fold import SubjectState
from fieldapp.domain.ids import member_id
from fieldapp.domain.slip import SlipMember


def slip_members(group_id: UUID, focal_point: UUID | None, states: Sequence[SubjectState]) -> tuple[SlipMember, ...]:
    """Return a group's members as its slip names them."""
    given = [(state.subject, _member(state)) for state in states]
    given.sort(key=lambda one: (one[0] != focal_point, one[1].ordinal))
    kept: dict[int, UUID] = {}
    for place, (subject, member) in enumerate(given):
        if place and member.ordinal > 1 and subject == member_id(group_id, member.ordinal):
            kept[member.ordinal] = subject
    found = []
    for place, (subject, member) in enumerate(given):
        ordinal = member.ordinal if place else 1
        if place and (ordinal < 2 or kept.setdefault(ordinal, subject) != subject):  # noqa: PLR2004 - 1 is the focal point
            ordinal = max(kept, default=1) + 1
            kept[ordinal] = subject
        own = None if subject == member_id(group_id, ordinal) else subject
        found.append(replace(member, ordinal=ordinal, individual_id=own))
    return tuple(sorted(found, key=lambda member: member.ordinal))


def _member(state: SubjectState) -> SlipMember:
    payload = dict(state.registration.payload or {}) if state.registration else {}
    ordinal = payload.get("ordinal")
    nationalities = texts_of(state.value("nationalities"))
    return SlipMember(
        ordinal if isinstance(ordinal, int) else 0,
        str(state.value("given_names")),
        str(state.value("surnames")),
        sex_of(state.value("sex")),
        birth_of(state.value("birth")),
        str(state.value("relationship")),
        nationalities[0] if nationalities else "",
        number=text_of(payload, "number"),
    )
