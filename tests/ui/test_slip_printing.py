"""Slips reach the printer that suits their paper, and one that did not is said."""

import importlib.util
from pathlib import Path

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
from fieldapp.ui.printing import draw, load_pdf
from fieldapp.ui.session import Session
from fieldapp.ui.slip_printing import print_slip
from tests.desks import family

needs_escpos = pytest.mark.skipif(
    importlib.util.find_spec("escpos") is None, reason="python-escpos is not installed (thermal)"
)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def slip(desk: Desk, layout: str) -> bytes:
    return slip_pdf(issue_slip(desk, register_group(desk, family()).group_id, "es"), layout)


@pytest.mark.parametrize("layout", ["card", "roll_80"])
def test_a_paper_of_any_shape_is_printed_at_its_size(page: QWidget, desk: Desk, layout: str, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    pdf = slip(desk, layout)

    assert draw(pdf, printer)

    drawn, printed = (load_pdf(each, page).pagePointSize(0) for each in (pdf, (tmp_path / "printed.pdf").read_bytes()))
    assert (printed.width(), printed.height()) == pytest.approx((drawn.width(), drawn.height()), abs=2)
    assert [reading.verdict for reading in verify_file(desk, tmp_path / "printed.pdf")] == ["valid"]


@needs_escpos
def test_a_slip_for_a_roll_goes_to_the_receipt_printer(
    qtbot: QtBot, page: QWidget, session: Session, tmp_path: Path
) -> None:
    answers: list[Problem | None] = []
    session.settings = Settings(slip_layout="roll_58", receipt_printer=f"file:{tmp_path / 'printer'}")

    print_slip(page, slip(session.desk, "roll_58"), session, answers.append)

    qtbot.waitUntil(lambda: answers == [None], timeout=10_000)
    assert b"\x1dv0" in (tmp_path / "printer").read_bytes()


@needs_escpos
def test_a_receipt_printer_that_is_gone_is_said(qtbot: QtBot, page: QWidget, session: Session, tmp_path: Path) -> None:
    answers: list[Problem | None] = []
    session.settings = Settings(slip_layout="roll_58", receipt_printer=f"file:{tmp_path / 'gone' / 'printer'}")

    print_slip(page, slip(session.desk, "roll_58"), session, answers.append)

    qtbot.waitUntil(lambda: [answer.code for answer in answers if answer] == ["receipt_printer_failed"])
    assert "No such file" in str(answers[0])
