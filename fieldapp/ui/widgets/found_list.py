"""A list of people found, two lines each, with the letters that answer marked bold and underlined."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fieldapp.ui import theme, tokens
from fieldapp.ui.models.found_lines import FoundLine
from fieldapp.ui.widgets.marked_text import draw_marked

_LINE = Qt.ItemDataRole.UserRole


class FoundList(QListWidget):
    """The people found, the best first. Never takes the keyboard; `step` moves the mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_TwoLines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        """Show these people; the first is marked."""
        self.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.name}, {line.details}")
            item.setData(_LINE, line)
            item.setToolTip(f"{line.name}\n{line.details}")
            self.addItem(item)
        self.setCurrentRow(0 if lines else -1)

    def step(self, by: int) -> None:
        """Mark another row, going no further than the ends."""
        if self.count():
            self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + by)))

    @property
    def chosen(self) -> FoundLine | None:
        """Who is marked."""
        return line_of(self.currentItem())


def line_of(item: QListWidgetItem | None) -> FoundLine | None:
    """Return who stands in a row."""
    found = item.data(_LINE) if item is not None else None
    return found if isinstance(found, FoundLine) else None


class _TwoLines(QStyledItemDelegate):
    """Draws a row: the name, and below it, smaller, what tells namesakes apart."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        name, details = _fonts(option.font)
        height = QFontMetrics(name).height() + QFontMetrics(details).height() + 2 * theme.SPACE[1]
        return QSize(0, max(height, theme.size("row")))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the background as the sheet says, then both lines."""
        line = index.data(_LINE)
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        if not isinstance(line, FoundLine):
            return
        name, details = _fonts(option.font)
        inside: QRect = option.rect.adjusted(theme.SPACE[2], theme.SPACE[1], -theme.SPACE[2], 0)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        below = draw_marked(painter, inside, line.name, line.name_marks, name)
        painter.setPen(theme.colour("secondary"))
        draw_marked(painter, inside.adjusted(0, below, 0, 0), line.details, line.details_marks, details)
        painter.restore()


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    details = QFont(font)
    details.setPixelSize(tokens.sized(tokens.SIZES["hint"], theme.percent()))
    return font, details
