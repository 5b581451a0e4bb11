"""Print the slips of all families that are here once more, as after a flood: the same numbers, each the next copy.

They come sorted by place in the shelter, so that whoever hands them out walks through it once.
"""

import re
from collections.abc import Sequence
from uuid import UUID

from fieldapp.domain.problems import NotFound
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.desk import Desk
from fieldapp.services.slips import IssuedSlip, issue_slip
from fieldapp.storage import records
from fieldapp.storage.reprint_queries import holders_of_slips

_NUMBER = re.compile(r"([0-9]{1,9})")


def families_with_slips(desk: Desk, post: str = "") -> tuple[UUID, ...]:
    """Return the families that are here and hold a valid slip, by place in the shelter, border post and number.

    Those without a place come last. Raises NotAllowed for a registrar, and NotFound where there is no such slip.
    """
    desk.require(*ANSWERABLE, doing="reprint_slips")
    with desk.database.read() as unit:
        families = holders_of_slips(unit, post)
        places = {family: str(records.state_of(unit, family).value("shelter_place")) for family in families}
    if not families:
        raise NotFound
    return tuple(sorted(families, key=lambda family: in_walking_order(places[family])))


def in_walking_order(place: str) -> tuple[bool, tuple[tuple[int, str], ...]]:
    """Return what sorts places as people walk: tent 2 before tent 10, and no place at the end."""
    parts = _NUMBER.split(place.casefold())
    return not place, tuple((int(part), "") if which % 2 else (0, part) for which, part in enumerate(parts))


def reprint_some(
    desk: Desk, families: Sequence[UUID], slip_language: str, *, with_portrait: bool = False
) -> list[IssuedSlip]:
    """Return the next copy of the slip of some families, in this order; each is in the log. Raises NotAllowed."""
    desk.require(*ANSWERABLE, doing="reprint_slips")
    return [issue_slip(desk, family, slip_language, with_portrait=with_portrait) for family in families]


def reprint_slips(desk: Desk, slip_language: str, post: str = "", *, with_portrait: bool = False) -> list[IssuedSlip]:
    """Return the next copy of every valid slip of families that are here. Raises as `families_with_slips` does."""
    return reprint_some(desk, families_with_slips(desk, post), slip_language, with_portrait=with_portrait)
