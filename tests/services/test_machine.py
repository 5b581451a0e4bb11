"""A copied data folder is known for a copy at its first opening, before it writes a line; the original goes on as it was."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.services import machine
from fieldapp.services.back_up import back_up
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.laptops import laptops
from fieldapp.services.opening import keys_of
from fieldapp.services.register import register_group
from fieldapp.services.restore import restore
from fieldapp.services.sign_in import sign_in
from fieldapp.storage import journal
from tests.desks import TestClock, family
from tests.laptops import PASSWORD, STAFF, enrolled, first_laptop


@pytest.fixture
def original(tmp_path: Path) -> Iterator[Desk]:
    """A laptop that registered a family and was closed."""
    desk = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    register_group(desk, family())
    desk.close()
    yield desk


def opened(desk: Desk, folder: Path) -> Desk:
    return sign_in(folder, STAFF, PASSWORD, clock=desk.clock, random_bytes=desk.random_bytes)


def lines_of_old_epoch(desk: Desk, old: Desk) -> int:
    with desk.database.read() as unit:
        return journal.last_of(unit.connection, old.device.device_id, old.device.epoch)[0]


def test_a_copy_begins_a_new_epoch_before_its_first_write(original: Desk, tmp_path: Path) -> None:
    shutil.copytree(original.folder, tmp_path / "copy")
    again = opened(original, original.folder)
    before = lines_of_old_epoch(again, original) - 1  # less this sign-in
    assert again.device == original.device
    assert not keys_of(again).is_copy
    again.close()

    copy = opened(original, tmp_path / "copy")

    assert keys_of(copy).is_copy
    assert copy.device.epoch > original.device.epoch
    assert copy.device.code != original.device.code
    assert copy.device.confirmed, "an administrator signed in, and certified it at once"
    assert lines_of_old_epoch(copy, original) == before
    number = register_group(copy, family()).number
    assert copy.device.code in number
    assert check(copy).ok
    copy.close()


def test_a_copy_that_was_opened_once_belongs_where_it_lies(original: Desk, tmp_path: Path) -> None:
    shutil.copytree(original.folder, tmp_path / "copy")
    first = opened(original, tmp_path / "copy")
    first.close()
    second = opened(original, tmp_path / "copy")
    assert second.device == first.device
    assert not keys_of(second).is_copy
    second.close()


def test_the_same_folder_on_another_machine_is_a_copy(
    original: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(machine, "machine_id", lambda: "another machine")
    moved = opened(original, original.folder)
    assert moved.device.epoch > original.device.epoch
    moved.close()


def test_a_folder_that_is_renamed_is_none(original: Desk, tmp_path: Path) -> None:
    original.folder.rename(tmp_path / "renamed")
    renamed = opened(original, tmp_path / "renamed")
    assert renamed.device == original.device
    renamed.close()


def test_a_restore_begins_one_epoch_and_not_two(original: Desk, tmp_path: Path) -> None:
    desk = opened(original, original.folder)
    back_up(desk, tmp_path / "copy.backup")
    desk.close()
    restored = restore(
        tmp_path / "restored", tmp_path / "copy.backup", STAFF, PASSWORD, "K7", clock=desk.clock,
        random_bytes=desk.random_bytes,
    )  # fmt: skip
    assert restored.device.code == "K7"
    assert len(laptops(restored)) == 2
    restored.close()


def test_a_laptop_that_joined_belongs_where_it_joined(tmp_path: Path) -> None:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    two = enrolled(one, tmp_path / "two", "B2", tmp_path / "stick")
    assert two.device.code == "B2"
    shutil.copytree(tmp_path / "two", tmp_path / "copy")
    copy = opened(two, tmp_path / "copy")
    assert copy.device.code != "B2"
    for desk in (one, two, copy):
        desk.close()
