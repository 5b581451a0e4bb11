"""What has the keyboard is seen from afar: a ring outside it, also where its own surroundings are tight."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.ui import tokens
from fieldapp.ui.widgets.focus_ring import FocusRing
from tests.ui.keys import press


def _around(ring: FocusRing, widget: QWidget, inner: QRect | None = None) -> bool:
    assert ring.ring is not None
    window = widget.window()
    place = QRect(ring.ring.mapTo(window, QPoint(0, 0)), ring.ring.size())
    inner = inner or widget.rect()
    held = QRect(widget.mapTo(window, inner.topLeft()), inner.size())
    reach = held.x() - place.x()
    return ring.ring.isVisible() and reach >= tokens.FOCUS_RING and place == held.adjusted(-reach, -reach, reach, reach)


def _window(qtbot: QtBot, *fields: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for field in fields:
        # A box without margins, in which a ring would be cut off.
        tight = QWidget()
        inner = QVBoxLayout(tight)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(field)
        column.addWidget(tight)
    qtbot.addWidget(window)
    window.resize(400, 300)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def test_the_ring_goes_where_tab_goes(qtbot: QtBot, focus_ring: FocusRing) -> None:
    first, second = QLineEdit(), QPushButton("Save")
    window = _window(qtbot, first, second)
    first.setFocus()
    assert _around(focus_ring, first)
    press(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert _around(focus_ring, second)
    assert window.isVisible()


def test_the_ring_follows_when_the_window_changes(qtbot: QtBot, focus_ring: FocusRing) -> None:
    field = QLineEdit()
    window = _window(qtbot, field)
    field.setFocus()
    window.resize(700, 500)
    QApplication.processEvents()
    assert _around(focus_ring, field)
    field.hide()
    assert focus_ring.ring is not None
    assert not focus_ring.ring.isVisible()


def test_of_a_row_of_tabs_the_present_one_is_ringed(qtbot: QtBot, focus_ring: FocusRing) -> None:
    tabs = QTabBar()
    tabs.addTab("Family")
    tabs.addTab("History")
    window = _window(qtbot, tabs)
    tabs.setFocus()
    press(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
    assert _around(focus_ring, tabs, tabs.tabRect(1))
    assert window.isVisible()


def test_what_takes_the_keyboard_is_brought_into_sight(qtbot: QtBot, focus_ring: FocusRing) -> None:
    area, inner = QScrollArea(), QWidget()
    column = QVBoxLayout(inner)
    fields = [QLineEdit() for _ in range(30)]
    for field in fields:
        column.addWidget(field)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    qtbot.addWidget(area)
    area.resize(300, 300)
    with qtbot.waitExposed(area):
        area.show()
    area.activateWindow()
    fields[-1].setFocus()
    assert area.viewport().rect().contains(fields[-1].mapTo(area.viewport(), fields[-1].rect().center()))
    assert _around(focus_ring, fields[-1])


def test_the_ring_follows_when_something_above_is_taken_away(qtbot: QtBot, focus_ring: FocusRing) -> None:
    above, button = QLineEdit(), QPushButton("Next")
    window = _window(qtbot, above, button)
    button.setFocus()
    above.hide()
    qtbot.waitUntil(lambda: _around(focus_ring, button))
    assert window.isVisible()


def test_the_ring_comes_when_what_has_the_keyboard_is_shown_later(qtbot: QtBot, focus_ring: FocusRing) -> None:
    field = QLineEdit()
    window = _window(qtbot, field)
    field.setFocus()
    field.parentWidget().hide()
    field.parentWidget().show()
    field.setFocus()
    qtbot.waitUntil(lambda: _around(focus_ring, field))
    assert window.isVisible()


def test_what_has_the_keyboard_stays_in_sight_when_a_message_takes_its_room(
    qtbot: QtBot, focus_ring: FocusRing
) -> None:
    window, area, inner = QWidget(), QScrollArea(), QWidget()
    outer, column = QVBoxLayout(window), QVBoxLayout(inner)
    fields = [QLineEdit() for _ in range(30)]
    for field in fields:
        column.addWidget(field)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    message = QWidget()
    message.setFixedHeight(150)
    message.hide()
    outer.addWidget(message)
    outer.addWidget(area)
    qtbot.addWidget(window)
    window.resize(300, 400)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    held = fields[5]
    held.setFocus()
    QApplication.processEvents()
    message.show()
    view = area.viewport()
    qtbot.waitUntil(lambda: area.height() < 300)
    qtbot.waitUntil(lambda: view.rect().contains(QRect(held.mapTo(view, QPoint(0, 0)), held.size())))
    assert _around(focus_ring, held)
