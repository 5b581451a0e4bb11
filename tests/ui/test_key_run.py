"""Which keys are delivered and which wait, from their times alone."""

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.ui.models.key_run import FAST_MS, FREE_KEYS, QUIET_MS, Fate, KeyRun


def fates(*times: int) -> list[Fate]:
    run = KeyRun()
    return [run.add(at_ms) for at_ms in times]


def test_hands_never_wait() -> None:
    assert Fate.HELD not in fates(0, 90, 180, 190, 200, 210, 300, 310, 420)


def test_a_machine_waits_from_its_fifth_key_on() -> None:
    assert fates(*range(0, 60, 10)) == [Fate.BEGINS, Fate.FOLLOWS, Fate.FOLLOWS, Fate.FOLLOWS, Fate.HELD, Fate.HELD]


def test_a_machine_may_rest_between_two_lines() -> None:
    assert fates(0, 1, 2, 3, 4, 5, 5 + QUIET_MS)[-1] is Fate.HELD
    assert fates(0, 1, 2, 3, 4, 5, 6 + QUIET_MS)[-1] is Fate.BEGINS


def test_a_key_that_acts_waits_at_once() -> None:
    run = KeyRun()
    run.add(0)
    assert run.add(10, acts=True) is Fate.HELD


def test_a_clock_that_goes_back_begins_anew() -> None:
    assert fates(1000, 10) == [Fate.BEGINS, Fate.BEGINS]


@given(st.lists(st.integers(FAST_MS + 1, 400), max_size=50))
def test_no_key_of_a_hand_ever_waits(gaps: list[int]) -> None:
    times = [sum(gaps[:place]) for place in range(len(gaps))]
    assert all(fate is Fate.BEGINS for fate in fates(*times))


@given(st.lists(st.integers(0, FAST_MS), min_size=FREE_KEYS + 1, max_size=80))
def test_every_key_of_a_machine_after_the_first_few_waits(gaps: list[int]) -> None:
    times = [sum(gaps[: place + 1]) for place in range(len(gaps))]
    assert [fate is Fate.HELD for fate in fates(*times)] == [place >= FREE_KEYS for place in range(len(times))]
