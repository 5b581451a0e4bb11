"""One record in full: the state of a group and its members, folded from the log with their history."""

from uuid import UUID

from sqlalchemy import select

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fields import text_of, uuid_of
from fieldapp.domain.fold import SubjectState, fold
from fieldapp.storage import journal
from fieldapp.storage.projection import INDIVIDUALS
from fieldapp.storage.units import ReadUnit


def group_of(unit: ReadUnit, individual: UUID) -> UUID | None:
    """Return the group an individual belongs to, None for somebody not known here."""
    found = unit.connection.execute(select(INDIVIDUALS.c.group_id).where(INDIVIDUALS.c.id == individual.bytes)).scalar()
    return UUID(bytes=found) if found else None


def members_of(unit: ReadUnit, group: UUID) -> list[UUID]:
    """Return the ids of a group's members in the order of their ordinals."""
    rows = unit.connection.execute(
        select(INDIVIDUALS.c.id).where(INDIVIDUALS.c.group_id == group.bytes).order_by(INDIVIDUALS.c.ordinal)
    )
    return [UUID(bytes=row.id) for row in rows]


def state_of(unit: ReadUnit, subject: UUID) -> SubjectState:
    """Fold one subject from the log."""
    changes = journal.of_subjects(unit.connection, [subject], unit.root_public)
    return fold(subject, changes, unit.standing.grants(unit.connection))


def voided_elsewhere(unit: ReadUnit, group: UUID) -> dict[UUID, tuple[str, int]]:
    """Return the slips of a group that were voided at a post whose records are not here: why, and when (ms)."""
    grants = unit.standing.grants(unit.connection)
    found: dict[UUID, tuple[str, int]] = {}
    for change in journal.ahead_of(unit.connection, group, Kind.SLIP_VOIDED, unit.root_public):
        payload = dict(change.payload or {})
        slip = uuid_of(payload.get("slip"))
        if slip is not None and grants.allow(change):
            found[slip] = text_of(payload, "reason"), change.wall_ms
    return found


def states_with_history(unit: ReadUnit, subjects: list[UUID]) -> dict[UUID, tuple[SubjectState, list[Change]]]:
    """Fold some subjects and return each with everything the log says of it, oldest first, audit entries too."""
    changes = journal.history_of(unit.connection, subjects, unit.root_public)
    grants = unit.standing.grants(unit.connection)
    its: dict[UUID, list[Change]] = {subject: [] for subject in subjects}
    for change in changes:
        its[change.subject].append(change)
    return {subject: (fold(subject, lines, grants), lines) for subject, lines in its.items()}


def rows_of_individuals(unit: ReadUnit, individuals: tuple[UUID, ...]) -> list[int]:
    """Return the rows of some individuals; those not known here are left out."""
    ids = [individual.bytes for individual in individuals]
    return list(unit.connection.execute(select(INDIVIDUALS.c.row).where(INDIVIDUALS.c.id.in_(ids))).scalars())
