"""Names in any script and of any length are taken as typed; too long ones are said, never cut."""

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.ui.widgets.name_field import NameField
from tests.ui.keys import type_text


@pytest.fixture
def field(qtbot: QtBot) -> NameField:
    made = NameField()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("name", ["Ñusta Íñigo", "محمد علي", "José 🙂", "Robert'); DROP TABLE individuals;--"])
def test_any_script_is_kept(field: NameField, name: str) -> None:
    type_text(field, name)
    assert (field.name, field.problem) == (name, "")


def test_five_hundred_characters_are_kept_and_said(field: NameField) -> None:
    type_text(field, "a" * 500)
    assert len(field.text()) == 500
    assert field.problem == "too_long"


def test_a_guess_ends_with_the_first_letter(field: NameField) -> None:
    field.set_name("Villalobos", guess=True)
    assert field.property("state") == "guess"
    type_text(field, " Peña")
    assert not field.is_guess
