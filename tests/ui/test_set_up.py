"""A first run by keys alone: from the language to the recovery key typed back, with a real register at the end."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.services.doorstep import has_register, is_recovery_confirmed
from fieldapp.services.sign_in import sign_out
from fieldapp.settings import Settings
from fieldapp.ui.screens.questions import RecoveryCheckScreen
from fieldapp.ui.screens.set_up import SetUpScreen, suggested_code
from fieldapp.ui.screens.set_up_key import KeyScreen
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.work import Work
from tests.desks import TestClock
from tests.ui.keys import press, press_control, type_text

PASSWORD = "trueno balcón mimbre 41"


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    return Surroundings(tmp_path / "data", TestClock(), lambda number: bytes(range(1, number + 1)))


@pytest.fixture
def screen(qtbot: QtBot, language: Language, work: Work, around: Surroundings) -> SetUpScreen:
    made = SetUpScreen(language, Settings(), work, around)
    qtbot.addWidget(made)
    made.resize(1366, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.wait(10)
    return made


def _step(qtbot: QtBot, screen: SetUpScreen, number: int) -> None:
    """Wait until a step is in sight and its first field has the keyboard."""
    qtbot.waitUntil(lambda: screen.currentWidget() is screen.steps[number], timeout=5000)
    page = screen.steps[number]
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget() or screen))


def _answer(qtbot: QtBot, screen: SetUpScreen) -> None:
    press(None, Qt.Key.Key_Return)
    _step(qtbot, screen, 1)
    for text in ("Frontera 2026", "Alcaldía de Villa del Rosario", "+57 607 000 0000"):
        type_text(None, text)
        press(None, Qt.Key.Key_Return)
    _step(qtbot, screen, 2)
    type_text(None, "simon bol")
    press(None, Qt.Key.Key_Return)
    type_text(None, "Albergue La Parada")
    press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_Return)
    _step(qtbot, screen, 3)
    type_text(None, "Íñigo Peña")
    press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_Return)
    for _ in range(2):
        type_text(None, PASSWORD)
        press(None, Qt.Key.Key_Return)
    _step(qtbot, screen, 4)


def test_from_the_language_to_the_register_by_keys_alone(
    qtbot: QtBot, screen: SetUpScreen, around: Surroundings, work: Work
) -> None:
    _answer(qtbot, screen)
    assert screen.plan().short_name == "inigo"
    assert screen.plan().post == "PSB"
    assert not has_register(around.folder)
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(screen.currentWidget(), KeyScreen), timeout=20_000)
    assert has_register(around.folder)
    key_page = screen.currentWidget()
    assert isinstance(key_page, KeyScreen)
    key = key_page.key_label.text()
    assert not key_page.primary_button.isEnabled()
    key_page.copied.setFocus()
    press(None, Qt.Key.Key_Space)
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(screen.currentWidget(), RecoveryCheckScreen))
    check = screen.currentWidget()
    assert isinstance(check, RecoveryCheckScreen)
    qtbot.waitUntil(check.field.hasFocus)
    type_text(None, "0000-1111")
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: check.frame.state == "error", timeout=5000)
    assert not is_recovery_confirmed(around.folder)
    check.field.clear()
    type_text(check.field, key.lower().replace("-", " ").replace("\n", " "))
    with qtbot.waitSignal(screen.finished, timeout=10_000) as finished:
        press(None, Qt.Key.Key_Return)
    assert finished.args is not None
    desk, settings = finished.args
    assert is_recovery_confirmed(around.folder)
    assert desk.actor.display_name == "Íñigo Peña"
    assert (settings.language, settings.slip_language, settings.slip_layout) == ("en", "es", "a6")
    assert screen.desk is None
    work.shut_down()
    sign_out(desk)


def test_what_is_missing_is_said_beside_the_field(qtbot: QtBot, screen: SetUpScreen) -> None:
    press(None, Qt.Key.Key_Return)
    _step(qtbot, screen, 1)
    press_control(None, Qt.Key.Key_Return)
    page = screen.steps[1]
    qtbot.waitUntil(lambda: page.frames["operation_name"].message == "This is needed.")
    assert page.frames["operation_name"].field.hasFocus()
    assert screen.currentWidget() is page


def test_escape_goes_back_and_loses_nothing(qtbot: QtBot, screen: SetUpScreen) -> None:
    press(None, Qt.Key.Key_Return)
    _step(qtbot, screen, 1)
    type_text(None, "Frontera 2026")
    press(None, Qt.Key.Key_Escape)
    _step(qtbot, screen, 0)
    qtbot.waitUntil(screen.steps[0].primary_button.hasFocus)
    press(None, Qt.Key.Key_Return)
    _step(qtbot, screen, 1)
    assert screen.plan().operation_name == "Frontera 2026"


def test_a_post_that_is_in_no_list_is_said_with_what_was_typed(qtbot: QtBot, screen: SetUpScreen) -> None:
    page = screen.steps[2]
    screen.setCurrentWidget(page)
    type_text(page.frames["post"].field, "Puente que no hay")
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Puente que no hay" in page.frames["post"].message)


def test_two_passwords_that_differ_do_not_go_on(qtbot: QtBot, screen: SetUpScreen) -> None:
    page = screen.steps[3]
    screen.setCurrentWidget(page)
    type_text(page.frames["display_name"].field, "Rosa")
    press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_Return)
    type_text(None, PASSWORD)
    press(None, Qt.Key.Key_Return)
    type_text(None, "otra cosa")
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("not the same" in label for label in _hints(page)))
    assert screen.currentWidget() is page


def _hints(page: object) -> list[str]:
    pair = getattr(page, "pair", None)
    return [pair.first.hint, pair.second.hint] if pair is not None else []


def test_a_suggested_code_has_no_characters_that_are_taken_for_others() -> None:
    codes = {suggested_code(random.Random(seed).randbytes) for seed in range(3000)}
    assert len(codes) > 150
    assert not set("IOQ01") & set("".join(codes))
