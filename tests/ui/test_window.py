"""The whole window on a real register: in by password, out by sign-out, locked and back, in another language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldapp import settings as stored_settings
from fieldapp.services.set_up import SetUpPlan, confirm_recovery_key, set_up
from fieldapp.services.sign_in import sign_in, sign_out
from fieldapp.settings import Settings
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.ui.screens.lock import LockScreen
from fieldapp.ui.screens.questions import ClockScreen, RecoveryCheckScreen
from fieldapp.ui.screens.set_up import SetUpScreen
from fieldapp.ui.screens.sign_in import SignInScreen
from fieldapp.ui.shell import MainShell
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.window import MainWindow
from tests.desks import TestClock
from tests.ui.keys import press, press_control, type_text

PASSWORD = "trueno balcón mimbre 41"
PLAN = SetUpPlan(
    operation_name="Frontera 2026",
    organisation="Alcaldía de Villa del Rosario",
    contact="+57 607 000 0000",
    post="PSB",
    shelter="Albergue La Parada",
    device_code="A7",
    short_name="rosa",
    display_name="Rosa Elena Quintero",
    password=PASSWORD,
)


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    import secrets  # noqa: PLC0415

    return Surroundings(tmp_path / "data", TestClock(), secrets.token_bytes)


@pytest.fixture
def recovery_key(around: Surroundings) -> str:
    """A register that was set up, its key not typed back yet."""
    done = set_up(around.folder, PLAN, clock=around.clock, random_bytes=around.random_bytes)
    sign_out(done.desk)
    stored_settings.save(around.folder, Settings(language="en"))
    return done.recovery_key


@pytest.fixture
def register(around: Surroundings, recovery_key: str) -> None:
    """A register that was set up and whose recovery key was typed back."""
    assert confirm_recovery_key(around.folder, recovery_key)


class Shown(QObject):
    """Notes every window of its own that is shown."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.windows: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
        ):
            self.windows.append(type(watched).__name__)
        return False


@pytest.fixture(autouse=True)
def shown(qapp: QApplication) -> Iterator[Shown]:
    """One window is all that is ever shown: a part without a parent would flash by as another one."""
    noted = Shown(qapp)
    yield noted
    qapp.removeEventFilter(noted)
    assert set(noted.windows) <= {"MainWindow"}


def _open(qtbot: QtBot, qapp: QApplication, around: Surroundings) -> MainWindow:
    window = MainWindow(qapp, around)
    with qtbot.waitExposed(window):
        window.show()
    window.begin()
    window.activateWindow()
    qtbot.wait(20)
    return window


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, around: Surroundings, register: None) -> Iterator[MainWindow]:
    opened = _open(qtbot, qapp, around)
    yield opened
    opened.close()
    opened.deleteLater()


def _sign_in(qtbot: QtBot, window: MainWindow, password: str = PASSWORD) -> None:
    page = window.page
    assert isinstance(page, SignInScreen)
    qtbot.waitUntil(page.password.line.hasFocus)
    type_text(None, password)
    press(None, Qt.Key.Key_Return)


def _shell(qtbot: QtBot, window: MainWindow) -> MainShell:
    qtbot.waitUntil(lambda: isinstance(window.page, MainShell), timeout=20_000)
    assert window.shell is not None
    return window.shell


def test_a_laptop_without_a_register_is_set_up(qtbot: QtBot, qapp: QApplication, around: Surroundings) -> None:
    window = _open(qtbot, qapp, around)
    assert isinstance(window.page, SetUpScreen)
    window.close()
    assert not around.folder.exists() or not any(around.folder.iterdir())


def test_the_right_password_opens_the_shell(qtbot: QtBot, window: MainWindow) -> None:
    _sign_in(qtbot, window)
    shell = _shell(qtbot, window)
    assert shell.current == "register"
    assert window.session is not None
    assert window.session.desk.actor.display_name == "Rosa Elena Quintero"


def test_a_wrong_password_is_said_and_the_right_one_still_opens(qtbot: QtBot, window: MainWindow) -> None:
    _sign_in(qtbot, window, "no es esta")
    page = window.page
    assert isinstance(page, SignInScreen)
    qtbot.waitUntil(lambda: page.problem.startswith("The password is not right."), timeout=10_000)
    qtbot.waitUntil(page.primary_button.isEnabled, timeout=5000)
    _sign_in(qtbot, window)
    _shell(qtbot, window)


def test_locked_and_back_with_what_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    _sign_in(qtbot, window)
    shell = _shell(qtbot, window)
    press_control(None, Qt.Key.Key_K)
    type_text(None, "Peña")
    press_control(None, Qt.Key.Key_L)
    lock = window.page
    assert isinstance(lock, LockScreen)
    assert not shell.isVisible()
    press(None, Qt.Key.Key_F3)
    assert shell.current == "register"
    type_text(lock.password.line, PASSWORD)
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page is shell, timeout=10_000)
    assert shell.find_box.field.text() == "Peña"
    assert shell.find_box.field.hasFocus()


def test_a_wrong_password_does_not_unlock(qtbot: QtBot, window: MainWindow) -> None:
    _sign_in(qtbot, window)
    _shell(qtbot, window)
    window.lock()
    lock = window.page
    assert isinstance(lock, LockScreen)
    type_text(lock.password.line, "no es esta")
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not right" in lock.problem, timeout=10_000)
    assert window.page is lock


def test_nobody_there_locks_by_itself(qtbot: QtBot, window: MainWindow) -> None:
    _sign_in(qtbot, window)
    _shell(qtbot, window)
    window.idle.start(0.0001)
    qtbot.waitUntil(lambda: isinstance(window.page, LockScreen), timeout=3000)


def test_sign_out_gives_the_folder_back(qtbot: QtBot, window: MainWindow, around: Surroundings) -> None:
    _sign_in(qtbot, window)
    shell = _shell(qtbot, window)
    shell.ask_sign_out()
    qtbot.waitUntil(lambda: isinstance(window.page, SignInScreen), timeout=10_000)
    FolderLock.take(around.folder).release()
    _sign_in(qtbot, window)
    _shell(qtbot, window)


def test_closing_closes_the_register(qtbot: QtBot, window: MainWindow, around: Surroundings) -> None:
    _sign_in(qtbot, window)
    _shell(qtbot, window)
    window.close()
    desk = sign_in(around.folder, "rosa", PASSWORD, clock=around.clock, random_bytes=around.random_bytes)
    sign_out(desk)


def test_a_second_program_on_the_folder_says_so(qtbot: QtBot, window: MainWindow, around: Surroundings) -> None:
    lock = FolderLock.take(around.folder)
    _sign_in(qtbot, window)
    page = window.page
    assert isinstance(page, SignInScreen)
    qtbot.waitUntil(lambda: "Another fieldapp window" in page.problem, timeout=10_000)
    lock.release()


def test_a_clock_that_went_back_is_asked_about(qtbot: QtBot, window: MainWindow, around: Surroundings) -> None:
    assert isinstance(around.clock, TestClock)
    around.clock.forward(days=-2)
    _sign_in(qtbot, window)
    qtbot.waitUntil(lambda: isinstance(window.page, ClockScreen), timeout=10_000)
    press(window.page, Qt.Key.Key_Return)
    _shell(qtbot, window)


def test_a_recovery_key_never_typed_back_is_asked_for_again(
    qtbot: QtBot, qapp: QApplication, around: Surroundings, recovery_key: str
) -> None:
    window = _open(qtbot, qapp, around)
    _sign_in(qtbot, window)
    qtbot.waitUntil(lambda: isinstance(window.page, RecoveryCheckScreen), timeout=10_000)
    page = window.page
    assert isinstance(page, RecoveryCheckScreen)
    type_text(page.field, recovery_key)
    press(None, Qt.Key.Key_Return)
    _shell(qtbot, window)
    window.close()


def test_another_language_builds_the_window_anew_and_is_kept(
    qtbot: QtBot, window: MainWindow, around: Surroundings
) -> None:
    page = window.page
    assert isinstance(page, SignInScreen)
    page.languages.buttons["es"].click()
    assert isinstance(window.page, SignInScreen)
    assert window.page is not page
    assert stored_settings.load(around.folder).language == "es"
    _sign_in(qtbot, window)
    shell = _shell(qtbot, window)
    assert window.session is not None
    window.session.save_settings(language="en")
    assert window.shell is not shell
    assert isinstance(window.page, MainShell)


def test_a_damaged_access_file_is_said_and_can_be_looked_at_again(
    qtbot: QtBot, qapp: QApplication, around: Surroundings, register: None
) -> None:
    kept = {name: (around.folder / name).read_bytes() for name in ("access.json", "access.json.previous")}
    for name in kept:
        (around.folder / name).write_bytes(b"{")
    window = _open(qtbot, qapp, around)
    assert not isinstance(window.page, SignInScreen | SetUpScreen)
    for name, content in kept.items():
        (around.folder / name).write_bytes(content)
    press(window.page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.page, SignInScreen))
    window.close()
