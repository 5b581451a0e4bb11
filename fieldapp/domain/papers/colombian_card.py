"""The Colombian identity card: the PDF417 on the back of the yellow one, and the zone of the digital one.

The PDF417 has fixed places, names padded with NULs. A barcode library gives them as they are; a scanner that types
leaves NULs out or types spaces for them. Places are counted from a marker in the text. Where the names have run together
they cannot be parted, so they are left out; number, sex and birth date still stand alone. Blood type and
fingerprints follow what is read here: they are never taken out of the scan.
"""

import datetime as dt
import re
from dataclasses import dataclass

from fieldapp.domain.birth import Birth, BirthError, checked
from fieldapp.domain.papers.unreadable import PaperUnreadable
from fieldapp.domain.papers.zone import Zone
from fieldapp.domain.record import Sex

MARKER = b"PubDSK_1"
_MARKER_AT = 24
_NUMBER = slice(48, 58)
_NAMES = (slice(58, 81), slice(81, 104), slice(104, 127), slice(127, 150))
_NAME_WIDTH = 23
_SEX = 151
_BIRTH = slice(152, 160)
_END = 160
"""Places read end here; what follows is a place of registration that is not ours, blood type and fingerprints."""
_PADDING = "\0 "
_NAME = re.compile(r"(?:[^\W\d_]|[ .'\-])*")
_RUN_TOGETHER = re.compile(rb"\d{8,20}(\d{10})([^\d\0-\x1f]{2,92})0([MF])(\d{8})\d{5}")
_CARD_OF_A_MINOR = b"I"
"""The first byte of the identity card of those from 7 to 17 years."""
_DIGITAL_CODE = "IC"
_NUIP = re.compile(r"(\d{10})<?")


@dataclass(frozen=True, slots=True)
class Card:
    """What is read from a yellow card; names are in capitals, and empty when `names_run_together`.

    A name that fills its field may have been cut.
    """

    number: str
    surnames: str
    given_names: str
    sex: Sex
    birth: Birth
    is_minors: bool
    names_cut: bool = False
    names_run_together: bool = False


def is_card(scan: str | bytes) -> bool:
    """Tell whether a scan has the marker of the yellow card."""
    return MARKER in scan if isinstance(scan, bytes) else MARKER.decode() in scan


def read_card(scan: str | bytes, today: dt.date) -> Card:
    """Read the PDF417 as a library gave it (bytes) or as a scanner typed it.

    Raises PaperUnreadable: `paper_unknown` without the marker, `card_unreadable` when it is cut short or was changed.
    """
    data = scan if isinstance(scan, bytes) else scan.encode("latin-1", "replace")
    begin = data.find(MARKER)
    if begin < 0:
        raise PaperUnreadable()
    is_minors = data.startswith(_CARD_OF_A_MINOR)
    after = data[begin - _MARKER_AT :] if begin >= _MARKER_AT else bytes(_MARKER_AT - begin) + data
    card = _by_places(after[:_END], today, is_minors) or _without_padding(after[_MARKER_AT:], today, is_minors)
    if card is None:
        raise PaperUnreadable("card_unreadable")
    return card


def nuip(zone: Zone) -> str | None:
    """Return the number of the person on a digital citizen's card, None for any other paper.

    The document number in its zone is the number of the card; the person's stands in the second optional field.
    """
    if (zone.form, zone.code, zone.issuer, zone.nationality) != ("TD1", _DIGITAL_CODE, "COL", "COL"):
        return None
    match = _NUIP.fullmatch(zone.optional[-1])
    return match[1].lstrip("0") or None if match else None


def _by_places(data: bytes, today: dt.date, is_minors: bool) -> Card | None:
    """Read the fixed places, None where they do not hold what they should."""
    if len(data) < _END:
        return None
    names = [data[place].decode("latin-1") for place in _NAMES]
    return _card(data[_NUMBER], names, data[_SEX : _SEX + 1], data[_BIRTH], today, is_minors)


def _without_padding(data: bytes, today: dt.date, is_minors: bool) -> Card | None:
    """Read a scan whose NULs before the number are missing, and perhaps those of the names."""
    match = _RUN_TOGETHER.search(data[:_END])
    if match is None:
        return None
    number, letters, sex, birth = match.groups()
    text = letters.decode("latin-1")
    if len(text) == _NAMES[-1].stop - _NAMES[0].start:
        names = [text[place.start - _NAMES[0].start : place.stop - _NAMES[0].start] for place in _NAMES]
        card = _card(number, names, sex, birth, today, is_minors)
        if card is not None:
            return card
    return _card(number, None, sex, birth, today, is_minors)


def _card(
    number: bytes, names: list[str] | None, sex: bytes, birth: bytes, today: dt.date, is_minors: bool
) -> Card | None:
    born = _birth(birth, today)
    if not (number.isdigit() and number.strip(b"0") and sex in {b"M", b"F"}) or born is None:
        return None
    surnames = given_names = ""
    is_cut = False
    if names is not None:
        tidied = [name.rstrip(_PADDING) for name in names]
        if not all(_NAME.fullmatch(name) for name in tidied) or not any(tidied):
            return None
        is_cut = any(len(name) == _NAME_WIDTH for name in tidied)
        surnames, given_names = " ".join(tidied[:2]).strip(), " ".join(tidied[2:]).strip()
    return Card(
        number=number.decode().lstrip("0"),
        surnames=surnames,
        given_names=given_names,
        sex=Sex(sex.decode()),
        birth=born,
        is_minors=is_minors,
        names_cut=is_cut,
        names_run_together=names is None,
    )


def _birth(digits: bytes, today: dt.date) -> Birth | None:
    """Return the birth of eight digits, unknown for zeros only, None where it is no day or in the future."""
    if not digits.isdigit():
        return None
    if not digits.strip(b"0"):
        return Birth()
    try:
        return checked(Birth.exact(dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))), today)
    except (ValueError, BirthError):
        return None
