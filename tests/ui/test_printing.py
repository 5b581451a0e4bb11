"""Paper through Qt: what is printed into a file can be read back."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.problems import Problem
from fieldapp.services.desk import Desk
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip, slip_pdf
from fieldapp.services.verify import verify_file
from fieldapp.settings import Settings
from fieldapp.ui.printing import draw, load_pdf, print_pdf
from fieldapp.ui.widgets.pdf_view import PdfView
from tests.desks import family


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def slip(desk: Desk) -> bytes:
    return slip_pdf(issue_slip(desk, register_group(desk, family()).group_id, "es"), "a6")


def test_a_slip_printed_into_a_file_still_verifies(page: QWidget, desk: Desk, slip: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))

    assert draw(slip, printer)

    (reading,) = verify_file(desk, tmp_path / "printed.pdf")
    assert reading.verdict == "valid"
    size = load_pdf((tmp_path / "printed.pdf").read_bytes(), page).pagePointSize(0)
    assert (size.width(), size.height()) == pytest.approx((298, 420), abs=2)


def test_without_a_printer_it_is_said_and_nothing_is_shown(
    page: QWidget, slip: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.ui.printing.QPrinterInfo.availablePrinterNames", list)
    answers: list[Problem | None] = []

    print_pdf(page, slip, Settings(printer="gone"), answers.append)

    assert [answer.code for answer in answers if answer] == ["no_printer"]


def test_what_is_no_pdf_is_refused(page: QWidget) -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        load_pdf(b"hola", page)


def test_a_slip_is_seen(qtbot: QtBot, slip: bytes) -> None:
    view = PdfView("Slip")
    qtbot.addWidget(view)
    view.resize(300, 420)
    view.show_pdf(slip)

    picture = view.grab().toImage()

    colours = {picture.pixelColor(x, y).lightness() // 86 for x in range(0, 300, 3) for y in range(0, 420, 3)}
    assert {0, 2} <= colours


def test_a_page_is_drawn_beside_the_window_which_goes_on(
    qtbot: QtBot, page: QWidget, slip: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr("fieldapp.ui.printing.remembered_printer", lambda _settings: printer)
    answers: list[Problem | None] = []

    print_pdf(page, slip, Settings(printer="desk"), answers.append)

    assert answers == [], "the answer comes later, on the main thread"
    qtbot.waitUntil(lambda: answers == [None], timeout=10_000)


def test_a_printer_that_takes_nothing_is_said(
    qtbot: QtBot, page: QWidget, slip: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtlog: Any
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    monkeypatch.setattr("fieldapp.ui.printing.remembered_printer", lambda _settings: printer)
    answers: list[Problem | None] = []

    with qtlog.disabled():  # Qt says on its own that it cannot begin
        print_pdf(page, slip, Settings(printer="desk"), answers.append)
        qtbot.waitUntil(lambda: [answer.code for answer in answers if answer] == ["print_not_drawn"])
