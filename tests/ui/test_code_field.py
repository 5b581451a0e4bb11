"""A type-ahead field: a few letters find the code, Enter or Tab takes it, and what is no code is kept and said."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_content import CodeValue
from fieldapp.ui.widgets.code_field import CodeField
from tests.ui.keys import press, type_text


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A window with room for lists below its fields and a field to go on to."""
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayout(QVBoxLayout())
    page.resize(500, 500)
    return page


def shown(qtbot: QtBot, page: QWidget, field: CodeField) -> CodeField:
    box = page.layout()
    assert box is not None
    box.addWidget(field)
    box.addWidget(QLineEdit())
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    field.setFocus()
    return field


@pytest.mark.parametrize("typed", ["tach", "TÁCH", "Táchira", "san cristobal", "ve20"])
def test_a_state_is_found_by_letters_accents_capital_or_code(qtbot: QtBot, page: QWidget, typed: str) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.origin_states("es")))
    type_text(field, typed)
    press(field, Qt.Key.Key_Return)
    assert (field.code, field.text()) == ("VE20", "Táchira")
    assert not field.is_offering


def test_the_list_is_walked_by_arrows_and_tab_takes_the_marked_row(qtbot: QtBot, page: QWidget) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.origin_states("es")))
    type_text(field, "a")
    first, second = field.offered()[:2]
    press(field, Qt.Key.Key_Down)
    press(field, Qt.Key.Key_Tab)
    assert field.text() == second != first
    assert not field.hasFocus()


def test_at_most_eight_are_offered_and_the_usual_ones_first(qtbot: QtBot, page: QWidget) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.nationalities("es")))
    press(field, Qt.Key.Key_Down)
    assert len(field.offered()) == 8
    assert field.offered()[:2] == ["Venezuela", "Colombia"]


def test_escape_closes_the_list_and_keeps_the_text(qtbot: QtBot, page: QWidget) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.origin_states("es")))
    type_text(field, "zu")
    press(field, Qt.Key.Key_Escape)
    assert not field.is_offering
    assert field.text() == "zu"


def test_what_is_no_code_is_kept_and_said(qtbot: QtBot, page: QWidget) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.origin_states("es")))
    type_text(field, "Atlántida'; DROP TABLE")
    press(field, Qt.Key.Key_Return)
    assert field.value == CodeValue(typed="Atlántida'; DROP TABLE")
    assert field.problem == "not_in_list"


def test_several_nationalities_are_joined_by_a_plus(qtbot: QtBot, page: QWidget) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.nationalities("es"), several=True))
    type_text(field, "vene")
    press(field, Qt.Key.Key_Return)
    press(field, Qt.Key.Key_End)
    type_text(field, "+colom")
    press(field, Qt.Key.Key_Return)
    assert field.codes == ("VEN", "COL")
    assert field.text() == "Venezuela + Colombia"


@pytest.mark.parametrize("typed", ["venez+colom", "+colom", "ven++colom"])
def test_a_plus_takes_what_was_typed_or_keeps_what_stands_there(qtbot: QtBot, page: QWidget, typed: str) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.nationalities("es"), several=True))
    field.set_value(CodeValue.guessed("VEN"))
    field.selectAll()
    type_text(field, typed)
    press(field, Qt.Key.Key_Return)
    assert field.codes == ("VEN", "COL")
    assert not field.is_guess


def test_a_destination_may_be_words_that_are_no_place(qtbot: QtBot, page: QWidget) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.destinations("es"), free_text=True))
    type_text(field, "donde una hermana, no sabe el barrio")
    press(field, Qt.Key.Key_Return)
    assert field.value.typed == "donde una hermana, no sabe el barrio"
    assert field.problem == ""
    field.clear()
    type_text(field, "cucu")
    press(field, Qt.Key.Key_Return)
    assert field.code == "54001", "the town most people mean comes before those that merely begin so"


def test_a_guess_is_marked_until_it_is_touched(qtbot: QtBot, page: QWidget) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.nationalities("es"), several=True))
    field.guess("VEN")
    assert field.is_guess
    assert field.property("state") == "guess"
    press(field, Qt.Key.Key_Return)
    assert not field.is_guess
    field.guess("COL")
    assert field.code == "VEN", "a guess never takes the place of an answer"


def test_a_click_in_the_list_takes_a_row(qtbot: QtBot, page: QWidget) -> None:
    field = shown(qtbot, page, CodeField(draft_choices.documents("es")))
    type_text(field, "sin")
    popup = field._popup
    assert popup is not None
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=popup.visualItemRect(popup.item(0)).center())
    assert field.code == "NONE"
    assert field.hasFocus()


def test_eleven_hundred_towns_are_searched_within_a_key_press() -> None:
    towns = draft_choices.destinations("es")
    assert len(towns) > 1100
    started = time.perf_counter()
    for _ in range(20):
        towns.best("san")
    assert (time.perf_counter() - started) / 20 < 0.02
