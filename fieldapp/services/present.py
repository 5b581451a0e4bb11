"""A slip presented for a service, such as a meal: once a day, and a second time is said with when and where.

Each presentation is an audit entry of the family, so that it travels with the bundles and changes no record. What other
laptops gave is known as far as their bundles came.
"""

from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.services.desk import Desk
from fieldapp.services.scanned_slip import RELIABLE, ScannedSlip, scanned_slip
from fieldapp.storage import presented_queries
from fieldapp.storage.presented_queries import Presentation

_SAME_SCAN_MS = 10_000
"""A scanner that reads twice, or a slip held too long, is one presentation."""
__all__ = ["Presentation", "PresentedSlip", "give_again", "present_slip"]


@dataclass(frozen=True, slots=True)
class PresentedSlip:
    """A slip presented for a service: `counted` says that it was written down, `before` when it was shown first today."""

    slip: ScannedSlip
    service: str
    counted: bool
    before: Presentation | None = None


def present_slip(desk: Desk, text: str, service: str) -> PresentedSlip:
    """Verify a slip and write down that it was presented, unless it was shown for this service today already."""
    slip = scanned_slip(desk, text)
    group_id, day = slip.reading.group_id, desk.day(desk.today())
    if group_id is None or slip.erased or slip.reading.verdict not in RELIABLE:
        return PresentedSlip(slip, service, counted=False)
    with desk.database.write() as unit:
        earlier = presented_queries.presented(unit, group_id, service, day.begins_ms, day.ends_ms)
        last = earlier[-1] if earlier else None
        if last and last.device == desk.device.device_id and 0 <= desk.now_ms() - last.at_ms < _SAME_SCAN_MS:
            return PresentedSlip(slip, service, counted=True, before=earlier[0] if len(earlier) > 1 else None)
        if earlier:
            return PresentedSlip(slip, service, counted=False, before=earlier[0])
        unit.record(desk.author, [_presented(group_id, service)])
    return PresentedSlip(slip, service, counted=True)


def give_again(desk: Desk, group_id: UUID, service: str) -> None:
    """Write down that a service is given to a family once more today, as staff decided."""
    with desk.database.write() as unit:
        unit.record(desk.author, [_presented(group_id, service)])


def _presented(group_id: UUID, service: str) -> ChangeDraft:
    return ChangeDraft(Kind.SLIP_PRESENTED, group_id, {"service": service})
