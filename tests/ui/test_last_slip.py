"""The slip of the family registered last: what did not get onto paper is said, not counted, and printed again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.problems import Problem
from fieldapp.services.exports import take_slips
from fieldapp.services.find import group_page
from fieldapp.services.register import Registered, register_group
from fieldapp.services.verify import verify_file
from fieldapp.settings import Settings
from fieldapp.ui.screens.register_slip import LastSlip
from fieldapp.ui.session import Session
from tests.desks import family


class Printer:
    """A printer that prints into a file, or into a folder that is not there."""

    def __init__(self, folder: Path) -> None:
        self.paper = folder / "paper.pdf"
        self.works = True

    def __call__(self, _settings: Settings) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.paper if self.works else self.paper.parent / "gone" / "paper.pdf"))
        return printer


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtlog: Any) -> Iterator[Printer]:
    made = Printer(tmp_path)
    monkeypatch.setattr("fieldapp.ui.printing.remembered_printer", made)
    with qtlog.disabled():  # Qt says on its own that it cannot begin
        yield made


@pytest.fixture
def slip(qtbot: QtBot, session: Session) -> LastSlip:
    window = QWidget()
    qtbot.addWidget(window)
    return LastSlip(session, window)


@pytest.fixture
def registered(session: Session) -> Registered:
    return register_group(session.desk, family())


def copies(session: Session, registered: Registered) -> list[tuple[int, int]]:
    return [(slip.copies, slip.unprinted) for slip in group_page(session.desk, registered.group_id).slips]


def test_a_slip_that_failed_is_printed_again_under_the_same_copy(
    qtbot: QtBot, slip: LastSlip, session: Session, registered: Registered, printer: Printer
) -> None:
    told: list[Problem | None] = []
    slip.printed.connect(told.append)
    slip.begin(registered.group_id, registered.number)
    printer.works = False
    slip.print()
    qtbot.waitUntil(lambda: len(told) == 1 and not session.work.is_busy)
    assert [problem.code for problem in told if problem] == ["print_not_drawn"]
    assert copies(session, registered) == [(0, 1)]

    printer.works = True
    slip.print()
    qtbot.waitUntil(lambda: len(told) == 2 and not session.work.is_busy)
    assert told[1] is None
    assert copies(session, registered) == [(1, 1)]
    (reading,) = verify_file(session.desk, printer.paper)
    assert (reading.verdict, reading.number) == ("valid", registered.number)


def test_a_file_instead_of_paper_counts_as_the_copy(
    qtbot: QtBot, slip: LastSlip, session: Session, registered: Registered, printer: Printer, tmp_path: Path
) -> None:
    slip.begin(registered.group_id, registered.number)
    printer.works = False
    with qtbot.waitSignal(slip.printed):
        slip.print()
    with qtbot.waitSignal(slip.filed):
        slip.save_to(tmp_path / "slip.pdf")
    with session.desk.database.write() as unit:
        assert take_slips(unit, slip.group_id) == [(tmp_path / "slip.pdf", True)], "an erasure follows it"
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert copies(session, registered) == [(1, 1)]
    assert [reading.verdict for reading in verify_file(session.desk, tmp_path / "slip.pdf")] == ["valid"]


def test_a_slip_that_fails_when_the_next_family_is_there_is_said_with_its_number(
    qtbot: QtBot, slip: LastSlip, session: Session, registered: Registered, printer: Printer
) -> None:
    lost: list[tuple[object, str]] = []
    slip.lost.connect(lambda group, number, problem: lost.append((group, f"{number} {problem.code}")))
    other = register_group(session.desk, family())
    slip.begin(registered.group_id, registered.number)
    printer.works = False
    with qtbot.waitSignal(slip.made):
        slip.print()
    slip.begin(other.group_id, other.number)
    qtbot.waitUntil(lambda: bool(lost))
    assert lost == [(registered.group_id, f"{registered.number} print_not_drawn")]

    printer.works = True
    with qtbot.waitSignal(slip.made_good) as good:
        slip.print_for(registered.group_id, registered.number)
    assert good.args == [registered.number]
    assert copies(session, registered) == [(1, 1)]
    assert copies(session, other) == []
