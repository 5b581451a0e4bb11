"""Conflicts are decided by single keys; what was put aside is said in words."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.services.register import register_group
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.work import Work
from tests.desks import TestClock, family
from tests.laptops import enrolled, first_laptop
from tests.ui.conftest import shown_at_sync
from tests.ui.keys import press, press_control, type_text


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Desk]:
    """A laptop on which two surnames are in conflict, and to which a clone wrote."""
    desk = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(desk, tmp_path / "other", "B2", tmp_path / "stick")
    mother = register_group(desk, family()).member_ids[0]
    carry(desk, other, tmp_path / "first")
    edit_individual(desk, person_page(desk, mother), {"surnames": "Villalobos Peña"})
    edit_individual(other, person_page(other, mother), {"surnames": "Villalobo"})
    carry(other, desk, tmp_path / "back")
    with desk.database.read() as unit:
        envelope, signature = unit.connection.exec_driver_sql("SELECT envelope, signature FROM change LIMIT 1").one()
    with desk.database.write() as unit:
        unit.connection.exec_driver_sql(
            "INSERT INTO quarantine (hash, signature, device, epoch, seq, subject, reason, found_at_ms, envelope)"
            " VALUES (?, ?, ?, 1, 7, ?, 'fork', ?, ?)",
            (bytes(32), signature, other.device.device_id.bytes, bytes(16), desk.now_ms(), envelope),
        )
    other.close()
    yield desk
    desk.close()


def carry(sender: Desk, receiver: Desk, stick: Path) -> None:
    stick.mkdir()
    export_bundles(sender, stick)
    import_bundles(receiver, [stick])


@pytest.fixture
def place(qtbot: QtBot, one: Desk, work: Work, language: Language) -> SynchronisePlace:
    made = shown_at_sync(qtbot, one, work, language)
    qtbot.waitUntil(made.conflicts_button.isVisible)
    return made


def test_a_digit_lets_a_value_stand_and_esc_goes_back(qtbot: QtBot, place: SynchronisePlace) -> None:
    assert "1 record with different values" in place.conflicts_button.text()
    press_control(place, Qt.Key.Key_D)
    page = place.conflicts_page
    qtbot.waitUntil(lambda: page.conflict is not None)
    conflict = page.conflict
    assert conflict is not None
    value = conflict.versions[1].value

    press(page, Qt.Key.Key_2)

    qtbot.waitUntil(lambda: page.conflict is None)
    assert person_page(place.session.desk, conflict.subject).surnames == value
    press(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not place.conflicts_button.isVisible())


def test_another_name_is_typed(qtbot: QtBot, place: SynchronisePlace) -> None:
    press_control(place, Qt.Key.Key_D)
    page = place.conflicts_page
    qtbot.waitUntil(lambda: page.conflict is not None)
    conflict = page.conflict
    assert conflict is not None
    page.other.setFocus()
    type_text(page.other, "Ñáñez")
    press(page.other, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.conflict is None)
    assert person_page(place.session.desk, conflict.subject).surnames == "Ñáñez"


def test_what_was_put_aside_is_said_with_what_to_do(qtbot: QtBot, place: SynchronisePlace) -> None:
    press_control(place, Qt.Key.Key_Q)
    page = place.aside_page
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    texts = [page.table.item(0, column).text() for column in range(4)]
    assert texts[1] == "B2, line 7"
    assert texts[3] == "Two different lines of the log have the same number"
    assert "one is a copy of the other" in page.advice.text()
    press(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(place.conflicts_button.isVisible)
