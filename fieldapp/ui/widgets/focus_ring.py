"""The ring around whatever has the keyboard: 3 pixels, outside the widget, in every theme.

A style sheet can only draw inside a widget, so the ring is a widget of its own. It lies in the nearest surrounding
widget with room for it, follows the focused one, and lets clicks through.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from fieldapp.ui import theme, tokens

_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.ZOrderChange,
}


class FocusRing(QObject):
    """Keeps one ring around the focused widget of the program, for as long as it lives."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.ring: Ring | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._is_to_scroll = False
        # What is around the widget may still be on its way to its place.
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._on_settled)
        app.focusChanged.connect(self.on_focus_changed)

    def on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Move the ring to the widget that has the keyboard now."""
        if isinstance(self._target, QTabBar) and isValid(self._target):
            self._target.currentChanged.disconnect(self._follow)
        self._target = new if new is not None and _wants_ring(new) else None
        if isinstance(self._target, QTabBar):
            self._target.currentChanged.connect(self._follow)
        if self._target is not None:
            _scroll_to(self._target)
            self._is_to_scroll = True
        self._follow()
        self._settled.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the widget, and those it lies in, when they move, are resized, hidden or raised."""
        if event.type() in _FOLLOWED and watched in self._watched:
            # A banner that comes takes room from what is scrolled, and may take the widget out of sight.
            self._is_to_scroll |= event.type() == QEvent.Type.Resize and isinstance(watched, QScrollArea)
            self._follow()
            self._settled.start()
        return False

    def _on_settled(self) -> None:
        if self._is_to_scroll and self._target is not None and isValid(self._target):
            _scroll_to(self._target)
        self._is_to_scroll = False
        self._follow()

    def _follow(self, *_: object) -> None:
        target = self._target
        if target is None or not isValid(target) or target.parentWidget() is None or not target.isVisible():
            self._watch([target] if target is not None and isValid(target) else [])
            if self.ring is not None and isValid(self.ring):
                self.ring.hide()
            return
        if self.ring is None or not isValid(self.ring):
            self.ring = Ring()
        self.ring.lie_around(target)
        self._watch(_with_those_around(target))

    def _watch(self, widgets: list[QWidget]) -> None:
        for widget in self._watched:
            if widget not in widgets and isValid(widget):
                widget.removeEventFilter(self)
        for widget in widgets:
            if widget not in self._watched:
                widget.installEventFilter(self)
        self._watched = widgets


def _wants_ring(widget: QWidget) -> bool:
    return not isinstance(widget, QScrollArea) and not widget.isWindow()


def _scroll_to(widget: QWidget) -> None:
    """Bring a widget into sight that took the keyboard below the edge of what is scrolled."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, theme.SPACE[4], theme.SPACE[5])
        parent = parent.parentWidget()


def _with_those_around(widget: QWidget) -> list[QWidget]:
    """Return a widget and everything it lies in, up to its window: any of them may move it."""
    found = [widget]
    while not found[-1].isWindow() and (parent := found[-1].parentWidget()) is not None:
        found.append(parent)
    return found


def _parent_of(widget: QWidget) -> QWidget:
    parent = widget.parentWidget()
    assert parent is not None
    return parent


class Ring(QWidget):
    """The ring itself."""

    def __init__(self) -> None:
        super().__init__()
        self._gap = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def lie_around(self, target: QWidget) -> None:
        """Lie around a widget (of a row of tabs, the present one)."""
        # A filled button needs a gap, or its ring would look like a larger button.
        is_boxed = isinstance(target, QAbstractButton) and not isinstance(target, QCheckBox | QRadioButton)
        self._gap = 1 if is_boxed and target.property("kind") != "rail" else 0
        reach = self._gap + tokens.FOCUS_RING
        inner = target.tabRect(target.currentIndex()) if isinstance(target, QTabBar) else target.rect()
        outer = inner.adjusted(-reach, -reach, reach, reach)
        parent = _parent_of(target)
        while not self._has_room(parent, target, outer):
            parent = _parent_of(parent)
        if self.parentWidget() is not parent:
            self.setParent(parent)
        self.setGeometry(QRect(target.mapTo(parent, outer.topLeft()), outer.size()))
        self.raise_()
        self.show()

    @staticmethod
    def _has_room(parent: QWidget, target: QWidget, outer: QRect) -> bool:
        """Tell whether the ring fits in a widget, or must stay there: in a window, or in what is scrolled."""
        if parent.isWindow() or parent.parentWidget() is None:
            return True
        area = _parent_of(parent).parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent.parentWidget():
            return True
        corner = target.mapTo(parent, QPoint(0, 0)) + outer.topLeft()
        return parent.rect().contains(QRect(corner, outer.size()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), tokens.FOCUS_RING))
        half = tokens.FOCUS_RING / 2
        radius = tokens.RADIUS + self._gap + half
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
