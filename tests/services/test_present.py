"""A slip at a service point: given once a day, and a second time said with when and where, also by another laptop."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.domain.record import Role
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.find import group_page
from fieldapp.services.present import give_again, present_slip
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip, void_slip
from tests.desks import START_MS, TestClock, family, take_over
from tests.laptops import enrolled, first_laptop


@pytest.fixture
def code(desk: Desk) -> str:
    """The code of a family's slip."""
    return issue_slip(desk, register_group(desk, family()).group_id, "es").codes[0]


def later(desk: Desk, **span: float) -> None:
    desk.clock.forward(**span)  # type: ignore[attr-defined]


def test_once_a_day_for_each_service(desk: Desk, code: str) -> None:
    first = present_slip(desk, code, "meal")
    assert (first.counted, first.before) == (True, None)
    later(desk, hours=4)
    again = present_slip(desk, code, "meal")
    assert not again.counted
    assert again.before is not None
    assert (again.before.at_ms, again.before.device_code, again.before.post) == (START_MS, "A7", "PSB")
    assert present_slip(desk, code, "hygiene").counted
    later(desk, days=1)
    assert present_slip(desk, code, "meal").before is None
    assert check(desk).ok


def test_a_scanner_that_reads_twice_is_one_presentation(desk: Desk, code: str) -> None:
    present_slip(desk, code, "meal")
    later(desk, minutes=0.1)
    twice = present_slip(desk, code, "meal")
    assert (twice.counted, twice.before) == (True, None)


def test_staff_may_give_it_all_the_same(desk: Desk, code: str) -> None:
    group_id = present_slip(desk, code, "meal").slip.reading.group_id
    assert group_id is not None
    later(desk, hours=1)
    give_again(desk, group_id, "meal")
    kinds = [line.kind for line in group_page(desk, group_id).history]
    assert kinds.count("audit.slip_presented") == 2


def test_a_slip_that_is_not_to_be_relied_on_is_not_counted(desk: Desk) -> None:
    issued = issue_slip(desk, register_group(desk, family()).group_id, "es")
    take_over(desk, Role.SUPERVISOR)
    void_slip(desk, issued.content.group_id, issued.content.slip_id, "wet")
    for text in (issued.codes[0], issued.codes[0][:-9], "hello"):
        shown = present_slip(desk, text, "meal")
        assert (shown.counted, shown.before) == (False, None)


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "stick")
    yield one, other
    one.close()
    other.close()


def test_what_another_laptop_gave_is_known_by_its_bundle_and_never_registers_anybody(laptops, tmp_path: Path) -> None:
    one, other = laptops
    code = issue_slip(one, register_group(one, family()).group_id, "es").codes[0]
    assert present_slip(other, code, "meal").counted
    (tmp_path / "trip").mkdir()
    export_bundles(other, tmp_path / "trip")
    import_bundles(one, [tmp_path / "trip"])
    later(one, hours=1)
    before = present_slip(one, code, "meal").before
    assert before is not None
    assert before.device_code == "B2"
    assert not present_slip(other, code, "meal").slip.is_here
