"""How long slips are good in this operation, and which of them ended on a day: read from the log, for both are few."""

from sqlalchemy import text

from fieldapp.domain.changes import Change, Kind
from fieldapp.storage import journal
from fieldapp.storage.units import ReadUnit

_ISSUES = (Kind.SLIP_ISSUED, Kind.SLIP_REISSUED)
_VOIDED = text("SELECT id FROM slip WHERE voided")
_DAY_MS = 86_400_000


def slip_days(unit: ReadUnit) -> int:
    """Return for how many days a slip that is issued now is good, 0 for no term."""
    terms = _terms(unit)
    return _days(max(terms, key=lambda change: change.order)) if terms else 0


def expired_between(unit: ReadUnit, begins_ms: int, ends_ms: int) -> int:
    """Return how many slips that nobody voided came to the end of their term in a span."""
    longest = max((_days(change) for change in _terms(unit)), default=0)
    if not longest:
        return 0
    voided = {bytes(row[0]) for row in unit.connection.execute(_VOIDED)}
    issued = journal.of_kinds(unit.connection, _ISSUES, unit.root_public, begins_ms - (longest + 2) * _DAY_MS)
    found = set()
    for change in issued:
        body = dict(change.payload or {})
        at_ms, slip = body.get("expires_at_ms"), body.get("slip")
        if isinstance(at_ms, int) and isinstance(slip, bytes) and begins_ms <= at_ms < ends_ms and slip not in voided:
            found.add(slip)
    return len(found)


def _terms(unit: ReadUnit) -> list[Change]:
    grants = unit.standing.grants(unit.connection)
    changes = journal.of_kinds(unit.connection, (Kind.SLIP_TERM_SET,), unit.root_public)
    return [change for change in changes if change.payload is not None and grants.allow(change)]


def _days(change: Change) -> int:
    days = dict(change.payload or {}).get("days")
    return days if isinstance(days, int) and days > 0 else 0
