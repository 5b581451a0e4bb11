"""Registering a family by the keyboard alone, over a real register: it is stored, its slip is made, nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.domain.people import PeopleQuery
from fieldapp.services.drafts import drafts
from fieldapp.services.find import group_page, individuals
from fieldapp.services.verify import verify_file
from fieldapp.settings import Settings
from fieldapp.storage.errors import DiskFull
from fieldapp.ui import theme
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.ui.keys import press, press_control, type_text


@pytest.fixture(autouse=True)
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk whose printer is gone, the same on every machine."""
    monkeypatch.setattr("fieldapp.ui.printing.QPrinterInfo.availablePrinterNames", list)


@pytest.fixture
def open_place(qtbot: QtBot, session: Session) -> Callable[[], tuple[MainShell, RegisterPlace]]:
    """Open the window's shell at Register, as after signing in."""

    def opened() -> tuple[MainShell, RegisterPlace]:
        shell = MainShell(session)
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        shell.go_to("register")
        place = shell.places["register"]
        assert isinstance(place, RegisterPlace)
        qtbot.waitUntil(lambda: not session.work.is_busy)
        return shell, place

    return opened


def _type_mother() -> None:
    type_text(None, "María de los Ángeles")
    press(None, Qt.Key.Key_Return)
    type_text(None, "Villalobos Ñáñez")
    press(None, Qt.Key.Key_Return)
    type_text(None, "F14/2/1989")  # the letter answers and goes on
    press(None, Qt.Key.Key_Return)  # the guessed nationality and kind of paper stand
    type_text(None, "V-17345221")
    press(None, Qt.Key.Key_Return)


def _enter_mother(place: RegisterPlace) -> None:
    """Enter her in the individual step."""
    press_control(None, Qt.Key.Key_G)
    _type_mother()
    assert QApplication.focusWidget() is place.form.members.editor.fields.given_names


def test_a_family_is_registered_by_keys_and_offered_on_paper_again_without_a_printer(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]], tmp_path: Path
) -> None:
    shell, place = open_place()
    _enter_mother(place)
    type_text(None, "José")
    press(None, Qt.Key.Key_Return, times=2)
    type_text(None, "M2015")
    press_control(None, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: not session.work.is_busy, timeout=15_000)

    rows = individuals(session.desk, PeopleQuery(), 0, 10)
    assert sorted(row.given_names for row in rows) == ["José", "María de los Ángeles"]
    assert place.done.number.text() == "PSB-A7-00001-" + place.number[-1]
    assert "The record is saved" in shell.banner.text
    assert place.form.draft.is_blank, "the form is ready for the next family"
    assert drafts(session.desk) == ()
    place.slip.save_to(tmp_path / "slip.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "slip.pdf").exists())
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")


def test_the_group_step_counts_the_members_and_takes_few_keys(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    _type_mother()
    assert QApplication.focusWidget() is place.form.members.grid.entry
    press(None, Qt.Key.Key_Right)
    type_text(None, "2")
    press(None, Qt.Key.Key_Down)
    type_text(None, "1")
    press(None, Qt.Key.Key_Return)
    type_text(None, "zu")
    press(None, Qt.Key.Key_Return, times=4)
    type_text(None, "y")
    press_control(None, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(place.number) and not session.work.is_busy)
    group = group_page(session.desk, place.slip.group_id or UUID(int=0))
    assert (group.declared_size, len(group.members), group.complete) == (4, 1, False)


def test_the_step_is_remembered(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    open_place()
    press_control(None, Qt.Key.Key_G)

    _shell, again = open_place()

    assert again.form.members.step.code == "individual"


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(
    session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    type_text(None, "Ana")
    place.form.focal.born.setFocus()
    type_text(None, "45/45/2020")
    press_control(None, Qt.Key.Key_Return)

    assert place.form.focal.frames["birth"].state == "error"
    assert QApplication.focusWidget() is place.form.focal.born
    assert place.form.focal.given_names.text() == "Ana"
    assert individuals(session.desk, PeopleQuery(), 0, 10) == []


def test_a_draft_is_offered_again_and_taken_up(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    type_text(None, "Yuleisy")
    qtbot.waitUntil(lambda: len(drafts(session.desk)) == 1)
    del place

    shell, again = open_place()  # as after a crash: another window on the same register

    qtbot.waitUntil(lambda: "Yuleisy" in shell.banner.text)
    shell.banner.action_button.click()
    assert again.form.focal.given_names.text() == "Yuleisy"
    press(None, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: again.form.draft.is_blank)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert len(drafts(session.desk)) == 1, "Esc keeps it"


def test_the_next_family_may_come_as_the_last_one_did(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    type_text(None, "Ana")
    press(None, Qt.Key.Key_Return)
    type_text(None, "Pérez")
    place.form.arrival.origin_state.setFocus()
    type_text(None, "zulia")
    press(None, Qt.Key.Key_Return)
    type_text(None, "bogota")
    press(None, Qt.Key.Key_Return)
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(place.number) and not session.work.is_busy, timeout=15_000)

    assert place.form.arrival.origin_state.text() == "Zulia"
    assert place.form.arrival.origin_state.is_guess
    assert place.form.arrival.destination.text() == "", "where they go is asked of each family"
    press_control(None, Qt.Key.Key_R)
    assert place.form.arrival.destination.text() == "Bogotá, D.C."


def _enter_member(name: str, sex: str, born: str) -> None:
    type_text(None, name)
    press(None, Qt.Key.Key_Return, times=2)
    type_text(None, f"{sex}{born}")
    press(None, Qt.Key.Key_Return)  # every guess stands, up to the paper
    while isinstance(QApplication.focusWidget(), QLineEdit):
        press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_Return)  # no needs


def test_a_family_of_four_is_registered_and_printed_without_the_mouse(
    qtbot: QtBot,
    session: Session,
    open_place: Callable[[], tuple[MainShell, RegisterPlace]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def paper(_settings: object) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "paper.pdf"))
        return printer

    monkeypatch.setattr("fieldapp.ui.printing.remembered_printer", paper)
    _shell, place = open_place()
    _enter_mother(place)
    _enter_member("José", "M", "2020")
    _enter_member("Ana Sofía", "F", "2022")
    _enter_member("Ñusta", "F", "71")
    press(None, Qt.Key.Key_Return)  # nobody else
    assert QApplication.focusWidget() is place.form.arrival.origin_state, "they come now, over this post"
    type_text(None, "zu")
    press(None, Qt.Key.Key_Return, times=3)
    type_text(None, "1")
    press(None, Qt.Key.Key_Return)
    type_text(None, "y")
    assert QApplication.focusWidget() is place.save_button
    press_control(None, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: place.done.again_button.text().startswith("Print again"), timeout=15_000)
    (reading,) = verify_file(session.desk, tmp_path / "paper.pdf")
    assert (reading.verdict, reading.number, reading.group_size) == ("valid", place.number, 4)
    group = group_page(session.desk, place.slip.group_id or UUID(int=0))
    assert [member.relationship for member in group.members] == [
        "HEAD",
        "SON_DAUGHTER",
        "SON_DAUGHTER",
        "MOTHER_FATHER",
    ]
    assert [need.code for need in group.members[0].needs] == ["SM"]
    assert (group.consent, group.movements[0].origin_state, group.complete) == ("yes", "VE23", True)
    assert [slip.copies for slip in group.slips] == [1]

    press_control(None, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert group_page(session.desk, group.group_id).slips[0].copies == 2

    type_text(None, "L")  # whoever goes on typing is with the next family
    assert place.form.focal.given_names.text() == "L"
    assert QApplication.focusWidget() is place.form.focal.given_names


def test_a_full_disk_loses_nothing_and_the_next_try_saves(
    qtbot: QtBot,
    session: Session,
    open_place: Callable[[], tuple[MainShell, RegisterPlace]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shell, place = open_place()
    _enter_mother(place)
    with monkeypatch.context() as full:
        for name in ("register_place.register_group", "register_keeping.save_draft"):
            full.setattr(f"fieldapp.ui.screens.{name}", _disk_is_full)
        press_control(None, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "disk" in shell.banner.text, timeout=5_000)
        assert place.form.focal.given_names.text() == "María de los Ángeles"
        press(None, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not session.work.is_busy)
        assert place.form.focal.given_names.text() == "María de los Ángeles", "Esc empties only what is kept"
        assert not place.is_safe_to_close() or place.keeper.is_safe

    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(place.number), timeout=15_000)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert drafts(session.desk) == ()
    assert len(individuals(session.desk, PeopleQuery(), 0, 10)) == 1


def _disk_is_full(*_arguments: object) -> None:
    raise DiskFull(path="register.db", reason="no space")


def test_a_late_draft_never_comes_back_behind_its_family(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    for number in range(5):
        type_text(None, f"Ana {number}")
        place.keeper.keep()
        place.keeper.touch()
        press_control(None, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: place.pages.currentWidget() is place.done, timeout=15_000)
        qtbot.wait(500)
        qtbot.waitUntil(lambda: not session.work.is_busy)
        assert drafts(session.desk) == ()
        press(None, Qt.Key.Key_Return)


def test_unfinished_families_are_listed_taken_up_and_discarded_on_the_second_press(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    shell, place = open_place()
    for name in ("Ana", "Berta"):
        type_text(None, name)
        press(None, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: place.form.draft.is_blank)
    assert "kept unfinished" in shell.banner.text
    press_control(None, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: place.drafts.list.hasFocus())
    words = [place.drafts.list.item(row).text() for row in range(place.drafts.list.count())]
    assert sorted(word.split(" · ")[1] for word in words) == ["Ana", "Berta"]
    press(None, Qt.Key.Key_Delete)
    assert len(drafts(session.desk)) == 2
    press(None, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: place.drafts.list.count() == 1)
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not place.form.draft.is_blank)
    assert place.form.focal.given_names.text() in {"Ana", "Berta"}
    assert len(drafts(session.desk)) == 1


def test_a_name_of_five_hundred_characters_is_refused_in_words_and_kept(
    session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    type_text(None, "ñ" * 500)
    press_control(None, Qt.Key.Key_Return)
    assert place.form.focal.frames["given_names"].message == "This is too long: at most 120 characters."
    assert len(place.form.focal.given_names.text()) == 500
    assert individuals(session.desk, PeopleQuery(), 0, 10) == []


def test_an_error_of_a_member_opens_that_member(
    session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    _enter_mother(place)
    place.form.members.editor.fields.born.setFocus()
    type_text(None, "2020")
    place.form.members.editor.fields.surnames.setFocus()
    press(None, Qt.Key.Key_Delete)  # somebody without any name
    press_control(None, Qt.Key.Key_Return)
    assert place.form.members.editor.fields.frames["given_names"].state == "error"
    assert QApplication.focusWidget() is place.form.members.editor.fields.given_names
    assert individuals(session.desk, PeopleQuery(), 0, 10) == []


def test_the_preview_follows_and_is_marked(
    qtbot: QtBot, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    type_text(None, "Ana")
    qtbot.waitUntil(lambda: not place.side._mark.isHidden(), timeout=10_000)
    assert place.side._mark.text().startswith("PREVIEW")


def test_the_arrival_can_be_earlier_and_not_later(
    qtbot: QtBot, session: Session, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    type_text(None, "Ana")
    place.form.arrival.day.setFocus()
    type_text(None, "06")
    press_control(None, Qt.Key.Key_Return)
    assert place.form.arrival.frames["arrival"].state == "error"
    type_text(None, "04")
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(place.number), timeout=15_000)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    (row,) = individuals(session.desk, PeopleQuery(), 0, 10)
    assert session.desk.local_date(row.arrived_at_ms).isoformat() == "2026-01-04"


def test_with_large_text_the_main_button_stays_at_the_bottom_right(
    qapp: QApplication, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    theme.apply(qapp, Settings(text_percent=200))
    _shell, place = open_place()
    main = place.save_button.geometry()
    others = [button.geometry() for button in (place.plain_button, place.draft_button)]
    assert main.right() == place.save_button.parentWidget().rect().right()
    assert all(main.top() > other.bottom() for other in others), "there is no room for it beside them"


def test_nothing_unfinished_is_said_and_leads_back(
    qtbot: QtBot, open_place: Callable[[], tuple[MainShell, RegisterPlace]]
) -> None:
    _shell, place = open_place()
    press_control(None, Qt.Key.Key_D)
    qtbot.waitUntil(place.drafts.back_button.hasFocus)
    assert not place.drafts.list.isVisible()
    press(None, Qt.Key.Key_Escape)
    assert place.pages.currentWidget() is place.form
