"""Sync says what is only on this laptop, and the back-up puts it right."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.services.register import register_group
from fieldapp.services.set_up import SetUpPlan, set_up
from fieldapp.settings import Settings
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.desks import TestClock, family
from tests.ui.keys import press


@pytest.fixture
def shell(show_shell: Callable[[str], MainShell]) -> MainShell:
    return show_shell("register")


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


def test_a_back_up_puts_it_right(qtbot: QtBot, work: Work, language: Language, tmp_path: Path) -> None:
    plan = SetUpPlan(
        "Frontera 2026", "Alcaldia", "+57 607 000 0000", "PSB", "", "B2", "admin", "Administrator",
        "tres caballos cruzan el rio Tachira",
    )  # fmt: skip
    folder = tmp_path / "register"
    desk = set_up(folder, plan, clock=TestClock(), random_bytes=os.urandom).desk
    register_group(desk, family())
    shell = MainShell(Session(desk, work, Settings(language="en"), language))
    qtbot.addWidget(shell)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.go_to("synchronise")
    place = shell.places["synchronise"]
    assert isinstance(place, SynchronisePlace)
    qtbot.waitUntil(lambda: "only on this laptop" in place.sentence.text())
    place.backup_card.back_up_to(tmp_path / "copy.backup")
    qtbot.waitUntil(lambda: place.sentence.text() == "Everything has a back-up", timeout=15_000)
    assert (tmp_path / "copy.backup").is_file()
    assert place.last_backup.text().startswith("Last back-up: ")
    qtbot.waitUntil(lambda: "Nothing waits only on this laptop" in shell.status.text)
    qtbot.waitUntil(lambda: not work.is_busy)
    desk.close()
