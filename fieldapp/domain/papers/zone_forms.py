"""Where the fields stand in each form of a machine-readable zone, its lines joined into one text.

TD1 (Doc 9303-5, cards), TD2 (9303-6), TD3 (9303-4, passports), MRV-A and MRV-B (9303-7, visas, which have no composite
check digit). The forms are told apart by their length, and a visa by the V it begins with.
"""

from dataclasses import dataclass

from fieldapp.domain.papers.check_digits import ALPHABET
from fieldapp.domain.papers.unreadable import PaperUnreadable

VISA = "V"


@dataclass(frozen=True, slots=True)
class ZoneForm:
    """The places of the fields in the joined lines; each check digit of number, birth and expiry follows its field.

    `personal_digit` is the place of the check digit of the last optional field, and `composite_digit` of the one over
    the parts `composite_of`; None where the form has none. `long_numbers` may flow over into the first optional field.
    """

    name: str
    length: int
    names: slice
    number: slice
    nationality: slice
    birth: slice
    sex: int
    expiry: slice
    optional: tuple[slice, ...]
    personal_digit: int | None = None
    composite_digit: int | None = None
    composite_of: tuple[slice, ...] = ()
    long_numbers: bool = False


CODE = slice(0, 2)
ISSUER = slice(2, 5)

TD1 = ZoneForm(
    "TD1", 90, names=slice(60, 90), number=slice(5, 14), nationality=slice(45, 48), birth=slice(30, 36), sex=37,
    expiry=slice(38, 44), optional=(slice(15, 30), slice(48, 59)), composite_digit=59,
    composite_of=(slice(5, 37), slice(38, 45), slice(48, 59)), long_numbers=True,
)  # fmt: skip
TD2 = ZoneForm(
    "TD2", 72, names=slice(5, 36), number=slice(36, 45), nationality=slice(46, 49), birth=slice(49, 55), sex=56,
    expiry=slice(57, 63), optional=(slice(64, 71),), composite_digit=71,
    composite_of=(slice(36, 46), slice(49, 56), slice(57, 71)), long_numbers=True,
)  # fmt: skip
TD3 = ZoneForm(
    "TD3", 88, names=slice(5, 44), number=slice(44, 53), nationality=slice(54, 57), birth=slice(57, 63), sex=64,
    expiry=slice(65, 71), optional=(slice(72, 86),), personal_digit=86, composite_digit=87,
    composite_of=(slice(44, 54), slice(57, 64), slice(65, 87)),
)  # fmt: skip
MRV_A = ZoneForm(
    "MRV-A", 88, names=slice(5, 44), number=slice(44, 53), nationality=slice(54, 57), birth=slice(57, 63), sex=64,
    expiry=slice(65, 71), optional=(slice(72, 88),),
)  # fmt: skip
MRV_B = ZoneForm(
    "MRV-B", 72, names=slice(5, 36), number=slice(36, 45), nationality=slice(46, 49), birth=slice(49, 55), sex=56,
    expiry=slice(57, 63), optional=(slice(64, 72),),
)  # fmt: skip

LENGTHS = frozenset({TD1.length, TD2.length, TD3.length})


def joined(text: str) -> str:
    """Return the lines joined, in capitals, without white space or what a reader adds (tab, line ends, control codes).

    Raises PaperUnreadable(`mrz_length`) when no form is as long, (`mrz_character`) for a character no zone has.
    """
    kept = "".join(character for character in text if character > " " and character != "\x7f")
    if len(kept) not in LENGTHS:
        raise PaperUnreadable("mrz_length", length=len(kept))
    if not kept.isascii():  # some letters outside of ASCII have capitals inside it
        raise PaperUnreadable("mrz_character")
    kept = kept.upper()
    if not set(kept) <= set(ALPHABET):
        raise PaperUnreadable("mrz_character")
    return kept


def form_of(zone: str) -> ZoneForm:
    """Return the form of joined lines."""
    is_visa = zone.startswith(VISA)
    if len(zone) == TD1.length:
        return TD1
    if len(zone) == TD2.length:
        return MRV_B if is_visa else TD2
    return MRV_A if is_visa else TD3
