"""Three charts of a day, painted in the colours of the theme: by hour, by age and sex, and rows such as nationality.

Every bar carries its number, and what differs does so by pattern as well as by colour, so that the charts can be read
in grey. What a chart shows is also its accessible description. A chart knows counts and labels, not the register.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fieldapp.ui import theme

_GAP = 8
_BAR_RADIUS = 2
_HOURS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar as painted: where, and what it says on hover."""

    area: QRectF
    text: str


class Chart(QWidget):
    """Base of the charts: fonts, the empty state, hover, and the spoken summary."""

    def __init__(self, name: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._nothing = nothing
        self._is_counted = False
        self._bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def summary(self) -> str:
        """Return what the chart shows, in one sentence."""
        return self.accessibleDescription()

    def _say(self, summary: str) -> None:
        self._is_counted = True
        self.setAccessibleDescription(summary)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.size("row") * 7, theme.size("row") * 5)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.size("row") * 5, theme.size("row") * 3)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = next((bar for bar in self._bars if bar.area.contains(QPointF(event.pos()))), None)
            QToolTip.showText(event.globalPos(), found.text if found else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        self._bars = []
        if self._is_empty():
            painter.setPen(theme.colour("secondary"))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(QRectF(self.rect()), flags, self._nothing if self._is_counted else "")
        else:
            self._paint(painter)
        painter.end()

    def _font(self, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.size("hint"))
        font.setBold(bold)
        return font

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font(bold=True))

    def _is_empty(self) -> bool:
        return True

    def _paint(self, painter: QPainter) -> None:
        raise NotImplementedError

    def _draw_bar(self, painter: QPainter, area: QRectF, text: str, *, hatched: bool = False) -> None:
        accent = theme.colour("accent")
        painter.setPen(QPen(accent, 1.5) if hatched else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(accent, Qt.BrushStyle.BDiagPattern) if hatched else accent)
        painter.drawRoundedRect(area, _BAR_RADIUS, _BAR_RADIUS)
        self._bars.append(Bar(area, text))

    def _draw_text(self, painter: QPainter, area: QRectF, align: Qt.AlignmentFlag, text: str, *, quiet: bool) -> None:
        painter.setPen(theme.colour("secondary" if quiet else "text"))
        painter.setFont(self._font(bold=not quiet))
        painter.drawText(area, int(align), text)


class HourChart(Chart):
    """Counts by hour of the day. Hours before the first and after the last arrival are left out in whole blocks."""

    def __init__(self, name: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(name, nothing, parent)
        self._counts: tuple[int, ...] = ()

    def show_counts(self, counts: Sequence[int], summary: str) -> None:
        """Show 24 counts, from midnight on."""
        self._counts = tuple(counts)
        self._say(summary)

    def _is_empty(self) -> bool:
        return not any(self._counts)

    def _range(self) -> tuple[int, int]:
        used = [hour for hour, count in enumerate(self._counts) if count]
        return min(6, used[0]), max(18, used[-1] + 1)

    def _paint(self, painter: QPainter) -> None:
        metrics = self._metrics()
        first, last = self._range()
        floor = self.height() - metrics.height() - _GAP / 2
        ceiling = metrics.height() + _GAP / 2
        step = self.width() / (last - first)
        width = max(3.0, step - max(2.0, step * 0.25))
        highest = max(self._counts)
        crowded = metrics.horizontalAdvance("0" * len(str(highest))) > step
        every = next(
            number for number in (1, 2, 3, 4, 6, 12) if metrics.horizontalAdvance("00 ") < step * number or number == 12
        )
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(QPointF(0, floor + 0.5), QPointF(self.width(), floor + 0.5))
        for hour in range(first, last):
            count = self._counts[hour] if hour < _HOURS else 0
            middle = (hour - first + 0.5) * step
            label = QRectF(middle - step * every / 2, floor + 2, step * every, metrics.height())
            if hour % every == 0:
                self._draw_text(painter, label, Qt.AlignmentFlag.AlignHCenter, f"{hour}", quiet=True)
            if not count:
                continue
            height = max(2.0, (floor - ceiling) * count / highest)
            bar = QRectF(middle - width / 2, floor - height, width, height)
            self._draw_bar(painter, bar, f"{hour:02d}:00-{hour:02d}:59   {count}")
            if not crowded or count == highest:
                above = QRectF(middle - 40, bar.top() - metrics.height() - 1, 80, metrics.height())
                self._draw_text(painter, above, Qt.AlignmentFlag.AlignHCenter, str(count), quiet=False)


@dataclass(frozen=True, slots=True)
class PyramidRow:
    """An age group: its label, how many women and girls, how many men and boys."""

    label: str
    left: int
    right: int


class Pyramid(Chart):
    """Ages up the middle, one sex to each side; the right side is hatched."""

    def __init__(self, name: str, nothing: str, left: str, right: str, parent: QWidget | None = None) -> None:
        super().__init__(name, nothing, parent)
        self._left, self._right = left, right
        self._rows: tuple[PyramidRow, ...] = ()

    def show_rows(self, rows: Sequence[PyramidRow], summary: str) -> None:
        """Show age groups, the youngest first; they are painted from the bottom up."""
        self._rows = tuple(rows)
        self._say(summary)

    def _is_empty(self) -> bool:
        return not any(row.left or row.right for row in self._rows)

    def _paint(self, painter: QPainter) -> None:
        metrics = self._metrics()
        label = max(metrics.horizontalAdvance(row.label) for row in self._rows) + 2 * _GAP
        highest = max(max(row.left, row.right) for row in self._rows)
        number = metrics.horizontalAdvance(str(highest)) + _GAP
        side = (self.width() - label) / 2
        room = max(4.0, side - number)
        head = metrics.height() + _GAP
        step = (self.height() - head) / len(self._rows)
        height = min(step * 0.7, theme.size("row") * 0.8)
        right_start = side + label
        middle = Qt.AlignmentFlag.AlignVCenter
        top = QRectF(0, 0, side, head)
        self._draw_text(painter, top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self._left, quiet=True)
        top = QRectF(right_start, 0, side, head)
        self._draw_text(painter, top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._right, quiet=True)
        for place, row in enumerate(reversed(self._rows)):
            y = head + place * step
            line = QRectF(side, y, label, step)
            self._draw_text(painter, line, Qt.AlignmentFlag.AlignCenter, row.label, quiet=True)
            for count, is_right in ((row.left, False), (row.right, True)):
                wide = room * count / highest
                x = right_start if is_right else side - wide
                if count:
                    bar = QRectF(x, y + (step - height) / 2, max(2.0, wide), height)
                    said = self._right if is_right else self._left
                    self._draw_bar(painter, bar, f"{row.label}   {said}   {count}", hatched=is_right)
                    beside = (
                        QRectF(x + wide + _GAP / 2, y, number, step)
                        if is_right
                        else QRectF(x - number - _GAP / 2, y, number, step)
                    )
                    sideways = Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight
                    self._draw_text(painter, beside, sideways | middle, str(count), quiet=False)


class RowChart(Chart):
    """Labels with a bar and a number each, the largest first; what does not fit is summed in a last row."""

    def __init__(self, name: str, nothing: str, others: str, parent: QWidget | None = None) -> None:
        super().__init__(name, nothing, parent)
        self._others = others
        self._rows: tuple[tuple[str, int], ...] = ()

    def show_rows(self, rows: Sequence[tuple[str, int]], summary: str) -> None:
        """Show labels with their counts."""
        self._rows = tuple(sorted((row for row in rows if row[1]), key=lambda row: -row[1]))
        self._say(summary)

    def _is_empty(self) -> bool:
        return not self._rows

    def _fitting(self, room: int) -> tuple[tuple[str, int], ...]:
        if len(self._rows) <= room:
            return self._rows
        rest = sum(count for _, count in self._rows[room - 1 :])
        return (*self._rows[: room - 1], (self._others, rest))

    def _paint(self, painter: QPainter) -> None:
        metrics = self._metrics()
        least = metrics.height() + _GAP
        rows = self._fitting(max(2, int(self.height() / least)))
        step = min(self.height() / len(rows), theme.size("row"))
        label = min(max(metrics.horizontalAdvance(text) + 2 for text, _ in rows), int(self.width() * 0.45)) + _GAP
        highest = max(count for _, count in rows)
        number = metrics.horizontalAdvance(str(highest)) + _GAP
        room = max(4.0, self.width() - label - number)
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, (text, count) in enumerate(rows):
            y = place * step
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, label - _GAP)
            line = QRectF(0, y, label, step)
            self._draw_text(painter, line, Qt.AlignmentFlag.AlignLeft | middle, shown, quiet=True)
            wide = max(2.0, room * count / highest)
            height = min(step * 0.6, theme.size("icon"))
            self._draw_bar(painter, QRectF(label, y + (step - height) / 2, wide, height), f"{text}   {count}")
            beside = QRectF(label + wide + _GAP / 2, y, number, step)
            self._draw_text(painter, beside, Qt.AlignmentFlag.AlignLeft | middle, str(count), quiet=False)
