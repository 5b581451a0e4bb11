"""What of a person is compared with another, made ready once: words, digits and the parts of a date."""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.matching.spelling import name_words

_SHORTEST_NUMBER = 4
_SHORTEST_PHONE, _PHONE_TAIL = 7, 9


@dataclass(frozen=True, slots=True)
class BirthParts:
    """A birth date for comparing; what is not known is 0. `rough` says that the year follows from an age."""

    year: int = 0
    month: int = 0
    day: int = 0
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Comparable:
    """A person for comparing. `family` is whatever names the registration group, empty where there is none."""

    given: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    sex: str = ""
    birth: BirthParts = BirthParts()
    documents: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    nationality: str = ""
    locality: str = ""
    family: bytes = b""

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the names."""
        return self.given + self.surnames


def comparable(  # noqa: PLR0913 - the fields of a person
    given_names: str = "",
    surnames: str = "",
    *,
    sex: str = "",
    birth: Birth | None = None,
    documents: Iterable[str] = (),
    phones: Iterable[str] = (),
    nationality: str = "",
    locality: str = "",
    family: bytes = b"",
) -> Comparable:
    """Return a person for comparing from the values as they stand in a record or in a list."""
    return Comparable(
        name_words(given_names),
        name_words(surnames),
        sex if sex in {"F", "M"} else "",
        birth_parts(birth) if birth else BirthParts(),
        tuple(number for paper in documents if (number := document_number(paper))),
        tuple(phone for each in phones if (phone := phone_number(each))),
        nationality,
        locality,
        family,
    )


def birth_parts(birth: Birth) -> BirthParts:
    """Return a birth for comparing."""
    return BirthParts(
        birth.likely_year or 0, birth.month or 0, birth.day or 0, birth.quality is BirthQuality.AGE
    )  # fmt: skip


def document_number(text: str) -> str:
    """Return a document number for comparing: its digits, or all of it where it has few; empty for none.

    Letters before the digits say the kind (`V-17.345.221`), and are often left out.
    """
    if text.isdigit() and text.isascii():
        digits = plain = text
    else:
        plain = "".join(filter(str.isalnum, text)).upper()
        digits = "".join(filter(str.isdigit, plain))
    number = digits.lstrip("0") if len(digits) > _SHORTEST_NUMBER else plain
    return number if len(number) >= _SHORTEST_NUMBER else ""


def phone_number(text: str) -> str:
    """Return the last digits of a phone number, without what stands for the country; empty for none."""
    digits = text if text.isdigit() else "".join(filter(str.isdigit, text))
    return digits[-_PHONE_TAIL:] if len(digits) >= _SHORTEST_PHONE else ""
