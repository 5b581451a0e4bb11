"""The staff list by keys: somebody is added and can sign in, gets a new password, and is disabled with a reason."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.services.set_up import SetUpPlan, set_up
from fieldapp.services.sign_in import sign_in, sign_out
from fieldapp.services.staff import list_staff
from fieldapp.settings import Settings
from fieldapp.ui.screens.settings_place import SettingsPlace
from fieldapp.ui.screens.staff import StaffSettings
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.desks import TestClock
from tests.ui.keys import press, press_control, type_text

PASSWORD = "trueno balcón mimbre 41"
OTHER = "lápiz cometa arena 77"
PLAN = SetUpPlan(
    operation_name="Frontera 2026",
    organisation="Alcaldía de Villa del Rosario",
    contact="+57 607 000 0000",
    post="PSB",
    shelter="",
    device_code="A7",
    short_name="rosa",
    display_name="Rosa Elena Quintero",
    password=PASSWORD,
)


@pytest.fixture
def real_desk(tmp_path: Path) -> Iterator[Desk]:
    """A register set up by the real service: it holds the keys that giving access needs."""
    done = set_up(tmp_path / "data", PLAN, clock=TestClock(), random_bytes=secrets.token_bytes)
    yield done.desk
    sign_out(done.desk)


@pytest.fixture
def shell(qtbot: QtBot, real_desk: Desk, language: Language) -> Iterator[MainShell]:
    work = Work()
    made = MainShell(Session(real_desk, work, Settings(language="en"), language))
    qtbot.addWidget(made)
    made.resize(1366, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.go_to("settings", tab="staff")
    yield made
    work.shut_down()


@pytest.fixture
def page(qtbot: QtBot, shell: MainShell) -> StaffSettings:
    place = shell.places["settings"]
    assert isinstance(place, SettingsPlace)
    assert place.staff_page is not None
    qtbot.waitUntil(lambda: bool(place.staff_page and place.staff_page.members))
    return place.staff_page


def _names(page: StaffSettings) -> list[str]:
    return [member.short_name for member in page.members if not member.disabled]


def _add(qtbot: QtBot, page: StaffSettings, name: str, short: str, password: str) -> None:
    page.add_button.click()
    type_text(None, name)
    press(None, Qt.Key.Key_Return)
    type_text(None, short)
    form = page.form
    assert form is not None
    assert form.pair is not None
    type_text(form.pair.first.line, password)
    press(None, Qt.Key.Key_Return)
    type_text(None, password)
    press_control(None, Qt.Key.Key_Return)


def test_somebody_is_added_and_can_sign_in(
    qtbot: QtBot, shell: MainShell, page: StaffSettings, real_desk: Desk
) -> None:
    _add(qtbot, page, "Íñigo Peña", "inigo", OTHER)
    qtbot.waitUntil(lambda: "inigo" in _names(page), timeout=10_000)
    assert shell.banner.text == "Íñigo Peña can sign in now."
    folder, clock = real_desk.folder, real_desk.clock
    shell.session.work.shut_down()
    real_desk.close()
    sign_out(sign_in(folder, "inigo", OTHER, clock=clock, random_bytes=secrets.token_bytes))
    reopened = sign_in(folder, "rosa", PASSWORD, clock=clock, random_bytes=secrets.token_bytes)
    real_desk.database, real_desk.lock = reopened.database, reopened.lock


def test_a_weak_password_and_a_name_taken_are_said_beside_their_fields(qtbot: QtBot, page: StaffSettings) -> None:
    _add(qtbot, page, "Rosa Díaz", "rosa", OTHER)
    form = page.form
    assert form is not None
    qtbot.waitUntil(lambda: form.frames["short_name"].state == "error", timeout=10_000)
    assert form.pair is not None
    press(form.frames["short_name"].field, Qt.Key.Key_End)
    type_text(form.frames["short_name"].field, "2")
    for line in (form.pair.first.line, form.pair.second.line):
        line.clear()
        type_text(line, "rosa diaz")
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.pair is not None and form.pair.first.line.property("state") == "error", timeout=10_000)
    assert _names(page) == ["rosa"]


def test_somebody_is_disabled_with_a_reason(qtbot: QtBot, page: StaffSettings, real_desk: Desk) -> None:
    _add(qtbot, page, "Íñigo Peña", "inigo", OTHER)
    qtbot.waitUntil(lambda: "inigo" in _names(page), timeout=10_000)
    page.table.selectRow([member.short_name for member in page.members].index("inigo"))
    page.disable_button.click()
    press_control(None, Qt.Key.Key_Return)
    form = page.form
    assert form is not None
    assert form.frames["reason"].message == "Say why."
    type_text(form.frames["reason"].field, "fin de contrato")
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _names(page) == ["rosa"], timeout=10_000)
    assert [member.disabled for member in list_staff(real_desk) if member.short_name == "inigo"] == [True]


def test_nobody_disables_themselves_and_escape_gives_a_form_up(page: StaffSettings) -> None:
    page.table.selectRow(0)
    assert not page.disable_button.isEnabled()
    assert page.reset_button.isEnabled()
    page.reset_button.click()
    assert page.form is not None
    press(None, Qt.Key.Key_Escape)
    assert page.form is None


def test_ones_own_password_is_changed(qtbot: QtBot, shell: MainShell, real_desk: Desk) -> None:
    place = shell.places["settings"]
    assert isinstance(place, SettingsPlace)
    shell.go_to("settings", tab="safety")
    card = place.safety_page.password_card
    type_text(card.old.line, "no es esta")
    for line in (card.pair.first.line, card.pair.second.line):
        type_text(line, OTHER)
    card.button.click()
    qtbot.waitUntil(lambda: card.old.line.property("state") == "error", timeout=10_000)
    card.old.clear()
    type_text(card.old.line, PASSWORD)
    card.button.click()
    qtbot.waitUntil(lambda: shell.banner.text.startswith("Your password is changed"), timeout=10_000)
    assert card.pair.text == ""


def test_a_back_up_is_written_and_never_over_another_file(qtbot: QtBot, shell: MainShell, tmp_path: Path) -> None:
    place = shell.places["settings"]
    assert isinstance(place, SettingsPlace)
    card = place.safety_page.backup_card
    target = tmp_path / "stick.backup"
    card.back_up_to(target)
    qtbot.waitUntil(lambda: "Done and read back" in card.words.text(), timeout=20_000)
    assert target.stat().st_size > 10_000
    assert b"Rosa Elena" not in target.read_bytes()
    kept = target.read_bytes()
    card.back_up_to(target)
    qtbot.waitUntil(lambda: "already exists" in card.words.text(), timeout=20_000)
    assert target.read_bytes() == kept
