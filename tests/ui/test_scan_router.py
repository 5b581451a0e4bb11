"""A scan outside the form is answered large: each verdict on a slip, a paper, and what is nothing of ours."""

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from fieldapp.domain.record import Role
from fieldapp.domain.slip import SlipReading, Verdict
from fieldapp.domain.token import new_token
from fieldapp.i18n import language
from fieldapp.services.register import register_group
from fieldapp.services.scanned_slip import ScannedSlip
from fieldapp.services.slips import IssuedSlip, issue_slip, void_slip
from fieldapp.services.tokens import families_with
from fieldapp.ui.models.scan_kinds import ScanKind, kind_of
from fieldapp.ui.scan_answers import slip_answer
from fieldapp.ui.scans import Scan, ScanSource
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, make_desk, take_over
from tests.ui.keys import press, scan, type_text
from tests.ui.test_register_papers import sample, shell

__all__ = ["shell"]


def issued(session: Session, **more: object) -> IssuedSlip:
    """Register a family and print its slip."""
    return issue_slip(session.desk, register_group(session.desk, family(**more)).group_id, "es")


def word(shell: MainShell) -> str:
    answer = shell.answer
    return answer.word if answer else ""


def test_a_slip_of_a_family_here_is_valid_and_opens_it(qtbot: QtBot, shell: MainShell, session: Session) -> None:
    slip = issued(session)
    scan(slip.codes[0])
    qtbot.waitUntil(lambda: word(shell) == "Valid slip")
    assert shell.current == "register"
    press(None, Qt.Key.Key_Space)
    assert shell.current == "people"


def test_escape_leaves_the_answer_and_the_keyboard_is_where_it_was(
    qtbot: QtBot, shell: MainShell, session: Session
) -> None:
    place = shell.places["register"]
    scan(issued(session).codes[0])
    qtbot.waitUntil(lambda: word(shell) != "")
    press(None, Qt.Key.Key_Escape)
    assert shell.answer is None
    assert place.form.focal.given_names.hasFocus()  # type: ignore[attr-defined]


def test_void_altered_and_unknown_slips(qtbot: QtBot, shell: MainShell, session: Session, tmp_path: Path) -> None:
    slip = issued(session)
    take_over(session.desk, Role.SUPERVISOR)
    void_slip(session.desk, slip.content.group_id, slip.content.slip_id, "mojada")
    scan(slip.codes[0])
    qtbot.waitUntil(lambda: word(shell) == "Valid, but void")
    assert shell.answer is not None
    assert "08:01: mojada.\nThe family has no other slip; print a new one." in shell.answer.sentence

    scan(slip.codes[0][:-30], begins_ms=90_000)
    qtbot.waitUntil(lambda: word(shell) == "Altered or damaged")

    (tmp_path / "other").mkdir()
    other = make_desk(tmp_path / "other", seed=9, code="B2")
    try:
        strange = issue_slip(other, register_group(other, family()).group_id, "es")
    finally:
        other.close()
    scan(strange.codes[0], begins_ms=180_000)
    qtbot.waitUntil(lambda: word(shell) == "Issuer not known")


def test_every_verdict_has_its_sign_word_and_sentence() -> None:
    seen = set()
    for verdict in Verdict:
        answer = slip_answer(ScannedSlip(SlipReading(verdict, group_id=UUID(int=1))), language("en"))
        assert answer.sentence.endswith(".")
        seen.add((answer.kind, answer.word, answer.sentence))
    assert len(seen) == len(Verdict)


def test_a_slip_of_a_family_still_to_complete_opens_it(qtbot: QtBot, shell: MainShell, session: Session) -> None:
    slip = issued(session, complete=False)
    scan(slip.codes[0])
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(lambda: shell.current == "people" and people.group.page is not None)
    assert "still to be completed" in shell.banner.text


@pytest.mark.parametrize("place", ["people", "today", "settings"])
def test_a_paper_elsewhere_is_offered_to_look_up_or_register(qtbot: QtBot, shell: MainShell, place: str) -> None:
    shell.go_to(place)
    scan(sample("icao_td3"))
    qtbot.waitUntil(lambda: shell.answer is not None)
    assert shell.answer is not None
    assert "Anna Maria Eriksson" in shell.answer.about
    assert shell.answer.second is not None
    shell.answer.second.do()
    register = shell.places["register"]
    qtbot.waitUntil(lambda: register.form.focal.draft.given_names == "Anna Maria")  # type: ignore[attr-defined]


def test_a_paper_in_the_search_is_looked_up_by_its_number(qtbot: QtBot, shell: MainShell) -> None:
    shell.go_to("people")
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    people.search.setFocus()
    scan(sample("icao_td3"))
    qtbot.waitUntil(lambda: shell.answer is not None)
    assert people.search.text() == ""
    press(None, Qt.Key.Key_Space)
    assert people.search.text() == "L898902C3"


def test_what_is_nothing_of_ours_is_said_and_can_be_written(qtbot: QtBot, shell: MainShell) -> None:
    scan("https://example.org/menu/of/a/restaurant/today?x=1")
    qtbot.waitUntil(lambda: "no slip and no paper" in shell.banner.text)
    shell.banner.action_button.click()
    place = shell.places["register"]
    assert place.form.focal.draft.given_names.startswith("https://example.org")  # type: ignore[attr-defined]


def test_a_scan_over_a_question_waits_for_the_answer(qtbot: QtBot, shell: MainShell, session: Session) -> None:
    dialog = QDialog(shell)
    dialog.setModal(True)
    dialog.show()
    session.scans.arrived.emit(Scan(sample("icao_td3"), ScanSource.CAMERA))
    assert "Answer it, then scan again" in shell.banner.text
    dialog.close()


def test_kinds_are_told_by_shape(session: Session) -> None:
    slip = issued(session).codes[0]
    assert kind_of(slip) is ScanKind.SLIP
    assert kind_of(slip[:40]) is ScanKind.SLIP
    assert kind_of(sample("syn_col_td1")) is ScanKind.PAPER
    assert kind_of("María de los Ángeles Villalobos") is ScanKind.OTHER
    assert kind_of("A" * 10_000_000) is ScanKind.OTHER


def test_a_pre_printed_slip_is_bound_with_the_registration_and_opens_its_family_later(
    qtbot: QtBot, shell: MainShell, session: Session
) -> None:
    token = new_token(session.desk.random_bytes)
    place = shell.places["register"]
    assert isinstance(place, RegisterPlace)
    type_text(place.form.focal.given_names, "Ana")
    scan(token)
    qtbot.waitUntil(lambda: place.papers.tokens.token == token)
    assert place.form.focal.given_names.text() == "Ana"
    place.form.focal.surnames.setFocus()
    type_text(None, "Luna")
    place.plain_button.click()
    qtbot.waitUntil(lambda: place.done.isVisible())
    qtbot.waitUntil(lambda: bool(families_with(session.desk, token)))

    scan(token)
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(lambda: "belongs to" in shell.banner.text)
    shell.go_to("people")
    scan(token)
    qtbot.waitUntil(lambda: people.group.page is not None and people.group.page.tokens == (token,))


def test_a_pre_printed_slip_goes_into_the_panel_that_waits_for_it(
    qtbot: QtBot, shell: MainShell, session: Session
) -> None:
    registered = register_group(session.desk, family())
    token = new_token(session.desk.random_bytes)
    shell.open_group(registered.group_id)
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(lambda: people.group.page is not None)
    people.group.menu.ask("token")
    scan(token)
    qtbot.waitUntil(lambda: people.group.panel is None)
    assert families_with(session.desk, token) == ((registered.group_id, registered.number),)
