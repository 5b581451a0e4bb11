"""Widgets stand side by side while there is room, and go on below when there is none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.ui.widgets.wrap_layout import WrapLayout


def row(qtbot: QtBot, *, fill: bool = False, count: int = 3) -> tuple[QWidget, list[QPushButton]]:
    page = QWidget()
    qtbot.addWidget(page)
    layout = WrapLayout(page, gap=10, line_gap=10, fill=fill)
    buttons = []
    for _number in range(count):
        button = QPushButton("button")
        button.setMinimumWidth(100)
        policy = button.sizePolicy()
        policy.setHorizontalStretch(1)
        button.setSizePolicy(policy)
        layout.addWidget(button)
        buttons.append(button)
    return page, buttons


@pytest.mark.parametrize(("width", "lines"), [(400, 1), (250, 2), (120, 3)])
def test_lines_follow_the_width(qtbot: QtBot, width: int, lines: int) -> None:
    page, buttons = row(qtbot)
    page.resize(width, 300)
    page.show()
    assert len({button.y() for button in buttons}) == lines
    height = buttons[0].height()
    layout = page.layout()
    assert layout is not None
    assert layout.heightForWidth(width) == lines * height + (lines - 1) * 10


def test_a_filled_line_has_no_room_left(qtbot: QtBot) -> None:
    page, buttons = row(qtbot, fill=True)
    page.resize(620, 100)
    page.show()
    assert [button.width() for button in buttons] == [200, 200, 200]


def test_its_height_follows_what_is_shown(qtbot: QtBot) -> None:
    page, buttons = row(qtbot)
    page.resize(120, 300)
    page.show()
    layout = page.layout()
    assert layout is not None
    before = layout.heightForWidth(120)
    buttons[0].hide()
    assert layout.heightForWidth(120) == before - buttons[1].height() - 10
    layout.removeWidget(buttons[1])
    assert layout.heightForWidth(120) == buttons[2].height()


def test_right_to_left_is_mirrored(qtbot: QtBot) -> None:
    page, buttons = row(qtbot)
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    page.resize(400, 100)
    page.show()
    assert buttons[0].x() > buttons[1].x() > buttons[2].x()
    assert buttons[0].geometry().right() == page.rect().right()


def test_hidden_widgets_take_no_room(qtbot: QtBot) -> None:
    page, buttons = row(qtbot)
    buttons[0].hide()
    page.resize(400, 100)
    page.show()
    assert buttons[1].x() == 0


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_the_last_line_of_buttons_stands_at_the_end(qtbot: QtBot, is_mirrored: bool) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    if is_mirrored:
        page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    layout = WrapLayout(page, gap=10, line_gap=10, fill=True, at_end=True)
    first, last = QPushButton("first"), QPushButton("last")
    for button in (first, last):
        button.setFixedWidth(150)
        layout.addWidget(button)
    page.resize(200, 200)
    page.show()
    assert last.y() > first.y()
    corner = last.geometry().left() if is_mirrored else last.geometry().right()
    assert corner == (page.rect().left() if is_mirrored else page.rect().right())
