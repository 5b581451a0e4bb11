"""Find people, and open a person's or a family's page; every page that is opened is logged."""

from collections.abc import Mapping
from uuid import UUID

from fieldapp.domain.changes import Change, ChangeDraft, Kind
from fieldapp.domain.fields import (
    birth_of,
    bytes_of,
    consent_of,
    documents_of,
    functioning_of,
    others_of,
    sex_of,
    text_of,
    texts_of,
    uuid_of,
)
from fieldapp.domain.fold import SubjectState
from fieldapp.domain.names import search_key
from fieldapp.domain.people import GroupPage, HistoryLine, IndividualRow, NeedState, PeopleQuery, PersonPage
from fieldapp.domain.problems import NotFound
from fieldapp.domain.record import Role
from fieldapp.services.desk import Desk
from fieldapp.services.search import Found, search
from fieldapp.storage import people_queries, records
from fieldapp.storage.units import ReadUnit

SEES_TRACING = (Role.SUPERVISOR, Role.PROTECTION_OFFICER)
MOST_FOUND = 500
"""Whoever types a name that more people have has to type more of it."""
BEST = "best"
"""The order of a search: who answers best comes first."""
__all__ = [
    "BEST",
    "MOST_FOUND",
    "PeopleQuery",
    "count_individuals",
    "found",
    "group_page",
    "individuals",
    "person_page",
]


def count_individuals(desk: Desk, query: PeopleQuery) -> int:
    """Return how many individuals a query finds, as far as a search goes."""
    if query.text.strip():
        return len(found(desk, query))
    with desk.database.read() as unit:
        return people_queries.count_people(unit, query, desk.day(desk.today()))


def individuals(desk: Desk, query: PeopleQuery, offset: int, limit: int) -> list[IndividualRow]:
    """Return a page of the individuals a query finds."""
    if query.text.strip():
        return [each.person for each in found(desk, query)[offset : offset + limit]]
    with desk.database.read() as unit:
        return people_queries.people(unit, query, desk.day(desk.today()), offset, limit)


def found(desk: Desk, query: PeopleQuery) -> tuple[Found, ...]:
    """Return who answers the text of a query and its filters, at most MOST_FOUND; best first unless told otherwise."""
    answers = search(desk, query.text, MOST_FOUND, query)
    if query.order == BEST:
        return answers
    key = _by_name if query.order == "name" else _by_arrival
    return tuple(sorted(answers, key=lambda each: key(each.person), reverse=query.descending))


def _by_name(row: IndividualRow) -> tuple[str, str]:
    return search_key(f"{row.surnames} {row.given_names}"), row.number


def _by_arrival(row: IndividualRow) -> tuple[int, str]:
    return row.arrived_at_ms, row.number


def person_page(desk: Desk, individual_id: UUID, *, audited: bool = True) -> PersonPage:
    """Open an individual's page. Raises NotFound, also for somebody who was erased."""
    with desk.database.read() as unit:
        group_id = records.group_of(unit, individual_id)
        if group_id is None:
            raise NotFound
        page = _person(desk, individual_id, *_folded(unit, [individual_id])[individual_id], _Names(unit))
    if audited:
        _log_view(desk, individual_id)
    return page


def group_page(desk: Desk, group_id: UUID, *, audited: bool = True) -> GroupPage:
    """Open a family's page with all of its members. Raises NotFound, also for a family that was erased."""
    with desk.database.read() as unit:
        members = records.members_of(unit, group_id)
        folded = _folded(unit, [group_id, *members])
        names = _Names(unit)
    state, changes = folded[group_id]
    if state.registration is None:
        raise NotFound
    page = _group(desk, state, changes, names, [_person(desk, member, *folded[member], names) for member in members])
    if audited:
        _log_view(desk, group_id)
    return page


def _folded(unit: ReadUnit, subjects: list[UUID]) -> Mapping[UUID, tuple[SubjectState, list[Change]]]:
    return records.states_with_history(unit, subjects)


def _log_view(desk: Desk, subject: UUID) -> None:
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.RECORD_VIEWED, subject, {})])


class _Names:
    """The names behind the ids in a history."""

    def __init__(self, unit: ReadUnit) -> None:
        self._staff = {member.staff_id: member.display_name for member in unit.staff()}
        self._devices = {(device.device_id, device.epoch): device.code for device in unit.devices()}

    def line(self, change: Change) -> HistoryLine:
        payload = dict(change.payload or {})
        fields = payload.get("fields")
        return HistoryLine(
            change.change_id,
            change.kind,
            change.wall_ms,
            self._staff.get(change.staff, ""),
            change.role,
            self._devices.get((change.device, change.epoch), ""),
            tuple(fields) if isinstance(fields, dict) else (),
            text_of(payload, "reason"),
        )


def _needs_shown(desk: Desk, state: SubjectState) -> tuple[NeedState, ...]:
    """Protection needs are seen by the protection officer alone."""
    sees_all = desk.actor.role is Role.PROTECTION_OFFICER
    return tuple(need for need in state.needs if sees_all or not need.protection)


def _person(desk: Desk, individual_id: UUID, state: SubjectState, changes: list[Change], names: _Names) -> PersonPage:
    if state.registration is None:
        raise NotFound
    payload = dict(state.registration.payload or {})
    ordinal = payload.get("ordinal")
    shown = _needs_shown(desk, state)
    hidden = {need.code for need in state.needs} - {need.code for need in shown}
    return PersonPage(
        individual_id,
        uuid_of(state.value("group")) or individual_id,
        text_of(payload, "number"),
        ordinal if isinstance(ordinal, int) else 0,
        str(state.value("given_names")),
        str(state.value("surnames")),
        sex_of(state.value("sex")),
        birth_of(state.value("birth")),
        texts_of(state.value("nationalities")),
        documents_of(state.value("documents")),
        str(state.value("relationship")),
        str(state.value("phone")),
        str(state.value("language")),
        shown,
        state.fields,
        tuple(
            names.line(change)
            for change in reversed(changes)
            if not _is_hidden(change, hidden) and (change.kind != Kind.TRACING_NOTED or desk.actor.role in SEES_TRACING)
        ),
        state.needs_update,
        str(state.value("marital_status")),
        str(state.value("education")),
        str(state.value("occupation")),
        str(state.value("ethnic_group")),
        str(state.value("origin")),
        str(state.value("address")),
        functioning_of(state.value("functioning")),
        bytes_of(state.value("portrait")),
        state.movements,
        state.tracing if desk.actor.role in SEES_TRACING else (),
        state.referrals,
        state.is_withdrawn,
    )


def _is_hidden(change: Change, hidden_needs: set[str]) -> bool:
    """Whether a history line would show that there is a protection need."""
    if change.kind not in {Kind.NEED_RECORDED, Kind.NEED_REMOVED}:
        return False
    return text_of(dict(change.payload or {}), "code") in hidden_needs


def _group(
    desk: Desk, state: SubjectState, changes: list[Change], names: _Names, members: list[PersonPage]
) -> GroupPage:
    payload = dict(state.registration.payload or {}) if state.registration else {}
    focal = uuid_of(state.value("focal_point"))
    lines = [names.line(change) for change in changes]
    for member in members:
        lines += [line for line in member.history if line.kind != Kind.RECORD_VIEWED]
    return GroupPage(
        state.subject,
        text_of(payload, "number"),
        focal or state.subject,
        state.declared_size,
        bool(state.value("complete")),
        consent_of(state.value("consent")),
        str(state.value("phone")),
        str(state.value("destination")),
        str(state.value("note")),
        state.registration.post if state.registration else desk.device.post,
        tuple(members),
        state.movements,
        state.slips,
        tuple(sorted(lines, key=lambda line: line.at_ms, reverse=True)),
        state.fields,
        state.notes,
        str(state.value("consent_language")),
        texts_of(state.value("consent_shares")),
        others_of(state.value("others")),
        state.turns,
        state.tokens,
        state.is_withdrawn,
        state.is_from_slip,
        str(state.value("shelter_place")),
    )
