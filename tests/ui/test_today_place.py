"""Today counts the day up to a cut-off, follows what is registered, and saves its summary."""

from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from pytestqt.qtbot import QtBot

from fieldapp.domain.changes import Kind
from fieldapp.domain.record import HeadCount, Sex
from fieldapp.services.register import register_group
from fieldapp.storage import counts
from fieldapp.ui.screens.today_place import TodayPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import START_MS, family, person
from tests.ui.keys import press, press_control

HOUR_MS = 3_600_000


@pytest.fixture
def shell(qtbot: QtBot, session: Session) -> MainShell:
    register_group(session.desk, family())
    late = family(
        person("Tarde", "Noche"), at_ms=START_MS + 13 * HOUR_MS, others=(HeadCount(Sex.MALE, "0_4", 2),), complete=False
    )
    register_group(session.desk, late)
    register_group(session.desk, family(person("Ayer", "Antes"), at_ms=START_MS - 24 * HOUR_MS))
    made = MainShell(session)
    qtbot.addWidget(made)
    made.resize(1366, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.go_to("register")
    press(made, Qt.Key.Key_F4)
    return made


@pytest.fixture
def place(qtbot: QtBot, shell: MainShell) -> TodayPlace:
    made = shell.places["today"]
    assert isinstance(made, TodayPlace)
    qtbot.waitUntil(lambda: made.figures["arrivals"].number == "7")
    return made


def shown(place: TodayPlace) -> tuple[str, ...]:
    return tuple(figure.number for figure in place.figures.values())


def test_the_whole_day_is_counted(place: TodayPlace) -> None:
    assert shown(place) == ("7", "5", "2", "0", "1")
    assert place.hours.summary() == "08:00 4; 21:00 3"
    assert "0-4 0 / 2" in place.ages.summary()
    assert place.nationalities.summary() == "Venezuela 5; Not recorded 2"


def test_a_cut_off_is_chosen_by_keys(qtbot: QtBot, place: TodayPlace) -> None:
    place.cut_offs["24:00"].setFocus()
    press(None, Qt.Key.Key_Left)
    assert place.cut_off == "20:00"
    qtbot.waitUntil(lambda: shown(place) == ("4", "5", "1", "0", "0"))


def test_the_day_before_is_chosen_by_keys(qtbot: QtBot, place: TodayPlace) -> None:
    place.day_edit.setFocus()
    place.day_edit.setCurrentSection(place.day_edit.Section.DaySection)
    press(place.day_edit, Qt.Key.Key_Down)
    assert place.day_edit.date() == QDate(2026, 1, 4)
    qtbot.waitUntil(lambda: place.figures["arrivals"].number == "1")


def test_a_registration_is_counted_at_once(qtbot: QtBot, place: TodayPlace, session: Session) -> None:
    session.work.change(lambda: register_group(session.desk, family(person("Nueva", "Llegada"))))
    qtbot.waitUntil(lambda: place.figures["arrivals"].number == "8")


def test_another_cut_off_is_chosen(qtbot: QtBot, place: TodayPlace) -> None:
    assert not place.other_time.isVisible()
    place.other_button.click()
    assert place.other_time.isVisible()
    place.other_time.setTime(QTime(21, 30))
    assert place.cut_off == "21:30"
    qtbot.waitUntil(lambda: shown(place)[0] == "7")
    place.other_time.setTime(QTime(6, 0))
    qtbot.waitUntil(lambda: shown(place)[0] == "0")


def open_summary(qtbot: QtBot, place: TodayPlace) -> None:
    """Open the summary by keys."""
    press_control(place.pdf_button, Qt.Key.Key_Return)
    assert not place.pdf_button.isEnabled()
    qtbot.waitUntil(place.summary.isVisible, timeout=15_000)


def test_the_summary_is_looked_at_saved_and_logged(
    qtbot: QtBot, place: TodayPlace, shell: MainShell, session: Session, tmp_path: Path
) -> None:
    open_summary(qtbot, place)
    assert place.summary.heading.text() == "Summary of 5 Jan 2026 up to 24:00"
    with session.desk.database.read() as unit:
        assert counts.last_time(unit, Kind.SUMMARY_MADE) is None

    path = tmp_path / "summary.pdf"
    place.summary.save_to(path)
    qtbot.waitUntil(lambda: shell.banner.text == f"The summary is saved: {path}")
    assert path.read_bytes() == place.summary.pdf
    with session.desk.database.read() as unit:
        assert counts.last_time(unit, Kind.SUMMARY_MADE) == START_MS

    press(place.summary.save_button, Qt.Key.Key_Escape)
    assert place.pdf_button.isVisible()
    assert place.pdf_button.isEnabled()


def test_the_file_dialog_begins_where_the_last_summary_went(
    qtbot: QtBot, place: TodayPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "mine.pdf"), ""

    monkeypatch.setattr("fieldapp.ui.screens.today_summary.QFileDialog.getSaveFileName", choose)
    open_summary(qtbot, place)
    press_control(place.summary.save_button, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "mine.pdf").exists)
    qtbot.waitUntil(place.summary.save_button.isEnabled)
    press_control(place.summary.save_button, Qt.Key.Key_Return)
    assert offered[1] == str(tmp_path / "summary-A7-2026-01-05-2400.pdf")


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_logged(
    qtbot: QtBot, place: TodayPlace, shell: MainShell, session: Session, tmp_path: Path
) -> None:
    open_summary(qtbot, place)
    place.summary.save_to(tmp_path / "gone" / "summary.pdf")
    qtbot.waitUntil(lambda: str(tmp_path / "gone") in shell.banner.text, timeout=15_000)
    assert place.summary.save_button.isEnabled()
    with session.desk.database.read() as unit:
        assert counts.last_time(unit, Kind.SUMMARY_MADE) is None


def test_without_a_printer_nothing_is_logged_and_it_is_said_what_to_do(
    qtbot: QtBot, place: TodayPlace, shell: MainShell, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.ui.printing.QPrinterInfo.availablePrinterNames", list)
    open_summary(qtbot, place)
    press_control(place.summary.save_button, Qt.Key.Key_P)
    assert "save as a PDF" in shell.banner.text
    with session.desk.database.read() as unit:
        assert counts.last_time(unit, Kind.SUMMARY_MADE) is None
