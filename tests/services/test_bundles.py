"""Laptop to laptop by stick: both end with the same, whatever happens to the files on the way."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.domain.record import Consent, Role
from fieldapp.services import epochs, machine
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.check import check
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.erase import erase
from fieldapp.services.find import PeopleQuery, individuals, person_page
from fieldapp.services.lists import export_people
from fieldapp.services.register import register_group
from fieldapp.services.sign_in import sign_in
from fieldapp.services.staff import add_staff
from fieldapp.storage.exchange_rows import quarantined
from tests.desks import TestClock, family, person
from tests.laptops import CHEAP, PASSWORD, enrolled, first_laptop


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    clock = TestClock()
    one = first_laptop(tmp_path / "one", clock, random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "stick")
    yield one, other
    one.close()
    other.close()


def carry(sender: Desk, receiver: Desk, stick: Path) -> None:
    stick.mkdir(exist_ok=True)
    export_bundles(sender, stick)
    imported = import_bundles(receiver, [stick])
    assert not imported.refused
    assert not imported.put_aside


def names(desk: Desk) -> list[str]:
    return sorted(row.number for row in individuals(desk, PeopleQuery(), 0, 999))


def test_each_ends_with_the_families_of_the_other(laptops, tmp_path: Path) -> None:
    one, other = laptops
    register_group(one, family())
    register_group(other, family())

    carry(one, other, tmp_path / "there")
    carry(other, one, tmp_path / "back")

    assert len(names(one)) == 8
    assert names(one) == names(other)
    assert check(one).ok
    assert check(other).ok


def test_a_refusal_travels_with_the_record_and_binds_the_lists_of_the_other(laptops, tmp_path: Path) -> None:
    one, other = laptops
    register_group(one, family(person("Ana", "Luna"), consent=Consent.REFUSES))
    stick = tmp_path / "stick"
    stick.mkdir()
    export_bundles(one, stick)
    import_bundles(other, [stick])

    export_people(other, tmp_path / "own.csv", recipient="own")
    export_people(other, tmp_path / "partners.csv", recipient="partners")

    assert "Ana" in (tmp_path / "own.csv").read_text("utf-8")
    assert "Ana" not in (tmp_path / "partners.csv").read_text("utf-8")


def test_what_a_receipt_says_is_not_carried_again_but_a_lost_stick_is(laptops, tmp_path: Path) -> None:
    one, other = laptops
    register_group(one, family())
    lost = tmp_path / "lost"
    lost.mkdir()
    export_bundles(one, lost)
    carry(one, other, tmp_path / "there")
    assert len(names(other)) == 4
    carry(other, one, tmp_path / "back")
    again = tmp_path / "again"
    again.mkdir()

    assert export_bundles(one, again).changes < 12


def test_files_twice_out_of_order_and_cut_short_do_no_harm(laptops, tmp_path: Path) -> None:
    one, other = laptops
    for day in ("a", "b"):
        register_group(one, family())
        (tmp_path / day).mkdir()
        export_bundles(one, tmp_path / day)
    (whole,) = (tmp_path / "a").iterdir()
    half = tmp_path / "half.bundle"
    half.write_bytes(whole.read_bytes()[:700])

    imported = import_bundles(other, [half, tmp_path / "b", tmp_path / "a", tmp_path / "b"])

    assert [path for path, _ in imported.refused] == [half]
    assert len(names(other)) == 8
    assert check(other).ok


def test_two_corrections_at_once_stay_side_by_side_on_both(laptops, tmp_path: Path) -> None:
    one, other = laptops
    mother = register_group(one, family()).member_ids[0]
    carry(one, other, tmp_path / "first")
    edit_individual(one, person_page(one, mother), {"surnames": "Villalobos Peña"})
    edit_individual(other, person_page(other, mother), {"surnames": "Villalobo"})

    carry(one, other, tmp_path / "there")
    carry(other, one, tmp_path / "back")

    assert person_page(one, mother).fields["surnames"].in_conflict
    assert person_page(one, mother).fields == person_page(other, mother).fields


def test_somebody_added_at_one_laptop_signs_in_at_the_other(laptops, tmp_path: Path) -> None:
    one, other = laptops
    add_staff(one, "luz", "Luz Marina", Role.REGISTRAR, PASSWORD, cost=CHEAP)
    carry(one, other, tmp_path / "stick")
    other.close()

    luz = sign_in(other.folder, "luz", PASSWORD, clock=other.clock, random_bytes=other.random_bytes)

    register_group(luz, family())
    luz.close()


def test_a_copy_of_a_whole_disk_is_noticed_on_both_and_goes_on_under_a_new_epoch(
    laptops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = laptops
    other.close()
    mark = machine.mark_of(other.folder, other.device.device_id)
    monkeypatch.setattr(epochs, "mark_of", lambda _folder, _device: mark)
    shutil.copytree(other.folder, tmp_path / "clone")
    other = sign_in(other.folder, "rosa", PASSWORD, clock=one.clock, random_bytes=one.random_bytes)
    clone = sign_in(tmp_path / "clone", "rosa", PASSWORD, clock=one.clock, random_bytes=one.random_bytes)
    register_group(other, family())
    register_group(clone, family())

    carry(other, one, tmp_path / "x")
    export_to = tmp_path / "y"
    export_to.mkdir()
    export_bundles(clone, export_to)
    imported = import_bundles(one, [export_to])
    assert imported.put_aside
    with one.database.read() as unit:
        assert {line.reason for line in quarantined(unit)} == {"fork"}
    back = tmp_path / "z"
    back.mkdir()
    export_bundles(one, back)
    epoch, code = clone.device.epoch, clone.device.code
    assert import_bundles(clone, [back]).new_epoch
    assert clone.device.epoch > epoch
    assert clone.device.code != code
    register_group(clone, family())
    (tmp_path / "after").mkdir()
    export_bundles(clone, tmp_path / "after")
    import_bundles(one, [tmp_path / "after"])
    assert len(names(one)) == 8
    other.close()
    clone.close()


def test_the_erased_do_not_come_back_by_an_old_stick(laptops, tmp_path: Path) -> None:
    one, other = laptops
    mother = register_group(one, family()).member_ids[0]
    carry(one, other, tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "forgotten in a drawer")
    erase(one, mother, "withdrawn consent")
    carry(one, other, tmp_path / "new")

    for desk in laptops:
        assert import_bundles(desk, [tmp_path / "forgotten in a drawer"]).files

    for desk in laptops:
        assert len(names(desk)) == 3
        assert check(desk).ok
        with desk.database.read() as unit:
            bodies = unit.connection.exec_driver_sql("SELECT body FROM payload").scalars().all()
        assert not any("Ángeles".encode() in body for body in bodies)


def test_an_erasure_that_comes_before_its_person_still_counts(laptops, tmp_path: Path) -> None:
    one, other = laptops
    mother = register_group(one, family()).member_ids[0]
    erase(one, mother, "withdrawn consent")

    carry(one, other, tmp_path / "stick")

    assert len(names(other)) == 3
    assert check(other).ok
