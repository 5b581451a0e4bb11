"""A widget in an area that scrolls up and down, through which the surface below is seen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(widget: QWidget) -> QScrollArea:
    """Return an area around a widget. It takes no focus of its own: the keyboard goes to what is inside."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    # Qt fills both with the colour of the page, which shows as a grey field on a card.
    area.viewport().setAutoFillBackground(False)
    widget.setAutoFillBackground(False)
    return area


def scroll_by_key(area: QScrollArea, event: QKeyEvent) -> bool:
    """Scroll an area by Up, Down and the page keys, for a page that has the keyboard itself. False for other keys."""
    bar = area.verticalScrollBar()
    line, page = bar.singleStep(), bar.pageStep()
    steps = {Qt.Key.Key_Down: line, Qt.Key.Key_Up: -line, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
    step = steps.get(Qt.Key(event.key()))
    if step is None:
        return False
    bar.setValue(bar.value() + step)
    return True
