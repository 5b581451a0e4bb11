"""The rail leads to the places, says who is at the desk, and keeps its meaning when only icons are left."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.ui import tokens
from fieldapp.ui.widgets.rail import Rail, RailEntry

ENTRIES = (RailEntry("register", "Register", "clipboard-pen", "F2"), RailEntry("people", "People", "users", "F3"))


def _rail(qtbot: QtBot, language: Language) -> Rail:
    rail = Rail(ENTRIES, "Yuli Ramírez", "Registrar", language)
    qtbot.addWidget(rail)
    rail.show()
    return rail


def test_a_click_chooses_a_place(qtbot: QtBot, language: Language) -> None:
    rail = _rail(qtbot, language)
    with qtbot.waitSignal(rail.chosen) as chosen:
        QTest.mouseClick(rail.buttons["people"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["people"]


def test_the_place_in_sight_is_marked_and_a_place_off_the_rail_marks_none(qtbot: QtBot, language: Language) -> None:
    rail = _rail(qtbot, language)
    rail.show_chosen("people")
    assert [name for name, button in rail.buttons.items() if button.isChecked()] == ["people"]
    rail.show_chosen("keys")
    assert not any(button.isChecked() for button in rail.buttons.values())


def test_collapsed_it_shows_icons_whose_names_are_still_told(qtbot: QtBot, language: Language) -> None:
    rail = _rail(qtbot, language)
    assert rail.width() == tokens.RAIL_WIDTH
    rail.set_collapsed(True)
    button = rail.buttons["register"]
    assert rail.width() == tokens.RAIL_WIDTH_COLLAPSED
    assert button.text() == ""
    assert not button.icon().isNull()
    assert (button.accessibleName(), button.toolTip()) == ("Register", "Register  F2")
    rail.set_collapsed(False)
    assert button.text().strip() == "Register"


def test_targets_are_large_enough(qtbot: QtBot, language: Language) -> None:
    rail = _rail(qtbot, language)
    assert all(button.height() >= tokens.SIZES["target"] for button in (*rail.buttons.values(), rail.lock_button))
