"""A layout that sets widgets side by side and goes on below when the line is full, so that large text loses nothing."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget


class WrapLayout(QLayout):
    """Lines of widgets, mirrored right to left.

    With `fill` the widgets of a line share its whole width by their horizontal stretch; otherwise each has its natural
    width. With `at_end` a line that is not full stands at the end, as buttons do of which the last is the main one.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 8,
        line_gap: int = 8,
        fill: bool = False,
        at_end: bool = False,
    ) -> None:
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap, self._fill, self._at_end = gap, line_gap, fill, at_end
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal if self._fill else Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget the heights: Qt asks for each many times between two changes."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(self._wanted(item) for item in shown) + self._gap * max(0, len(shown) - 1)
        height = max((item.sizeHint().height() for item in shown), default=0)
        return self._with_margins(QSize(width, height))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(QSize(self._wanted(item), item.minimumSize().height()))
        return self._with_margins(size)

    def _with_margins(self, size: QSize) -> QSize:
        margins: QMargins = self.contentsMargins()
        return QSize(size.width() + margins.left() + margins.right(), size.height() + margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _wanted(self, item: QLayoutItem) -> int:
        least = item.minimumSize().width()
        return least if self._fill and least else max(least, item.sizeHint().width())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wanted = self._wanted(item)
            if lines and used + self._gap + wanted <= width:
                lines[-1].append(item)
                used += self._gap + wanted
            else:
                lines.append([item])
                used = wanted
        return lines

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        wanted = [min(self._wanted(item), width) for item in line]
        spare = width - sum(wanted) - self._gap * (len(line) - 1)
        if not self._fill or spare <= 0:
            return wanted
        shares = [_stretch(item) for item in line]
        total = sum(shares)
        if not total:
            return wanted
        return [size + spare * share // total for size, share in zip(wanted, shares, strict=True)]

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        mirrored = self._is_mirrored()
        y = area.top()
        for number, line in enumerate(self._lines(area.width())):
            y += self._line_gap if number else 0
            widths = self._widths(line, area.width())
            heights = [
                item.heightForWidth(size) if item.hasHeightForWidth() else item.sizeHint().height()
                for item, size in zip(line, widths, strict=True)
            ]
            if move:
                used = sum(widths) + self._gap * (len(line) - 1)
                x = area.left() + (max(0, area.width() - used) if self._at_end else 0)
                for item, size, height in zip(line, widths, heights, strict=True):
                    left = area.left() + area.right() - x - size + 1 if mirrored else x
                    # Buttons of two heights stand on one middle line; fields stand with their labels at the top.
                    down = (max(heights) - height) // 2 if _is_of_fixed_height(item) else 0
                    item.setGeometry(QRect(QPoint(left, y + down), QSize(size, height)))
                    x += size + self._gap
            y += max(heights)
        return y - rect.top() + margins.bottom()

    def _is_mirrored(self) -> bool:
        parent = self.parentWidget()
        return parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft


def _is_of_fixed_height(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Fixed


def _stretch(item: QLayoutItem) -> int:
    widget = item.widget()
    return widget.sizePolicy().horizontalStretch() if widget is not None else 0


def with_room_behind(widget: QWidget) -> QWidget:
    """Keep a widget at the beginning of its line; what follows stands at the end of it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    policy = holder.sizePolicy()
    policy.setHorizontalStretch(1)
    policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)
    holder.setSizePolicy(policy)
    return holder
