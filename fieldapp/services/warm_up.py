"""Loads what the first saved family needs - drawing, fonts, codes - so that its slip does not wait for them."""

from datetime import date
from uuid import UUID

from fieldapp.domain.birth import Birth
from fieldapp.domain.record import Sex
from fieldapp.domain.slip import SlipContent, SlipMember

_NOBODY = SlipMember(1, "A", "Ñ", Sex.UNKNOWN, Birth(), "HEAD")


def warm_up() -> None:
    """Draw one slip of nobody and throw it away. Takes up to half a second; call it off the main thread."""
    from fieldapp.documents.slip import render_slips  # noqa: PLC0415 - this is the place that loads it early
    from fieldapp.exchange import credential  # noqa: F401, PLC0415 - likewise

    slip = SlipContent(UUID(int=0), UUID(int=0), "", (_NOBODY,), 1, "", date(2026, 1, 1), 0, "", "", "COL")
    render_slips([(slip, ("NOBODY",))], "a6")
