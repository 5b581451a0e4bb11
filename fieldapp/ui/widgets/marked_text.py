"""A line of text of which some letters are marked, bold and underlined; used for what answers a search."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from fieldapp.ui import theme


def draw_marked(
    painter: QPainter, room: QRect, text: str, marks: Sequence[tuple[int, int]], font: QFont, *, middle: bool = False
) -> int:
    """Draw a line, cut where there is no room for it, and return its height; `middle` centres it up and down."""
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width() - theme.SPACE[3])
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    marked = QTextCharFormat()
    marked.setFontWeight(QFont.Weight.Bold)
    marked.setFontUnderline(True)
    ranges = []
    for begin, end in marks:
        if begin < len(shown):
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = begin, min(end, len(shown)) - begin, marked
            ranges.append(each)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(room.width())
    layout.endLayout()
    height = int(line.height())
    down = (room.height() - height) // 2 if middle else 0
    layout.draw(painter, QPointF(room.left(), room.top() + down))
    return height
