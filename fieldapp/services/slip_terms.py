"""The term of slips: for how many days one is good, which an administrator sets for the whole operation."""

from datetime import time, timedelta

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Role
from fieldapp.services.desk import Desk
from fieldapp.storage.slip_terms import slip_days

LONGEST_DAYS = 3650


def slip_term(desk: Desk) -> int:
    """Return for how many days slips that are issued now are good, 0 for no term."""
    with desk.database.read() as unit:
        return slip_days(unit)


def set_slip_term(desk: Desk, days: int) -> None:
    """Set for how many days slips are good from now on, 0 for no term; those issued before keep theirs.

    It holds on every laptop that the next bundles reach. Raises NotAllowed, and Problem for an impossible term.
    """
    desk.require(Role.ADMINISTRATOR, doing="set_slip_term")
    if not 0 <= days <= LONGEST_DAYS:
        raise Problem("slip_term", value=days, limit=LONGEST_DAYS)
    with desk.database.write() as unit:
        if slip_days(unit) != days:
            unit.record(desk.author, [ChangeDraft(Kind.SLIP_TERM_SET, desk.operation.operation_id, {"days": days})])


def expiry(desk: Desk, days: int) -> int:
    """Return when a slip issued now stops being good (ms): at the end of its last day at the post, 0 for never."""
    return desk.at(desk.today() + timedelta(days=days + 1), time()) if days else 0
