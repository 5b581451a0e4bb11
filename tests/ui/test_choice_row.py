"""A row of answers is one stop of the keyboard: a single key or the arrows choose."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.i18n import language
from fieldapp.ui.widgets.choice_row import Answer, ChoiceRow, sex_answers
from tests.ui.keys import press, type_text


@pytest.fixture
def row(qtbot: QtBot) -> ChoiceRow:
    made = ChoiceRow(sex_answers(language("en").code))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


@pytest.mark.parametrize(("key", "code"), [("f", "F"), ("F", "F"), ("M", "M"), ("x", "X"), ("?", "U")])
def test_a_single_key_chooses(row: ChoiceRow, key: str, code: str) -> None:
    type_text(row, key)
    assert row.code == code
    assert [each for each, button in row._buttons.items() if button.isChecked()] == [code]


def test_arrows_go_round_and_delete_takes_the_answer_back(row: ChoiceRow) -> None:
    press(row, Qt.Key.Key_Right)
    assert row.code == "F"
    press(row, Qt.Key.Key_Left)
    assert row.code == "U"
    press(row, Qt.Key.Key_Delete)
    assert row.code == ""


def test_enter_goes_on_and_other_keys_choose_nothing(qtbot: QtBot, row: ChoiceRow) -> None:
    type_text(row, "z1")
    assert row.code == ""
    with qtbot.waitSignal(row.returnPressed):
        press(row, Qt.Key.Key_Return)


def test_the_letter_of_a_word_works_with_and_without_its_accent(qtbot: QtBot) -> None:
    row = ChoiceRow((Answer("yes", "Ñ", "Ñ", "con eñe"),))
    qtbot.addWidget(row)
    row.show()
    type_text(row, "n")
    assert row.code == "yes"


def test_choosing_makes_no_button_wider(row: ChoiceRow) -> None:
    before = [button.sizeHint().width() for button in row._buttons.values()]
    row.choose("M")
    after = [button.sizeHint().width() for button in row._buttons.values()]
    assert all(abs(one - other) <= 4 for one, other in zip(before, after, strict=True))
