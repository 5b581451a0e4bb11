"""What is only here is counted by what others said to hold, never by what was sent."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.domain.backlog import Pressure
from fieldapp.services.back_up import back_up
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.register import register_group
from fieldapp.services.summarise import todays_figures
from tests.desks import TestClock, family
from tests.laptops import enrolled, first_laptop


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "stick")
    yield one, other
    one.close()
    other.close()


def carry(sender: Desk, receiver: Desk, stick: Path) -> None:
    stick.mkdir()
    export_bundles(sender, stick)
    import_bundles(receiver, [stick])


def test_what_was_written_to_a_stick_is_still_only_here_until_somebody_confirmed_it(laptops, tmp_path: Path) -> None:
    one, other = laptops
    register_group(one, family())
    carry(one, other, tmp_path / "there")
    assert elsewhere(one).records == 4

    carry(other, one, tmp_path / "back")

    state = elsewhere(one)
    assert state.records == 0
    assert state.pressure is Pressure.NONE
    assert state.last_written_ms == state.last_taken_ms == one.now_ms()


def test_families_of_other_laptops_are_on_those(laptops, tmp_path: Path) -> None:
    one, other = laptops
    register_group(other, family())
    carry(other, one, tmp_path / "there")

    assert elsewhere(one).records == 0
    assert elsewhere(one).laptops == 1


def test_a_back_up_holds_what_was_registered_before_it_whatever_the_clock_says(laptops, tmp_path: Path) -> None:
    one, _other = laptops
    register_group(one, family(at_ms=one.now_ms()))
    back_up(one, tmp_path / "copy.backup")
    one.clock.forward(days=-3)  # type: ignore[attr-defined]
    register_group(one, family(at_ms=one.now_ms()))

    assert elsewhere(one).records == 4


def test_the_warning_grows_with_the_age_of_the_oldest(laptops) -> None:
    one, _other = laptops
    register_group(one, family())
    assert todays_figures(one).pressure is Pressure.SOME
    one.clock.forward(hours=7)  # type: ignore[attr-defined]
    assert todays_figures(one).pressure is Pressure.WARN
    one.clock.forward(hours=20)  # type: ignore[attr-defined]
    assert elsewhere(one).pressure is Pressure.DANGER
