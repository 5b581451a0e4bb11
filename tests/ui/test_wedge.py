"""A scanner that types, in any field: what it read arrives, and the field is as it was. Hands lose no letter."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.papers.layout_tables import COMPUTERS, SCANNERS
from fieldapp.domain.papers.layouts import garbled
from fieldapp.ui.scans import Scan, Scans, ScanSource
from fieldapp.ui.wedge import LONGEST_PASTE, Wedge
from fieldapp.ui.widgets.choice_row import ChoiceRow, sex_answers
from tests.ui.keys import press_control, scan, stroke, type_text

SAMPLES = Path(__file__).parent.parent / "data" / "mrz_samples.txt"


def samples() -> list[tuple[str, str]]:
    """Return the name and the lines, as a reader types them, of every sample: good ones and bad ones."""
    rows = [line.split("\t") for line in SAMPLES.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    return [(row[0], "\r".join(line for line in row[3:6] if line)) for row in rows]


PASSPORT = dict(samples())["icao_td3"]


class Desk(QWidget):
    """Some fields and the wedge that watches them."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.note = QLineEdit(), QPlainTextEdit()
        self.sex = ChoiceRow(sex_answers("en"), goes_on=True)
        column = QVBoxLayout(self)
        for field in (self.line, self.sex, self.note):
            column.addWidget(field)
        self.entered = 0
        self.line.returnPressed.connect(self._on_entered)
        self.sex.returnPressed.connect(self.line.setFocus)
        self.found: list[Scan] = []
        self.cuts = 0
        scans = Scans(self)
        scans.arrived.connect(self.found.append)
        self.wedge = Wedge(scans, lambda: True, lambda: lambda: None, self._on_cut, parent=self)

    def _on_entered(self) -> None:
        self.entered += 1

    def _on_cut(self) -> None:
        self.cuts += 1


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.wedge.start()
    made.line.setFocus()
    yield made
    made.wedge.stop()


@pytest.mark.parametrize(("name", "text"), samples())
def test_every_sample_arrives_and_leaves_no_letter_behind(qtbot: QtBot, desk: Desk, name: str, text: str) -> None:
    type_text(desk.line, "María ")
    scan(text)
    qtbot.waitUntil(lambda: bool(desk.found))
    assert [found.content for found in desk.found] == [text.replace("\r", "\n")]
    assert desk.found[0].source is ScanSource.SCANNER
    assert (desk.line.text(), desk.entered) == ("María ", 0)


@pytest.mark.parametrize("ends", ["\r", "\t", ""])
def test_the_end_of_a_scan_goes_nowhere(qtbot: QtBot, desk: Desk, ends: str) -> None:
    scan(PASSPORT, ends=ends)
    qtbot.waitUntil(lambda: bool(desk.found))
    assert desk.entered == 0
    assert desk.line.hasFocus()


def test_what_was_selected_is_selected_again_and_can_be_undone(qtbot: QtBot, desk: Desk) -> None:
    type_text(desk.line, "Rosa")
    desk.line.setSelection(1, 2)
    scan(PASSPORT)
    qtbot.waitUntil(lambda: bool(desk.found))
    assert (desk.line.text(), desk.line.selectedText()) == ("Rosa", "os")
    press_control(desk.line, Qt.Key.Key_Z)
    assert desk.line.text() == ""


@pytest.mark.parametrize("every_ms", [1, 8, 16, 30])
def test_slow_scanners_are_scanners(qtbot: QtBot, desk: Desk, every_ms: int) -> None:
    scan(PASSPORT, every_ms)
    qtbot.waitUntil(lambda: bool(desk.found))
    assert desk.line.text() == ""


def test_keys_that_choose_choose_nothing(qtbot: QtBot, desk: Desk) -> None:
    desk.sex.setFocus()
    scan("F<<<" + PASSPORT)  # whatever the first letters are
    qtbot.waitUntil(lambda: bool(desk.found))
    assert desk.sex.code == ""
    assert desk.line.text() == ""
    assert desk.sex.hasFocus()


def test_a_text_area_is_put_back(qtbot: QtBot, desk: Desk) -> None:
    desk.note.setFocus()
    type_text(desk.note, "came at night")
    scan(PASSPORT)
    qtbot.waitUntil(lambda: bool(desk.found))
    assert desk.note.toPlainText() == "came at night"


def test_a_scan_into_a_question_leaves_its_field_alone(qtbot: QtBot, desk: Desk) -> None:
    dialog = QDialog(desk)
    line = QLineEdit(dialog)
    accepted: list[int] = []
    dialog.finished.connect(accepted.append)
    dialog.open()
    dialog.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    scan(PASSPORT)
    qtbot.waitUntil(lambda: bool(desk.found))
    assert (line.text(), accepted) == ("", [])
    dialog.close()


def test_a_scanner_of_another_layout(qtbot: QtBot, desk: Desk) -> None:
    computer = next(layout for layout in COMPUTERS if layout.code == "es")
    scanner = next(layout for layout in SCANNERS if layout.code == "us")
    typed = garbled(PASSPORT, scanner, computer)
    assert typed
    scan(typed)
    qtbot.waitUntil(lambda: bool(desk.found))
    assert desk.line.text() == ""


def test_a_dead_key_and_a_separator_belong_to_the_scan(qtbot: QtBot, desk: Desk) -> None:
    for place, character in enumerate(PASSPORT[:30]):
        stroke(character, 1000 + place)
    composed = QInputMethodEvent()
    composed.setCommitString("Á")
    QCoreApplication.sendEvent(desk.line, composed)
    stroke("\x1d", 1031, Qt.KeyboardModifier.ControlModifier)
    for place, character in enumerate(PASSPORT[30:]):
        stroke(character, 1032 + place)
    qtbot.waitUntil(lambda: bool(desk.found))
    assert desk.found[0].content == (PASSPORT[:30] + "Á\x1d" + PASSPORT[30:]).replace("\r", "\n")
    assert desk.line.text() == ""


def test_half_a_scan_is_a_scan(qtbot: QtBot, desk: Desk) -> None:
    scan(PASSPORT[:50])
    qtbot.waitUntil(lambda: bool(desk.found))
    assert desk.line.text() == ""


def test_the_rest_of_a_scan_that_came_to_a_halt_is_typed_nowhere(qtbot: QtBot, desk: Desk) -> None:
    last = scan(PASSPORT[:63], ends="")
    scan("4F3012316<<<<<<<<<<<<<<02", begins_ms=last + 400)
    qtbot.waitUntil(lambda: len(desk.found) == 2)
    assert (desk.line.text(), desk.entered) == ("", 0)


def test_a_password_is_nobodys_business(desk: Desk) -> None:
    desk.line.setEchoMode(QLineEdit.EchoMode.Password)
    scan(PASSPORT, ends="")
    desk.wedge.settle()
    assert desk.line.text() == PASSPORT.replace("\r", "")
    assert desk.found == []


def test_a_short_code_stays_in_its_field_without_its_enter(qtbot: QtBot, desk: Desk) -> None:
    scan("1094880123")
    qtbot.waitUntil(lambda: desk.line.text() == "1094880123")
    assert (desk.entered, desk.found) == (0, [])


def test_a_burst_of_letters_is_typed_with_its_enter(qtbot: QtBot, desk: Desk) -> None:
    scan("Villalobos")
    qtbot.waitUntil(lambda: desk.entered == 1)
    assert desk.line.text() == "Villalobos"


def test_a_roll_of_four_keys_is_there_at_once(desk: Desk) -> None:
    for place, letter in enumerate("Peña"):
        stroke(letter, 1000 + place * 8)
    assert desk.line.text() == "Peña"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abñéÁ 1.-"), st.integers(0, 200)), max_size=30))
def test_no_stream_of_letters_loses_one(desk: Desk, keys: list[tuple[str, int]]) -> None:
    desk.line.clear()
    desk.found.clear()
    at_ms = 1000
    for letter, gap in keys:
        at_ms += gap
        stroke(letter, at_ms)
    desk.wedge.settle()
    assert desk.line.text() == "".join(letter for letter, _gap in keys)
    assert desk.found == []


def test_a_pasted_paper_is_a_scan(desk: Desk) -> None:
    QGuiApplication.clipboard().setText(PASSPORT.replace("\r", "\n"))
    press_control(desk.line, Qt.Key.Key_V)
    assert [found.source for found in desk.found] == [ScanSource.PASTED]
    assert desk.line.text() == ""


def test_a_paper_pasted_by_the_menu_is_a_scan(desk: Desk) -> None:
    QGuiApplication.clipboard().setText(PASSPORT.replace("\r", "\n"))
    type_text(desk.line, "Ana")
    desk.line.paste()
    assert [found.source for found in desk.found] == [ScanSource.PASTED]
    assert desk.line.text() == "Ana"


@pytest.mark.parametrize("text", ["Rosa ", "AAAAA", "6BF12"])
def test_ten_megabytes_are_cut_and_that_is_said(desk: Desk, text: str) -> None:
    QGuiApplication.clipboard().setText(text * 2_000_000)
    press_control(desk.line, Qt.Key.Key_V)
    assert desk.found == []
    assert len(desk.line.text()) <= LONGEST_PASTE
    assert desk.cuts == 1
    assert QApplication.focusWidget() is desk.line
