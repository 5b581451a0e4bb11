"""Sync says what is only on this laptop, and the back-up puts it right."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.services.register import register_group
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import TestClock, family
from tests.ui.keys import press


@pytest.fixture
def shell(qtbot: QtBot, session: Session) -> MainShell:
    made = MainShell(session)
    qtbot.addWidget(made)
    made.resize(1366, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.go_to("register")
    return made


@pytest.fixture
def place(shell: MainShell) -> SynchronisePlace:
    made = shell.places["synchronise"]
    assert isinstance(made, SynchronisePlace)
    return made


def test_an_empty_register_has_nothing_to_lose(qtbot: QtBot, shell: MainShell, place: SynchronisePlace) -> None:
    press(shell, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: place.sentence.text() == "Nothing is registered yet")
    assert place.last_backup.text() == "No back-up was made on this laptop yet."


def test_records_only_here_are_counted_with_their_age(
    qtbot: QtBot, shell: MainShell, place: SynchronisePlace, session: Session
) -> None:
    register_group(session.desk, family())
    assert isinstance(session.desk.clock, TestClock)
    session.desk.clock.forward(hours=3)
    press(shell, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "only on this laptop, oldest 3 h" in place.sentence.text())
    assert "If this laptop is lost" in place.meaning.text()
    session.work.change(lambda: register_group(session.desk, family()))
    before = place.sentence.text()
    qtbot.waitUntil(lambda: place.sentence.text() != before)
