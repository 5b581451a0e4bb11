"""Unfinished registrations: saved at each field, offered after a crash, dropped when registered."""

from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.people import Draft
from fieldapp.services.desk import Desk
from fieldapp.storage import drafts as store

__all__ = ["Draft", "discard_draft", "drafts", "finish_draft", "save_draft"]


def save_draft(desk: Desk, draft_id: UUID, content: dict[str, object]) -> None:
    """Keep what stands in the form, in place of the draft's last save; `content` must be JSON."""
    with desk.database.write() as unit:
        store.put_draft(unit, Draft(draft_id, content, desk.now_ms(), desk.actor.staff_id))


def drafts(desk: Desk) -> tuple[Draft, ...]:
    """Return the drafts on this laptop, the latest first; any of its staff may go on with any of them."""
    with desk.database.read() as unit:
        return store.drafts(unit)


def finish_draft(desk: Desk, draft_id: UUID) -> None:
    """Forget a draft whose content is in the register now."""
    with desk.database.write() as unit:
        store.drop_draft(unit, draft_id)


def discard_draft(desk: Desk, draft_id: UUID) -> None:
    """Forget a draft; that it was discarded, and by whom, is logged."""
    with desk.database.write() as unit:
        store.drop_draft(unit, draft_id)
        unit.record(desk.author, [ChangeDraft(Kind.DRAFT_DISCARDED, draft_id, {})])
