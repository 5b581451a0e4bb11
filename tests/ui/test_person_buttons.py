"""The staff as large buttons: found by letters, walked by arrows, chosen by Enter."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.ui.widgets.person_buttons import PersonButtons
from tests.ui.keys import press, type_text


@pytest.fixture
def people(qtbot: QtBot, language: Language) -> PersonButtons:
    made = PersonButtons(language, ["rosa", "yuli", "íñigo", "roberto", "ana"], ["ana"])
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.take_focus()
    return made


def test_letters_leave_those_whose_names_begin_so(people: PersonButtons) -> None:
    type_text(people, "ro")
    assert people.shown == ["rosa", "roberto"]
    press(people, Qt.Key.Key_Escape)
    assert len(people.shown) == 5


def test_accents_do_not_matter(people: PersonButtons) -> None:
    type_text(people, "in")
    assert people.shown == ["íñigo"]


def test_a_letter_that_fits_nobody_is_not_taken(people: PersonButtons) -> None:
    type_text(people, "rx")
    assert people.shown == ["rosa", "roberto"]
    press(people, Qt.Key.Key_Backspace)
    assert len(people.shown) == 5


def test_enter_chooses_who_has_the_keyboard(qtbot: QtBot, people: PersonButtons) -> None:
    type_text(people, "ro")
    press(people, Qt.Key.Key_Right)
    with qtbot.waitSignal(people.chosen) as chosen:
        press(people, Qt.Key.Key_Return)
    assert chosen.args == ["roberto"]
    assert [name for name, button in people.buttons.items() if button.isChecked()] == ["roberto"]


def test_arrows_walk_rows_and_columns(people: PersonButtons) -> None:
    press(people, Qt.Key.Key_Down)
    assert people.buttons["íñigo"].hasFocus()
    press(people, Qt.Key.Key_Right)
    assert people.buttons["roberto"].hasFocus()
    press(people, Qt.Key.Key_Up)
    assert people.buttons["yuli"].hasFocus()
    press(people, Qt.Key.Key_Left, times=5)
    assert people.buttons["rosa"].hasFocus()


def test_a_locked_name_says_so_in_words(people: PersonButtons) -> None:
    assert people.buttons["ana"].text() == "ana (locked for minutes)"


def test_a_crowd_scrolls(qtbot: QtBot, language: Language) -> None:
    crowd = PersonButtons(language, [f"name{number}" for number in range(40)])
    qtbot.addWidget(crowd)
    crowd.resize(560, 700)
    crowd.show()
    assert crowd.height() < 800
    assert crowd.sizeHint().height() < 500
