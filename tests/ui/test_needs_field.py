"""Needs by a digit or by a few letters; a registrar sees no protection need in detail."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.i18n import language
from fieldapp.ui.models import draft_choices
from fieldapp.ui.widgets.needs_field import NeedsField
from tests.ui.keys import press, type_text


@pytest.fixture
def field(qtbot: QtBot) -> NeedsField:
    made = NeedsField(language("en"))
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.quick.setFocus()
    return made


def test_digits_turn_the_usual_needs_on_and_off(field: NeedsField) -> None:
    type_text(None, "1")
    type_text(None, "4")
    assert field.needs == ("SM", "LP")
    assert field.quick.buttons["4"].isChecked()
    type_text(None, "1")
    assert field.needs == ("LP",)
    type_text(None, "0")
    assert field.needs == ()
    assert field.quick.buttons["0"].isChecked()


def test_eight_leads_to_any_other_need_and_enter_takes_it(qtbot: QtBot, field: NeedsField) -> None:
    type_text(None, "8")
    assert field.other.hasFocus()
    type_text(None, "child carer")
    with qtbot.assertNotEmitted(field.returnPressed):
        press(None, Qt.Key.Key_Return)
    assert field.needs == ("CR-CC",)
    assert field.other.text() == ""
    chips = [button.text() for button in field.findChildren(QPushButton) if "carer" in button.text()]
    assert chips == ["Child carer"]
    with qtbot.waitSignal(field.returnPressed):
        press(None, Qt.Key.Key_Return)


def test_a_chip_takes_its_need_away(field: NeedsField) -> None:
    field.set_needs(("CR-CC",))
    chip = next(button for button in field.findChildren(QPushButton) if button.text() == "Child carer")
    chip.click()
    assert field.needs == ()


def test_protection_needs_are_offered_to_protection_officers_only() -> None:
    registrar = [choice.code for choice in draft_choices.needs("en", False).best("torture")]
    officer = [choice.code for choice in draft_choices.needs("en", True).best("torture")]
    assert registrar == []
    assert "TR" in officer
