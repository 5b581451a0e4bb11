"""Registering a family by the keyboard alone, over a real register: it is stored, its slip is made, nothing is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.people import PeopleQuery
from fieldapp.services.drafts import drafts
from fieldapp.services.find import individuals
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.ui.keys import press, press_control, type_text


@pytest.fixture(autouse=True)
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk whose printer is gone, the same on every machine."""
    monkeypatch.setattr("fieldapp.ui.printing.QPrinterInfo.availablePrinterNames", list)


@pytest.fixture
def open_place(qtbot: QtBot, session: Session) -> Callable[[], tuple[MainShell, RegisterPlace]]:
    """Open the window's shell at Register, as after signing in."""

    def opened() -> tuple[MainShell, RegisterPlace]:
        shell = MainShell(session)
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        qtbot.waitActive(shell)
        shell.activateWindow()
        shell.go_to("register")
        place = shell.places["register"]
        assert isinstance(place, RegisterPlace)
        qtbot.waitUntil(lambda: not session.work.is_busy)
        return shell, place

    return opened


def _enter_mother(place: RegisterPlace) -> None:
    type_text(None, "María de los Ángeles")
    press(None, Qt.Key.Key_Return)
    type_text(None, "Villalobos Ñáñez")
    press(None, Qt.Key.Key_Return)
    type_text(None, "F")
    press(None, Qt.Key.Key_Return)
    type_text(None, "14/2/1989")
    press(None, Qt.Key.Key_Return, times=2)  # the guessed nationality stands
    press(None, Qt.Key.Key_Return)  # and the guessed kind of paper
    type_text(None, "V-17345221")
    press(None, Qt.Key.Key_Return, times=2)
    assert QApplication.focusWidget() is place.form.members.editor.fields.given_names


def test_a_family_is_registered_by_keys_and_offered_on_paper_again_without_a_printer(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]], tmp_path: Path
) -> None:
    shell, place = open_place()
    _enter_mother(place)
    type_text(None, "José")
    press(None, Qt.Key.Key_Return, times=2)
    type_text(None, "M")
    press(None, Qt.Key.Key_Return)
    type_text(None, "2015")
    press_control(None, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: not session.work.is_busy, timeout=15_000)

    rows = individuals(session.desk, PeopleQuery(), 0, 10)
    assert sorted(row.given_names for row in rows) == ["José", "María de los Ángeles"]
    assert place.done.number.text() == "PSB-A7-00001-" + place.number[-1]
    assert "The record is saved" in shell.banner.text
    assert place.form.draft.is_blank, "the form is ready for the next family"
    assert drafts(session.desk) == ()
    place.slip.save_to(tmp_path / "slip.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "slip.pdf").exists())
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(
    session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    type_text(None, "Ana")
    place.form.focal.born.setFocus()
    type_text(None, "45/45/2020")
    press_control(None, Qt.Key.Key_Return)

    assert place.form.focal.frames["birth"].state == "error"
    assert QApplication.focusWidget() is place.form.focal.born
    assert place.form.focal.given_names.text() == "Ana"
    assert individuals(session.desk, PeopleQuery(), 0, 10) == []


def test_a_draft_is_offered_again_and_taken_up(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    type_text(None, "Yuleisy")
    qtbot.waitUntil(lambda: len(drafts(session.desk)) == 1)
    del place

    shell, again = open_place()  # as after a crash: another window on the same register

    qtbot.waitUntil(lambda: "Yuleisy" in shell.banner.text)
    shell.banner.action_button.click()
    assert again.form.focal.given_names.text() == "Yuleisy"
    press(None, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: again.form.draft.is_blank)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert len(drafts(session.desk)) == 1, "Esc keeps it"


def test_the_next_family_may_come_as_the_last_one_did(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    type_text(None, "Ana")
    press(None, Qt.Key.Key_Return)
    type_text(None, "Pérez")
    place.form.arrival.origin_state.setFocus()
    type_text(None, "zulia")
    press(None, Qt.Key.Key_Return)
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(place.number) and not session.work.is_busy, timeout=15_000)

    press_control(None, Qt.Key.Key_R)

    assert place.form.arrival.origin_state.text() == "Zulia"
    assert place.form.arrival.origin_state.is_guess
