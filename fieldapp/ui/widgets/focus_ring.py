"""The ring around whatever has the keyboard: 3 pixels, outside the widget, in every theme.

A style sheet can only draw inside a widget, so the ring is a widget of its own: a sibling that lies around the focused
one, follows it, and lets clicks through.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QRadioButton,
    QScrollArea,
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
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        app.focusChanged.connect(self.on_focus_changed)

    def on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Move the ring to the widget that has the keyboard now."""
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
        self._target = new if new is not None and _wants_ring(new) else None
        if self._target is not None:
            self._target.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the widget when it moves, is resized, hidden or raised."""
        if event.type() in _FOLLOWED and watched is self._target:
            self._follow()
        return False

    def _follow(self) -> None:
        target = self._target
        if (
            target is None
            or not isValid(target)
            or target.parentWidget() is None
            or not target.isVisible()
        ):
            if self._ring is not None and isValid(self._ring):
                self._ring.hide()
            return
        if self._ring is None or not isValid(self._ring):
            self._ring = _Ring()
        parent = target.parentWidget()
        if self._ring.parentWidget() is not parent:
            self._ring.setParent(parent)
        self._ring.lie_around(target)


def _wants_ring(widget: QWidget) -> bool:
    return not isinstance(widget, QScrollArea) and not widget.isWindow()


class _Ring(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._gap = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus_ring")

    def lie_around(self, target: QWidget) -> None:
        # A filled button needs a gap, or its ring would look like a larger button.
        is_boxed = isinstance(target, QAbstractButton) and not isinstance(
            target, QCheckBox | QRadioButton
        )
        self._gap = 1 if is_boxed and target.property("kind") != "rail" else 0
        reach = self._gap + tokens.FOCUS_RING
        self.setGeometry(target.geometry().adjusted(-reach, -reach, reach, reach))
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), tokens.FOCUS_RING))
        half = tokens.FOCUS_RING / 2
        radius = tokens.RADIUS + self._gap + half
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius
        )
