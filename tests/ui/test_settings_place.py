"""Settings hold at once, are kept, and change what they say."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp import settings as stored_settings
from fieldapp.documents.layouts import LAYOUTS
from fieldapp.domain.changes import Kind
from fieldapp.services.slip_terms import slip_term
from fieldapp.services.verify import verify_file
from fieldapp.storage import counts
from fieldapp.ui.screens.settings_place import SettingsPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.ui.keys import press


@pytest.fixture
def place(qtbot: QtBot, session: Session) -> SettingsPlace:
    shell = MainShell(session)
    qtbot.addWidget(shell)
    shell.go_to("settings")
    shell.resize(1366, 740)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    made = shell.places["settings"]
    assert isinstance(made, SettingsPlace)
    made.entered()
    return made


def test_a_choice_is_kept_at_once(place: SettingsPlace, session: Session, tmp_path: Path) -> None:
    place.screen_page.themes.buttons["dark"].click()
    place.paper_page.slip_layout.buttons["letter"].click()
    place.paper_page.summary_paper.buttons["a4"].click()
    place.screen_page.text_size.setValue(15)
    place.paper_page.portrait.click()
    place.safety_page.idle.setValue(3)
    kept = stored_settings.load(tmp_path)
    assert (kept.theme, kept.slip_layout, kept.summary_paper, kept.text_percent, kept.idle_lock_minutes) == (
        "dark", "letter", "a4", 150, 3,
    )  # fmt: skip
    assert kept.portrait_on_slip
    assert session.settings == kept


def test_every_layout_of_a_slip_can_be_chosen(place: SettingsPlace, session: Session) -> None:
    assert set(place.paper_page.slip_layout.buttons) == set(LAYOUTS)
    place.paper_page.slip_layout.buttons["roll_58"].click()
    assert session.settings.slip_layout == "roll_58"


def test_the_address_of_a_receipt_printer_is_kept_and_a_wrong_one_is_told(
    place: SettingsPlace, session: Session
) -> None:
    page = place.paper_page.printers
    page.receipt_printer.setText("lp0")
    page.receipt_printer.editingFinished.emit()
    assert "file:/dev/usb/lp0" in page.receipt_frame.message
    assert session.settings.receipt_printer == ""
    page.receipt_printer.setText("file:/dev/usb/lp0")
    page.receipt_printer.editingFinished.emit()
    assert (page.receipt_frame.state, session.settings.receipt_printer) == ("", "file:/dev/usb/lp0")


def test_each_layout_remembers_its_printer(
    place: SettingsPlace, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = place.paper_page
    page.printers.show_printers(["Office", "Roll"])
    for layout, printer in (("a4", "Office"), ("roll_80", "Roll"), ("card", "")):
        page.slip_layout.buttons[layout].click()
        page.printers.printer.setCurrentIndex(page.printers.printer.findData(printer))
        page.printers.printer.activated.emit(page.printers.printer.currentIndex())
    assert session.settings.printers == {"a4": "Office", "roll_80": "Roll", "card": ""}
    page.slip_layout.buttons["a4"].click()
    assert page.printers.printer.currentText() == "Office"
    page.slip_layout.buttons["a6"].click()
    assert page.printers.printer.currentText() == "Ask at the next slip, and remember"
    assert [session.settings.asks_for(layout) for layout in ("a6", "a4", "card")] == [False, False, True]
    assert stored_settings.load(session.desk.folder) == session.settings


def test_a_test_slip_is_printed_and_is_worth_nothing(
    qtbot: QtBot, place: SettingsPlace, session: Session, paper: Path
) -> None:
    place.paper_page.printers.test_button.click()
    shell = place.shell
    assert isinstance(shell, MainShell)
    qtbot.waitUntil(lambda: "test slip is printed" in shell.banner.text)
    assert [reading.verdict for reading in verify_file(session.desk, paper)] == ["practice"]
    with session.desk.database.read() as unit:
        assert counts.last_time(unit, Kind.SLIP_ISSUED) is None


def test_an_administrator_sets_the_term_of_slips(qtbot: QtBot, place: SettingsPlace, admin_session: Session) -> None:
    assert not place.paper_page.term.days.isEnabled(), "a registrar sees the term and cannot set it"
    shell = MainShell(admin_session)
    qtbot.addWidget(shell)
    other = shell.places["settings"]
    assert isinstance(other, SettingsPlace)
    assert not any(widget.isVisible() for widget in QApplication.topLevelWidgets() if widget is not place.window()), (
        "no part of it flashes up as a window of its own, which would take the keyboard away"
    )
    term = other.paper_page.term
    qtbot.waitUntil(term.days.isEnabled)
    term.days.setValue(30)
    term.save_button.click()
    qtbot.waitUntil(lambda: slip_term(admin_session.desk) == 30)
    qtbot.waitUntil(lambda: shell.banner.text == "Slips are good for 30 days from now on.")


def test_open_screens_hear_of_it(qtbot: QtBot, place: SettingsPlace, session: Session) -> None:
    with qtbot.waitSignal(session.work.changed) as changed:
        place.paper_page.slip_language.buttons["en"].click()
    assert changed.args == ["settings"]


def test_arrows_walk_the_pages(place: SettingsPlace) -> None:
    press(None, Qt.Key.Key_Right)
    assert place.tabs.currentIndex() == 1


def test_only_an_administrator_sees_the_staff(qtbot: QtBot, place: SettingsPlace, admin_session: Session) -> None:
    assert place.staff_page is None
    shell = MainShell(admin_session)
    qtbot.addWidget(shell)
    other = shell.places["settings"]
    assert isinstance(other, SettingsPlace)
    assert other.staff_page is not None
    shell.go_to("settings", tab="staff")
    assert other.tabs.tabText(other.tabs.currentIndex()) == "Staff"


def test_a_folder_that_cannot_be_written_still_changes_the_screen(
    qtbot: QtBot, place: SettingsPlace, session: Session, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # A folder in the place of the temporary file cannot be written to, whoever runs the test.
    (tmp_path / f".{stored_settings.FILE_NAME}.new").mkdir()
    with qtbot.waitSignal(session.work.failed):
        place.screen_page.themes.buttons["dark"].click()
    assert session.settings.theme == "dark"
    assert "could not be kept" in caplog.text
    caplog.clear()
