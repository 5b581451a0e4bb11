"""What a scanned slip answers: its verdict, and whether its family is in this register and still to complete."""

from dataclasses import dataclass

from fieldapp.domain.papers.layouts import undo
from fieldapp.domain.problems import NotFound
from fieldapp.domain.slip import SlipReading, Verdict
from fieldapp.services.desk import Desk
from fieldapp.services.find import group_page
from fieldapp.services.verify import SIGNATURE_HOLDS, verify_text

_NOTHING_READ = frozenset({Verdict.NOT_A_SLIP, Verdict.ALTERED})


@dataclass(frozen=True, slots=True)
class ScannedSlip:
    """A slip as scanned. `is_here` says that this register has its family, `to_complete` that members are missing."""

    reading: SlipReading
    is_here: bool = False
    to_complete: bool = False


def scanned_slip(desk: Desk, text: str) -> ScannedSlip:
    """Verify what a scanner typed, also with another keyboard layout than ours. Never raises for a text."""
    reading = _verified(desk, text)
    if reading.group_id is None or reading.verdict not in SIGNATURE_HOLDS:
        return ScannedSlip(reading)
    try:
        page = group_page(desk, reading.group_id, audited=False)
    except NotFound:
        return ScannedSlip(reading)
    return ScannedSlip(reading, is_here=True, to_complete=not page.complete and not page.withdrawn)


def _verified(desk: Desk, text: str) -> SlipReading:
    first = verify_text(desk, text)
    if first.verdict not in _NOTHING_READ:
        return first
    for meant in undo(text):
        reading = verify_text(desk, meant)
        if reading.verdict not in _NOTHING_READ:
            return reading
    return first
