"""Work that can wait leaves the interpreter to whoever types, but not for long."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.ui.hands import LONGEST_S, QUIET_S, Hands
from fieldapp.ui.work import Work
from tests.ui.keys import press, type_text


class Stopwatch:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def hands(qapp: QApplication, clock: Stopwatch) -> Hands:
    return Hands(qapp, clock)


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    return made


def test_nobody_typed_so_nothing_waits(hands: Hands) -> None:
    assert hands.pause(0) == 0


def test_a_key_holds_work_until_the_hands_rest(hands: Hands, clock: Stopwatch, field: QLineEdit) -> None:
    hands.watch()
    type_text(field, "ñ")
    assert hands.pause(0) == pytest.approx(QUIET_S)
    clock.seconds += QUIET_S / 2
    assert hands.pause(QUIET_S / 2) == pytest.approx(QUIET_S / 2)
    clock.seconds += QUIET_S
    assert hands.pause(QUIET_S) == 0
    hands.rest()


def test_steady_typing_does_not_hold_it_for_ever(hands: Hands, field: QLineEdit) -> None:
    hands.watch()
    type_text(field, "a")
    assert hands.pause(LONGEST_S) == 0
    hands.rest()


def test_keys_are_watched_until_the_last_piece_is_done(hands: Hands, clock: Stopwatch, field: QLineEdit) -> None:
    hands.watch()
    hands.watch()
    hands.rest()
    press(field, Qt.Key.Key_A)
    assert hands.pause(0) > 0
    hands.rest()
    clock.seconds += 1
    press(field, Qt.Key.Key_A)
    assert hands.pause(0) == 0


def test_an_import_waits_for_the_keys_and_a_save_does_not(
    qtbot: QtBot, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    pause = [QUIET_S]
    monkeypatch.setattr(Hands, "pause", lambda _hands, _waited: pause[0])

    work.change(lambda: order.append("import"), urgent=False)
    work.change(lambda: order.append("save"))
    qtbot.waitUntil(lambda: bool(order))
    pause[0] = 0
    qtbot.waitUntil(lambda: not work.is_busy)

    assert order == ["save", "import"]
