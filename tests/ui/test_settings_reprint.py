"""All slips again: some at a time, to be stopped and gone on with, and none counted that did not get onto paper."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.domain.record import Role
from fieldapp.services.exports import take_slips
from fieldapp.services.find import group_page
from fieldapp.services.register import register_group
from fieldapp.services.reprint import families_with_slips
from fieldapp.services.slips import issue_slip
from fieldapp.ui.printing import load_pdf
from fieldapp.ui.screens import settings_reprint
from fieldapp.ui.screens.settings_place import SettingsPlace
from fieldapp.ui.screens.settings_reprint import ReprintCard
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, person, take_over


@pytest.fixture
def card(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> ReprintCard:
    """The supervisor's card, two families at a time."""
    monkeypatch.setattr(settings_reprint, "_AT_ONCE", 2)
    take_over(session.desk, Role.SUPERVISOR)
    shell = MainShell(session)
    qtbot.addWidget(shell)
    place = shell.places["settings"]
    assert isinstance(place, SettingsPlace)
    assert place.paper_page.reprint is not None
    return place.paper_page.reprint


@pytest.fixture
def five(session: Session, card: ReprintCard) -> None:
    """Five families with a slip each."""
    for _number in range(5):
        issue_slip(session.desk, register_group(session.desk, family(person("Luz", "Ortega"))).group_id, "es")


def copies(session: Session) -> list[int]:
    return [group_page(session.desk, group).slips[-1].copies for group in families_with_slips(session.desk)]


@pytest.mark.usefixtures("five")
def test_every_slip_is_printed_once_more(qtbot: QtBot, card: ReprintCard, session: Session, paper: Path) -> None:
    card.button.click()
    qtbot.waitUntil(lambda: card.words.text() == "All slips are printed: 5.")
    assert (card.is_running, card.button.text()) == (False, "Print all slips again")
    assert copies(session) == [2] * 5
    assert load_pdf(paper.read_bytes(), card).pageCount() == 1, "the last of the three portions is one slip"


@pytest.mark.usefixtures("five", "paper")
def test_it_can_be_stopped_and_gone_on_with(qtbot: QtBot, card: ReprintCard, session: Session) -> None:
    card.button.click()
    card.stop_button.click()
    qtbot.waitUntil(lambda: not card.is_running)
    assert card.words.text().startswith("Stopped:")
    assert card.button.text() == "Go on printing"
    assert sorted(copies(session), reverse=True) == copies(session), "those who walk first have theirs first"
    card.button.click()
    qtbot.waitUntil(lambda: card.words.text() == "All slips are printed: 5.")
    assert copies(session) == [2] * 5


@pytest.mark.usefixtures("five")
def test_what_the_printer_did_not_take_is_not_counted(
    qtbot: QtBot, card: ReprintCard, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.ui.printing.QPrinterInfo.availablePrinterNames", list)
    card.button.click()
    qtbot.waitUntil(lambda: not card.is_running)
    assert "no printer" in card.words.text()
    assert "0 of 5" in card.words.text()
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert copies(session) == [1] * 5


@pytest.mark.usefixtures("five")
def test_all_are_saved_as_one_file_in_a_folder_that_is_remembered(
    qtbot: QtBot, card: ReprintCard, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(name).parent)
        return str(tmp_path / "slips.pdf"), ""

    monkeypatch.setattr("fieldapp.ui.screens.settings_reprint.QFileDialog.getSaveFileName", choose)
    for _time in range(2):
        card.save_button.click()
        assert card.is_running
        qtbot.waitUntil(lambda: card.words.text() == f"5 slips, written to {tmp_path / 'slips.pdf'}")
        card.say("")
    assert load_pdf((tmp_path / "slips.pdf").read_bytes(), card).pageCount() == 5
    assert copies(session) == [3] * 5
    assert asked[1] == tmp_path
    with session.desk.database.write() as unit:
        for group in families_with_slips(session.desk):
            assert take_slips(unit, group) == [(tmp_path / "slips.pdf", False)], "an erasure names it"
    assert not card.is_running


@pytest.mark.usefixtures("five")
def test_a_stopped_or_failed_file_leaves_no_copy_that_counts(
    qtbot: QtBot, card: ReprintCard, session: Session, tmp_path: Path
) -> None:
    card.save_to(tmp_path / "slips.pdf")
    card.stop_button.click()
    qtbot.waitUntil(lambda: card.words.text() == "Stopped. No file was written, and no copy counts.")
    card.save_to(tmp_path / "none" / "slips.pdf")
    qtbot.waitUntil(lambda: card.words.property("state") == "danger")
    assert list(tmp_path.glob("*.pdf")) == []
    assert copies(session) == [1] * 5


def test_where_nobody_has_a_slip_it_is_said(qtbot: QtBot, card: ReprintCard, tmp_path: Path) -> None:
    card.button.click()
    qtbot.waitUntil(lambda: "No family" in card.words.text())
    assert not card.is_running
    card.save_to(tmp_path / "slips.pdf")
    qtbot.waitUntil(lambda: not card.is_running)
    assert "No family" in card.words.text()


def test_a_registrar_does_not_see_it(qtbot: QtBot, session: Session) -> None:
    shell = MainShell(session)
    qtbot.addWidget(shell)
    place = shell.places["settings"]
    assert isinstance(place, SettingsPlace)
    assert place.paper_page.reprint is None
