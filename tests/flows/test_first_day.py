"""A laptop's first day through the real window by keys: set up, a family registered and its slip printed, the summary."""

import secrets
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.services.check import check
from fieldapp.services.find import PeopleQuery, individuals
from fieldapp.services.sign_in import sign_in, sign_out
from fieldapp.services.verify import verify_file
from fieldapp.ui.screens.questions import RecoveryCheckScreen
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.screens.set_up import SetUpScreen
from fieldapp.ui.screens.set_up_key import KeyScreen
from fieldapp.ui.screens.today_place import TodayPlace
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.window import MainWindow
from tests.desks import TestClock
from tests.ui.keys import press, press_control, type_text

PASSWORD = "trueno balcón mimbre 41"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    return Surroundings(tmp_path / "data", TestClock(), secrets.token_bytes)


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer that is remembered and prints into a file, through the very code that draws for a real one."""
    sheet = tmp_path / "paper.pdf"

    def remembered(_settings: object) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(sheet))
        return printer

    monkeypatch.setattr("fieldapp.ui.printing.remembered_printer", remembered)
    return sheet


def set_up(qtbot: QtBot, window: MainWindow) -> None:
    screen = window.page
    assert isinstance(screen, SetUpScreen)

    def reach(number: int) -> None:
        qtbot.waitUntil(lambda: screen.currentWidget() is screen.steps[number])
        qtbot.waitUntil(lambda: screen.steps[number].isAncestorOf(QApplication.focusWidget() or screen))

    reach(0)
    press(None, ENTER)
    answers = (
        ("Frontera 2026", "Alcaldía de Villa del Rosario", "+57 607 000 0000"),
        ("simon bol", "Albergue La Parada", ""),
        ("Íñigo Peña", "", PASSWORD, PASSWORD),
    )
    for number, texts in enumerate(answers, start=1):
        reach(number)
        for text in texts:
            type_text(None, text)
            press(None, ENTER)
    reach(4)
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: isinstance(screen.currentWidget(), KeyScreen))
    page = screen.currentWidget()
    assert isinstance(page, KeyScreen)
    key = page.key_label.text()
    page.copied.setFocus()
    press(None, Qt.Key.Key_Space)
    press(None, ENTER)
    qtbot.waitUntil(lambda: isinstance(screen.currentWidget(), RecoveryCheckScreen))
    check_page = screen.currentWidget()
    assert isinstance(check_page, RecoveryCheckScreen)
    qtbot.waitUntil(check_page.field.hasFocus)
    type_text(None, key.replace("\n", " "))
    press(None, ENTER)
    qtbot.waitUntil(lambda: window.shell is not None and window.page is window.shell)


def register_family(qtbot: QtBot, place: RegisterPlace) -> None:
    qtbot.waitUntil(place.form.focal.given_names.hasFocus)
    for text in ("María de los Ángeles", "Villalobos Peña", "f14/2/1989"):
        type_text(None, text)
        press(None, ENTER)
    press_control(place, Qt.Key.Key_N)
    editor = place.form.members.editor.fields
    for name, sex, age in (("José", "m", "7"), ("Ñusta", "f", "71")):
        qtbot.waitUntil(editor.given_names.hasFocus)
        type_text(None, name)
        press(None, ENTER, times=2)
        type_text(None, sex + age)
        press_control(place, Qt.Key.Key_N)
    press_control(place, ENTER)


def test_from_the_first_run_to_the_printed_slip_and_the_days_pdf(
    qtbot: QtBot, qapp: QApplication, around: Surroundings, paper: Path, tmp_path: Path
) -> None:
    window = MainWindow(qapp, around)
    with qtbot.waitExposed(window):
        window.show()
    window.begin()
    window.activateWindow()
    set_up(qtbot, window)
    shell = window.shell
    assert shell is not None
    place, today = shell.places["register"], shell.places["today"]
    assert isinstance(place, RegisterPlace)
    assert isinstance(today, TodayPlace)

    register_family(qtbot, place)

    qtbot.waitUntil(lambda: paper.exists() and paper.read_bytes().rstrip().endswith(b"%%EOF"))
    press(shell, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: today.figures["arrivals"].number == "3")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: today.summary.pdf.startswith(b"%PDF"))
    today.summary.save_to(tmp_path / "day.pdf")
    qtbot.waitUntil((tmp_path / "day.pdf").exists)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    window.deleteLater()

    desk = sign_in(around.folder, "inigo", PASSWORD, clock=around.clock, random_bytes=around.random_bytes)
    try:
        rows = individuals(desk, PeopleQuery(descending=False), 0, 9)
        assert [row.given_names for row in rows] == ["María de los Ángeles", "José", "Ñusta"]
        (reading,) = verify_file(desk, paper)
        assert (reading.verdict, reading.group_size) == ("valid", 3)
        assert f"{reading.number}-1" == rows[0].number
        assert check(desk).ok
    finally:
        sign_out(desk)
    for file in around.folder.iterdir():
        assert b"Villalobos" not in file.read_bytes(), file
