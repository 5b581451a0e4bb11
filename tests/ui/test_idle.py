"""The window notices that nobody is there, warns for half a minute, and starts anew when somebody is."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.ui.idle import IdleWatch
from tests.ui.keys import press


class Seconds:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def watch(qapp: QApplication, seconds: Seconds) -> Iterator[IdleWatch]:
    made = IdleWatch(qapp, seconds)
    yield made
    made.stop()


def test_it_counts_the_last_thirty_seconds_and_then_says_so_once(watch: IdleWatch, seconds: Seconds) -> None:
    counted: list[object] = []
    idle: list[bool] = []
    watch.counting.connect(counted.append)
    watch.idle.connect(lambda: idle.append(True))
    watch.start(10)
    for passed in (569, 571, 599.5, 600):
        seconds.at = 1000 + passed
        watch.tick()
    assert counted == [29, 1, None]
    assert idle == [True]
    assert not watch.is_watching


def test_a_key_begins_the_time_anew_and_ends_the_countdown(qtbot: QtBot, watch: IdleWatch, seconds: Seconds) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    counted: list[object] = []
    idle: list[bool] = []
    watch.counting.connect(counted.append)
    watch.idle.connect(lambda: idle.append(True))
    watch.start(10)
    seconds.at += 590
    watch.tick()
    press(field, Qt.Key.Key_A)
    seconds.at += 300
    watch.tick()
    assert counted == [10, None]
    assert idle == []


def test_nought_minutes_never_lock(watch: IdleWatch, seconds: Seconds) -> None:
    idle: list[bool] = []
    watch.idle.connect(lambda: idle.append(True))
    watch.start(0)
    seconds.at += 100_000
    assert idle == []
    assert not watch.is_watching
