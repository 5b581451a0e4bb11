"""Every way a code comes in: a scanner that types anywhere, pasted text, a picture, a PDF; the camera has its own test."""

from pathlib import Path

import pytest
import qrcode
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.papers.layout_tables import COMPUTERS, SCANNERS
from fieldapp.domain.papers.layouts import garbled
from fieldapp.domain.record import Sex
from fieldapp.services.find import group_page
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip, slip_pdf
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, neighbour, person
from tests.ui.keys import press, press_control, scan, stroke
from tests.ui.test_register_papers import shell

__all__ = ["shell"]


@pytest.fixture
def code(session: Session) -> str:
    """The code of a slip of this register."""
    return issue_slip(session.desk, register_group(session.desk, family()).group_id, "es").codes[0]


def is_valid(shell: MainShell) -> bool:
    return shell.answer is not None and shell.answer.word == "Valid slip"


def drop(shell: MainShell, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    assert shell.pictures.eventFilter(shell, event)


@pytest.mark.parametrize("place", ["register", "people", "today", "synchronise", "settings", "keys"])
def test_a_scanner_types_it_anywhere(qtbot: QtBot, shell: MainShell, code: str, place: str) -> None:
    shell.go_to(place)
    scan(code)
    qtbot.waitUntil(lambda: is_valid(shell))
    assert shell.current == place


def test_a_scanner_types_it_over_the_answer_before(qtbot: QtBot, shell: MainShell, session: Session, code: str) -> None:
    scan(code[:-30])
    qtbot.waitUntil(lambda: shell.answer is not None)
    scan(code, begins_ms=90_000)
    qtbot.waitUntil(lambda: is_valid(shell))


def test_a_scanner_of_another_layout(qtbot: QtBot, shell: MainShell, code: str) -> None:
    typed = garbled(
        code, next(one for one in SCANNERS if one.code == "us"), next(c for c in COMPUTERS if c.code == "es")
    )
    assert typed is not None
    scan(typed)
    qtbot.waitUntil(lambda: is_valid(shell))


def test_pasted_into_a_field_and_outside_of_any(qtbot: QtBot, shell: MainShell, code: str) -> None:
    place = shell.places["register"]
    QGuiApplication.clipboard().setText(code)
    press_control(None, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: is_valid(shell))
    assert place.form.focal.given_names.text() == ""  # type: ignore[attr-defined]
    shell.go_to("today")
    shell.rail.setFocus()
    places = shell.places["today"]
    assert shell.answer is None
    places.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    places.setFocus()
    QGuiApplication.clipboard().setText(f"{code}\n")
    press_control(None, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: is_valid(shell))


def test_what_is_pasted_outside_of_fields_and_is_no_code_is_said(qtbot: QtBot, shell: MainShell) -> None:
    shell.go_to("people")
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    people.table.setFocus() if people.table.isVisible() else people.chips["today_only"].setFocus()
    QGuiApplication.clipboard().setText("una nota cualquiera")
    press_control(None, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: "no slip and no paper" in shell.banner.text)


def test_a_picture_is_dropped(qtbot: QtBot, shell: MainShell, code: str, tmp_path: Path) -> None:
    qrcode.make(code).save(tmp_path / "slip.png")
    drop(shell, tmp_path / "slip.png")
    qtbot.waitUntil(lambda: is_valid(shell))


def test_a_pdf_with_the_codes_of_a_large_family_takes_all_of_it_over(
    qtbot: QtBot, shell: MainShell, session: Session, tmp_path: Path
) -> None:
    others = [
        person(f"Niño {n}", "Rivas Luna", Sex.MALE, str(2000 + n), relationship="SON_DAUGHTER") for n in range(13)
    ]
    other = neighbour(session.desk, tmp_path / "other")
    registered = register_group(other, family(person("Carmen", "Luna"), *others))
    issued = issue_slip(other, registered.group_id, "es")
    other.close()
    (tmp_path / "slip.pdf").write_bytes(slip_pdf(issued, "a4"))
    drop(shell, tmp_path / "slip.pdf")
    qtbot.waitUntil(lambda: is_valid(shell))
    press(None, Qt.Key.Key_Space)
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(lambda: people.group.page is not None)
    assert [m.individual_id for m in group_page(session.desk, registered.group_id).members] == list(
        registered.member_ids
    )


def test_a_wristband_opens_its_person_and_says_where_nobody_has_it(
    qtbot: QtBot, shell: MainShell, session: Session
) -> None:
    registered = register_group(session.desk, family())
    last = scan(f"{registered.number}-2")
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(lambda: people.group.page is not None)
    assert people.group.page is not None
    assert people.group.page.group_id == registered.group_id
    shell.go_to("register")
    stroke("x", last + 60_000)  # a hand in between
    scan("PSB-B2-00042-O-2", begins_ms=last + 120_000)
    qtbot.waitUntil(lambda: "not in the register" in shell.banner.text)
