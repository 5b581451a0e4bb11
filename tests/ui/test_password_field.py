"""A password is hidden until one asks to see it, and the caps lock is noticed by the letters it makes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.ui.widgets.password_field import PasswordField
from tests.ui.keys import type_text


@pytest.fixture
def field(qtbot: QtBot, language: Language) -> PasswordField:
    made = PasswordField(language, "Password", "Four words are good")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def test_what_is_typed_is_hidden_until_asked_for(qtbot: QtBot, field: PasswordField) -> None:
    type_text(field.line, "señal río")
    assert field.text == "señal río"
    assert field.line.displayText() != "señal río"
    QTest.mouseClick(field.show_button, Qt.MouseButton.LeftButton)
    assert field.line.displayText() == "señal río"
    field.clear()
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


def test_a_capital_without_shift_means_caps_lock(field: PasswordField) -> None:
    type_text(field.line, "a")
    assert "Caps lock" not in field.hint
    type_text(field.line, "A")
    assert "Caps lock seems to be on." in field.hint
    type_text(field.line, "b")
    assert "Caps lock" not in field.hint


def test_a_capital_with_shift_is_meant(field: PasswordField) -> None:
    type_text(field.line, "A", Qt.KeyboardModifier.ShiftModifier)
    assert field.text == "A"
    assert "Caps lock" not in field.hint


def test_an_error_stands_in_place_of_the_hint_until_one_types(field: PasswordField) -> None:
    field.say("The password is not right.")
    assert field.hint == "The password is not right."
    assert field.line.property("state") == "error"
    type_text(field.line, "x")
    assert field.hint == "Four words are good"
    assert field.line.property("state") is None
