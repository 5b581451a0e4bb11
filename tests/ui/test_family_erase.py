"""An administrator erases a person or a whole family on its page: by keys, on a ground, confirmed, and never by mistake."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.changes import Kind
from fieldapp.domain.people import PeopleQuery
from fieldapp.domain.record import Role
from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.find import group_page, individuals
from fieldapp.services.lists import export_people
from fieldapp.services.register import Registered, register_group
from fieldapp.services.slip_files import save_slips
from fieldapp.services.slips import issue_slip, several_slips_pdf
from fieldapp.settings import Settings
from fieldapp.storage import journal
from fieldapp.ui.screens.family_erase import ErasePanel
from fieldapp.ui.screens.group_page import GroupView
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.desks import TestClock, family, make_desk, person, take_over
from tests.laptops import first_laptop
from tests.ui.keys import press, press_control, type_text

ENTER, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The administrator's, where the operation was set up."""
    made = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    yield made
    made.close()


@pytest.fixture
def shell(no_printer: None, show_shell: Callable[[str], MainShell]) -> MainShell:
    return show_shell("")


@pytest.fixture
def petra(desk: Desk) -> Registered:
    return register_group(
        desk, family(person("Petra", "Guanipa Ñáñez"), person("Luz", "Rincón", relationship="BROTHER_SISTER"))
    )


def panel_of(qtbot: QtBot, shell: MainShell, registered: Registered) -> tuple[GroupView, ErasePanel]:
    """Open the family, and choose the entry of its menu."""
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    shell.go_to("people")
    shell.open_group(registered.group_id)
    qtbot.waitUntil(lambda: place.group.page is not None and place.group.page.group_id == registered.group_id)
    place.group.menu.ask("erase")
    panel = place.group.panel
    assert isinstance(panel, ErasePanel)
    qtbot.waitUntil(lambda: not shell.session.work.is_busy)
    return place.group, panel


def grounds(desk: Desk) -> list[object]:
    with desk.database.read() as unit:
        orders = journal.of_kinds(unit.connection, [Kind.ERASURE_ORDERED], unit.root_public)
    return [dict(order.payload or {}).get("ground") for order in orders]


def names(desk: Desk) -> list[str]:
    return [row.given_names for row in individuals(desk, PeopleQuery(), 0, 9)]


def saved_slip(desk: Desk, path: Path, *families: Registered) -> Path:
    issued = [issue_slip(desk, each.group_id, "es") for each in families]
    save_slips(desk, [each.group_id for each in families], path, several_slips_pdf(issued, "a6"))
    return path


def test_a_person_goes_by_keys_alone_once_the_ground_and_the_surnames_are_typed(
    qtbot: QtBot, shell: MainShell, desk: Desk, petra: Registered, tmp_path: Path
) -> None:
    slip = saved_slip(desk, tmp_path / "petra.pdf", petra)
    view, panel = panel_of(qtbot, shell, petra)
    assert panel.who.hasFocus()
    assert "Petra Guanipa Ñáñez" in panel.warning.text()
    assert "Nothing undoes it" in panel.warning.text()

    press(None, TAB)
    press(None, DOWN)
    press(None, TAB)
    assert panel.ground.hasFocus()
    assert panel.ground.text() == "Consent withdrawn, at the request of the person (Law 1581 of 2012, art. 8 e)"
    press(None, Qt.Key.Key_End)
    type_text(None, "; solicitud escrita n.º 14")
    press(None, TAB)
    assert not panel.primary_button.isEnabled()
    type_text(None, "guanipa nañez")
    assert panel.primary_button.isEnabled()
    press_control(None, ENTER)

    qtbot.waitUntil(lambda: panel.is_done)
    assert names(desk) == ["Luz"]
    assert "Petra Guanipa Ñáñez was erased" in panel.warning.text()
    assert "needs another focal point" in panel.warning.text()
    assert f"{slip} was deleted" in panel.warning.text()
    assert not slip.exists()
    assert grounds(desk) == [
        "Consent withdrawn, at the request of the person (Law 1581 of 2012, art. 8 e); solicitud escrita n.º 14"
    ]
    assert panel.warning.hasFocus()
    press(None, TAB)
    assert panel.cancel_button.hasFocus()
    press_control(None, ENTER)
    assert view.panel is None
    qtbot.waitUntil(lambda: view.page is not None and len(view.page.members) == 1)
    press_control(view.family.table, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: not shell.session.work.is_busy)
    assert names(desk) == ["Luz"], "nothing undoes it"


def test_the_order_of_the_keyboard_ends_at_the_button_and_escape_erases_nothing(
    qtbot: QtBot, shell: MainShell, desk: Desk, petra: Registered
) -> None:
    view, panel = panel_of(qtbot, shell, petra)
    panel.ground.setText("Request of the person")
    panel.confirmation.setText("Guanipa Ñáñez")
    order = (panel.who, panel.usual, panel.ground, panel.confirmation, panel.cancel_button, panel.primary_button)
    for widget in order:
        assert QApplication.focusWidget() is widget
        press(None, TAB)
    press(panel.confirmation, Qt.Key.Key_Escape)
    assert view.panel is None
    assert sorted(names(desk)) == ["Luz", "Petra"]
    panel = panel_of(qtbot, shell, petra)[1]
    assert (panel.ground.text(), panel.confirmation.text()) == ("", "")


def test_what_is_missing_is_said_beside_its_field(
    qtbot: QtBot, shell: MainShell, desk: Desk, petra: Registered
) -> None:
    _, panel = panel_of(qtbot, shell, petra)
    press_control(None, ENTER)
    assert panel.frames["ground"].state == "error"
    assert panel.ground.hasFocus()
    type_text(None, "Solicitud de la persona")
    assert panel.frames["ground"].state == ""
    press_control(None, ENTER)
    assert panel.frames["confirmation"].state == "error"
    page = group_page(desk, petra.group_id, audited=False)
    assert page.members[0].number in panel.frames["confirmation"].message
    assert panel.confirmation.hasFocus()
    type_text(None, "Rincón")
    assert not panel.primary_button.isEnabled()
    press(None, Qt.Key.Key_Backspace, times=6)
    type_text(None, page.members[0].number.replace("-", " ").lower())
    assert panel.primary_button.isEnabled()
    panel.who.setCurrentIndex(1)
    assert not panel.primary_button.isEnabled(), "what was typed confirmed somebody else"
    assert sorted(names(desk)) == ["Luz", "Petra"]


def test_a_whole_family_goes_in_one_action_and_the_list_is_shown(
    qtbot: QtBot, shell: MainShell, desk: Desk, petra: Registered, tmp_path: Path
) -> None:
    kept = register_group(desk, family(person("Norma", "Luna")))
    both = saved_slip(desk, tmp_path / "both.pdf", petra, kept)
    export_people(desk, tmp_path / "people.csv")
    view, panel = panel_of(qtbot, shell, petra)
    press(panel.who, Qt.Key.Key_End)
    assert "each of its members" in panel.warning.text()
    panel.ground.setFocus()
    type_text(None, "Orden de la SIC")
    press(None, TAB)
    type_text(None, petra.number)
    press_control(None, ENTER)

    qtbot.waitUntil(lambda: panel.is_done)
    qtbot.waitUntil(lambda: not shell.session.work.is_busy)
    assert names(desk) == ["Norma"]
    assert petra.number in panel.warning.text()
    for path in (both, tmp_path / "people.csv"):
        assert f"{path} may still hold the person" in panel.warning.text()
    assert not shell.banner.text, "that the family is gone is no problem to be shown"
    assert "Petra" not in view.name.text()
    press(None, Qt.Key.Key_Escape)
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    assert place.pages.currentWidget() is not view
    qtbot.waitUntil(lambda: place.model.rowCount() == 1)

    shell.go_to("synchronise")
    sync = shell.places["synchronise"]
    assert isinstance(sync, SynchronisePlace)
    qtbot.waitUntil(lambda: not sync.left_card.isHidden())
    assert set(sync.left_card.paths.text().splitlines()) == {str(both), str(tmp_path / "people.csv")}
    press(sync.left_card.button, Qt.Key.Key_Space)
    qtbot.waitUntil(sync.left_card.isHidden)
    assert elsewhere(desk).left == ()


def test_whoever_is_the_last_of_a_family_takes_it_along(qtbot: QtBot, shell: MainShell, desk: Desk) -> None:
    alone = register_group(desk, family(person("Norma", "Luna")))
    view, panel = panel_of(qtbot, shell, alone)
    assert [panel.who.itemText(row) for row in range(panel.who.count())] == ["Norma Luna"]
    panel.ground.setText("Request of the person")
    type_text(panel.confirmation, "luna")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: panel.is_done)
    assert "Norma Luna was erased" in panel.warning.text()
    assert "No file" in panel.warning.text()
    shell.go_to("register")
    shell.go_to("people")
    press(panel, Qt.Key.Key_Escape)
    assert view.panel is None
    qtbot.waitUntil(lambda: not shell.session.work.is_busy)
    assert not shell.banner.text
    assert names(desk) == []


def test_without_the_key_of_the_operation_the_panel_says_where_to_go(
    qtbot: QtBot, work: Work, language: Language, tmp_path: Path, no_printer: None
) -> None:
    apart = tmp_path / "apart"
    apart.mkdir()
    without = make_desk(apart)
    take_over(without, Role.ADMINISTRATOR)
    registered = register_group(without, family())
    shell = MainShell(Session(without, work, Settings(language="en"), language))
    qtbot.addWidget(shell)
    shell.resize(1366, 740)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    view, panel = panel_of(qtbot, shell, registered)
    assert "where the operation was set up" in panel.warning.text()
    assert panel.primary_button.isHidden()
    assert panel.cancel_button.hasFocus()
    press_control(None, ENTER)
    press(None, Qt.Key.Key_Escape)
    assert view.panel is None
    qtbot.waitUntil(lambda: not work.is_busy)
    work.shut_down()
    without.close()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.SUPERVISOR, Role.PROTECTION_OFFICER])
def test_nobody_else_is_offered_it(qtbot: QtBot, session: Session, petra: Registered, role: Role) -> None:
    session.desk.actor = replace(session.desk.actor, role=role)
    shell = MainShell(session)
    qtbot.addWidget(shell)
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    menu = place.group.menu
    assert not menu.entries["erase"].isVisible()
    menu.show_page(group_page(session.desk, petra.group_id, audited=False))
    menu.ask("erase")
    assert menu.panel("erase") is None
