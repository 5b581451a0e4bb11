"""A token: the text of a slip that was printed before anybody knew whom it is for (`TK-7QMX2-0KD4R-B`).

Opaque and random (50 bits), so that it says nothing and two laptops never print the same; a check character (ISO 7064
Mod 37,36) tells a token that was mistyped. Bound to a family it only opens the family's record; it is no credential.
"""

import re

from stdnum.iso7064 import mod_37_36

from fieldapp.domain.ids import RandomBytes

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32: no I, L, O or U, which are mistaken for others."""
_PREFIX = "TK"
_HALF = 5
_SHAPE = re.compile(r"TK-?([0-9A-Z]{5})-?([0-9A-Z]{5})-?([0-9A-Z])")
_MISTAKEN = str.maketrans("ILO", "110")


def new_token(random_bytes: RandomBytes) -> str:
    """Return a new token."""
    number = int.from_bytes(random_bytes(7), "big")
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(2 * _HALF))
    return _written(letters)


def read_token(text: str) -> str | None:
    """Return a token as it is kept, None for a text that is none. Case, spaces and missing hyphens do not matter."""
    if len(text) > 40:  # noqa: PLR2004 - no token is as long, and a scan may be
        return None
    match = _SHAPE.fullmatch(re.sub(r"\s", "", text).upper())
    if match is None:
        return None
    letters = (match[1] + match[2]).translate(_MISTAKEN)
    written = _written(letters) if set(letters) <= set(_ALPHABET) else ""
    return written if written and written[-1] == match[3].translate(_MISTAKEN) else None


def _written(letters: str) -> str:
    check = str(mod_37_36.calc_check_digit(letters)).translate(_MISTAKEN)
    return f"{_PREFIX}-{letters[:_HALF]}-{letters[_HALF:]}-{check}"
