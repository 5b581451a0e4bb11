"""A family's page: read, corrected, printed again, voided, noted and moved, by keys over a real register."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.record import HeadCount, Role, Sex
from fieldapp.services.correct import edit_individual
from fieldapp.services.find import group_page, person_page
from fieldapp.services.register import Registered, register_group
from fieldapp.services.slip_terms import set_slip_term
from fieldapp.services.slips import issue_slip
from fieldapp.services.verify import verify_file, verify_text
from fieldapp.settings import Settings
from fieldapp.ui import theme
from fieldapp.ui.screens.group_page import GroupView
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.widgets.focus_ring import FocusRing
from tests.desks import TestClock, family, person, take_over
from tests.ui.keys import press, press_control, type_text


@pytest.fixture
def registered(session: Session) -> Registered:
    return register_group(session.desk, family())


@pytest.fixture
def view(
    qtbot: QtBot, session: Session, registered: Registered, monkeypatch: pytest.MonkeyPatch
) -> Iterator[GroupView]:
    monkeypatch.setattr("fieldapp.ui.printing.QPrinterInfo.availablePrinterNames", list)
    shell = MainShell(session)
    qtbot.addWidget(shell)
    shell.resize(1366, 740)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    shell.open_group(registered.group_id)
    qtbot.waitUntil(lambda: place.group.page is not None)
    yield place.group
    qtbot.waitUntil(lambda: not session.work.is_busy)


def reread(session: Session, group_id: UUID) -> list[str]:
    """Return the kinds of the family's history, newest first."""
    return [line.kind for line in group_page(session.desk, group_id, audited=False).history]


def test_the_family_is_read_at_a_glance(view: GroupView) -> None:
    table = view.family.table
    assert table.rowCount() == 4
    shown = [item.text() for column in range(1, 6) if (item := table.item(1, column))]
    assert shown == ["José Gregorio Peña Villalobos", "~13", "Male", "Son", "No document"]
    assert "Not printed" in view.marks.texts


def test_a_surname_is_corrected_by_keys_and_the_history_says_so(
    qtbot: QtBot, view: GroupView, session: Session, registered: Registered
) -> None:
    press(view.family.table, Qt.Key.Key_Down)
    press(None, Qt.Key.Key_Return)
    assert view.data.chosen() is not None
    press_control(view.data.subjects, Qt.Key.Key_E)
    form = view.data.edit_person.form
    qtbot.waitUntil(form.given_names.hasFocus)
    press(None, Qt.Key.Key_Return)
    form.surnames.setFocus()
    form.surnames.selectAll()
    type_text(form.surnames, "Peña Núñez")
    reason = view.data.edit_person.reason
    reason.setFocus()
    type_text(reason, "se oyó mal")
    press_control(reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.data.is_editing)
    qtbot.waitUntil(lambda: view.page is not None and view.page.members[1].surnames == "Peña Núñez")

    page = person_page(session.desk, registered.member_ids[1], audited=False)
    assert page.surnames == "Peña Núñez"
    assert len(page.fields["surnames"].values) == 1
    assert "Changed this person's data: Surnames. Reason: se oyó mal" in view.history.texts()


def test_what_was_not_changed_is_not_written(qtbot: QtBot, view: GroupView, session: Session) -> None:
    assert view.page is not None
    before = reread(session, view.page.group_id)
    for member in view.page.members:
        view.edit()
        view.go_back()
        view.data.choose(member.individual_id)
        view.edit()
        press_control(view.data.edit_person.form.given_names, Qt.Key.Key_Return)
        assert not view.data.is_editing
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert reread(session, view.page.group_id) == before


def test_a_wrong_birth_date_is_said_beside_its_field_and_esc_gives_up(view: GroupView, registered: Registered) -> None:
    view.data.choose(registered.member_ids[0])
    view.edit()
    form = view.data.edit_person.form
    form.born.setFocus()
    form.born.selectAll()
    type_text(form.born, "14/2/2089")
    press_control(form.born, Qt.Key.Key_Return)
    assert "future" in form.frames["birth"].message
    assert view.data.is_editing
    press(form.born, Qt.Key.Key_Escape)
    assert not view.data.is_editing
    assert view.isVisible()


def test_a_need_is_added_and_taken_back(qtbot: QtBot, view: GroupView, registered: Registered) -> None:
    view.data.choose(registered.member_ids[3])
    view.edit()
    needs = view.data.edit_person.form.needs
    needs.setFocus()
    press(needs, Qt.Key.Key_2)
    press(needs, Qt.Key.Key_6)
    press_control(needs, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.page is not None and [need.code for need in view.page.members[3].needs] == ["PG"])


@pytest.mark.usefixtures("paper")
def test_printing_again_counts_copies(qtbot: QtBot, view: GroupView) -> None:
    def copies() -> list[int]:
        return [slip.copies for slip in view.page.slips] if view.page else []

    press_control(view.family.table, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: copies() == [1])
    press_control(view.family.table, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: copies() == [2])
    assert view.slips.texts()[0][2:] == ("2", "Valid")
    assert "Not printed" not in view.marks.texts
    assert "Printed the slip again" in view.history.texts()
    shell = view.shell
    assert isinstance(shell, MainShell)
    qtbot.waitUntil(lambda: shell.banner.text == "The slip is printed.")


def test_without_a_printer_no_copy_counts_and_it_is_said_why(
    qtbot: QtBot, view: GroupView, session: Session, tmp_path: Path
) -> None:
    press_control(view.family.table, Qt.Key.Key_P)
    shell = view.shell
    assert isinstance(shell, MainShell)
    qtbot.waitUntil(lambda: "no printer" in shell.banner.text)
    qtbot.waitUntil(lambda: view.page is not None and [slip.unprinted for slip in view.page.slips] == [1])
    assert view.slips.texts()[0][2:] == ("0", "Not printed")
    assert "Not printed" in view.marks.texts
    assert any("did not get onto paper" in line and "no printer" in line for line in view.history.texts())
    assert view.page is not None
    view.printer.save_slip_to(view.page.group_id, tmp_path / "slip.pdf")
    qtbot.waitUntil(lambda: view.page is not None and [slip.copies for slip in view.page.slips] == [1])
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert "Not printed" not in view.marks.texts


def test_a_slip_saved_as_a_file_verifies(qtbot: QtBot, view: GroupView, session: Session, tmp_path: Path) -> None:
    assert view.page is not None
    target = tmp_path / "slip.pdf"
    view.printer.save_slip_to(view.page.group_id, target)
    qtbot.waitUntil(lambda: target.exists() and not session.work.is_busy)
    (reading,) = verify_file(session.desk, target)
    assert (reading.verdict, reading.number) == ("valid", view.page.number)


def test_a_registrar_cannot_void_and_is_told_who_can(qtbot: QtBot, view: GroupView, session: Session) -> None:
    assert view.page is not None
    issue_slip(session.desk, view.page.group_id, "es")
    view.reload()
    qtbot.waitUntil(lambda: view.page is not None and bool(view.page.slips))
    view.tabs.setCurrentWidget(view.slips)
    assert view.slips.not_allowed.isVisible()
    assert not view.slips.void_button.isVisible()


def test_a_supervisor_voids_with_a_reason(qtbot: QtBot, view: GroupView, session: Session) -> None:
    assert view.page is not None
    issue_slip(session.desk, view.page.group_id, "es")
    take_over(session.desk, Role.SUPERVISOR)
    view.reload()
    qtbot.waitUntil(lambda: view.page is not None and bool(view.page.slips))
    view.tabs.setCurrentWidget(view.slips)
    view.slips.void_button.click()
    assert "why" in view.slips.reason_frame.message
    type_text(view.slips.reason, "el nombre está mal")
    press(view.slips.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Slip void" in view.marks.texts)
    assert view.slips.texts()[0][3] == "Void: el nombre está mal"
    assert "Voided the slip. Reason: el nombre está mal" in view.history.texts()


def test_a_supervisor_replaces_a_slip_in_one_step(qtbot: QtBot, view: GroupView, session: Session, paper: Path) -> None:
    assert view.page is not None
    first = issue_slip(session.desk, view.page.group_id, "es")
    take_over(session.desk, Role.SUPERVISOR)
    view.reload()
    qtbot.waitUntil(lambda: view.page is not None and bool(view.page.slips))
    view.tabs.setCurrentWidget(view.slips)
    view.slips.reissue_button.click()
    assert "why" in view.slips.reason_frame.message, "no slip is replaced without a reason"
    type_text(view.slips.reason, "nombre corregido")
    view.slips.reissue_button.click()
    qtbot.waitUntil(lambda: len(view.slips.texts()) == 2)
    assert [text[2:] for text in view.slips.texts()] == [("1", "Valid"), ("1", "Void: nombre corregido")]
    assert "Issued a new slip in place of the last one" in view.history.texts()
    shell = view.shell
    assert isinstance(shell, MainShell)
    qtbot.waitUntil(lambda: shell.banner.text == "The slip is printed.")
    assert [each.verdict for each in verify_file(session.desk, paper)] == ["valid"]
    assert verify_text(session.desk, first.codes[0]).verdict == "void"


def test_a_slip_whose_term_is_over_says_so(qtbot: QtBot, view: GroupView, session: Session) -> None:
    assert view.page is not None
    take_over(session.desk, Role.ADMINISTRATOR)
    set_slip_term(session.desk, 2)
    issue_slip(session.desk, view.page.group_id, "es")
    assert isinstance(session.desk.clock, TestClock)
    session.desk.clock.forward(days=3)
    view.reload()
    qtbot.waitUntil(lambda: "Slip expired" in view.marks.texts)
    assert view.slips.texts()[0][3] == "Expired on 8 Jan 2026"


def test_two_values_of_two_desks_are_decided_by_a_supervisor(
    qtbot: QtBot, view: GroupView, session: Session, registered: Registered
) -> None:
    old = person_page(session.desk, registered.member_ids[0], audited=False)
    edit_individual(session.desk, old, {"surnames": "Villalobos Ruiz"})
    edit_individual(session.desk, old, {"surnames": "Villalobos Díaz"})
    view.reload()
    qtbot.waitUntil(lambda: "Conflict" in view.marks.texts)
    view.tabs.setCurrentWidget(view.data)
    view.data.choose(registered.member_ids[0])
    assert view.data.choices == []

    take_over(session.desk, Role.SUPERVISOR)
    view.data.choose(None)
    view.data.choose(registered.member_ids[0])
    right = next(button for button in view.data.choices if button.accessibleName().endswith("Villalobos Ruiz"))
    right.click()
    qtbot.waitUntil(lambda: "Conflict" not in view.marks.texts)
    assert person_page(session.desk, registered.member_ids[0], audited=False).surnames == "Villalobos Ruiz"


def test_a_note_is_added_by_keys_and_an_empty_one_is_refused(qtbot: QtBot, view: GroupView) -> None:
    press_control(view.family.table, Qt.Key.Key_N)
    qtbot.waitUntil(view.note.text.hasFocus)
    press_control(view.note.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.note.frames["note"].state == "error")
    type_text(view.note.text, "Esperan a una tía")
    press_control(view.note.text, Qt.Key.Key_Return)
    qtbot.waitUntil(view.note.isHidden)
    qtbot.waitUntil(lambda: view.page is not None and view.page.notes == ("Esperan a una tía",))
    assert "Added a note" in view.history.texts()


def test_a_departure_is_recorded_with_its_destination(qtbot: QtBot, view: GroupView) -> None:
    press_control(view.family.table, Qt.Key.Key_M)
    qtbot.waitUntil(view.movement.kind.hasFocus)
    press_control(view.movement.kind, Qt.Key.Key_Return)
    assert view.movement.frames["kind"].state == "error"
    press(view.movement.kind, Qt.Key.Key_Right)
    assert view.movement.kind.code == "departure"
    view.movement.destination.setFocus()
    type_text(view.movement.destination, "bogota")
    press_control(view.movement.destination, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.page is not None and view.page.movements[-1].kind == "departure")
    assert view.page is not None
    assert view.page.movements[-1].destination.startswith("Bogotá")
    assert "Left" in view.marks.texts


def test_the_family_as_a_whole_is_corrected(qtbot: QtBot, view: GroupView, session: Session) -> None:
    incomplete = register_group(
        session.desk, family(person("Luz", "Ortega"), others=(HeadCount(Sex.FEMALE, "5_11", 2),), complete=False)
    )
    view.open(incomplete.group_id)
    qtbot.waitUntil(lambda: view.page is not None and view.page.group_id == incomplete.group_id)
    assert "Not complete" in view.marks.texts
    view.data.choose(None)
    view.edit()
    panel = view.data.edit_group
    panel.phone.setFocus()
    panel.phone.selectAll()
    type_text(panel.phone, "+57 300 5550101")
    panel.complete.setChecked(True)
    press_control(panel.phone, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.page is not None and view.page.phone == "+57 300 5550101")
    assert "Not complete" not in view.marks.texts


def test_a_registrar_does_not_see_protection_needs(qtbot: QtBot, view: GroupView, session: Session) -> None:
    entry = family(person("Rosa", "Marín", needs=("SV", "PG")))
    take_over(session.desk, Role.PROTECTION_OFFICER)
    group = register_group(session.desk, entry).group_id
    take_over(session.desk, Role.REGISTRAR)
    view.open(group)
    qtbot.waitUntil(lambda: view.page is not None and view.page.group_id == group)
    item = view.family.table.item(0, 6)
    assert item is not None
    assert item.text() == "Pregnant"
    take_over(session.desk, Role.PROTECTION_OFFICER)
    view.reload()
    qtbot.waitUntil(lambda: "Sexual" in getattr(view.family.table.item(0, 6), "text", str)())


def test_the_ring_around_the_slips_is_whole(
    qtbot: QtBot, view: GroupView, session: Session, registered: Registered, focus_ring: FocusRing
) -> None:
    issue_slip(session.desk, registered.group_id, "es")
    view.reload()
    view.tabs.setCurrentWidget(view.slips)
    qtbot.waitUntil(view.slips.table.isVisible)
    view.take_focus()
    ring = focus_ring.ring
    assert ring is not None
    qtbot.waitUntil(ring.isVisible)
    assert ring.geometry().size() == view.slips.table.size() + QSize(6, 6)
    assert ring.parentWidget().rect().contains(ring.geometry())


def test_with_large_text_nothing_lies_over_the_tabs(
    qtbot: QtBot, qapp: QApplication, session: Session, registered: Registered
) -> None:
    theme.apply(qapp, Settings(text_percent=200))
    shell = MainShell(session)
    qtbot.addWidget(shell)
    shell.resize(1366, 740)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.open_group(registered.group_id)
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    qtbot.waitUntil(lambda: place.group.page is not None)
    group = place.group
    # Each line of facts that wraps moves what is below it, in a turn of the loop of its own.
    qtbot.waitUntil(lambda: _bottom(group, group.tabs) < group.footer.mapTo(group, QPoint(0, 0)).y())
    assert group.tabs.height() >= group.tabs.minimumSizeHint().height()


def _bottom(group: GroupView, part: QWidget) -> int:
    return part.mapTo(group, part.rect().bottomLeft()).y()
