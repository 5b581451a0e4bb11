"""Dates of machine-readable zones: six digits without a century, parts of a birth date possibly unknown.

Doc 9303-3, 4.8: YYMMDD; what is unknown of a birth date is filled with fillers. Zeros for an unknown month or day,
which some issuers print, are taken the same way (the check digit is the same). The century is not in the zone:
a birth is not in the future and not after the paper expires; a paper does not run for more than fifty years from today.
"""

import datetime as dt

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.papers.check_digits import FILLER
from fieldapp.domain.papers.unreadable import PaperUnreadable

LONGEST_VALIDITY = 50
"""Years ahead of today that an expiry can lie; beyond them it is of the last century."""
_UNKNOWN = frozenset({FILLER * 2, "00"})


def expiry_of(text: str, today: dt.date) -> dt.date | None:
    """Return the day of expiry, None when the field is empty. Raises PaperUnreadable(`mrz_expiry`)."""
    if not text.strip(FILLER):
        return None
    try:
        year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
        century = 2000 if 2000 + year <= today.year + LONGEST_VALIDITY else 1900
        return dt.date(century + year, month, day)
    except ValueError as error:
        raise PaperUnreadable("mrz_expiry") from error


def birth_of(text: str, latest: dt.date) -> Birth:
    """Return the birth, at `latest` on that day. Raises PaperUnreadable(`mrz_birth`) for a day that is none."""
    year, month, day = text[:2], text[2:4], text[4:]
    if year == FILLER * 2 or text == "000000":
        _known(month)
        _known(day)
        return Birth()
    try:
        if _known(month) is None:
            _known(day)
            born = _in_century(int(year), 1, 1, latest)
            return Birth(BirthQuality.YEAR, born.year)
        if _known(day) is None:
            born = _in_century(int(year), int(month), 1, latest)
            return Birth(BirthQuality.YEAR_MONTH, born.year, born.month)
        return Birth.exact(_in_century(int(year), int(month), int(day), latest))
    except ValueError as error:
        raise PaperUnreadable("mrz_birth") from error


def _known(part: str) -> int | None:
    """Return a month or day, None where it is unknown. Raises PaperUnreadable(`mrz_birth`)."""
    if part in _UNKNOWN:
        return None
    if not part.isdecimal():
        raise PaperUnreadable("mrz_birth")
    return int(part)


def _in_century(year: int, month: int, day: int, latest: dt.date) -> dt.date:
    """Return the last such day up to `latest`. Raises ValueError when there is none, as for 29 February."""
    try:
        born = dt.date(2000 + year, month, day)
    except ValueError:
        return dt.date(1900 + year, month, day)
    return born if born <= latest else dt.date(1900 + year, month, day)
