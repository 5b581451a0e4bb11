"""People: found while typing, opened with Enter, left with Esc."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.services.register import register_group
from fieldapp.ui.models.people_model import MARKS_ROLE
from fieldapp.ui.models.people_rows import Column
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, person
from tests.ui.keys import press, press_control, type_text


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


@pytest.mark.parametrize("typed", ["17345221", "V-17.345.221", "PSB-A7-00001", "17.345.221"])
def test_a_document_or_a_number_finds_its_person(qtbot: QtBot, place: PeoplePlace, typed: str) -> None:
    type_text(place.search, typed)
    qtbot.waitUntil(lambda: 0 < place.model.rowCount() < 5)
    row = place.chosen()
    assert row is not None
    assert row.number.startswith("PSB-A7-00001")


def test_the_list_is_ordered_by_name_from_its_header_or_by_keys(qtbot: QtBot, place: PeoplePlace) -> None:
    def surnames() -> list[str]:
        rows = [place.model.row_at(line) for line in range(place.model.rowCount())]
        return [row.surnames for row in rows if row]

    by_surname = ["Peña Villalobos", "Peña Villalobos", "Rincón", "Villalobos González", "Villalobos"]
    place.table.horizontalHeader().sectionClicked.emit(int(Column.NAME))
    qtbot.waitUntil(lambda: surnames() == by_surname)
    assert place.orders.currentText() == "By surname"
    place.orders.setFocus()
    press(place.orders, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: surnames() == by_surname[::-1])


def test_whoever_is_chosen_stays_chosen_when_a_family_comes(qtbot: QtBot, place: PeoplePlace, session: Session) -> None:
    qtbot.waitUntil(lambda: place.table.currentIndex().isValid())
    press(place.search, Qt.Key.Key_Down)
    press(place.table, Qt.Key.Key_Down, times=2)
    before = place.chosen()
    assert before is not None
    session.work.change(lambda: register_group(session.desk, family(person("Luz", "Ortega"))), owner=place)
    qtbot.waitUntil(lambda: place.model.rowCount() == 6)
    assert place.chosen() == before


@pytest.mark.usefixtures("paper")
def test_a_slip_is_printed_from_the_list(qtbot: QtBot, place: PeoplePlace) -> None:
    qtbot.waitUntil(lambda: place.table.currentIndex().isValid())
    assert "Not printed" in place.card.marks.texts
    press_control(place.search, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: (row := place.chosen()) is not None and row.slip_printed)
    qtbot.waitUntil(lambda: "Not printed" not in place.card.marks.texts)


def test_a_register_that_cannot_be_read_is_said_and_can_be_tried_again(
    qtbot: QtBot, place: PeoplePlace, session: Session
) -> None:
    database = session.desk.database
    database.checkpoint()
    database._dispose()  # so that no connection has the pages in memory
    whole = database.path.read_bytes()
    database.path.write_bytes(bytes(len(whole)))
    place.ask()
    qtbot.waitUntil(place.empty.again_button.isVisible)
    assert "could not be read" in place.empty.text()
    database.path.write_bytes(whole)
    place.empty.again_button.click()
    qtbot.waitUntil(place.table.isVisible)


def test_a_narrow_window_keeps_names_readable(qtbot: QtBot, place: PeoplePlace) -> None:
    place.window().resize(760, 700)
    qtbot.waitUntil(lambda: not place.card.isVisible())
    letter = place.table.fontMetrics().averageCharWidth()
    qtbot.waitUntil(lambda: place.table.columnWidth(Column.NAME) >= 17 * letter)


def test_what_matches_is_marked_and_said_where_no_column_shows_it(qtbot: QtBot, place: PeoplePlace) -> None:
    def marked(column: Column) -> list[str]:
        index = place.model.index(0, column)
        text = str(index.data())
        return [text[begin:end] for begin, end in index.data(MARKS_ROLE)]

    type_text(place.search, "rincon nadia")
    qtbot.waitUntil(lambda: place.model.rowCount() == 1)
    assert marked(Column.NAME) == ["Nadia", "Rincón"]
    assert place.table.isColumnHidden(Column.ANSWER)
    assert place.orders.currentText() == "Best first"

    place.search.clear()
    type_text(place.search, "17345221")
    qtbot.waitUntil(lambda: place.model.rowCount() == 1 and not place.table.isColumnHidden(Column.ANSWER))
    assert marked(Column.ANSWER) == ["V-17.345.221"]

    press(place.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: place.model.rowCount() == 5)
    assert place.table.isColumnHidden(Column.ANSWER)
    assert place.orders.currentText() == "Newest first"


def test_a_slip_of_the_fingers_and_a_place_find_in_the_list_too(qtbot: QtBot, place: PeoplePlace) -> None:
    type_text(place.search, "nadya rinkon zulia")
    qtbot.waitUntil(lambda: place.model.rowCount() > 0 and place.card.name.text() == "Nadia Rincón")
    assert place.model.index(0, Column.ANSWER).data() == "" or "Zulia" in str(
        place.model.index(0, Column.ORIGIN).data()
    )
