"""A birth date and how well it is known.

Qualities: exact, year and month, year only, an age stated on a day, unknown. Ages are whole years.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

OLDEST_AGE = 120


class BirthQuality(StrEnum):
    """How well a birth date is known; the codes of the list `birth_date_quality`."""

    EXACT = "EXACT"
    YEAR_MONTH = "YM"
    YEAR = "Y"
    AGE = "AGE"
    UNKNOWN = "UNK"


class BirthError(ValueError):
    """The text is not a birth date; `code` is one of `unreadable`, `future`, `too_old`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Birth:
    """What is known of a birth: parts that are not known are None; `stated_on` is the day an age was stated."""

    quality: BirthQuality = BirthQuality.UNKNOWN
    year: int | None = None
    month: int | None = None
    day: int | None = None
    age: int | None = None
    stated_on: dt.date | None = None

    @classmethod
    def exact(cls, day: dt.date) -> "Birth":
        """Return a birth on a known day."""
        return cls(BirthQuality.EXACT, day.year, day.month, day.day)

    @property
    def date(self) -> dt.date | None:
        """The day of birth, if it is known exactly."""
        if self.quality is not BirthQuality.EXACT or self.year is None or self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)

    @property
    def likely_year(self) -> int | None:
        """The year of birth, or the later of the two possible ones when an age was stated."""
        if self.quality is BirthQuality.AGE and self.age is not None and self.stated_on is not None:
            return self.stated_on.year - self.age
        return self.year

    def age_on(self, day: dt.date) -> int | None:
        """Return the age in whole years on a day; where the birthday is not known it counts as already passed."""
        if self.quality is BirthQuality.AGE:
            if self.age is None or self.stated_on is None:
                return None
            earlier_in_year = (day.month, day.day) < (self.stated_on.month, self.stated_on.day)
            passed = day.year - self.stated_on.year - earlier_in_year
            return max(0, self.age + max(0, passed))
        if self.year is None:
            return None
        before_birthday = (day.month, day.day) < (self.month or 1, self.day or 1)
        return max(0, day.year - self.year - before_birthday)

    def __str__(self) -> str:
        """The ISO form of what is known: `1989-02-14`, `1989-02`, `1989`, `35@2026-01-05`, or nothing."""
        match self.quality:
            case BirthQuality.EXACT:
                return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
            case BirthQuality.YEAR_MONTH:
                return f"{self.year:04d}-{self.month:02d}"
            case BirthQuality.YEAR:
                return f"{self.year:04d}"
            case BirthQuality.AGE:
                return f"{self.age}@{self.stated_on}"
            case _:
                return ""


def from_iso(text: str) -> Birth:
    """Read the form that `str(birth)` gives. Raises BirthError(`unreadable`)."""
    try:
        if not text:
            return Birth()
        if "@" in text:
            age, day = text.split("@")
            return Birth(BirthQuality.AGE, age=int(age), stated_on=dt.date.fromisoformat(day))
        parts = [int(part) for part in text.split("-")]
        match parts:
            case [year, month, day_of_month]:
                return Birth.exact(dt.date(year, month, day_of_month))
            case [year, month] if 1 <= month <= 12:
                return Birth(BirthQuality.YEAR_MONTH, year, month)
            case [year]:
                return Birth(BirthQuality.YEAR, year)
    except ValueError:
        pass
    raise BirthError("unreadable")


_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2})|(\d{2})(\d{2})(\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\- ](\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[/.\-](\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_AGE = re.compile(r"(\d{1,3})")


def read_typed(text: str, today: dt.date) -> Birth:
    """Read a birth date as staff type it; the quality follows from what was typed.

    `14/2/1989`, `14/2/89`, `14021989`, `140289` and `1989-02-14` are exact; `2/1989` and `1989-02` give year and month; `1989` a year;
    `35` an age on `today`; nothing or `?` means unknown. Raises BirthError (`unreadable`, `future`, `too_old`).
    """
    text = text.strip()
    if text in {"", "?"}:
        return Birth()
    birth = _parse_typed(text, today)
    return checked(birth, today)


def checked(birth: Birth, today: dt.date) -> Birth:
    """Return the birth, or raise BirthError when it lies in the future or more than 120 years back."""
    year = birth.likely_year
    if year is not None:
        if (year, birth.month or 1, birth.day or 1) > (today.year, today.month, today.day):
            raise BirthError("future")
        if year < today.year - OLDEST_AGE:
            raise BirthError("too_old")
    return birth


def _parse_typed(text: str, today: dt.date) -> Birth:
    try:
        if match := _DAY_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
            day, month, year = (int(part) for part in match.groups())
            return Birth.exact(dt.date(year, month, day))
        if match := _SHORT_YEAR.fullmatch(text):
            day, month, short = (int(part) for part in match.groups() if part is not None)
            return Birth.exact(_last_past(day, month, short, today))
        if match := _YEAR_FIRST.fullmatch(text):
            year, month, day = (int(part) for part in match.groups())
            return Birth.exact(dt.date(year, month, day))
        if match := _MONTH_YEAR.fullmatch(text):
            return _year_month(int(match[2]), int(match[1]))
        if match := _YEAR_MONTH.fullmatch(text):
            return _year_month(int(match[1]), int(match[2]))
        if _YEAR.fullmatch(text):
            return Birth(BirthQuality.YEAR, int(text))
        if match := _AGE.fullmatch(text):
            age = int(match[1])
            if age > OLDEST_AGE:
                raise BirthError("too_old")
            return Birth(BirthQuality.AGE, age=age, stated_on=today)
    except BirthError:
        raise
    except ValueError as error:
        raise BirthError("unreadable") from error
    raise BirthError("unreadable")


def _last_past(day: int, month: int, short: int, today: dt.date) -> dt.date:
    """Return the last day of the past whose year ends in these two digits; people of over a hundred are typed in full."""
    century = today.year // 100 * 100
    born = dt.date(century + short, month, day)
    return born if born <= today else dt.date(century - 100 + short, month, day)


def _year_month(year: int, month: int) -> Birth:
    dt.date(year, month, 1)  # refuses a month that is none
    return Birth(BirthQuality.YEAR_MONTH, year, month)
