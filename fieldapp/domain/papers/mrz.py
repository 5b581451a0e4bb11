"""The machine-readable zone of passports, identity cards and visas (ICAO Doc 9303 parts 3 to 7).

`read_zone` takes the lines as a reader typed them and accepts a zone only when every check digit it has is right. What
a zone leaves open stays open: a birth date in parts, no sex, names cut where the line ended. It guesses no character;
`repair` does that for text read from a picture.
"""

import datetime as dt
import re

from fieldapp.domain.papers.check_digits import FILLER, check_digit, holds
from fieldapp.domain.papers.unreadable import PaperUnreadable
from fieldapp.domain.papers.zone import Zone
from fieldapp.domain.papers.zone_dates import birth_of, expiry_of
from fieldapp.domain.papers.zone_forms import CODE, ISSUER, ZoneForm, form_of, joined
from fieldapp.domain.record import Sex

_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE, "X": Sex.OTHER, FILLER: Sex.UNKNOWN}
_CODE = re.compile(r"[A-Z][A-Z<]")
_STATE = re.compile(r"[A-Z]{1,3}<{0,2}")
_NAMES = re.compile(r"[A-Z<]*[A-Z][A-Z<]*")
_LONG_NUMBER = re.compile(r"([A-Z0-9]*[A-Z0-9])([0-9])<(.*)")
_OTHER_STATE_CODES = {"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR"}
"""Codes of Doc 9303-3, section 5, that stand for a country with a code of its own: Germany, kinds of British people."""


def read_zone(text: str, today: dt.date) -> Zone:
    """Read the two or three lines of a zone, in whatever way they are broken, joined or spaced.

    Raises PaperUnreadable: `mrz_length`, `mrz_character`, `mrz_check_number`, `mrz_check_birth`, `mrz_check_expiry`,
    `mrz_check_optional`, `mrz_check_whole`, `mrz_field`, `mrz_names`, `mrz_birth`, `mrz_expiry`.
    """
    zone = joined(text)
    form = form_of(zone)
    number, optional = checked_fields(zone, form)
    if not _CODE.fullmatch(zone[CODE]) or zone[form.sex] not in _SEXES:
        raise PaperUnreadable("mrz_field")
    surnames, given_names = split_names(zone[form.names])
    expiry = expiry_of(zone[form.expiry], today)
    return Zone(
        form=form.name,
        code=zone[CODE].rstrip(FILLER),
        issuer=_state(zone[ISSUER]),
        number=number,
        surnames=surnames,
        given_names=given_names,
        names_cut=zone[form.names][-1] != FILLER,
        nationality=_state(zone[form.nationality]),
        birth=birth_of(zone[form.birth], min(today, expiry or today)),
        sex=_SEXES[zone[form.sex]],
        expiry=expiry,
        optional=optional,
    )


def checked_fields(zone: str, form: ZoneForm) -> tuple[str, tuple[str, ...]]:
    """Verify every check digit of joined lines; return the document number and the optional fields.

    Raises PaperUnreadable with the code of the first digit that is wrong.
    """
    number, optional = _number(zone, form)
    for field, code in ((form.birth, "mrz_check_birth"), (form.expiry, "mrz_check_expiry")):
        if not holds(zone[field], zone[field.stop]):
            raise PaperUnreadable(code)
    if form.personal_digit is not None and not holds(zone[form.optional[-1]], zone[form.personal_digit]):
        raise PaperUnreadable("mrz_check_optional")
    if form.composite_digit is not None:
        covered = "".join(zone[part] for part in form.composite_of)
        if check_digit(covered) != zone[form.composite_digit]:
            raise PaperUnreadable("mrz_check_whole")
    return number, optional


def split_names(field: str) -> tuple[str, str]:
    """Return the primary and the secondary identifier with spaces for fillers; either may be empty, not both.

    Doc 9303-3, 4.6: two fillers part them, one filler stands for a space, hyphen or apostrophe; digits are not used.
    """
    if not _NAMES.fullmatch(field):
        raise PaperUnreadable("mrz_names")
    primary, _, secondary = field.partition(FILLER * 2)
    return _spaced(primary), _spaced(secondary)


def _number(zone: str, form: ZoneForm) -> tuple[str, tuple[str, ...]]:
    """Return the checked document number and the optional fields without the part of a long number in the first.

    A number of more than nine characters has a filler in the place of its check digit and goes on in the optional field,
    check digit and a filler last (Doc 9303-5 and 9303-6, 4.2.2). Whether that filler counts in the digit's weights is
    read in two ways: older Belgian cards count it, newer ones and Doc 9303 do not. The composite digit settles it.
    """
    start, digit = zone[form.number], zone[form.number.stop]
    optional = tuple(zone[part] for part in form.optional)
    if not start.strip(FILLER):
        raise PaperUnreadable("mrz_check_number")
    if digit != FILLER:
        if digit != check_digit(start):
            raise PaperUnreadable("mrz_check_number")
        return start.replace(FILLER, ""), optional
    match = _LONG_NUMBER.fullmatch(optional[0]) if form.long_numbers and FILLER not in start else None
    if match is None:
        raise PaperUnreadable("mrz_check_number")
    rest, digit, remainder = match.groups()
    if digit not in {check_digit(start + rest), check_digit(start + FILLER + rest)}:
        raise PaperUnreadable("mrz_check_number")
    return start + rest, (remainder, *optional[1:])


def _state(field: str) -> str:
    """Return the code of a state or organisation. Raises PaperUnreadable(`mrz_field`)."""
    if not _STATE.fullmatch(field):
        raise PaperUnreadable("mrz_field")
    code = field.rstrip(FILLER)
    return _OTHER_STATE_CODES.get(code, code)


def _spaced(identifier: str) -> str:
    return " ".join(identifier.replace(FILLER, " ").split())
