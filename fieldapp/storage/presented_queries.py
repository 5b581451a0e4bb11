"""When and where a family's slip was presented for a service, from the audit entries of all laptops known here."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fields import text_of
from fieldapp.storage.units import ReadUnit
from fieldapp.trust.envelopes import decode

_PRESENTED = text(
    "SELECT c.envelope, p.body FROM change c JOIN payload p ON p.device = c.device AND p.epoch = c.epoch AND p.seq = c.seq"
    " WHERE c.subject = :group AND c.kind = :kind AND c.wall_ms >= :begins AND c.wall_ms < :ends ORDER BY c.wall_ms"
)


@dataclass(frozen=True, slots=True)
class Presentation:
    """A slip was presented: when (ms), on which laptop (its code) and at which post."""

    at_ms: int
    device: UUID
    device_code: str
    post: str


def presented(unit: ReadUnit, group: UUID, service: str, begins_ms: int, ends_ms: int) -> list[Presentation]:
    """Return when a family's slip was presented for a service within a span, the first time first."""
    values = {"group": group.bytes, "kind": str(Kind.SLIP_PRESENTED), "begins": begins_ms, "ends": ends_ms}
    changes = [decode(row.envelope, row.body) for row in unit.connection.execute(_PRESENTED, values)]
    codes = {(one.device_id, one.epoch): one.code for one in unit.devices()} if changes else {}
    return [
        Presentation(one.wall_ms, one.device, codes.get((one.device, one.epoch), ""), one.post)
        for one in changes
        if _service(one) == service
    ]


def _service(change: Change) -> str:
    return text_of(dict(change.payload or {}), "service")
