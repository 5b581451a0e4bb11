"""Members one at a time: Enter adds and opens the next, an empty one is left, what was removed comes back."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.birth import Birth
from fieldapp.i18n import language
from fieldapp.ui.models.draft_content import CodeValue, PersonDraft
from fieldapp.ui.screens.register_members import MembersSection
from tests.ui.keys import press, press_control, type_text

TODAY = date(2026, 1, 5)
MOTHER = PersonDraft("María", "Villalobos", sex="F", born="14/2/1989", nationality=CodeValue(("VEN",)))
ENTER = Qt.Key.Key_Return


@pytest.fixture
def section(qtbot: QtBot) -> MembersSection:
    focal = (MOTHER, Birth.exact(date(1989, 2, 14)))
    made = MembersSection(language("en"), lambda: TODAY, lambda: focal, with_protection=False)
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.begin_new()
    return made


def enter_child(name: str, sex: str, born: str) -> None:
    type_text(None, name)
    press(None, ENTER, times=2)
    type_text(None, f"{sex}{born}")
    press(None, ENTER)  # relationship and nationality are guessed


def enter_young_child(name: str, sex: str, born: str) -> None:
    enter_child(name, sex, born)
    press(None, ENTER, times=2)  # no paper is guessed for a small child; no needs


def test_surnames_nationality_and_relationship_are_guessed_from_the_focal_point(section: MembersSection) -> None:
    enter_young_child("José", "M", "2020")
    (child,) = section.members
    assert (child.surnames, child.surnames_guess) == ("Villalobos", True)
    assert child.relationship == CodeValue.guessed("SON_DAUGHTER")
    assert child.nationality.codes == ("VEN",)
    assert child.document_kind.codes == ()


def test_a_card_is_guessed_from_nine_years_on(section: MembersSection) -> None:
    enter_child("Ana", "F", "12")
    assert section.editor.fields.document.kind.value == CodeValue.guessed("VE_CED_V")


@pytest.mark.parametrize(("born", "guess"), [("5", "SON_DAUGHTER"), ("38", "WIFE_HUSBAND"), ("70", "MOTHER_FATHER")])
def test_the_relationship_follows_the_age(section: MembersSection, born: str, guess: str) -> None:
    section.editor.fields.born.setFocus()
    type_text(None, born)
    assert section.editor.fields.relationship.value == CodeValue.guessed(guess)


def test_enter_on_an_empty_name_says_that_nobody_else_comes(qtbot: QtBot, section: MembersSection) -> None:
    enter_young_child("José", "M", "2020")
    with qtbot.waitSignal(section.passed):
        press(None, ENTER)
    assert section.editor.isHidden()
    assert len(section.members) == 1


def test_a_birth_date_that_cannot_be_keeps_the_member_in_the_editor(section: MembersSection) -> None:
    enter_young_child("José", "M", "45/45/2020")
    press(None, ENTER)
    assert section.members == ()
    assert section.editor.fields.frames["birth"].state == "error"
    assert QApplication.focusWidget() is section.editor.fields.born


def test_a_member_is_changed_by_enter_and_removed_and_brought_back(section: MembersSection) -> None:
    enter_young_child("José", "M", "2020")
    enter_young_child("Ana", "F", "2022")
    press(None, ENTER)
    section.list.setFocus()
    press(None, Qt.Key.Key_Down)
    press(None, ENTER)
    type_text(None, " Sofía")
    section.editor.finished.emit()
    assert [member.given_names for member in section.members] == ["José", "Ana Sofía"]
    press(None, Qt.Key.Key_Delete)
    assert [member.given_names for member in section.members] == ["José"]
    assert not section.undo_button.isHidden()
    press_control(None, Qt.Key.Key_Z)
    assert [member.given_names for member in section.members] == ["José", "Ana Sofía"]
    assert section.undo_button.isHidden()


def test_the_size_counts_whoever_is_being_entered_and_counted(section: MembersSection) -> None:
    enter_young_child("José", "M", "2020")
    type_text(None, "An")
    section.grid.entry.setFocus()
    type_text(None, "3")
    assert section._size.text() == "6 people in all"
