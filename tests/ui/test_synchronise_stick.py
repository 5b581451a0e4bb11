"""One key writes to a stick, one takes in what others wrote; what went wrong is said in words."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.desk import Desk
from fieldapp.services.find import PeopleQuery, count_individuals
from fieldapp.services.register import register_group
from fieldapp.settings import Settings
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.desks import TestClock, family
from tests.laptops import enrolled, first_laptop
from tests.ui.keys import press_control


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "enrolment")
    yield one, other
    one.close()
    other.close()


@pytest.fixture
def place(qtbot: QtBot, laptops: tuple[Desk, Desk], work: Work, language: Language) -> SynchronisePlace:
    shell = MainShell(Session(laptops[0], work, Settings(language="en"), language))
    qtbot.addWidget(shell)
    shell.resize(1366, 740)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    shell.go_to("synchronise")
    made = shell.places["synchronise"]
    assert isinstance(made, SynchronisePlace)
    qtbot.waitUntil(made.stick_card.write_button.isEnabled)
    made.stick_card.use(stick_of(laptops[0]))
    return made


def stick_of(desk: Desk) -> Path:
    stick = desk.folder.parent / "stick"
    stick.mkdir(exist_ok=True)
    return stick


def test_one_key_writes_what_is_only_here(qtbot: QtBot, place: SynchronisePlace, laptops: tuple[Desk, Desk]) -> None:
    one, other = laptops
    register_group(one, family())
    place.refresh()
    qtbot.waitUntil(lambda: "Write 4 records" in place.stick_card.write_button.text())

    press_control(place, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: place.stick_card.words.text().startswith("Written and read back"))
    assert import_bundles(other, [stick_of(one)]).added
    assert count_individuals(other, PeopleQuery()) == 4
    assert place.session.settings.sync_folder == str(stick_of(one))


def test_one_key_takes_in_and_everything_is_safe(
    qtbot: QtBot, place: SynchronisePlace, laptops: tuple[Desk, Desk]
) -> None:
    one, other = laptops
    register_group(one, family())
    export_bundles(one, stick_of(one))
    import_bundles(other, [stick_of(one)])
    register_group(other, family())
    export_bundles(other, stick_of(one))

    press_control(place, Qt.Key.Key_I)

    qtbot.waitUntil(lambda: "taken in" in place.stick_card.words.text())
    assert count_individuals(one, PeopleQuery()) == 8
    qtbot.waitUntil(lambda: place.sentence.text() == "Everything is safe elsewhere")
    press_control(place, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: place.stick_card.words.text() == "Everything in it was here already.")


def test_a_file_that_is_cut_short_stops_no_other(
    qtbot: QtBot, place: SynchronisePlace, laptops: tuple[Desk, Desk]
) -> None:
    one, other = laptops
    register_group(other, family())
    export_bundles(other, stick_of(one))
    (whole,) = stick_of(one).iterdir()
    (stick_of(one) / "000.bundle").write_bytes(whole.read_bytes()[:500])

    press_control(place, Qt.Key.Key_I)

    qtbot.waitUntil(lambda: "000.bundle" in place.stick_card.words.text())
    assert count_individuals(one, PeopleQuery()) == 4


def test_an_empty_folder_is_said_beside_the_buttons(qtbot: QtBot, place: SynchronisePlace) -> None:
    press_control(place, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: "There is nothing for this program" in place.stick_card.words.text())


def test_a_stick_that_is_gone_is_said_and_nothing_is_lost(
    qtbot: QtBot, place: SynchronisePlace, laptops: tuple[Desk, Desk]
) -> None:
    register_group(laptops[0], family())
    stick_of(laptops[0]).rmdir()

    press_control(place, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "plug it in again" in place.stick_card.words.text())
    place.refresh()
    qtbot.waitUntil(lambda: place.sentence.text().startswith("4 records"))
