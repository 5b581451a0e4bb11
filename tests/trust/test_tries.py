"""Wrong passwords slow down, then lock for minutes, never for good."""

import pytest

from fieldapp.trust.tries import Tries

NOW = 1_790_000_000_000


@pytest.mark.parametrize(
    ("wrong", "seconds"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2), (5, 60), (6, 120), (7, 300), (8, 600), (500, 600)]
)
def test_the_wait_grows_to_ten_minutes_and_no_further(wrong: int, seconds: int) -> None:
    tries = Tries(wrong, NOW)

    assert tries.seconds_left(NOW) == seconds
    assert tries.seconds_left(NOW + seconds * 1000) == 0
    assert tries.until_ms == (NOW + seconds * 1000 if seconds else 0)


def test_part_of_a_second_is_still_to_wait() -> None:
    assert Tries(5, NOW).seconds_left(NOW + 59_001) == 1


def test_a_clock_set_back_begins_the_wait_anew_and_it_still_ends() -> None:
    yesterday = NOW - 86_400_000
    tries = Tries(5, NOW)

    assert tries.seconds_left(yesterday) == 60
    assert tries.seen_at(yesterday).seconds_left(yesterday + 60_000) == 0
    assert tries.seen_at(NOW + 5) == tries


def test_the_tries_left_before_the_lock_are_counted() -> None:
    tries = Tries()
    for left in (4, 3, 2, 1, 0, 0):
        tries = tries.one_more(NOW)
        assert tries.left == left
