"""An administrator enrols, confirms and revokes laptops in the window; a new one shows its request as a code."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.services.enrol import fingerprint, request_enrolment, request_text
from fieldapp.services.epochs import begin_epoch
from fieldapp.services.sign_in import sign_in
from fieldapp.settings import Settings
from fieldapp.ui.frames import papers_of
from fieldapp.ui.scans import Scan, ScanSource
from fieldapp.ui.screens.join import JoinScreen
from fieldapp.ui.screens.laptop_forms import EnrolForm, RevokeForm
from fieldapp.ui.screens.laptops import LaptopSettings
from fieldapp.ui.screens.settings_place import SettingsPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.work import Work
from tests.desks import TestClock
from tests.laptops import PASSWORD, STAFF, enrolled, first_laptop
from tests.ui.keys import press, press_control, type_text


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Desk]:
    desk = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    yield desk
    desk.close()


@pytest.fixture
def shell(qtbot: QtBot, one: Desk, work: Work, language: Language) -> MainShell:
    made = MainShell(Session(one, work, Settings(language="en"), language))
    qtbot.addWidget(made)
    made.resize(1366, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.go_to("settings", tab="laptops")
    return made


def page_of(shell: MainShell) -> LaptopSettings:
    place = shell.places["settings"]
    assert isinstance(place, SettingsPlace)
    assert place.laptops_page is not None
    return place.laptops_page


def states(page: LaptopSettings) -> dict[str, str]:
    rows = range(page.table.rowCount())
    return {page.table.item(row, 0).text(): page.table.item(row, 2).text() for row in rows}


def test_the_code_that_a_new_laptop_shows_is_read_by_a_camera_and_enrols_it(
    qtbot: QtBot, shell: MainShell, one: Desk, work: Work, language: Language, tmp_path: Path
) -> None:
    clock, folder, stick = one.clock, tmp_path / "two", tmp_path / "stick"
    stick.mkdir()
    request = request_enrolment(folder, None, "B2", "PSB", "La Parada", clock=clock, random_bytes=one.random_bytes)
    screen = JoinScreen(language, work, Surroundings(folder, clock, one.random_bytes), "")
    qtbot.addWidget(screen)
    screen.resize(1366, 740)
    screen.show()
    assert screen.reply is not None
    qtbot.waitUntil(screen.reply.code.isVisible)
    picture = screen.reply.code.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    (text,), _by_shape = papers_of(picture, with_zone=False)

    shell.session.scans.arrived.emit(Scan(text, ScanSource.CAMERA))
    page = page_of(shell)
    qtbot.waitUntil(lambda: isinstance(page.form, EnrolForm))
    form = page.form
    assert isinstance(form, EnrolForm)
    assert any(fingerprint(request) == label.text() for label in form.findChildren(type(form.problem)))
    form.folder.setText(str(stick))
    form.months.setText("many")
    form.primary_button.click()
    assert "number of months" in form.frames["months"].message
    form.months.setText("12")
    form.primary_button.click()
    qtbot.waitUntil(lambda: states(page).get("B2") == "Enrolled")
    (row,) = (row for row in page.rows if row.code == "B2")
    assert one.local_date(row.expires_ms - 1) == date(2027, 1, 5)

    with qtbot.waitSignal(screen.joined, timeout=30_000):
        screen.reply.join_from(stick)
    sign_in(folder, STAFF, PASSWORD, clock=clock, random_bytes=one.random_bytes).close()


def test_a_request_typed_by_a_scanner_survives_small_letters(shell: MainShell, one: Desk, tmp_path: Path) -> None:
    request = request_enrolment(
        tmp_path / "two", None, "B2", "PSB", "", clock=one.clock, random_bytes=one.random_bytes
    )  # fmt: skip
    page_of(shell).take_request(request_text(request).lower())
    assert isinstance(page_of(shell).form, EnrolForm)


@pytest.mark.parametrize("text", ["FAENROL1", "FAENROL1ABC", "FAENROL1!!", "FAENROL1" + "A" * 400])
def test_a_code_that_is_no_request_is_said(shell: MainShell, text: str) -> None:
    page_of(shell).take_request(text)
    assert page_of(shell).form is None
    assert "no enrolment file" in shell.banner.text


def test_a_lost_laptop_is_revoked_with_a_reason(qtbot: QtBot, shell: MainShell, one: Desk, tmp_path: Path) -> None:
    enrolled(one, tmp_path / "two", "B2", tmp_path / "stick").close()
    page = page_of(shell)
    page.refresh()
    qtbot.waitUntil(lambda: "B2" in states(page))
    page.table.selectRow(list(states(page)).index("B2"))
    page.revoke_button.click()
    form = page.form
    assert isinstance(form, RevokeForm)
    press_control(form, Qt.Key.Key_Return)
    assert form.frames["reason"].message == "Say why."
    type_text(form, "stolen")
    press_control(form, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: states(page).get("B2") == "Revoked")
    assert not page.revoke_button.isEnabled()


def test_an_epoch_that_began_alone_is_confirmed(qtbot: QtBot, shell: MainShell, one: Desk) -> None:
    with one.database.write() as unit:
        begin_epoch(unit, one)
    page = page_of(shell)
    page.refresh()
    qtbot.waitUntil(lambda: "Waits to be confirmed" in states(page).values())
    page.table.selectRow(list(states(page).values()).index("Waits to be confirmed"))
    page.confirm_button.click()
    qtbot.waitUntil(lambda: "This laptop" in states(page).values())


def test_esc_gives_a_form_up(qtbot: QtBot, shell: MainShell, one: Desk, tmp_path: Path) -> None:
    request = request_enrolment(
        tmp_path / "two", None, "B2", "PSB", "", clock=one.clock, random_bytes=one.random_bytes
    )  # fmt: skip
    page_of(shell).take_request(request_text(request))
    press(page_of(shell).form, Qt.Key.Key_Escape)
    assert page_of(shell).form is None
