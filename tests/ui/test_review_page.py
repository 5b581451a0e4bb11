"""The supervisor decides pairs by single keys, and takes back what was decided; a family's page says who is the same."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.domain.matching.verdicts import Verdict
from fieldapp.domain.record import Document, Role
from fieldapp.services.register import Registered, register_group
from fieldapp.services.review import judge, verdicts
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.review_page import ReviewPage
from fieldapp.ui.screens.today_place import TodayPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import a_portrait, family, person, take_over
from tests.ui.keys import press, press_control, type_text

PAPER = (Document("VE_CED_V", "V-17.345.221", "VEN"),)


@pytest.fixture
def thrice(session: Session) -> tuple[Registered, ...]:
    """A mother registered three times, once with her children; the supervisor sits down."""
    desk = session.desk
    made = (
        register_group(desk, family()),
        register_group(desk, family(person("Maria", "Villalovos González", documents=PAPER))),
        register_group(desk, family(person("María Ángeles", "Villalobos", documents=PAPER))),
    )
    take_over(desk, Role.SUPERVISOR)
    return made


def opened(qtbot: QtBot, session: Session) -> MainShell:
    shell = MainShell(session)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.go_to("today")
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    return shell


def review_of(qtbot: QtBot, shell: MainShell) -> ReviewPage:
    place = shell.places["today"]
    assert isinstance(place, TodayPlace)
    place.pdf_button.setFocus()
    press_control(None, Qt.Key.Key_D)
    qtbot.waitUntil(place.review_page.isVisible)
    qtbot.waitUntil(lambda: not shell.session.work.is_busy)
    return place.review_page


@pytest.fixture
def page(qtbot: QtBot, session: Session, thrice: tuple[Registered, ...]) -> ReviewPage:
    return review_of(qtbot, opened(qtbot, session))


def test_pairs_are_decided_by_single_keys_and_counted(qtbot: QtBot, page: ReviewPage, session: Session) -> None:
    assert page.count.text().startswith("1 of 3")
    assert "same document" in page.reasons.text()
    assert page.grid.signs["Documents"] == "="
    pair = page.pair
    assert pair is not None
    press(None, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: page.count.text().startswith("2 of 3"))
    assert verdicts(session.desk)[pair.pair].verdict is Verdict.SAME

    press_control(None, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: page.count.text().startswith("1 of 3"))
    assert verdicts(session.desk) == {}


def test_three_records_of_one_person_stand_beside_each_other(page: ReviewPage) -> None:
    assert page.grid.signs["Number"] == ""
    headings = {label.text() for label in page.grid.findChildren(type(page.grade)) if label.text().startswith("PSB-")}
    assert len({text[:12] for text in headings}) == 3


def test_not_the_same_keeps_its_reason_and_digits_can_be_typed_into_it(
    qtbot: QtBot, page: ReviewPage, session: Session
) -> None:
    pair = page.pair
    assert pair is not None
    page.reason.setFocus()
    type_text(None, "Twins, born 1989")
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.count.text().startswith("2 of 3"))
    said = verdicts(session.desk)[pair.pair]
    assert (said.verdict, said.reason) == (Verdict.DIFFERENT, "Twins, born 1989")
    assert page.reason.text() == ""


def test_later_puts_a_pair_behind_the_others(page: ReviewPage, session: Session) -> None:
    first = page.pair
    press(None, Qt.Key.Key_3)
    assert page.pair is not first
    press(None, Qt.Key.Key_3, times=2)
    assert page.pair is first
    assert verdicts(session.desk) == {}


def test_what_a_registrar_is_unsure_of_is_said(qtbot: QtBot, session: Session, thrice: tuple[Registered, ...]) -> None:
    take_over(session.desk, Role.REGISTRAR)
    judge(session.desk, thrice[0].member_ids[0], thrice[2].member_ids[0], Verdict.UNSURE)
    take_over(session.desk, Role.SUPERVISOR)
    page = review_of(qtbot, opened(qtbot, session))
    assert "A registrar is unsure" in page.reasons.text()


def test_nobody_twice_is_said_and_esc_leads_back(qtbot: QtBot, session: Session) -> None:
    register_group(session.desk, family())
    take_over(session.desk, Role.SUPERVISOR)
    shell = opened(qtbot, session)
    page = review_of(qtbot, shell)
    assert "Nobody waits" in page.said.text()
    press(None, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.isVisible())


def test_a_registrar_is_not_offered_the_review(qtbot: QtBot, session: Session) -> None:
    place = opened(qtbot, session).places["today"]
    assert isinstance(place, TodayPlace)
    press_control(None, Qt.Key.Key_D)
    assert not place.review_page.isVisible()


def test_a_family_page_leads_to_the_other_record(
    qtbot: QtBot, session: Session, thrice: tuple[Registered, ...]
) -> None:
    judge(session.desk, thrice[0].member_ids[0], thrice[1].member_ids[0], Verdict.SAME)
    shell = opened(qtbot, session)
    shell.open_group(thrice[1].group_id)
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    same = people.group.same
    qtbot.waitUntil(same.isVisible)
    assert thrice[0].number[:12] in same.said.text()
    press_control(None, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: people.group.page is not None and people.group.page.group_id == thrice[0].group_id)


def test_of_several_other_records_one_is_chosen(qtbot: QtBot, session: Session, thrice: tuple[Registered, ...]) -> None:
    for other in thrice[1:]:
        judge(session.desk, thrice[0].member_ids[0], other.member_ids[0], Verdict.SAME)
    shell = opened(qtbot, session)
    shell.open_group(thrice[0].group_id)
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(people.group.same.isVisible)
    which = people.group.same.which
    assert [which.itemText(place)[:14] for place in range(2)] == [f"{other.number[:14]}" for other in thrice[1:]]
    which.setFocus()
    press(which, Qt.Key.Key_Down)
    press_control(None, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: people.group.page is not None and people.group.page.group_id == thrice[2].group_id)


def test_the_comparison_can_be_stopped_and_goes_on_where_it_was(
    qtbot: QtBot, session: Session, thrice: tuple[Registered, ...]
) -> None:
    shell = opened(qtbot, session)
    place = shell.places["today"]
    assert isinstance(place, TodayPlace)
    walking = place.review_page.walking
    walking.begin()
    walking.stop()
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert "Stopped" in walking.said.text()
    assert walking.button.text() == "Go on comparing"
    assert not walking.is_walking

    page = review_of(qtbot, shell)
    assert page.count.text().startswith("1 of 3")
    assert not walking.is_walking


def test_pairs_found_later_are_added_and_the_one_looked_at_stays(
    qtbot: QtBot, page: ReviewPage, session: Session, thrice: tuple[Registered, ...]
) -> None:
    looked_at = page.pair
    assert looked_at is not None
    take_over(session.desk, Role.REGISTRAR)
    register_group(session.desk, family(person("Maria", "Villalobos González", documents=PAPER)))
    take_over(session.desk, Role.SUPERVISOR)
    page.walking.begin()
    qtbot.waitUntil(lambda: page.count.text().startswith("1 of 6"))
    assert page.pair is not None
    assert page.pair.pair == looked_at.pair


def test_photos_stand_beside_each_other(qtbot: QtBot, session: Session) -> None:
    for names in ("Maria", "María"):
        register_group(
            session.desk, family(person(names, "Villalobos González", documents=PAPER, portrait=a_portrait()))
        )
    take_over(session.desk, Role.SUPERVISOR)
    page = review_of(qtbot, opened(qtbot, session))
    photos = [label for label in page.grid.findChildren(QLabel) if label.accessibleName() == "Photo"]
    assert len(photos) == 2
    assert all(not photo.pixmap().isNull() for photo in photos)
    assert photos[0].y() == photos[1].y()
