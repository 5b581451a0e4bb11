"""The list below a type-ahead field. It lies over the window, never takes the keyboard, and shows at most eight."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from fieldapp.ui import theme
from fieldapp.ui.models.draft_choices import Choice

_EDGE = 6


class CodePopup(QListWidget):
    """The choices that fit, the likeliest first."""

    chosen = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self.setProperty("kind", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._on_clicked)
        self.hide()

    @property
    def current_code(self) -> str:
        """The code of the marked row, or nothing."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None and self.isVisible() else ""

    def offer(self, choices: Sequence[Choice], *, mark_first: bool) -> None:
        """Show these choices below the field; hide when there is none."""
        self.clear()
        if not choices:
            self.hide()
            return
        for choice in choices:
            item = QListWidgetItem(choice.label)
            item.setData(Qt.ItemDataRole.UserRole, choice.code)
            item.setToolTip(choice.label)
            self.addItem(item)
        self.setCurrentRow(0 if mark_first else -1)
        self._place(len(choices))
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Mark the next row or the one before, going round."""
        if self.count():
            row = self.currentRow()
            self.setCurrentRow((row + by) % self.count() if row >= 0 else (0 if by > 0 else self.count() - 1))

    def _place(self, rows: int) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        row = max(theme.size("target"), self.sizeHintForRow(0))
        widest = self.sizeHintForColumn(0) + 4 * _EDGE
        height = rows * row + 2 * _EDGE
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        if corner.y() + height > window.height():
            above = self._field.mapTo(window, QPoint(0, 0)).y() - height - 2
            corner.setY(above if above >= 0 else max(0, window.height() - height))
        width = min(max(self._field.width(), widest), max(self._field.width(), window.width() // 2))
        if self._field.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            corner.setX(corner.x() + self._field.width() - width)
        corner.setX(max(0, min(corner.x(), window.width() - width)))
        self.move(corner)
        self.resize(QSize(width, height))

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
