"""Check digits of machine-readable zones (ICAO Doc 9303-3, 4.9): weights 7, 3, 1, modulo 10."""

import string

FILLER = "<"
ALPHABET = string.digits + string.ascii_uppercase + FILLER
"""Every character a machine-readable zone can hold (Doc 9303-3, 4.3)."""

_WEIGHTS = (7, 3, 1)
_VALUES = {character: value for value, character in enumerate(string.digits + string.ascii_uppercase)} | {FILLER: 0}


def check_digit(text: str) -> str:
    """Return the check digit over characters of the zone's alphabet; a filler counts as zero."""
    return str(sum(_VALUES[character] * _WEIGHTS[place % 3] for place, character in enumerate(text)) % 10)


def holds(text: str, digit: str) -> bool:
    """Tell whether a field's check digit is right; an empty field may have a filler instead (Doc 9303-4, 4.2.2.2)."""
    if digit == FILLER:
        return not text.strip(FILLER)
    return digit == check_digit(text)
