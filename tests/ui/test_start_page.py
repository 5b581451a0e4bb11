"""Start pages are walked from the top down; Enter goes on, Esc goes back, and nothing is answered twice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.ui.widgets.option_list import OptionList
from fieldapp.ui.widgets.start_page import StartPage
from tests.ui.keys import press


@pytest.fixture
def page(qtbot: QtBot, language: Language) -> StartPage:
    made = StartPage(language, "The operation", "These words stand on every slip.", primary="Next", back="Back")
    for name in ("first", "second"):
        field = QLineEdit()
        field.setObjectName(name)
        made.body.addWidget(field)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.findChildren(QLineEdit)[0].setFocus()
    return made


def _focus() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def test_tab_walks_fields_then_the_way_on_then_the_way_back(page: StartPage) -> None:
    first = page.findChild(QLineEdit, "first")
    assert isinstance(first, QLineEdit)
    first.setFocus()
    press(None, Qt.Key.Key_Tab)
    assert _focus().objectName() == "second"
    press(None, Qt.Key.Key_Tab)
    assert _focus() is page.primary_button
    press(None, Qt.Key.Key_Tab)
    assert _focus() is page.back_button


def test_enter_goes_on_and_escape_goes_back(qtbot: QtBot, page: StartPage) -> None:
    with qtbot.waitSignal(page.went_on):
        press(None, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.went_back):
        press(page, Qt.Key.Key_Escape)


def test_enter_on_the_way_back_goes_back(qtbot: QtBot, page: StartPage) -> None:
    page.back_button.setFocus()
    with qtbot.assertNotEmitted(page.went_on), qtbot.waitSignal(page.went_back):
        press(None, Qt.Key.Key_Return)


def test_while_it_works_no_second_answer_is_taken(qtbot: QtBot, page: StartPage) -> None:
    page.set_busy(True, "Opening the register...")
    assert page.problem == "Opening the register..."
    with qtbot.assertNotEmitted(page.went_on, wait=20):
        press(None, Qt.Key.Key_Return)
    page.set_busy(False)
    assert page.problem == ""


def test_a_refusal_stays_when_the_work_ends(page: StartPage) -> None:
    page.set_busy(True, "Opening the register...")
    page.say("The disk is full.")
    page.set_busy(False)
    assert page.problem == "The disk is full."


def test_one_answer_of_a_few_holds(qtbot: QtBot) -> None:
    answers = OptionList("Slips", (("a6", "A6", "One a sheet"), ("a4", "A4", "Four a sheet")), "a6")
    qtbot.addWidget(answers)
    answers.show()
    assert answers.value == "a6"
    with qtbot.waitSignal(answers.chosen) as chosen:
        answers.buttons["a4"].click()
    assert chosen.args == ["a4"]
    assert answers.value == "a4"
    assert answers.buttons["a4"].accessibleDescription() == "Four a sheet"
