"""What holds for every panel of a family's page, by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.record import Role
from fieldapp.services.register import register_group
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, take_over
from tests.ui.keys import press


@pytest.mark.parametrize(
    "name", ["return", "add", "split", "move", "focal_point", "withdraw", "search", "turn", "token"]
)
def test_tab_walks_the_fields_of_a_panel_and_then_its_buttons(
    qtbot: QtBot, session: Session, no_printer: None, show_shell: Callable[[str], MainShell], name: str
) -> None:
    take_over(session.desk, Role.SUPERVISOR)
    shell = show_shell("")
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    shell.open_group(register_group(session.desk, family()).group_id)
    qtbot.waitUntil(lambda: place.group.page is not None)
    view = place.group
    view.menu.ask(name)
    panel = view.panel
    if not isinstance(panel, EditPanel):
        return  # it is done at once
    qtbot.waitUntil(lambda: panel.isAncestorOf(QApplication.focusWidget() or view))
    before = focused = QApplication.focusWidget()
    for _step in range(60):
        before = focused
        press(None, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is panel.cancel_button:
            break
        assert panel.isAncestorOf(focused), f"Tab leaves the panel for {focused}"
    press(None, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is before, "back from the first button is the last field"
    press(None, Qt.Key.Key_Tab, times=2)
    assert panel.primary_button.hasFocus()
