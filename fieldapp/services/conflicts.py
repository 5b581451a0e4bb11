"""Values that two desks wrote without seeing one another's: shown side by side, and resolved by who answers for the day.

Resolving is a change that names every value it saw, so nothing vanishes that nobody looked at.
"""

from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.changes import Change, ChangeDraft, Kind
from fieldapp.domain.fields import uuid_of
from fieldapp.domain.names import tidy
from fieldapp.domain.people import FieldState
from fieldapp.services.correct import ANSWERABLE, edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.storage import conflict_queries, records
from fieldapp.storage.units import ReadUnit

_REFERS = frozenset({"focal_point", "group"})
TYPED = ("given_names", "surnames")
"""Fields for which another value can be typed where they are resolved; for others the record is opened."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values: as a change carries it, who wrote it at which laptop and when (ms). `refers` names a record."""

    change_id: UUID
    value: object
    staff: str
    device: str
    at_ms: int
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of a record with the values to choose between, the latest first."""

    subject: UUID
    group_id: UUID
    is_group: bool
    number: str
    name: str
    field: str
    versions: tuple[Version, ...]


def conflicts(desk: Desk) -> tuple[Conflict, ...]:
    """Return every field in conflict, by the number of its record."""
    with desk.database.read() as unit:
        found = conflict_queries.in_conflict(unit)
        folded = records.states_with_history(unit, [subject for subject, _, _ in found])
        staff = {member.staff_id: member.display_name for member in unit.staff()}
        codes = {(device.device_id, device.epoch): device.code for device in unit.devices()}
        listed = []
        for subject, group_id, number in found:
            state, changes = folded[subject]
            written = {change.change_id: change for change in changes}
            name = conflict_queries.name_of(unit, subject)
            for field, values in state.fields.items():
                if values.in_conflict:
                    versions = _versions(unit, field, values, written, staff, codes)
                    listed.append(Conflict(subject, group_id, subject == group_id, number, name, field, versions))
    return tuple(listed)


def _versions(
    unit: ReadUnit, field: str, state: FieldState, written: dict[UUID, Change], staff: dict[UUID, str],
    codes: dict[tuple[UUID, int], str],
) -> tuple[Version, ...]:  # fmt: skip
    versions = []
    for sibling in state.values:
        change = written.get(sibling.change_id)
        device = codes.get((change.device, change.epoch), "") if change else ""
        record = uuid_of(sibling.value) if field in _REFERS else None
        refers = conflict_queries.name_of(unit, record) if record else ""
        versions.append(
            Version(sibling.change_id, sibling.value, staff.get(sibling.staff, ""), device, sibling.at_ms, refers)
        )
    return tuple(versions)


def choose(desk: Desk, conflict: Conflict, version: Version, reason: str = "") -> None:
    """Let one of the values stand; it replaces all that were shown, and none that came since. Raises NotAllowed."""
    desk.require(*ANSWERABLE, doing="resolve_conflict")
    kind = Kind.GROUP_EDITED if conflict.is_group else Kind.INDIVIDUAL_EDITED
    seen = {conflict.field: tuple(each.change_id for each in conflict.versions)}
    payload = {"fields": {conflict.field: version.value}, "reason": tidy(reason)}
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(kind, conflict.subject, payload, seen)])


def enter(desk: Desk, conflict: Conflict, text: str) -> None:
    """Let a name that was typed stand in place of the values. Raises NotAllowed, NotFound, InvalidEntry."""
    if conflict.field not in TYPED or conflict.is_group:
        raise ValueError(f"{conflict.field} is not typed where conflicts are resolved")
    desk.require(*ANSWERABLE, doing="resolve_conflict")
    edit_individual(desk, person_page(desk, conflict.subject, audited=False), {conflict.field: tidy(text)})
