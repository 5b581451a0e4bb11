"""While a family is registered, people who may be here already stand beside the form; F8 compares, three keys answer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.matching.verdicts import Verdict
from fieldapp.services.drafts import drafts
from fieldapp.services.register import register_group
from fieldapp.services.review import verdicts
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, person
from tests.ui.keys import press, press_control, type_text

ENTER = Qt.Key.Key_Return


@pytest.fixture
def shell(qtbot: QtBot, session: Session, show_shell: Callable[[str], MainShell]) -> MainShell:
    register_group(session.desk, family())
    made = show_shell("register")
    qtbot.waitUntil(lambda: not session.work.is_busy)
    return made


@pytest.fixture
def place(shell: MainShell) -> RegisterPlace:
    found = shell.places["register"]
    assert isinstance(found, RegisterPlace)
    return found


def type_name(given_names: str, surnames: str) -> None:
    type_text(None, given_names)
    press(None, ENTER)
    type_text(None, surnames)


def compared(qtbot: QtBot, place: RegisterPlace) -> None:
    press(None, Qt.Key.Key_F8)
    qtbot.waitUntil(place.hints.compare_page.isVisible)


def save(qtbot: QtBot, place: RegisterPlace) -> None:
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: place.done.isVisible() and not place.session.work.is_busy)


def test_a_hint_says_who_and_why_and_leaves_the_keyboard(qtbot: QtBot, place: RegisterPlace) -> None:
    type_name("Maria Angeles", "Villalovos")
    field = QApplication.focusWidget()
    panel = place.hints.panel
    qtbot.waitUntil(lambda: bool(panel.cards))
    assert "María de los Ángeles Villalobos González" in panel.cards[0].text
    assert "PSB-A7-00001" in panel.cards[0].text
    assert "possible" in panel.cards[0].text or "strong" in panel.cards[0].text
    assert "sound alike" in panel.cards[0].text or "missing" in panel.cards[0].text
    assert QApplication.focusWidget() is field
    assert len(panel.cards) <= 5


def test_nobody_alike_is_said(qtbot: QtBot, place: RegisterPlace) -> None:
    type_name("Wilmer", "Rojas")
    qtbot.waitUntil(lambda: "Nobody like this" in place.hints.panel.said.text())
    press(None, Qt.Key.Key_F8)
    assert place.form.isVisible()


def test_the_same_person_leads_to_that_record_and_the_draft_stays(
    qtbot: QtBot, shell: MainShell, place: RegisterPlace, session: Session
) -> None:
    type_name("Ana Sofia", "Peña Villalobos")
    compared(qtbot, place)
    press(None, Qt.Key.Key_1)
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(lambda: people.isVisible() and people.group.page is not None)
    assert people.group.family.table.currentRow() == 2
    assert len(drafts(session.desk)) == 1
    press(None, Qt.Key.Key_F2)
    assert place.form.isVisible()
    assert place.form.focal.draft.given_names == "Ana Sofia"


def test_what_differs_is_marked(qtbot: QtBot, place: RegisterPlace) -> None:
    type_name("Ana Sofia", "Peña Villalobos")
    compared(qtbot, place)
    signs = place.hints.compare_page.grid.signs
    assert signs["Given names"] == "="
    press(None, Qt.Key.Key_Escape)
    assert place.form.isVisible()
    assert place.form.focal.surnames.hasFocus()


@pytest.mark.parametrize(("key", "verdict"), [(Qt.Key.Key_2, Verdict.DIFFERENT), (Qt.Key.Key_3, Verdict.UNSURE)])
def test_what_was_said_is_left_out_and_recorded_with_the_family(
    qtbot: QtBot, place: RegisterPlace, session: Session, key: Qt.Key, verdict: Verdict
) -> None:
    type_name("María de los Ángeles", "Villalobos González")
    compared(qtbot, place)
    other = place.hints.compare_page.hint.person.individual_id
    while place.hints.compare_page.isVisible():
        press(None, key)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    press(None, ENTER)
    type_text(None, "F")
    qtbot.waitUntil(lambda: place.hints.panel.said.isVisible())
    assert place.hints.panel.cards == []

    save(qtbot, place)

    said = [each for each in verdicts(session.desk).values() if other in (each.one, each.other)]
    assert [each.verdict for each in said] == [verdict]


def test_what_was_said_survives_the_program(qtbot: QtBot, place: RegisterPlace, session: Session) -> None:
    type_name("María de los Ángeles", "Villalobos González")
    compared(qtbot, place)
    other = place.hints.compare_page.hint.person.individual_id
    while place.hints.compare_page.isVisible():
        press(None, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: not session.work.is_busy)

    again = MainShell(session)  # what a later start of the program finds
    qtbot.addWidget(again)
    again.resize(1366, 768)
    again.show()
    again.activateWindow()
    again.go_to("register")
    later = again.places["register"]
    assert isinstance(later, RegisterPlace)
    (draft,) = drafts(session.desk)
    later.take_up(draft)
    qtbot.waitUntil(lambda: later.hints.panel.said.isVisible())
    assert later.hints.panel.cards == []
    later.save(with_print=False)
    qtbot.waitUntil(lambda: later.done.isVisible() and not session.work.is_busy)

    (said,) = verdicts(session.desk).values()
    assert (said.verdict, other in (said.one, said.other)) == (Verdict.DIFFERENT, True)
    assert drafts(session.desk) == ()


def test_what_was_said_of_a_mother_is_not_said_of_her_daughter(qtbot: QtBot, place: RegisterPlace) -> None:
    type_name("María de los Ángeles", "Villalobos González")
    compared(qtbot, place)
    while place.hints.compare_page.isVisible():
        press(None, Qt.Key.Key_2)
    press_control(None, Qt.Key.Key_N)
    type_name("María de los Ángeles", "Villalobos González")
    qtbot.waitUntil(lambda: bool(place.hints.panel.cards))


def test_a_member_is_hinted_at_too(qtbot: QtBot, place: RegisterPlace, session: Session) -> None:
    register_group(session.desk, family(person("Wilmer José", "Rojas Chacín", born="2001")))
    type_name("Luz", "Ortega")
    press_control(None, Qt.Key.Key_N)
    type_name("Guilmer Jose", "Rojas Chasin")
    qtbot.waitUntil(lambda: any("Wilmer" in card.text for card in place.hints.panel.cards))
    compared(qtbot, place)
    press(None, Qt.Key.Key_3)
    assert place.form.isVisible()
    save(qtbot, place)
    assert [each.verdict for each in verdicts(session.desk).values()] == [Verdict.UNSURE]
    assert not place.hints.panel.isVisible()
