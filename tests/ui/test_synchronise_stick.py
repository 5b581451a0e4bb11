"""One key writes to a stick, one takes in what others wrote; what went wrong is said in words."""

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
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.work import Work
from tests.desks import family
from tests.laptops import two_laptops
from tests.ui.conftest import shown_at_sync
from tests.ui.keys import press_control


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    with two_laptops(tmp_path) as both:
        yield both


@pytest.fixture
def place(qtbot: QtBot, laptops: tuple[Desk, Desk], work: Work, language: Language) -> SynchronisePlace:
    made = shown_at_sync(qtbot, laptops[0], work, language)
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
