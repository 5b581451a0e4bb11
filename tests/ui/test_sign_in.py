"""Sign-in: who, the password, and what is said when it is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.services.gate import SignInLocked, WrongPassword
from fieldapp.ui.screens.sign_in import SignInScreen, WaitCount, wait_words
from fieldapp.ui.widgets.start_page import StartPage
from fieldapp.ui.work import Work
from tests.ui.keys import press, type_text


@dataclass(frozen=True)
class Staff:
    """A name on the screen."""

    short_name: str
    locked_until_ms: int = 0


def _screen(
    qtbot: QtBot, language: Language, work: Work, names: list[str], open_desk: Callable[[str, str], Desk]
) -> SignInScreen:
    screen = SignInScreen(language, [Staff(name) for name in names], open_desk, work, lambda: 0)
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    qtbot.wait(10)
    return screen


def test_name_then_password_then_enter_without_the_mouse(
    qtbot: QtBot, language: Language, work: Work, desk: Desk
) -> None:
    asked: list[tuple[str, str]] = []

    def open_desk(name: str, password: str) -> Desk:
        asked.append((name, password))
        return desk

    screen = _screen(qtbot, language, work, ["rosa", "yuli"], open_desk)
    type_text(None, "yu")
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.password.line.hasFocus)
    type_text(None, "señal río 41")
    with qtbot.waitSignal(screen.signed_in) as signed_in:
        press(None, Qt.Key.Key_Return)
    assert asked == [("yuli", "señal río 41")]
    assert signed_in.args == [desk]
    assert screen.password.text == ""


def test_the_only_member_is_chosen_already(qtbot: QtBot, language: Language, work: Work, desk: Desk) -> None:
    screen = _screen(qtbot, language, work, ["rosa"], lambda _name, _password: desk)
    assert screen.chosen == "rosa"
    qtbot.waitUntil(screen.password.line.hasFocus)


def test_without_a_password_nothing_is_tried(qtbot: QtBot, language: Language, work: Work, desk: Desk) -> None:
    screen = _screen(qtbot, language, work, ["rosa"], lambda _name, _password: desk)
    with qtbot.assertNotEmitted(screen.signed_in, wait=50):
        press(screen.password.line, Qt.Key.Key_Return)
    assert screen.password.hint == "Type the password."


def test_a_wrong_password_says_how_long_to_wait_and_how_many_tries_are_left(
    qtbot: QtBot, language: Language, work: Work
) -> None:
    def refuse(_name: str, _password: str) -> Desk:
        raise WrongPassword(2, 3, 2)

    screen = _screen(qtbot, language, work, ["rosa"], refuse)
    type_text(screen.password.line, "no es")
    press(screen.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Try again in 2 seconds" in screen.problem)
    assert "2 more tries before this name is locked" in screen.problem
    assert not screen.primary_button.isEnabled()
    assert screen.password.text == ""
    qtbot.waitUntil(screen.primary_button.isEnabled, timeout=4000)


class Seconds:
    """A clock that moves when told to."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_the_wait_counts_down_and_ends(qtbot: QtBot, language: Language) -> None:
    page = StartPage(language, "Sign in", primary="Sign in")
    qtbot.addWidget(page)
    seconds = Seconds()
    wait = WaitCount(page, seconds)
    wait.begin(SignInLocked(125, 6, 0))
    assert "locked for 2:05 minutes" in page.problem
    seconds.at = 66
    wait.tick()
    assert "locked for 0:59 minutes" in page.problem
    assert not page.primary_button.isEnabled()
    seconds.at = 125
    wait.tick()
    assert page.primary_button.isEnabled()
    assert page.problem == "The password can be tried again now."


def test_another_name_need_not_wait(qtbot: QtBot, language: Language, work: Work) -> None:
    def refuse(_name: str, _password: str) -> Desk:
        raise SignInLocked(300, 8, 0)

    screen = _screen(qtbot, language, work, ["rosa", "yuli"], refuse)
    screen.choose("rosa")
    type_text(screen.password.line, "no es")
    press(screen.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "locked for" in screen.problem)
    screen.choose("yuli")
    assert screen.problem == ""
    assert screen.primary_button.isEnabled()


def test_an_error_of_ours_is_said_without_details(
    qtbot: QtBot, language: Language, work: Work, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def fail(_name: str, _password: str) -> Desk:
        return (tmp_path / "nothing").read_text()  # type: ignore[return-value]

    screen = _screen(qtbot, language, work, ["rosa"], fail)
    type_text(screen.password.line, "señal")
    press(screen.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.problem.startswith("Something went wrong"))
    assert "FileNotFoundError" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    ("seconds", "left", "words"),
    [
        (0, 4, "The password is not right. Try again. 4 more tries before this name is locked for some minutes."),
        (
            1,
            1,
            "The password is not right. Try again in 1 second. 1 more try before this name is locked for some minutes.",
        ),
    ],
)
def test_the_words_fit_the_number(language: Language, seconds: int, left: int, words: str) -> None:
    assert wait_words(language, "wrong_password", seconds, left) == words
