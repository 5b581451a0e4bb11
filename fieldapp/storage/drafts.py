"""Unfinished registrations: kept on this laptop, outside the log, replaced with every save."""

import json
from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from fieldapp.domain.people import Draft
from fieldapp.storage.tables import DraftRow
from fieldapp.storage.units import ReadUnit, WriteUnit

DRAFTS = DraftRow.__table__  # type: ignore[attr-defined]


def put_draft(unit: WriteUnit, draft: Draft) -> None:
    """Keep a draft, in place of its last save."""
    values = {
        "staff": draft.staff_id.bytes,
        "saved_at_ms": draft.saved_at_ms,
        "content": json.dumps(draft.content, ensure_ascii=False),
    }
    statement = upsert(DRAFTS).values(id=draft.draft_id.bytes, **values)
    unit.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def drafts(unit: ReadUnit) -> tuple[Draft, ...]:
    """Return the drafts, the latest first."""
    rows = unit.connection.execute(select(DRAFTS).order_by(DRAFTS.c.saved_at_ms.desc()))
    return tuple(
        Draft(UUID(bytes=row.id), json.loads(row.content), row.saved_at_ms, UUID(bytes=row.staff)) for row in rows
    )


def count_drafts(unit: ReadUnit) -> int:
    """Return how many drafts there are."""
    return int(unit.connection.execute(select(func.count()).select_from(DRAFTS)).scalar_one())


def drop_draft(unit: WriteUnit, draft_id: UUID) -> None:
    """Forget a draft; one that is not there does no harm."""
    unit.connection.execute(delete(DRAFTS).where(DRAFTS.c.id == draft_id.bytes))


def forget_in_drafts(unit: WriteUnit, individual_id: UUID) -> None:
    """Take what was said of a record out of the drafts of others, which stay."""
    for draft in drafts(unit):
        remarks = draft.content.get("remarks")
        if isinstance(remarks, list):
            kept = [each for each in remarks if not isinstance(each, dict) or each.get("other") != str(individual_id)]
            if len(kept) < len(remarks):
                put_draft(unit, replace(draft, content={**draft.content, "remarks": kept}))
