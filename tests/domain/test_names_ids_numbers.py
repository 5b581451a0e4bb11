"""Names, ids, the clock and registration numbers."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import clock, ids, names
from fieldapp.domain.registration_number import NotARegistrationNumber, RegistrationNumber, is_device_code, parse


def test_a_particle_belongs_to_what_follows() -> None:
    assert names.parts("de la Cruz Peña") == ("de la Cruz", "Peña")
    assert names.parts("María de los Ángeles") == ("María", "de los Ángeles")


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("DE LA CRUZ PEÑA", "de la Cruz Peña"),
        ("MARIA DE LOS ANGELES", "Maria de los Angeles"),
        ("SAN JUAN", "San Juan"),
        ("D'ANGELO PEREZ-LEON", "D'Angelo Perez-Leon"),
        ("E", "E"),
        ("JOSE Y", "Jose Y"),
        ("", ""),
    ],
)
def test_a_name_in_capitals_is_written_as_people_write_it(printed: str, written: str) -> None:
    assert names.from_capitals(printed) == written


def test_a_missing_accent_hides_nobody() -> None:
    assert names.search_key("Íñigo  PEÑA") == names.search_key("inigo pena") == "inigo pena"


@given(st.text(max_size=40))
def test_tidying_and_keys_are_stable(text: str) -> None:
    assert names.tidy(names.tidy(text)) == names.tidy(text)
    assert "\n" not in names.tidy(text)


def test_the_same_family_makes_the_same_member_ids_everywhere() -> None:
    group = UUID(int=7)
    assert ids.member_id(group, 1) == ids.member_id(group, 1) != ids.member_id(group, 2)
    assert ids.member_id(group, 1).version == 8


@given(st.integers(0, 2**48 - 2), st.binary(min_size=10, max_size=10))
def test_later_ids_sort_later(now_ms: int, noise: bytes) -> None:
    earlier = ids.uuid7(now_ms, lambda _: noise)
    assert earlier.version == 7
    assert earlier < ids.uuid7(now_ms + 1, lambda _: bytes(10))


@given(st.integers(0, 2**60), st.integers(0, 2**42))
def test_our_next_reading_is_after_the_last_and_not_behind_the_wall(last: int, wall_ms: int) -> None:
    following = clock.next_reading(last, wall_ms)
    assert following > last
    assert clock.wall_of(following) >= wall_ms


def test_a_clock_far_ahead_never_moves_ours() -> None:
    ours = clock.reading(1000)
    assert clock.merged(ours, clock.reading(1000 + clock.FAR_AHEAD_MS + 1), 1000) == ours
    assert clock.merged(ours, clock.reading(2000), 1000) == clock.reading(2000)


@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6),
    st.sampled_from(["A7", "7A"]),
    st.integers(0, 9_999_999),
    st.none() | st.integers(1, 99),
)
def test_a_number_survives_being_read_aloud(post: str, device: str, counter: int, member: int | None) -> None:
    number = RegistrationNumber(post, device, counter, member)
    assert parse(str(number)) == number
    assert parse(f" {str(number).lower()} ") == number


def test_one_wrong_character_is_noticed() -> None:
    good = str(RegistrationNumber("PSB", "A7", 42))
    for place, letter in ((0, "Q"), (8, "9"), (11, "3")):
        with pytest.raises(NotARegistrationNumber):
            parse(good[:place] + letter + good[place + 1 :])


def test_a_number_without_hyphens_is_read_in_one_way_only() -> None:
    number = RegistrationNumber("PSB", "A7", 100042)

    assert parse(str(number).replace("-", "")) == number
    assert not is_device_code("AB")
