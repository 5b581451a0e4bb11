"""Correct a record: each correction is a change that names the values its writer saw."""

from uuid import UUID

from fieldapp.code_lists import code_list
from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.fields import GROUP_FIELDS, INDIVIDUAL_FIELDS, consent_of, packed, texts_of
from fieldapp.domain.fold import MOVEMENT, need_field
from fieldapp.domain.names import tidy
from fieldapp.domain.people import FieldState, GroupPage, PersonPage
from fieldapp.domain.problems import InvalidEntry, Problem
from fieldapp.domain.record import Consent, FieldProblem, IndividualEntry, MovementKind, Role
from fieldapp.services.desk import Desk
from fieldapp.services.entry_check import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    agrees_to_photo,
    check_individual,
    is_protection_need,
)
from fieldapp.services.register import need_draft, require_protection
from fieldapp.storage import records

ANSWERABLE = (Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR)


def edit_individual(desk: Desk, page: PersonPage, values: dict[str, object], reason: str = "") -> None:
    """Set fields of an individual, as seen on a page. Values that did not change are left out.

    A registrar replaces the value that is shown; where the page shows a conflict, a supervisor's choice replaces all
    values that were seen. Raises InvalidEntry, NotAllowed.
    """
    if values.get("portrait"):
        _require_consent(desk, page.group_id)
    entry = IndividualEntry(
        **{  # type: ignore[arg-type]
            name: values.get(name, getattr(page, name)) for name in INDIVIDUAL_FIELDS if name != "group"
        }
    )
    blocking = tuple(problem for problem in check_individual(entry, None, desk.today()) if problem.blocking)
    if blocking:
        raise InvalidEntry(blocking)
    _edit(desk, Kind.INDIVIDUAL_EDITED, page.individual_id, page.fields, values, INDIVIDUAL_FIELDS, reason)


def _require_consent(desk: Desk, group_id: UUID) -> None:
    """Raise InvalidEntry where the family does not agree to a photo: then none is kept."""
    with desk.database.read() as unit:
        state = records.state_of(unit, group_id)
    consent = consent_of(state.value("consent"))
    if not agrees_to_photo(consent, texts_of(state.value("consent_shares"))):
        code = "portrait_without_consent" if consent is Consent.REFUSES else "photo_not_agreed"
        raise InvalidEntry((FieldProblem(None, "portrait", code),))


_LONGEST = (
    ("destination", LONGEST_TEXT), ("phone", LONGEST_TEXT), ("note", LONGEST_NOTE), ("shelter_place", LONGEST_TEXT),
)  # fmt: skip


def edit_group(desk: Desk, page: GroupPage, values: dict[str, object], reason: str = "") -> None:
    """Set fields of a group, as seen on a page. Raises InvalidEntry, NotAllowed."""
    problems = []
    for name, longest in _LONGEST:
        length = len(tidy(str(values.get(name, ""))))
        if length > longest:
            problems.append(FieldProblem(None, name, "too_long", str(length), str(longest)))
    for name, codes in (("consent_language", "languages"), ("consent_shares", "consent_shares")):
        said = values.get(name) or ()
        for code in (said,) if isinstance(said, str) else said:  # type: ignore[attr-defined]
            if code not in code_list(codes):
                problems.append(FieldProblem(None, name, "unknown_code", str(code)))
    if problems:
        raise InvalidEntry(tuple(problems))
    _edit(desk, Kind.GROUP_EDITED, page.group_id, page.fields, values, GROUP_FIELDS, reason)


def _edit(
    desk: Desk,
    kind: Kind,
    subject: UUID,
    seen_fields: dict[str, FieldState],
    values: dict[str, object],
    known: tuple[str, ...],
    reason: str,
) -> None:
    fields: dict[str, object] = {}
    seen: dict[str, tuple[UUID, ...]] = {}
    for name, value in values.items():
        if name not in known:
            raise ValueError(f"{name} is not a field of this record")
        state = seen_fields.get(name)
        new = packed(name, value)
        if state is not None and not state.in_conflict and state.shown.value == new:
            continue
        fields[name] = new
        seen[name] = _replaced(desk, state)
    if fields:
        with desk.database.write() as unit:
            unit.record(desk.author, [ChangeDraft(kind, subject, {"fields": fields, "reason": tidy(reason)}, seen)])


def _replaced(desk: Desk, state: FieldState | None) -> tuple[UUID, ...]:
    if state is None:
        return ()
    if state.in_conflict:
        desk.require(*ANSWERABLE, doing="resolve_conflict")
    return tuple(sibling.change_id for sibling in state.values)


def record_need(desk: Desk, subject: UUID, code: str) -> None:
    """Record a specific need of an individual; a protection need only by the protection officer."""
    require_protection(desk, [code])
    with desk.database.write() as unit:
        unit.record(desk.author, [need_draft(subject, code)])


def remove_need(desk: Desk, page: PersonPage, code: str, reason: str) -> None:
    """Remove a need as seen on a page; a protection need only by the protection officer, with a reason."""
    seen = next((need.recorded_by for need in page.needs if need.code == code), ())
    if not seen:
        return
    if is_protection_need(code):
        desk.require(Role.PROTECTION_OFFICER, doing="remove_protection_need")
        _require_reason(reason)
    draft = ChangeDraft(
        Kind.NEED_REMOVED, page.individual_id, {"code": code, "reason": tidy(reason)}, {need_field(code): seen}
    )
    with desk.database.write() as unit:
        unit.record(desk.author, [draft])


def add_note(desk: Desk, subject: UUID, text: str) -> None:
    """Add a note to a record. Raises InvalidEntry for an empty or overlong one."""
    tidied = tidy(text)
    if not tidied or len(tidied) > LONGEST_NOTE:
        code = "too_long" if tidied else "note_empty"
        raise InvalidEntry((FieldProblem(None, "note", code, str(len(tidied)), str(LONGEST_NOTE)),))
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.NOTE_ADDED, subject, {"text": tidied})])


def record_movement(
    desk: Desk, subject: UUID, kind: MovementKind, destination: str = "", reason: str = "", at_ms: int | None = None
) -> None:
    """Record that a group or an individual left, was transferred or came (back); it saw all movements until now."""
    with desk.database.write() as unit:
        before = records.state_of(unit, subject).movements
        payload = {
            "kind": str(kind),
            "at_ms": desk.now_ms() if at_ms is None else at_ms,
            "post": desk.device.post,
            "destination": tidy(destination),
            "reason": tidy(reason),
        }
        seen = {MOVEMENT: tuple(movement.change_id for movement in before)}
        unit.record(desk.author, [ChangeDraft(Kind.MOVEMENT_RECORDED, subject, payload, seen)])


def _require_reason(reason: str) -> None:
    if not tidy(reason):
        raise Problem("reason_missing")
