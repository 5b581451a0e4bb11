"""The claims of a slip's code: which key says what, and the two ways between a slip's content and that map.

Keys 1 to 23 are those of MOSIP Claim 169, version 1.2. Keys 24 to 49 are unassigned there and used here as follows;
a change to their meaning takes a new `TABLE_VERSION`.

| key | what | form |
|---|---|---|
| 24 | version of this table | 1 |
| 25 | group id | 16 bytes |
| 26 | declared size of the group | integer |
| 27 | day of arrival | days since 1970-01-01 |
| 28 | birth of the focal point, where key 8 is absent | birth number |
| 29 | how many characters of key 4 are given names; after one space the rest are surnames | integer |
| 30 | the other members in this code | list of members |
| 31 | ordinal of the first member in key 30, where it is not 2 | integer |
| 32 | this code and how many codes the slip has, where it is more than one | [which, of] |
| 33 | ids of those whom the group had not from the first, by their ordinals (1 the focal point) | list of [ordinal, 16 bytes] |

A member is [given names, surnames, sex, birth number, relationship, nationality]; the nationality is left out where it
is the focal point's. Ordinals count on from key 31; null keeps the place of one that is not there. Sex is 0 unknown,
1 male, 2 female, 3 other. A relationship is its place in RELATIONSHIPS, or its code as text if it has none there.

A birth number n is: null unknown; n < 0 an age of -1 - n years on the day of arrival; up to 999 the year 1900 + n; up
to 9999 the year n; beyond, year * 100 + month. Of members other than the focal point the year is told, never the day.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from fieldapp.domain.birth import OLDEST_AGE, Birth, BirthQuality
from fieldapp.domain.record import FOCAL_POINT, LARGEST_GROUP, Sex
from fieldapp.domain.slip import SlipContent, SlipMember

TABLE_VERSION = 1
CLAIM_VERSION = "1.2.0"
MEMBERS_IN_A_CODE = 8
"""The focal point stands in every code of a slip, so this is it and up to seven others."""

RELATIONSHIPS = (
    "HEAD", "WIFE_HUSBAND", "FREE_UNION", "SON_DAUGHTER", "MOTHER_FATHER", "BROTHER_SISTER", "GRANDDAUGHER_GRANDSON",
    "GRANDMOTHER_GRANDFATHER", "NEPHEW_NIECE", "AUNT_UNCLE", "COUSIN", "DAUGHTERINLAW_SONINLAW",
    "MOTHERINLAW_FATHERINLAW", "SISTERINLAW_BROTHERINLAW", "FOSTER_CHILD", "NOT_RELATED", "OTHER", "UNKNOWN",
)  # fmt: skip
"""Relationship codes by their number in a code. New ones are added at the end; none is ever moved."""

_LANGUAGES = {
    "es": "spa",
    "en": "eng",
    "fr": "fra",
    "pt": "por",
    "ht": "hat",
    "ar": "ara",
}
_SEX_CODES = {Sex.MALE: 1, Sex.FEMALE: 2, Sex.OTHER: 3}
_SEX_NAMES = {number: sex for sex, number in _SEX_CODES.items()}
_EPOCH = date(1970, 1, 1)
_BASE_YEAR = 1900

Claims = dict[int, object]
_T = TypeVar("_T")


class NotClaims(ValueError):
    """The map is not one of Claim 169: a field has a type or a value that it cannot have."""


@dataclass(frozen=True, slots=True)
class SlipClaims:
    """What a code's claims say. `group_id` is None for a credential that is not a slip of this program."""

    number: str
    full_name: str
    members: tuple[SlipMember, ...]
    group_id: UUID | None = None
    group_size: int = 0
    post: str = ""
    arrived_on: date | None = None
    country: str = ""
    codes: int = 1
    """How many codes the slip has."""


def to_claims(content: SlipContent, others: Sequence[SlipMember], which: int = 1, of: int = 1) -> Claims:
    """Return the claims of one code: the focal point and these other members, whose ordinals follow one another."""
    focal = content.members[0]
    claims: Claims = {
        1: content.number,
        2: CLAIM_VERSION,
        3: _LANGUAGES.get(content.language, content.language),
        4: " ".join(part for part in (focal.given_names, focal.surnames) if part),
        21: content.post,
        23: content.country,
        24: TABLE_VERSION,
        25: content.group_id.bytes,
        26: content.group_size,
        27: (content.arrived_on - _EPOCH).days,
        29: len(focal.given_names),
    }
    if focal.birth.date is not None:
        claims[8] = f"{focal.birth.date:%Y%m%d}"
    elif (birth := _birth_number(focal.birth, content.arrived_on)) is not None:
        claims[28] = birth
    if focal.sex in _SEX_CODES:
        claims[9] = _SEX_CODES[focal.sex]
    if focal.nationality:
        claims[13] = focal.nationality
    if others:
        claims[30] = _in_their_places(others, focal, content.arrived_on)
        if others[0].ordinal != 2:
            claims[31] = others[0].ordinal
    if of > 1:
        claims[32] = [which, of]
    if own := [[m.ordinal, m.individual_id.bytes] for m in (focal, *others) if m.individual_id is not None]:
        claims[33] = own
    return claims


def from_claims(claims: Mapping[object, object]) -> SlipClaims:
    """Read the claims of a code, ours or another issuer's. Raises NotClaims."""
    read = _Reader(claims)
    version = read.whole(24, least=1)
    if version is None:
        return _foreign(read)
    if version != TABLE_VERSION:
        raise NotClaims("a newer table of claims")
    arrived_on = _day(read.need(27, read.whole))
    name, split = read.need(4, read.text), read.need(29, read.whole)
    focal = SlipMember(
        ordinal=1,
        given_names=name[:split] if split else "",
        surnames=name[split + 1 :] if split else name,
        sex=read.sex(9),
        birth=read.birth(8) or _birth(read.whole(28, least=-OLDEST_AGE - 1), arrived_on),
        relationship=FOCAL_POINT,
        nationality=read.text(13) or "",
    )
    first = read.whole(31, least=2) or 2
    others = [
        _read_member(first + place, item, focal, arrived_on)
        for place, item in enumerate(read.items(30))
        if item is not None
    ]
    ids = dict(_own_id(item) for item in read.items(33))
    return SlipClaims(
        number=read.need(1, read.text),
        full_name=name,
        members=tuple(replace(member, individual_id=ids.get(member.ordinal)) for member in (focal, *others)),
        group_id=_uuid(claims.get(25)),
        group_size=read.need(26, read.whole),
        post=read.text(21) or "",
        arrived_on=arrived_on,
        country=read.text(23) or "",
        codes=_codes(read.items(32)),
    )


def _codes(part: Sequence[object]) -> int:
    codes = part[1] if len(part) == 2 else 1  # noqa: PLR2004 - [which, of]
    if type(codes) is not int or not 1 <= codes <= LARGEST_GROUP:
        raise NotClaims("codes that cannot be")
    return codes


def _own_id(item: object) -> tuple[int, UUID]:
    if not isinstance(item, list | tuple) or len(item) != 2 or type(item[0]) is not int:  # noqa: PLR2004 - ordinal, id
        raise NotClaims("no id of a member")
    return item[0], _uuid(item[1])


def _foreign(read: "_Reader") -> SlipClaims:
    """Read what every Claim 169 credential may say; one person, whose names may stand apart or together."""
    given = " ".join(part for part in (read.text(5), read.text(6)) if part)
    surnames = read.text(7) or ""
    full_name = read.text(4) or f"{given} {surnames}".strip()
    person = SlipMember(
        ordinal=1,
        given_names=given or ("" if surnames else full_name),
        surnames=surnames,
        sex=read.sex(9),
        birth=read.birth(8) or Birth(),
        relationship=FOCAL_POINT,
        nationality=read.text(13) or "",
    )
    number = read.text(1) or ""
    if not number and not full_name:
        raise NotClaims("neither an id nor a name")
    return SlipClaims(
        number,
        full_name,
        (person,),
        post=read.text(21) or "",
        country=read.text(23) or "",
    )


def _in_their_places(members: Sequence[SlipMember], focal: SlipMember, arrived_on: date) -> list[object]:
    """Return members in the order of their ordinals, from which a reader makes their ids again."""
    places: list[object] = []
    for member in members:
        gap = member.ordinal - members[0].ordinal - len(places)
        places += [None] * gap + [_member(member, focal, arrived_on)]
    return places


def _member(member: SlipMember, focal: SlipMember, arrived_on: date) -> list[object]:
    relationship: int | str = member.relationship
    if member.relationship in RELATIONSHIPS:
        relationship = RELATIONSHIPS.index(member.relationship)
    birth = member.birth
    if birth.quality in {BirthQuality.EXACT, BirthQuality.YEAR_MONTH}:
        birth = Birth(BirthQuality.YEAR, birth.year)
    fields: list[object] = [
        member.given_names,
        member.surnames,
        _SEX_CODES.get(member.sex, 0),
        _birth_number(birth, arrived_on),
        relationship,
    ]
    return fields if member.nationality == focal.nationality else [*fields, member.nationality]


def _read_member(ordinal: int, item: object, focal: SlipMember, arrived_on: date) -> SlipMember:
    if not isinstance(item, list | tuple):
        raise NotClaims("a member is not a list")
    read = _Reader(dict(enumerate(item)))
    relationship = item[4] if len(item) in {5, 6} else None
    if type(relationship) is int and 0 <= relationship < len(RELATIONSHIPS):
        relationship = RELATIONSHIPS[relationship]
    if not isinstance(relationship, str) or ordinal > LARGEST_GROUP:
        raise NotClaims("a member is incomplete")
    nationality = read.text(5)
    return SlipMember(
        ordinal=ordinal,
        given_names=read.need(0, read.text),
        surnames=read.need(1, read.text),
        sex=read.sex(2),
        birth=_birth(read.whole(3, least=-OLDEST_AGE - 1), arrived_on),
        relationship=relationship,
        nationality=focal.nationality if nationality is None else nationality,
    )


def as_told(member: SlipMember, arrived_on: date) -> SlipMember:
    """Return a member as its slip's code tells it: an age is one on the day of arrival, of others only the year."""
    member = replace(member, number="")
    if member.ordinal == 1 and member.birth.date is not None:
        return member
    birth = member.birth
    if member.ordinal != 1 and birth.quality in {
        BirthQuality.EXACT,
        BirthQuality.YEAR_MONTH,
    }:
        birth = Birth(BirthQuality.YEAR, birth.year)
    return replace(member, birth=_birth(_birth_number(birth, arrived_on), arrived_on))


def _birth_number(birth: Birth, arrived_on: date) -> int | None:
    if birth.quality is BirthQuality.AGE:
        age = birth.age_on(arrived_on)
        return None if age is None else -1 - age
    if birth.year is None:
        return None
    if birth.quality is BirthQuality.YEAR_MONTH and birth.month is not None:
        return birth.year * 100 + birth.month
    return birth.year - _BASE_YEAR if birth.year >= _BASE_YEAR else birth.year


def _birth(number: int | None, arrived_on: date) -> Birth:
    if number is None:
        return Birth()
    if number < 0:
        return Birth(BirthQuality.AGE, age=-1 - number, stated_on=arrived_on)
    if number <= 9999:
        return Birth(BirthQuality.YEAR, _BASE_YEAR + number if number <= 999 else number)
    year, month = divmod(number, 100)
    if year > 9999 or not 1 <= month <= 12:
        raise NotClaims("a birth that cannot be")
    return Birth(BirthQuality.YEAR_MONTH, year, month)


def _day(days: int) -> date:
    try:
        return _EPOCH + timedelta(days=days)
    except OverflowError as error:
        raise NotClaims("a day of arrival that cannot be") from error


def _uuid(value: object) -> UUID:
    if not isinstance(value, bytes) or len(value) != 16:
        raise NotClaims("a group id that is none")
    return UUID(bytes=value)


class _Reader:
    """Reads single fields of a map, and raises NotClaims for one of another type than it must have."""

    def __init__(self, fields: Mapping[object, object]) -> None:
        self._fields = fields

    def need(self, key: int, read: Callable[[int], _T | None]) -> _T:
        """Return a field that must be there."""
        value = read(key)
        if value is None:
            raise NotClaims(f"key {key} is missing")
        return value

    def text(self, key: int) -> str | None:
        """Return a text, or None where there is none."""
        value = self._fields.get(key)
        if value is not None and not isinstance(value, str):
            raise NotClaims(f"key {key} is not text")
        return value

    def whole(self, key: int, least: int = 0, most: int = 10**7) -> int | None:
        """Return a whole number within bounds, or None where there is none."""
        value = self._fields.get(key)
        if value is None:
            return None
        if type(value) is not int or not least <= value <= most:
            raise NotClaims(f"key {key} is not a number that it can be")
        return value

    def items(self, key: int) -> Sequence[object]:
        """Return a list, empty where there is none."""
        value = self._fields.get(key)
        if value is not None and not isinstance(value, list | tuple):
            raise NotClaims(f"key {key} is not a list")
        return value or ()

    def sex(self, key: int) -> Sex:
        """Return the sex that a number stands for."""
        return _SEX_NAMES.get(self.whole(key) or 0, Sex.UNKNOWN)

    def birth(self, key: int) -> Birth | None:
        """Return an exact birth date `YYYYMMDD` (other issuers also write `YYYY-MM-DD`), or None."""
        value = self.text(key)
        if value is None:
            return None
        try:
            return Birth.exact(date.fromisoformat(value))
        except ValueError as error:
            raise NotClaims("a birth date that is none") from error
