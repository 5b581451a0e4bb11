"""The map of claims: what each key says, and that what cannot be is refused by name."""

from datetime import date

import pytest

from fieldapp.code_lists import code_list
from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Sex
from fieldapp.domain.slip import SlipMember
from fieldapp.exchange.claims import RELATIONSHIPS, Claims, NotClaims, SlipClaims, as_told, from_claims, to_claims
from tests.exchange.slips import ARRIVED, FAMILY, MARIA, slip


def read_claims(claims: Claims) -> SlipClaims:
    return from_claims(dict[object, object](claims))


def test_one_woman_is_told_by_the_keys_of_the_standard() -> None:
    claims = to_claims(slip(), ())
    assert claims[1] == "PSB-A7-00042-K"
    assert claims[3] == "spa"
    assert claims[4] == "María Fernanda Rodríguez de la Cruz"
    assert claims[8] == "19890214"
    assert (claims[9], claims[13], claims[21], claims[23]) == (2, "VEN", "PSB", "COL")
    assert claims[26] == 1
    assert 30 not in claims


@pytest.mark.parametrize(
    ("birth", "number"),
    [
        (Birth(BirthQuality.YEAR, 1985), 85),
        (Birth(BirthQuality.YEAR, 2024), 124),
        (Birth(BirthQuality.YEAR_MONTH, 1985, 6), 198506),
        (Birth(BirthQuality.AGE, age=0, stated_on=ARRIVED), -1),
        (Birth(BirthQuality.AGE, age=120, stated_on=ARRIVED), -121),
    ],
)
def test_a_birth_not_known_to_the_day_stands_in_our_own_key(birth: Birth, number: int) -> None:
    focal = SlipMember(1, "Ana", "", Sex.UNKNOWN, birth, "HEAD")
    claims = to_claims(slip(focal), ())
    assert 8 not in claims
    assert claims[28] == number
    assert read_claims(claims).members == (focal,)


def test_an_unknown_birth_is_not_told_at_all() -> None:
    focal = SlipMember(1, "Ana", "", Sex.UNKNOWN, Birth(), "HEAD")
    claims = to_claims(slip(focal), ())
    assert not {8, 28, 9, 13} & claims.keys()
    assert read_claims(claims).members == (focal,)


def test_an_age_stated_before_the_day_of_arrival_is_told_as_of_that_day() -> None:
    stated = Birth(BirthQuality.AGE, age=30, stated_on=date(2024, 1, 1))
    told = as_told(SlipMember(1, "Ana", "", Sex.FEMALE, stated, "HEAD"), ARRIVED)
    assert told.birth == Birth(BirthQuality.AGE, age=32, stated_on=ARRIVED)


def test_of_the_other_members_only_the_year_is_told() -> None:
    told = read_claims(to_claims(slip(*FAMILY), FAMILY[1:])).members
    assert told[2].birth == Birth(BirthQuality.YEAR, 2010)
    assert told[7].birth == Birth(BirthQuality.AGE, age=67, stated_on=ARRIVED)
    assert told == tuple(as_told(member, ARRIVED) for member in FAMILY)


def test_the_ordinals_of_the_others_stay_when_one_is_no_longer_there() -> None:
    left = (*FAMILY[:2], *FAMILY[3:5], FAMILY[7])
    told = read_claims(to_claims(slip(*left), left[1:])).members
    assert [member.ordinal for member in told] == [1, 2, 4, 5, 8]
    assert told[4].given_names == "Carmen Josefina"


def test_every_relationship_of_the_code_list_has_a_number_and_another_one_travels_as_text() -> None:
    assert {code.code for code in code_list("relationships")} <= set(RELATIONSHIPS)
    cousin = SlipMember(2, "Ana", "", Sex.FEMALE, Birth(), "GODMOTHER")
    assert read_claims(to_claims(slip(MARIA, cousin), (cousin,))).members[1].relationship == "GODMOTHER"


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        (1, 42), (1, None), (4, b"Ana"), (8, "19891341"), (8, 19890214), (8, "14.2.1989"), (9, "F"), (9, 1.0), (9, -1), (9, True),
        (24, "1"), (24, 0), (24, 2), (24, 1.5), (25, "group"), (25, b"short"), (26, None), (26, -1), (27, 10**12),
        (27, 10**7), (27, "2026-01-05"), (29, -1), (28, -500), (30, "members"), (30, {1: 2}), (30, [[]]), (30, [["Ana"]]),
        (30, [["Ana", "", 2, 85, 99]]), (30, [["Ana", "", 2, 85, 3, 7]]), (30, [[1, "", 2, 85, 3]]), (30, [3]),
        (30, [["Ana", "", 2, 199913, 3]]), (31, 1), (31, 99_999),
    ],
)  # fmt: skip
def test_a_field_of_a_type_or_value_that_it_cannot_have_is_refused(key: int, wrong: object) -> None:
    claims = to_claims(slip(*FAMILY), FAMILY[1:])
    if key == 28:
        del claims[8]
    if wrong is None:
        del claims[key]
    else:
        claims[key] = wrong
    with pytest.raises(NotClaims):
        read_claims(claims)


def test_another_issuers_credential_gives_what_it_says() -> None:
    read = from_claims(
        {1: "3918592438", 5: "Janardhan", 6: "Bangalore", 7: "Srinivas", 8: "1984-04-18", 9: 1, 23: "IN"}
    )
    assert read.group_id is None
    assert read.full_name == "Janardhan Bangalore Srinivas"
    assert read.members[0].given_names == "Janardhan Bangalore"
    assert read.members[0].birth == Birth.exact(date(1984, 4, 18))
    assert from_claims({4: "Janardhan B S", 13: "IND"}).members[0].given_names == "Janardhan B S"


def test_a_map_without_id_and_name_is_nobody() -> None:
    with pytest.raises(NotClaims):
        from_claims({9: 1})
