"""Turns by keys: given with the registration, called, put back, shown on the second screen without a name."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.domain.record import Document
from fieldapp.services.find import group_page
from fieldapp.services.register import register_group
from fieldapp.services.turns import call_list, give_turn
from fieldapp.ui.screens.family_turn import TurnPanel
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.screens.today_place import TodayPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import TestClock, family, person
from tests.ui.keys import press, press_control, type_text


@pytest.fixture
def shell(no_printer: None, show_shell: Callable[[str], MainShell]) -> MainShell:
    return show_shell("")


@pytest.fixture
def groups(session: Session) -> list[UUID]:
    groups = [register_group(session.desk, family()).group_id for _family in range(3)]
    for group in groups:
        give_turn(session.desk, group)
    return groups


def opened(qtbot: QtBot, shell: MainShell) -> TodayPlace:
    press(shell, Qt.Key.Key_F4)
    place = shell.places["today"]
    assert isinstance(place, TodayPlace)
    qtbot.waitUntil(place.pdf_button.hasFocus)
    press_control(None, Qt.Key.Key_T)
    return place


def test_the_next_family_is_called_with_one_chord_and_put_back_with_another(
    qtbot: QtBot, shell: MainShell, session: Session, groups: list[UUID]
) -> None:
    page = opened(qtbot, shell).turns_page
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)
    press_control(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.serving.text() == "A7-1")
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)
    press_control(page, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)
    assert call_list(session.desk).serving is None


def test_the_turn_screen_shows_numbers_and_never_a_name(
    qtbot: QtBot, shell: MainShell, session: Session, groups: list[UUID]
) -> None:
    page = opened(qtbot, shell).turns_page
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)
    press_control(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.serving.text() == "A7-1")
    page.open_screen()
    screen = page.turn_screen
    assert screen is not None
    qtbot.waitUntil(lambda: screen.serving.text() == "A7-1")
    assert [label.text() for label in screen.next[:2]] == ["A7-2", "A7-3"]
    texts = " ".join(label.text() for label in screen.findChildren(QLabel))
    assert "Villalobos" not in texts
    assert isinstance(session.desk.clock, TestClock)
    session.desk.clock.forward(minutes=4)
    page.next_button.click()
    qtbot.waitUntil(lambda: screen.serving.text() == "A7-2")
    screen.close()


def test_the_call_list_says_that_nobody_waits(qtbot: QtBot, shell: MainShell) -> None:
    page = opened(qtbot, shell).turns_page
    qtbot.waitUntil(lambda: "No family waits" in page.count.text())
    assert not page.next_button.isEnabled()
    press(None, Qt.Key.Key_Escape)
    place = shell.places["today"]
    assert isinstance(place, TodayPlace)
    qtbot.waitUntil(place.pdf_button.hasFocus)


def test_a_family_gets_its_turn_with_its_registration(qtbot: QtBot, shell: MainShell, session: Session) -> None:
    session.settings = replace(session.settings, turns=True)
    shell.go_to("register")
    place = shell.places["register"]
    assert isinstance(place, RegisterPlace)
    qtbot.waitUntil(place.form.focal.given_names.hasFocus)
    type_text(None, "Ana")
    press(None, Qt.Key.Key_Return)
    type_text(None, "Luna")
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.done.turn.text() == "Turn A7-1")


def test_on_another_familys_day_a_turn_needs_a_reason(qtbot: QtBot, shell: MainShell, session: Session) -> None:
    session.settings = replace(session.settings, turn_rule="12;;;;;;")
    entry = family(person("Ana", "Luna", documents=(Document("VE_CED_V", "17345229"),)))
    group = register_group(session.desk, entry).group_id
    shell.open_group(group)
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    qtbot.waitUntil(lambda: place.group.page is not None)
    place.group.menu.ask("turn")
    panel = place.group.panel
    assert isinstance(panel, TurnPanel)
    press_control(panel.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.frames["reason"].state == "error")
    type_text(panel.reason, "trae un bebé")
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.group.panel is None)
    assert [turn.label for turn in group_page(session.desk, group, audited=False).turns] == ["A7-1"]
