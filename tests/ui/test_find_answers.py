"""Ctrl+K finds anyone from anywhere: the best first while typing, Enter opens the family at that person."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.services.register import register_group
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, person
from tests.ui.keys import press, press_control, type_text

ENTER = Qt.Key.Key_Return


@pytest.fixture
def shell(qtbot: QtBot, session: Session) -> MainShell:
    register_group(session.desk, family())
    register_group(session.desk, family(person("María", "Villalobos Rincón", born="3/8/1957")))
    made = MainShell(session)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.go_to("today")
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    press_control(made, Qt.Key.Key_K)
    return made


def names(shell: MainShell) -> list[str]:
    found = shell.answers.list
    return [found.item(row).text().partition(",")[0] for row in range(found.count())]


def opened(qtbot: QtBot, shell: MainShell) -> PeoplePlace:
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    qtbot.waitUntil(lambda: place.isVisible() and place.group.page is not None)
    return place


def test_the_answers_come_while_typing_and_enter_opens_the_family_at_that_person(
    qtbot: QtBot, shell: MainShell
) -> None:
    type_text(None, "sofia pena 2019")
    qtbot.waitUntil(lambda: names(shell) == ["Ana Sofía Peña Villalobos"])
    assert shell.answers.isVisible()
    assert shell.find_box.field.hasFocus()
    press(None, ENTER)
    place = opened(qtbot, shell)
    assert not shell.answers.isVisible()
    assert place.group.family.table.currentRow() == 2
    assert shell.find_box.field.text() == ""


def test_namesakes_are_told_apart_and_chosen_with_the_arrows(qtbot: QtBot, shell: MainShell) -> None:
    type_text(None, "villalovos maria")
    qtbot.waitUntil(lambda: shell.answers.list.count() >= 2)
    first = shell.answers.list.chosen
    press(None, Qt.Key.Key_Down)
    second = shell.answers.list.chosen
    assert first is not None and second is not None
    assert {first.details.partition(" ")[0], second.details.partition(" ")[0]} == {"36", "68"}
    assert "PSB-A7-00001" in first.details + second.details
    assert all("Zulia" in line.details for line in (first, second))
    marked = {first.name[begin:end] for begin, end in first.name_marks}
    assert "María" in marked
    assert "Villalobos" in marked
    press(None, ENTER)
    assert opened(qtbot, shell).group._wanted == second.group_id


def test_enter_before_the_answer_waits_for_it(qtbot: QtBot, shell: MainShell) -> None:
    type_text(None, "17345221")
    press(None, ENTER)
    assert opened(qtbot, shell).group.page is not None


def test_nobody_found_leads_to_a_search_of_every_row(qtbot: QtBot, shell: MainShell) -> None:
    type_text(None, "bilyalopsi")
    qtbot.waitUntil(shell.answers.every_button.isVisible)
    assert "search every row" in shell.answers.said.text()
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: shell.answers.list.count() > 0)
    assert any("Villalobos" in name for name in names(shell))


def test_nobody_at_all_says_what_to_do(qtbot: QtBot, shell: MainShell) -> None:
    type_text(None, '%" OR 阿')
    qtbot.waitUntil(shell.answers.every_button.isVisible)
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: "F2" in shell.answers.said.text())
    press(None, Qt.Key.Key_Escape)
    assert not shell.answers.isVisible()
    assert shell.find_box.field.text() == ""
