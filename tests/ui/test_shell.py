"""The shell leads from place to place by keys, says what happened, and counts the day."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.problems import EnvironmentProblem, NotAllowed
from fieldapp.domain.record import Role
from fieldapp.services.register import register_group
from fieldapp.ui import theme
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, take_over
from tests.ui.keys import press, press_control, type_text


@pytest.fixture
def shell(show_shell: Callable[[str], MainShell]) -> MainShell:
    return show_shell("register")


def test_function_keys_lead_to_the_places(qtbot: QtBot, shell: MainShell) -> None:
    for key, name in (
        (Qt.Key.Key_F3, "people"),
        (Qt.Key.Key_F4, "today"),
        (Qt.Key.Key_F5, "synchronise"),
        (Qt.Key.Key_F6, "settings"),
        (Qt.Key.Key_F2, "register"),
    ):
        press(shell, key)
        assert shell.current == name
        assert shell.rail.buttons[name].isChecked()
        assert shell.places[name].isVisible()


class Windows(QObject):
    """Keeps the names of the kinds of widgets that were shown as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROTECTION_OFFICER, Role.REGISTRAR])
def test_no_part_of_it_flashes_up_as_a_window_of_its_own(
    qtbot: QtBot, session: Session, no_printer: None, show_shell: Callable[[str], MainShell], role: Role
) -> None:
    """That would take the keyboard away from whoever types."""
    take_over(session.desk, role)
    registered = register_group(session.desk, family())
    windows, application = Windows(), QApplication.instance()
    assert application is not None
    application.installEventFilter(windows)
    try:
        shell = show_shell("register")
        for name in shell.places:
            shell.go_to(name)
        shell.go_to("people")
        shell.open_group(registered.group_id)
        people = shell.places["people"]
        assert isinstance(people, PeoplePlace)
        qtbot.waitUntil(lambda: people.group.page is not None)
        for name, entry in people.group.menu.entries.items():
            if entry.isVisible():
                people.group.menu.ask(name)
                press(None, Qt.Key.Key_Escape)
    finally:
        application.removeEventFilter(windows)
    assert windows.shown == ["MainShell"]


def test_f1_lists_the_keys_and_escape_goes_back(qtbot: QtBot, shell: MainShell) -> None:
    press(shell, Qt.Key.Key_F6)
    press(shell, Qt.Key.Key_F1)
    assert shell.current == "keys"
    press(shell, Qt.Key.Key_Escape)
    assert shell.current == "settings"
    press(shell, Qt.Key.Key_F1)
    press(shell, Qt.Key.Key_F1)
    assert shell.current == "settings"


def test_ctrl_k_finds_from_anywhere(qtbot: QtBot, shell: MainShell) -> None:
    press(shell, Qt.Key.Key_F4)
    press_control(shell, Qt.Key.Key_K)
    assert shell.find_box.field.hasFocus()
    register_group(shell.session.desk, family())
    type_text(None, "Peña")
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current == "people")


def test_ctrl_l_asks_for_the_lock(qtbot: QtBot, shell: MainShell) -> None:
    with qtbot.waitSignal(shell.lock_asked):
        press_control(shell, Qt.Key.Key_L)


def test_a_registration_is_counted_in_the_status_line(qtbot: QtBot, shell: MainShell) -> None:
    session = shell.session
    qtbot.waitUntil(lambda: "0 today" in shell.status.text)
    session.work.change(lambda: register_group(session.desk, family()))
    qtbot.waitUntil(lambda: "4 today" in shell.status.text, timeout=5000)
    assert "only on this laptop" in shell.status.text
    assert "PSB Simón Bolívar International Bridge - desk A7" in shell.status.text


def test_a_failed_save_is_said_at_the_top_of_the_place(qtbot: QtBot, shell: MainShell) -> None:
    def fail() -> None:
        raise EnvironmentProblem("folder_read_only", folder="/media/usb")

    shell.session.work.change(fail)
    qtbot.waitUntil(lambda: shell.banner.text != "")
    assert shell.banner.property("state") == "danger"
    shell.show_problem(NotAllowed())
    assert shell.banner.property("state") == "warn"
    shell.show_problem(ValueError("nothing people can read"))
    assert shell.banner.text == "Something went wrong. What was saved before is safe."


def test_a_message_goes_with_the_place_it_belongs_to(qtbot: QtBot, shell: MainShell) -> None:
    shell.show_banner("ok", "Registered PSB-A7-00042-K")
    press(shell, Qt.Key.Key_F4)
    assert shell.banner.text == ""


def test_little_room_leaves_the_icons_of_the_rail(qtbot: QtBot, shell: MainShell) -> None:
    assert not shell.rail.is_collapsed
    shell.resize(1100, 700)
    assert shell.rail.is_collapsed
    shell.resize(1366, 740)
    assert not shell.rail.is_collapsed


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_theme_can_be_drawn(shell: MainShell, qapp: QApplication, name: str) -> None:
    shell.session.save_settings(theme=name)
    theme.apply(qapp, shell.session.settings)
    picture = shell.grab().toImage()
    assert picture.pixelColor(picture.width() - 5, picture.height() // 2).name() == theme.colour("page").name()
