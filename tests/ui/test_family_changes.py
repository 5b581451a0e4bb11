"""What happens to a family after its registration, by keys on its page over a real register."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from fieldapp.domain.people import GroupPage
from fieldapp.domain.record import HeadCount, Role, Sex
from fieldapp.services.drafts import drafts
from fieldapp.services.find import group_page
from fieldapp.services.register import Registered, register_group
from fieldapp.ui.screens.family_add import AddPanel
from fieldapp.ui.screens.family_focal import FocalPointPanel
from fieldapp.ui.screens.family_split import MovePanel, SplitPanel
from fieldapp.ui.screens.family_withdraw import WithdrawPanel
from fieldapp.ui.screens.group_page import GroupView
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, person, take_over
from tests.ui.keys import press, press_control, type_text

ENTER = Qt.Key.Key_Return


@pytest.fixture
def shell(session: Session, no_printer: None, show_shell: Callable[[str], MainShell]) -> MainShell:
    take_over(session.desk, Role.SUPERVISOR)
    return show_shell("")


@pytest.fixture
def registered(session: Session) -> Registered:
    return register_group(session.desk, family())


def opened(qtbot: QtBot, shell: MainShell, registered: Registered) -> GroupView:
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    shell.open_group(registered.group_id)
    qtbot.waitUntil(lambda: place.group.page is not None and place.group.page.group_id == registered.group_id)
    return place.group


def now(session: Session, registered: Registered) -> GroupPage:
    return group_page(session.desk, registered.group_id, audited=False)


def tick(row: int) -> None:
    """Go down to a row of members and tick it."""
    for _step in range(row):
        press(None, Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QCheckBox)
    press(None, Qt.Key.Key_Space)


def test_a_family_that_is_back_gets_an_arrival_by_two_chords(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    view = opened(qtbot, shell, registered)
    press_control(view.family.table, Qt.Key.Key_R)
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: view.panel is None)
    moves = now(session, registered).movements
    assert [move.kind for move in moves] == ["arrival", "arrival"]
    assert "4 people are back" in shell.banner.text


def test_some_members_make_a_family_of_their_own(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    view = opened(qtbot, shell, registered)
    view.menu.ask("split")
    panel = view.panel
    assert isinstance(panel, SplitPanel)
    tick(0)
    press_control(None, ENTER)
    assert panel.frames["reason"].state == "error"
    assert panel.reason.hasFocus()
    type_text(None, "viven aparte")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: view.panel is None)
    left = now(session, registered)
    assert (len(left.members), left.declared_size) == (3, 3)
    assert any(line.reason == "viven aparte" for line in left.history)
    assert "PSB-A1-00002" in shell.banner.text or "00002" in shell.banner.text


def test_a_member_is_moved_to_a_family_found_by_its_number(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    other = register_group(session.desk, family(person("Carmen", "Rojas")))
    view = opened(qtbot, shell, registered)
    view.menu.ask("move")
    panel = view.panel
    assert isinstance(panel, MovePanel)
    tick(1)
    panel.search.setFocus()
    type_text(None, "00002")
    qtbot.waitUntil(lambda: panel.found.count() == 1)
    panel.reason.setFocus()
    type_text(None, "es su tía")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: view.panel is None)
    assert (len(now(session, registered).members), len(now(session, other).members)) == (3, 2)


def test_a_split_is_undone_by_a_key_at_once_and_only_once(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    view = opened(qtbot, shell, registered)
    view.menu.ask("split")
    panel = view.panel
    assert isinstance(panel, SplitPanel)
    tick(0)
    panel.reason.setFocus()
    type_text(None, "viven aparte")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: view.panel is None)
    assert shell.banner.action_button.text() == "Undo  Ctrl+Z"
    press_control(None, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: "again" in shell.banner.text)
    page = now(session, registered)
    assert (len(page.members), page.declared_size) == (4, 4)
    assert "Undone: viven aparte" in [line.reason for line in page.history]
    press_control(None, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert len(now(session, registered).members) == 4


def test_a_move_is_undone_by_the_button_of_its_message(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    other = register_group(session.desk, family(person("Carmen", "Rojas")))
    view = opened(qtbot, shell, registered)
    view.menu.ask("move")
    panel = view.panel
    assert isinstance(panel, MovePanel)
    tick(1)
    panel.search.setFocus()
    type_text(None, "00002")
    qtbot.waitUntil(lambda: panel.found.count() == 1)
    panel.reason.setFocus()
    type_text(None, "es su tía")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: len(now(session, other).members) == 2 and not shell.banner.isHidden())
    shell.banner.action_button.click()
    qtbot.waitUntil(lambda: "again" in shell.banner.text)
    assert (len(now(session, registered).members), len(now(session, other).members)) == (4, 1)


def test_the_undo_of_a_message_is_forgotten_once_something_else_is_begun(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    view = opened(qtbot, shell, registered)
    view.menu.ask("complete")
    qtbot.waitUntil(lambda: not shell.banner.isHidden() and view.page is not None and not view.page.complete)
    press_control(view.family.table, Qt.Key.Key_N)
    press(None, Qt.Key.Key_Escape)
    press_control(view.family.table, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert not now(session, registered).complete


def test_a_family_cannot_be_found_is_said_at_the_field(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    view = opened(qtbot, shell, registered)
    view.menu.ask("move")
    panel = view.panel
    assert isinstance(panel, MovePanel)
    panel.search.setFocus()
    type_text(None, "nadie se llama así")
    qtbot.waitUntil(lambda: panel.frames["to"].state == "error")
    press_control(None, ENTER)
    assert len(now(session, registered).members) == 4


def test_another_member_becomes_the_focal_point(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    view = opened(qtbot, shell, registered)
    before = now(session, registered).focal_point_id
    view.menu.ask("focal_point")
    panel = view.panel
    assert isinstance(panel, FocalPointPanel)
    panel.reason.setFocus()
    type_text(None, "ella salió a trabajar")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: view.panel is None)
    page = now(session, registered)
    assert page.focal_point_id != before
    assert [member.relationship for member in page.members].count("HEAD") == 1
    press_control(None, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: now(session, registered).focal_point_id == before)


def test_whoever_was_counted_gets_a_name_and_the_last_one_completes_the_family(
    qtbot: QtBot, shell: MainShell, session: Session
) -> None:
    counted = register_group(
        session.desk,
        family(
            person("María", "Peña", Sex.FEMALE, "1989"),
            others=(HeadCount(Sex.FEMALE, "5_11", 1), HeadCount(Sex.MALE, "0_4", 1)),
            complete=False,
        ),
    )
    view = opened(qtbot, shell, counted)
    press(view.family.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    panel = view.panel
    assert isinstance(panel, AddPanel)
    assert panel.form.sex.code == "F"
    for name, born in (("Lucía", "7"), ("Mateo", "2")):
        qtbot.waitUntil(lambda: panel.form.given_names.hasFocus() and not panel.form.given_names.text())
        type_text(None, name)
        press(None, ENTER)
        panel.form.born.setFocus()
        type_text(None, born)
        press_control(None, ENTER)
        qtbot.waitUntil(lambda name=name: any(one.given_names == name for one in now(session, counted).members))
    qtbot.waitUntil(lambda: view.panel is None)
    page = now(session, counted)
    assert page.complete
    assert (page.declared_size, page.others) == (3, ())
    assert {(one.given_names, one.surnames, str(one.sex)) for one in page.members} >= {
        ("Lucía", "Peña", "F"), ("Mateo", "Peña", "M"),
    }  # fmt: skip
    assert "complete" in shell.banner.text


def test_whoever_is_told_out_of_turn_takes_their_own_place_among_the_counted(
    qtbot: QtBot, shell: MainShell, session: Session
) -> None:
    counted = register_group(
        session.desk,
        family(
            person("María", "Peña", Sex.FEMALE, "1989"),
            others=(HeadCount(Sex.FEMALE, "5_11", 1), HeadCount(Sex.MALE, "18_59", 1)),
            complete=False,
        ),
    )
    press(shell, Qt.Key.Key_F7)
    people = shell.places["people"]
    assert isinstance(people, PeoplePlace)
    qtbot.waitUntil(lambda: isinstance(people.group.panel, AddPanel))
    panel = people.group.panel
    assert isinstance(panel, AddPanel)
    assert panel.way.currentData().age_group == "18_59"
    type_text(None, "Lucía")
    press(None, ENTER, times=2)
    type_text(None, "F7")
    press(None, ENTER, times=3)
    qtbot.waitUntil(lambda: len(now(session, counted).members) == 2)
    assert now(session, counted).others == (HeadCount(Sex.MALE, "18_59", 1),)


def test_whoever_was_being_entered_is_there_again_after_a_look_elsewhere(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    other = register_group(session.desk, family(person("Carmen", "Rojas")))
    view = opened(qtbot, shell, registered)
    view.menu.ask("add")
    panel = view.panel
    assert isinstance(panel, AddPanel)
    type_text(None, "Milagros")
    press(None, Qt.Key.Key_Escape)
    opened(qtbot, shell, other)
    view.menu.ask("add")
    assert panel.form.given_names.text() == ""
    press(None, Qt.Key.Key_Escape)
    opened(qtbot, shell, registered)
    view.menu.ask("add")
    assert panel.form.given_names.text() == "Milagros"
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: view.panel is None)
    view.menu.ask("add")
    assert panel.form.given_names.text() == "", "whoever is entered does not come back"


def test_whoever_was_being_entered_is_there_again_after_the_power_went(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    opened(qtbot, shell, registered).menu.ask("add")
    type_text(None, "Milagros")
    qtbot.waitUntil(lambda: len(drafts(session.desk)) == 1)

    again = MainShell(session)  # another window on the same register, as after a crash
    qtbot.addWidget(again)
    again.show()
    again.activateWindow()
    view = opened(qtbot, again, registered)
    assert again.banner.isHidden(), "it is no family that was left unfinished"
    view.menu.ask("add")
    panel = view.panel
    assert isinstance(panel, AddPanel)
    qtbot.waitUntil(lambda: panel.form.given_names.text() == "Milagros")
    press_control(panel.form.given_names, ENTER)
    qtbot.waitUntil(lambda: view.panel is None and drafts(session.desk) == ())
    assert [member.given_names for member in now(session, registered).members].count("Milagros") == 1


def test_a_baby_born_here_joins_the_family_without_changing_what_it_said_it_was(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    view = opened(qtbot, shell, registered)
    view.menu.ask("add")
    panel = view.panel
    assert isinstance(panel, AddPanel)
    panel.way.setCurrentIndex(panel.way.findData("birth"))
    panel.take_focus()
    type_text(None, "Milagros")
    press(None, ENTER)
    panel.form.born.setFocus()
    type_text(None, "0")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: view.panel is None)
    page = now(session, registered)
    assert (page.declared_size, len(page.members)) == (4, 5)
    assert page.members[-1].movements[0].kind == "birth"


def test_a_member_without_a_name_is_refused_at_the_field(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    view = opened(qtbot, shell, registered)
    view.menu.ask("add")
    panel = view.panel
    assert isinstance(panel, AddPanel)
    panel.form.surnames.clear()
    press_control(None, ENTER)
    assert panel.form.frames["given_names"].state == "error"
    press(None, Qt.Key.Key_Escape)
    assert view.panel is None
    assert len(now(session, registered).members) == 4


def test_a_withdrawal_needs_a_reason_and_can_be_undone_at_once(
    qtbot: QtBot, shell: MainShell, session: Session, registered: Registered
) -> None:
    view = opened(qtbot, shell, registered)
    view.menu.ask("withdraw")
    panel = view.panel
    assert isinstance(panel, WithdrawPanel)
    press_control(panel.who, ENTER)
    assert panel.frames["reason"].state == "error"
    type_text(None, "registrada dos veces")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: now(session, registered).withdrawn)
    qtbot.waitUntil(lambda: not shell.banner.isHidden())
    shell.banner.action_button.click()
    qtbot.waitUntil(lambda: not now(session, registered).withdrawn)


def test_marking_complete_says_the_difference_and_can_be_undone(
    qtbot: QtBot, shell: MainShell, session: Session
) -> None:
    counted = register_group(session.desk, family(others=(HeadCount(Sex.MALE, "18_59", 2),), complete=False))
    view = opened(qtbot, shell, counted)
    view.menu.ask("complete")
    qtbot.waitUntil(lambda: now(session, counted).complete)
    qtbot.waitUntil(lambda: "They said 6, and 4 are entered" in shell.banner.text)
    qtbot.waitUntil(lambda: view.page is not None and view.page.complete)
    shell.banner.action_button.click()
    qtbot.waitUntil(lambda: not now(session, counted).complete)


def test_a_registrar_is_offered_neither_withdrawal_nor_searches(qtbot: QtBot, session: Session) -> None:
    take_over(session.desk, Role.REGISTRAR)
    shell = MainShell(session)
    qtbot.addWidget(shell)
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    entries = place.group.menu.entries
    assert not entries["withdraw"].isVisible()
    assert not entries["search"].isVisible()
    assert entries["return"].isVisible()
