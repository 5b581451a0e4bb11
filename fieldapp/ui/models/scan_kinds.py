"""What a scan is of, told cheaply from its shape; whether it can be read is for others to say.

Another kind of code gets a value and a line in `kind_of` here, and a function in `scan_router`.
"""

from enum import StrEnum

from fieldapp.domain.papers.reading import looks_like_paper
from fieldapp.domain.short_code import ShortCode, read_short_code

LONGEST_SCAN = 4296
"""Characters that the largest QR code holds."""
_SLIP_BEGINS = ("NCF", "6BF")
"""How a slip's code begins: Base45 of the first bytes of a zlib stream."""
_ENROLMENT_BEGINS = "FAENROL1"
"""How the request of a laptop begins that wants to be enrolled."""
_SHORTEST_HALF, _SHORTEST_SLIP = 20, 60
"""Characters: half a scan that begins like a slip; a text with the letters of one (wrong keyboard layouts keep these)."""


class ScanKind(StrEnum):
    """What a scan is of."""

    SLIP = "slip"
    PAPER = "paper"
    ENROLMENT = "enrolment"
    TOKEN = "token"  # noqa: S105 - a kind of scan, no secret
    NUMBER = "number"
    OTHER = "other"


def kind_of(content: str | bytes) -> ScanKind:
    """Return what a scan is of."""
    if len(content) > LONGEST_SCAN:
        return ScanKind.OTHER
    text = (content.decode("latin-1") if isinstance(content, bytes) else content).strip()
    if text.upper().startswith(_ENROLMENT_BEGINS):
        return ScanKind.ENROLMENT
    short = read_short_code(text)
    if short is not None:
        return ScanKind.TOKEN if short[0] is ShortCode.TOKEN else ScanKind.NUMBER
    if text.upper().startswith(_SLIP_BEGINS) and len(text) >= _SHORTEST_HALF and "<" not in text:
        return ScanKind.SLIP
    if looks_like_paper(content):
        return ScanKind.PAPER
    if len(text) >= _SHORTEST_SLIP and len(text.split("\n")) == 1 and text.upper() == text and "://" not in text:
        return ScanKind.SLIP
    return ScanKind.OTHER


def short_text(content: str | bytes) -> str:
    """Return a short code as it is written, whatever the keyboard layout made of it."""
    text = content.decode("latin-1") if isinstance(content, bytes) else content
    short = read_short_code(text)
    return short[1] if short is not None else text.strip()
