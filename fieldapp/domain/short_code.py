"""Short codes that a scanner types: a pre-printed slip's token, or the registration number of a wristband.

Both have a check character, so that a keyboard layout other than the scanner's can be undone until one holds.
"""

from enum import StrEnum

from fieldapp.domain.papers.layouts import undo
from fieldapp.domain.registration_number import NotARegistrationNumber, parse
from fieldapp.domain.token import read_token

SHORTEST, LONGEST = 8, 30
"""Characters."""


class ShortCode(StrEnum):
    """What a short code is."""

    TOKEN = "token"  # noqa: S105 - a kind of code, no secret
    NUMBER = "number"


def read_short_code(text: str) -> tuple[ShortCode, str] | None:
    """Return what a short code is and how it is written, None for a text that is none."""
    text = text.strip("\r\n\t ")
    if not SHORTEST <= len(text) <= LONGEST:
        return None
    for meant in undo(text):
        token = read_token(meant)
        if token is not None:
            return ShortCode.TOKEN, token
        try:
            return ShortCode.NUMBER, str(parse(meant))
        except NotARegistrationNumber:
            continue
    return None
