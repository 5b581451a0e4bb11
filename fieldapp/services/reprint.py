"""Print the slips of all families that are here once more, as after a flood: the same numbers, each the next copy."""

from fieldapp.domain.problems import NotFound
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.desk import Desk
from fieldapp.services.slips import IssuedSlip, issue_slip
from fieldapp.storage.reprint_queries import holders_of_slips


def reprint_slips(desk: Desk, slip_language: str, post: str = "", *, with_portrait: bool = False) -> list[IssuedSlip]:
    """Return the next copy of each valid slip of a family that is here, by post and number; each is in the log.

    Raises NotAllowed for a registrar, and NotFound where there is no such slip.
    """
    desk.require(*ANSWERABLE, doing="reprint_slips")
    with desk.database.read() as unit:
        families = holders_of_slips(unit, post)
    if not families:
        raise NotFound
    return [issue_slip(desk, family, slip_language, with_portrait=with_portrait) for family in families]
