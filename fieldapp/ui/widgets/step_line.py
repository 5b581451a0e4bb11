"""How far along a few steps one is: a word and a row of bars."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme

_GAP, _HEIGHT = 6, 6


class StepLine(QWidget):
    """Says "Step 2 of 6" and draws it."""

    def __init__(self, language: Language, step: int, steps: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(language.gettext("Step {step} of {steps}", step=step, steps=steps))
        words.setProperty("kind", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE[1])
        column.addWidget(words)
        column.addWidget(_Bars(step, steps))


class _Bars(QWidget):
    def __init__(self, step: int, steps: int) -> None:
        super().__init__()
        self._step, self._steps = step, steps
        self.setFixedHeight(_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw one bar a step, those done and the present one filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - _GAP * (self._steps - 1)) / self._steps
        for place in range(self._steps):
            is_reached = place < self._step
            painter.setBrush(theme.colour("accent" if is_reached else "border"))
            height = _HEIGHT if is_reached else _HEIGHT / 3
            column = place if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else self._steps - 1 - place
            painter.drawRoundedRect(
                QRectF(column * (width + _GAP), (_HEIGHT - height) / 2, width, height), height / 2, height / 2
            )
