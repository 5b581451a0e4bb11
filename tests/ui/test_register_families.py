"""Families that do not fit the usual picture, by keys alone over a real register: none of them needs a trick."""

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.people import GroupPage
from fieldapp.services.find import group_page
from fieldapp.services.verify import verify_file
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.ui.keys import press, press_control, type_text
from tests.ui.test_register_papers import place, shell

__all__ = ["place", "shell"]
ENTER = Qt.Key.Key_Return


@pytest.fixture(autouse=True)
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldapp.ui.printing.QPrinterInfo.availablePrinterNames", list)


def told(*texts: str) -> None:
    """Type each text and Enter."""
    for text in texts:
        type_text(None, text)
        press(None, ENTER)


def mother(place: RegisterPlace) -> None:
    """Enter her in the individual step, up to the first member."""
    press_control(None, Qt.Key.Key_G)
    told("Yuleisy", "Peña Rojas", "F1994", "20114532")
    assert QApplication.focusWidget() is place.form.members.editor.fields.given_names


def child(name: str, sex: str, born: str) -> None:
    """Enter a child who has the mother's surnames and no papers."""
    told(name, "", sex + born, "", "")


def saved(qtbot: QtBot, place: RegisterPlace, session: Session) -> GroupPage:
    """Save with Ctrl+Enter and return the family as it is kept."""
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: place.done.isVisible() and not session.work.is_busy)
    return group_page(session.desk, place.slip.group_id or UUID(int=0), audited=False)


def test_twins_are_two_people_of_one_day(qtbot: QtBot, place: RegisterPlace, session: Session) -> None:
    mother(place)
    child("Santiago", "M", "3/5/2023")
    child("Samuel", "M", "3/5/2023")
    page = saved(qtbot, place, session)
    assert [member.given_names for member in page.members] == ["Yuleisy", "Santiago", "Samuel"]
    assert page.members[1].birth == page.members[2].birth
    assert page.members[1].individual_id != page.members[2].individual_id
    assert {member.relationship for member in page.members[1:]} == {"SON_DAUGHTER"}


def test_several_nationalities_are_joined_with_a_plus_and_children_have_them_too(
    qtbot: QtBot, place: RegisterPlace, session: Session
) -> None:
    press_control(None, Qt.Key.Key_G)
    told("Yuleisy", "Peña Rojas")
    type_text(None, "F1994")
    press(None, Qt.Key.Key_Tab)
    assert place.form.focal.nationality.hasFocus()
    type_text(None, "venez+colom")
    press(None, ENTER, times=2)
    assert place.form.members.editor.fields.given_names.hasFocus()
    child("Santiago", "M", "2023")
    page = saved(qtbot, place, session)
    assert [member.nationalities for member in page.members] == [("VEN", "COL"), ("VEN", "COL")]


def test_a_baby_born_on_the_way_needs_no_more_than_its_name_and_day(
    qtbot: QtBot, place: RegisterPlace, session: Session
) -> None:
    mother(place)
    child("Milagros", "F", "4/1/2026")
    page = saved(qtbot, place, session)
    baby = page.members[1]
    assert (str(baby.birth), baby.relationship, baby.documents) == ("2026-01-04", "SON_DAUGHTER", ())
    assert baby.surnames == "Peña Rojas"


def test_a_baby_without_a_name_yet_has_its_mothers_surnames(
    qtbot: QtBot, place: RegisterPlace, session: Session
) -> None:
    mother(place)
    place.form.members.editor.fields.surnames.setFocus()
    press(None, ENTER)
    told("F0", "", "")
    page = saved(qtbot, place, session)
    assert (page.members[1].given_names, page.members[1].surnames) == ("", "Peña Rojas")


def test_a_child_may_be_the_focal_point_of_a_younger_one(qtbot: QtBot, place: RegisterPlace, session: Session) -> None:
    press_control(None, Qt.Key.Key_G)
    told("Wilmer", "Guerrero", "M14", "")
    told("Ana", "", "F9")
    assert QApplication.focusWidget() is place.form.members.editor.fields.relationship, "nothing is likely, so it asks"
    told("sister", "", "")
    page = saved(qtbot, place, session)
    assert [member.relationship for member in page.members] == ["HEAD", "BROTHER_SISTER"]
    assert page.focal_point_id == page.members[0].individual_id


def test_a_grandmothers_children_are_taken_for_her_grandchildren(
    qtbot: QtBot, place: RegisterPlace, session: Session
) -> None:
    press_control(None, Qt.Key.Key_G)
    told("Ñusta", "Peña", "F71", "")
    child("Yuleidis", "F", "9")
    child("Íker", "M", "4")
    page = saved(qtbot, place, session)
    assert [member.relationship for member in page.members[1:]] == ["GRANDDAUGHER_GRANDSON"] * 2


def test_what_was_said_of_the_last_family_is_gone_with_the_next_one(
    qtbot: QtBot, shell: MainShell, place: RegisterPlace, session: Session
) -> None:
    type_text(None, "Ana")
    saved(qtbot, place, session)
    qtbot.waitUntil(lambda: "The record is saved" in shell.banner.text)
    press(None, ENTER)
    assert shell.banner.isHidden()


def test_an_adult_who_is_no_relative_travels_with_the_family(
    qtbot: QtBot, place: RegisterPlace, session: Session
) -> None:
    mother(place)
    child("Santiago", "M", "2020")
    told("José Luis", "Marín Ñáñez", "M30")
    assert QApplication.focusWidget() is place.form.members.editor.fields.relationship
    told("not rel", "19887766", "")
    page = saved(qtbot, place, session)
    stranger = page.members[2]
    assert (stranger.relationship, stranger.surnames) == ("NOT_RELATED", "Marín Ñáñez")
    assert [document.number for document in stranger.documents] == ["19887766"]


def test_thirty_people_are_one_family_with_one_slip(
    qtbot: QtBot, shell: MainShell, place: RegisterPlace, session: Session, tmp_path: Path
) -> None:
    mother(place)
    for number in range(29):
        child(f"Niña {'ABCDEFGHIJKLMNOPQRSTUVWXYZÑÁÉ'[number]}", "F", str(number % 17))
    page = saved(qtbot, place, session)
    assert (len(page.members), page.declared_size, page.complete) == (30, 30, True)
    place.slip.save_to(tmp_path / "slip.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "slip.pdf").exists() and not session.work.is_busy)
    readings = verify_file(session.desk, tmp_path / "slip.pdf")
    assert {reading.verdict for reading in readings} == {"valid"}
    assert {reading.group_size for reading in readings} == {30}
    assert sum(len(reading.members) for reading in readings) >= 29


def test_thirty_who_are_only_counted(qtbot: QtBot, place: RegisterPlace, session: Session) -> None:
    told("Yuleisy", "Peña Rojas", "F1994", "")
    press(None, Qt.Key.Key_Right)
    type_text(None, "20")
    press(None, Qt.Key.Key_Down)
    type_text(None, "9")
    page = saved(qtbot, place, session)
    assert (len(page.members), page.declared_size, page.complete) == (1, 30, False)
