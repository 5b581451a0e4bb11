"""A scanned slip of a family that was never here: taken over with one key, shown for what it is, completed later."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.services.find import group_page
from fieldapp.services.register import register_group
from fieldapp.services.slips import IssuedSlip, issue_slip
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, neighbour
from tests.ui.keys import press, scan
from tests.ui.test_register_papers import shell

__all__ = ["shell"]


def slip_of_another_post(session: Session, folder: Path, **more: object) -> IssuedSlip:
    """Register a family on another laptop, known here by its certificate alone, and print its slip."""
    other = neighbour(session.desk, folder)
    try:
        return issue_slip(other, register_group(other, family(**more)).group_id, "es")
    finally:
        other.close()


def test_taken_over_with_one_key_and_shown_as_from_its_slip(
    qtbot: QtBot, shell: MainShell, session: Session, tmp_path: Path
) -> None:
    slip = slip_of_another_post(session, tmp_path / "other")
    scan(slip.codes[0])
    qtbot.waitUntil(lambda: shell.answer is not None)
    assert shell.answer is not None
    assert shell.answer.word == "Valid slip"
    assert "not in the register" in shell.answer.about
    assert "by B2" in shell.answer.about
    assert shell.answer.primary is not None
    assert shell.answer.primary.text == "Take the family over"

    press(None, Qt.Key.Key_Space)

    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(lambda: people.group.page is not None)
    assert people.group.page is not None
    assert people.group.page.from_slip
    assert "From slip" in people.group.marks.texts
    assert "Taken over" in shell.banner.text
    press(None, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: people.model.rowCount() == 4)
    qtbot.waitUntil(lambda: people.model.row_at(0) is not None)
    row = people.model.row_at(0)
    assert row is not None
    assert row.from_slip
    press(None, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: people.group.panel is not None)
    assert group_page(session.desk, slip.content.group_id).complete is False


def test_scanned_again_it_opens_as_a_family_to_complete(
    qtbot: QtBot, shell: MainShell, session: Session, tmp_path: Path
) -> None:
    slip = slip_of_another_post(session, tmp_path / "other")
    scan(slip.codes[0])
    qtbot.waitUntil(lambda: shell.answer is not None)
    press(None, Qt.Key.Key_Space)
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(lambda: people.group.page is not None)
    shell.go_to("today")
    scan(slip.codes[0], begins_ms=90_000)
    qtbot.waitUntil(lambda: "still to be completed" in shell.banner.text)
    assert shell.current == "people"
