"""Undo in the form field by field, and saving twice by mistake."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.services.find import PeopleQuery, count_individuals
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.ui.keys import press, press_control, type_text

ENTER, Z = Qt.Key.Key_Return, Qt.Key.Key_Z
_REDO = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def place(qtbot: QtBot, no_printer: None, show_shell: Callable[[str], MainShell]) -> RegisterPlace:
    place = show_shell("register").places["register"]
    assert isinstance(place, RegisterPlace)
    qtbot.waitUntil(place.form.focal.given_names.hasFocus)
    return place


def test_fields_are_taken_back_one_after_the_other_and_done_again(place: RegisterPlace) -> None:
    focal = place.form.focal
    type_text(None, "Ana")
    press(None, ENTER)
    type_text(None, "Luna")
    press(None, ENTER)
    type_text(None, "F")
    press_control(None, Z)
    assert (focal.given_names.text(), focal.surnames.text(), focal.sex.code) == ("Ana", "Luna", "")
    press_control(None, Z)
    press_control(None, Z)
    assert (focal.given_names.text(), focal.surnames.text()) == ("", "")
    for _step in range(3):
        press(None, Z, _REDO)
    assert (focal.given_names.text(), focal.surnames.text(), focal.sex.code) == ("Ana", "Luna", "F")


def test_within_a_field_its_letters_come_first(place: RegisterPlace) -> None:
    focal = place.form.focal
    type_text(None, "Ana")
    press(None, ENTER)
    type_text(None, "Luna")
    press_control(None, Z)
    assert (focal.given_names.text(), focal.surnames.text()) == ("Ana", "")


@pytest.mark.parametrize("times", [2, 5])
def test_pressing_save_again_registers_nobody_twice(
    qtbot: QtBot, place: RegisterPlace, session: Session, times: int
) -> None:
    type_text(None, "Ana")
    press(None, ENTER)
    type_text(None, "Luna")
    for _press in range(times):
        press_control(place, ENTER)
    qtbot.waitUntil(lambda: place.done.isVisible())
    press(None, ENTER, times=2)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert count_individuals(session.desk, PeopleQuery()) == 1


def test_the_family_before_does_not_come_back(qtbot: QtBot, place: RegisterPlace) -> None:
    type_text(None, "Ana")
    press(None, ENTER)
    type_text(None, "Luna")
    place.plain_button.click()
    qtbot.waitUntil(lambda: place.done.isVisible())
    press(None, ENTER)
    qtbot.waitUntil(place.form.focal.given_names.hasFocus)
    press_control(None, Z)
    assert place.form.focal.given_names.text() == ""
