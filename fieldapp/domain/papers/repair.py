"""Characters that reading a picture confuses, put right where the zone itself proves it.

Where the form asks for a digit or a letter, the look-alike is what was meant: `O` in a date is `0`. In a document number
both can stand, so there look-alikes are tried, at most two, and taken only when every check digit then holds and no
other try with as few changes does. Numbers are taken to have their letters in front: a letter is tried as a digit anywhere,
a digit as a letter only in the first two places.
"""

from collections.abc import Iterator
from itertools import combinations

from fieldapp.domain.papers.check_digits import FILLER
from fieldapp.domain.papers.mrz import checked_fields
from fieldapp.domain.papers.unreadable import PaperUnreadable
from fieldapp.domain.papers.zone_forms import CODE, ISSUER, ZoneForm, form_of, joined

_TO_DIGIT = str.maketrans("OQDILBSZG", "000118526")
_TO_LETTER = str.maketrans("018526", "OIBSZG")
_ALIKE = {"O": "0", "I": "1", "B": "8", "S": "5", "Z": "2", "G": "6"}
_ALIKE_LETTERS = {digit: letter for letter, digit in _ALIKE.items()}
_MARKS = str.maketrans({"«": FILLER * 2, "‹": FILLER, "‘": "", "’": "", "'": "", ".": "", ",": ""})
_MOST_CHANGES = 2
_LETTERS_IN_FRONT = 2


def repaired(text: str) -> str:
    """Return the joined lines with look-alikes put right, unchanged where nothing was wrong.

    Raises PaperUnreadable: `mrz_length` or `mrz_character` as for any zone, the code of the wrong check digit when
    nothing or more than one thing would make all digits hold.
    """
    zone = joined(text.translate(_MARKS))
    form = form_of(zone)
    if _hold(zone, form) is None:
        return _letters_only(zone, form)
    zone = _digits_only(_letters_only(zone, form), form)
    problem = _hold(zone, form)
    if problem is None:
        return zone
    for count in range(1, _MOST_CHANGES + 1):
        fitting = [changed for changed in _changed(zone, form, count) if _hold(changed, form) is None]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            break
    raise problem


def _hold(zone: str, form: ZoneForm) -> PaperUnreadable | None:
    """Return what is wrong with the check digits, None when all hold."""
    try:
        checked_fields(zone, form)
    except PaperUnreadable as problem:
        return problem
    return None


def _letters_only(zone: str, form: ZoneForm) -> str:
    """Put letters where the form has no digits; no check digit covers these fields."""
    for part in (CODE, ISSUER, form.nationality, form.names):
        zone = _replaced(zone, part, zone[part].translate(_TO_LETTER))
    return zone


def _digits_only(zone: str, form: ZoneForm) -> str:
    """Put digits where the form has no letters: dates and check digits."""
    single = [form.number.stop, form.birth.stop, form.expiry.stop, form.personal_digit, form.composite_digit]
    parts = [form.birth, form.expiry, *(slice(place, place + 1) for place in single if place is not None)]
    for part in parts:
        zone = _replaced(zone, part, zone[part].translate(_TO_DIGIT))
    return zone


def _changed(zone: str, form: ZoneForm, count: int) -> Iterator[str]:
    """Yield the zone with so many look-alikes changed in the number and the optional fields."""
    places = [place for part in (form.number, *form.optional) for place in range(part.start, part.stop)]
    front = range(form.number.start, form.number.start + _LETTERS_IN_FRONT)
    other = {place: _ALIKE[zone[place]] for place in places if zone[place] in _ALIKE}
    other |= {place: _ALIKE_LETTERS[zone[place]] for place in front if zone[place] in _ALIKE_LETTERS}
    for chosen in combinations(sorted(other), count):
        changed = list(zone)
        for place in chosen:
            changed[place] = other[place]
        yield "".join(changed)


def _replaced(zone: str, part: slice, text: str) -> str:
    return zone[: part.start] + text + zone[part.stop :]
