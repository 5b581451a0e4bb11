"""Practice in the window: in from the way in, said on every screen, begun anew, and left again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.services.practice import practice_folder
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.screens.sign_in import SignInScreen
from fieldapp.ui.shell import MainShell
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.window import MainWindow
from tests.ui.keys import press, press_control, type_text
from tests.ui.test_window import around, recovery_key, register  # noqa: F401 - the same register


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, around: Surroundings, register: None) -> Iterator[MainWindow]:  # noqa: F811
    opened = MainWindow(qapp, around)
    with qtbot.waitExposed(opened):
        opened.show()
    opened.begin()
    opened.activateWindow()
    yield opened
    opened.close()
    opened.deleteLater()


def practising(qtbot: QtBot, window: MainWindow) -> MainShell:
    page = window.page
    assert isinstance(page, SignInScreen)
    page.practice_button.click()
    qtbot.waitUntil(lambda: isinstance(window.page, MainShell))
    shell = window.shell
    assert shell is not None
    return shell


def test_every_screen_says_that_it_is_practice(qtbot: QtBot, window: MainWindow) -> None:
    shell = practising(qtbot, window)
    assert shell.practice is not None
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F1):
        press(shell, key)
        assert shell.practice.isVisible()
    press_control(shell, Qt.Key.Key_L)
    assert window.page is shell


def test_a_family_registered_in_practice_is_ticked_off_and_not_in_the_register(
    qtbot: QtBot,
    window: MainWindow,
    around: Surroundings,  # noqa: F811
) -> None:
    before = (around.folder / "register.db").read_bytes()
    shell = practising(qtbot, window)
    place = shell.places["register"]
    assert isinstance(place, RegisterPlace)
    qtbot.waitUntil(place.form.focal.given_names.hasFocus)
    type_text(None, "Ana")
    press(None, Qt.Key.Key_Return)
    type_text(None, "Luna")
    place.plain_button.click()
    qtbot.waitUntil(lambda: place.done.isVisible())
    strip = shell.practice
    assert strip is not None
    qtbot.waitUntil(lambda: strip.labels[0].text().startswith("\N{CHECK MARK}"))
    assert (around.folder / "register.db").read_bytes() == before


def test_practice_begins_anew_and_is_left_for_the_way_in(
    qtbot: QtBot,
    window: MainWindow,
    around: Surroundings,  # noqa: F811
) -> None:
    shell = practising(qtbot, window)
    first = shell.session.desk.operation.operation_id
    assert shell.practice is not None
    shell.practice.reset_button.click()
    qtbot.waitUntil(lambda: window.shell is not None and window.shell is not shell)
    assert window.shell is not None
    assert window.shell.session.desk.operation.operation_id != first
    assert window.shell.practice is not None
    window.shell.practice.left_button.click()
    qtbot.waitUntil(lambda: isinstance(window.page, SignInScreen))
    assert practice_folder(Path(around.folder)).is_dir()
