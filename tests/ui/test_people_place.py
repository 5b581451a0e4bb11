"""People: found while typing, opened with Enter, left with Esc."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.services.register import register_group
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, person
from tests.ui.keys import press, type_text


@pytest.fixture
def place(qtbot: QtBot, session: Session) -> Iterator[PeoplePlace]:
    register_group(session.desk, family())
    register_group(session.desk, family(person("Nadia", "Rincón")))
    shell = MainShell(session)
    qtbot.addWidget(shell)
    shell.resize(1366, 740)
    shell.go_to("people")
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    made = shell.places["people"]
    assert isinstance(made, PeoplePlace)
    made.search.setFocus()
    qtbot.waitUntil(lambda: made.model.rowCount() == 5)
    yield made
    qtbot.waitUntil(lambda: not session.work.is_busy)


def test_a_name_typed_without_accents_opens_the_family_and_esc_goes_back(qtbot: QtBot, place: PeoplePlace) -> None:
    type_text(place.search, "maria angeles")
    qtbot.waitUntil(lambda: place.model.rowCount() == 1)
    assert place.card.name.text() == "María de los Ángeles Villalobos González"
    press(None, Qt.Key.Key_Down)
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.group.page is not None)
    assert place.pages.currentWidget() is place.group
    assert place.group.name.text() == "María de los Ángeles Villalobos González"
    press(None, Qt.Key.Key_Escape)
    assert place.pages.currentWidget() is not place.group
    assert place.search.text() == "maria angeles"


def test_nobody_found_says_what_to_try(qtbot: QtBot, place: PeoplePlace) -> None:
    type_text(place.search, "zzzz")
    qtbot.waitUntil(lambda: place.model.rowCount() == 0)
    qtbot.waitUntil(place.empty.isVisible)
    assert "part of the name" in place.empty.text()
    press(place.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: place.model.rowCount() == 5)


def test_filters_come_and_go_and_a_search_from_elsewhere_clears_them(qtbot: QtBot, place: PeoplePlace) -> None:
    place.chips["child_alone"].click()
    qtbot.waitUntil(lambda: place.model.rowCount() == 0)
    place.asked(text="nadia")
    qtbot.waitUntil(lambda: place.model.rowCount() == 1)
    assert not place.chips["child_alone"].isChecked()


def test_a_family_asked_for_is_opened(qtbot: QtBot, place: PeoplePlace, session: Session) -> None:
    number = register_group(session.desk, family(person("Luz", "Ortega")))
    place.shell.open_group(number.group_id)
    qtbot.waitUntil(lambda: place.group.page is not None)
    assert place.group.number.text() == number.number
