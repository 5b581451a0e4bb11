"""Machine-readable zones for tests: the samples, and a maker of lines with a check digit of its own.

The check digit is computed here anew, so that the program's own is judged by another.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[2] / "data" / "mrz_samples.txt"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Sample:
    """A row of the samples."""

    id: str
    form: str
    valid: bool
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def samples() -> list[Sample]:
    """Return every sample."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [
            Sample(
                row["id"],
                row["format"],
                row["valid"] == "yes",
                tuple(line for line in (row["line1"], row["line2"], row["line3"]) if line),
            )
            for row in rows
        ]


def sample(id: str) -> str:
    """Return the text of one sample."""
    return next(each.text for each in samples() if each.id == id)


def digit(text: str) -> str:
    """Return the check digit by the rule's words: each value times 7, 3, 1 in turn, the sum's last digit."""
    total = 0
    for place, character in enumerate(text):
        value = (
            0 if character == "<" else int(character) if character in "0123456789" else LETTERS.index(character) + 10
        )
        total += value * (7 if place % 3 == 0 else 3 if place % 3 == 1 else 1)
    return str(total)[-1]


def _field(text: str, width: int) -> str:
    return text[:width].ljust(width, "<")


def _with_digit(text: str) -> str:
    return text + digit(text)


@dataclass(frozen=True)
class Holder:
    """What a zone is made of; dates as six characters."""

    surnames: str = "PEREZ<DIAZ"
    given_names: str = "ANA"
    number: str = "012345678"
    issuer: str = "VEN"
    nationality: str = "VEN"
    birth: str = "850228"
    sex: str = "F"
    expiry: str = "300115"
    optional: str = ""

    def names(self, width: int) -> str:
        return _field(f"{self.surnames}<<{self.given_names}", width)


def td3(holder: Holder, code: str = "P") -> str:
    """Return a passport's two lines."""
    number, birth = _with_digit(_field(holder.number, 9)), _with_digit(holder.birth)
    expiry, optional = _with_digit(holder.expiry), _with_digit(_field(holder.optional, 14))
    whole = digit(number + birth + expiry + optional)
    first = _field(code, 2) + _field(holder.issuer, 3) + holder.names(39)
    return f"{first}\n{number}{_field(holder.nationality, 3)}{birth}{holder.sex}{expiry}{optional}{whole}"


def td2(holder: Holder, code: str = "I") -> str:
    """Return the two lines of a card of this size."""
    number, birth = _with_digit(_field(holder.number, 9)), _with_digit(holder.birth)
    expiry, optional = _with_digit(holder.expiry), _field(holder.optional, 7)
    whole = digit(number + birth + expiry + optional)
    first = _field(code, 2) + _field(holder.issuer, 3) + holder.names(31)
    return f"{first}\n{number}{_field(holder.nationality, 3)}{birth}{holder.sex}{expiry}{optional}{whole}"


def td1(holder: Holder, code: str = "I", second_optional: str = "") -> str:
    """Return a card's three lines; a number of more than nine characters flows over."""
    number = _with_digit(_field(holder.number, 9)) + _field(holder.optional, 15)
    if len(holder.number) > 9:
        rest = holder.number[9:] + digit(holder.number) + "<" + holder.optional
        number = holder.number[:9] + "<" + _field(rest, 15)
    birth, expiry, more = _with_digit(holder.birth), _with_digit(holder.expiry), _field(second_optional, 11)
    whole = digit(number + birth + expiry + more)
    first = _field(code, 2) + _field(holder.issuer, 3) + number
    second = f"{birth}{holder.sex}{expiry}{_field(holder.nationality, 3)}{more}{whole}"
    return f"{first}\n{second}\n{holder.names(30)}"
