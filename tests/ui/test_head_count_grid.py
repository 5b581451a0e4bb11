"""The grid of people who are only counted: one stop of the keyboard, walked by arrows, filled by digits."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.i18n import language
from fieldapp.ui.widgets.head_count_grid import HeadCountGrid
from tests.ui.keys import press, type_text


@pytest.fixture
def grid(qtbot: QtBot) -> HeadCountGrid:
    made = HeadCountGrid(language("en"))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.entry.setFocus()
    return made


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_arrows_walk_and_digits_count(grid: HeadCountGrid) -> None:
    type_text(None, "2")
    press(None, Qt.Key.Key_Right, times=3)
    assert focused().accessibleName() == "Female, 18-59"
    type_text(None, "1")
    press(None, Qt.Key.Key_Down)
    type_text(None, "12")
    assert grid.counts == {"F:0_4": 2, "F:18_59": 1, "M:18_59": 12}
    assert grid.total == 15


def test_the_walk_stops_at_the_edge_and_letters_are_no_counts(grid: HeadCountGrid) -> None:
    press(None, Qt.Key.Key_Left, times=2)
    press(None, Qt.Key.Key_Up)
    assert focused().accessibleName() == "Female, 0-4"
    type_text(None, "x-1")
    assert grid.counts == {"F:0_4": 1}


def test_enter_goes_on(qtbot: QtBot, grid: HeadCountGrid) -> None:
    with qtbot.waitSignal(grid.returnPressed):
        press(None, Qt.Key.Key_Return)


def test_counts_are_put_back_without_a_change(qtbot: QtBot, grid: HeadCountGrid) -> None:
    with qtbot.assertNotEmitted(grid.changed):
        grid.set_counts({"M:60_": 1, "U:other": 3})
    assert grid.counts == {"M:60_": 1, "U:other": 3}
    grid.set_counts({})
    assert grid.total == 0


def test_every_cell_has_its_own_name(grid: HeadCountGrid) -> None:
    names = [cell.accessibleName() for row in grid._cells for cell in row]
    assert len(set(names)) == len(names) == 18
