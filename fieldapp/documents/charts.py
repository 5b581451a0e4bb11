"""Small charts that a person can read in grey: bars with their numbers beside them, and nothing cut.

A chart is placed on a board at `x`, `y` (points, from the top) within a width, and returns its bottom. Dark bars stand
against outlined ones, so that no chart depends on colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldapp.documents.board import Board, Box, Colour, RectMark
from fieldapp.documents.fonts import Face
from fieldapp.documents.text import Style, fit

INK: Colour = (0.078, 0.094, 0.122)
SECONDARY: Colour = (0.29, 0.325, 0.38)
ACCENT: Colour = (0.043, 0.36, 0.678)
TINT: Colour = (0.87, 0.92, 0.98)
LINE: Colour = (0.77, 0.8, 0.84)

ROW = 13.5
"""The height of a row of a horizontal chart or a table."""

_LABEL = Style(Face.REGULAR, 8, 6)
_NUMBER = Style(Face.BOLD, 8, 5)
_AXIS = Style(Face.REGULAR, 7, 5)
_BAR = 8.0
_UNDER = 11.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it counts, how many, the number as written; `light` bars are outlined."""

    label: str
    value: int
    number: str
    light: bool = False
    note: str = ""


def vertical_bars(board: Board, bars: Sequence[Bar], x: float, y: float, width: float, height: float) -> float:
    """Place upright bars on a base line, numbers over and labels under them."""
    slot = width / max(1, len(bars))
    base = y + height - _UNDER
    tallest = max((bar.value for bar in bars), default=0)
    room = height - _UNDER - 10
    # Where there is no room for 1.234 there is for 1234; a number is never cut.
    if any(fit(bar.number, _NUMBER, slot - 0.6).cut for bar in bars):
        bars = [replace(bar, number=str(bar.value)) for bar in bars]
    number_size = min((fit(bar.number, _NUMBER, slot - 0.6).size for bar in bars), default=_NUMBER.size)
    label_size = min((fit(bar.label, _AXIS, slot - 1.5).size for bar in bars), default=_AXIS.size)
    for index, bar in enumerate(bars):
        middle = x + slot * (index + 0.5)
        top = base - (room * bar.value / tallest if tallest else 0.0)
        if bar.value:
            half = min(slot * 0.36, 14)
            _bar(board, Box(middle - half, top, middle + half, base), light=bar.light)
        number = fit(bar.number, Style(_NUMBER.face, number_size), slot)
        colour = INK if bar.value else SECONDARY
        board.write_on(number, middle, top - 2.5, align="middle", colour=colour)
        label = fit(bar.label, Style(_AXIS.face, label_size), slot - 1)
        board.write_on(label, middle, base + 8.5, align="middle", colour=SECONDARY)
    board.rule(x, base, x + width, 0.7, colour=INK)
    return y + height


def horizontal_bars(board: Board, bars: Sequence[Bar], x: float, y: float, width: float) -> float:
    """Place rows of label, bar and number; the bars of one chart share a scale."""
    if not bars:
        return y
    label_room = min(max(fit(bar.label, _LABEL, width).width for bar in bars) + 6, width * 0.5)
    number_room = max(fit(bar.number, _NUMBER, width).width for bar in bars) + 4
    note_room = max(fit(bar.note, _AXIS, width).width for bar in bars)
    note_room += 5 if note_room else 0
    start = x + label_room
    longest = max(1, *(bar.value for bar in bars))
    scale = max(8.0, width - label_room - number_room - note_room) / longest
    for bar in bars:
        label = fit(bar.label, _LABEL, label_room - 5, lines=2, prefer=1)
        height = max(ROW, label.height + 1.5)
        baseline = y + height / 2 + ROW * 0.18
        board.write(label, x, y + (height - label.height) / 2, colour=INK)
        end = start + bar.value * scale
        if bar.value:
            _bar(board, Box(start, y + (height - _BAR) / 2, end, y + (height + _BAR) / 2), light=bar.light)
        board.write_on(fit(bar.number, _NUMBER, number_room), end + 4, baseline, colour=INK)
        board.write_on(fit(bar.note, _AXIS, note_room), x + width, baseline, align="right", colour=SECONDARY)
        y += height
    return y


@dataclass(frozen=True, slots=True)
class PyramidRow:
    """A row of the pyramid: a label, the two sides, what stands in the columns beside it; numbers as written."""

    label: str
    left: int
    right: int
    left_number: str
    right_number: str
    columns: tuple[str, ...]
    is_total: bool = False


def pyramid(board: Board, heads: Sequence[str], rows: Sequence[PyramidRow], x: float, y: float, width: float) -> float:
    """Place a paired bar chart that is a table too; `heads` name the left side, the right side and the columns."""
    label_room = min(max(fit(row.label, _LABEL, width).width for row in rows) + 4, width * 0.26)
    column_rooms = [
        max(fit(text, _AXIS, 44).width for text in (head, *(row.columns[index] for row in rows))) + 7
        for index, head in enumerate(heads[2:])
    ]
    side = (width - label_room - sum(column_rooms)) / 2
    axis = x + label_room + side
    most = max((value for row in rows if not row.is_total for value in (row.left, row.right)), default=0)
    numbers = max(fit(text, _NUMBER, side).width for row in rows for text in (row.left_number, row.right_number)) + 5
    scale = (side - numbers) / most if most else 0.0
    board.write_on(fit(heads[0], _AXIS, side - 8), axis - 4, y + 8, align="right", colour=SECONDARY)
    board.write_on(fit(heads[1], _AXIS, side - 8), axis + 4, y + 8, colour=SECONDARY)
    edges = [axis + side + sum(column_rooms[: index + 1]) for index in range(len(column_rooms))]
    for edge, room, head in zip(edges, column_rooms, heads[2:], strict=True):
        board.write_on(fit(head, _AXIS, room - 4), edge, y + 8, align="right", colour=SECONDARY)
    y += 11
    board.rule(x, y, x + width, 0.5, colour=LINE)
    y += 1
    top = y
    for row in rows:
        baseline = y + ROW * 0.68
        style = Style(Face.BOLD, 8, 6) if row.is_total else _LABEL
        if row.is_total:
            board.rule(x, y, x + width, 0.7, colour=INK)
        else:
            for value, sign in ((row.left, -1), (row.right, 1)):
                ends = sorted((axis, axis + sign * value * scale))
                if value:
                    edge_box = Box(ends[0], y + (ROW - _BAR) / 2, ends[1], y + (ROW + _BAR) / 2)
                    _bar(board, edge_box, light=sign > 0)
        board.write_on(fit(row.label, style, label_room - 3), x, baseline, colour=INK)
        reach = (0.0, 0.0) if row.is_total else (row.left * scale, row.right * scale)
        board.write_on(fit(row.left_number, _NUMBER, side), axis - reach[0] - 4, baseline, align="right", colour=INK)
        board.write_on(fit(row.right_number, _NUMBER, side), axis + reach[1] + 4, baseline, colour=INK)
        for edge, room, text in zip(edges, column_rooms, row.columns, strict=True):
            board.write_on(fit(text, style, room - 3), edge, baseline, align="right", colour=INK)
        y += ROW
    board.rule(axis, top, axis, 0.7, to_y=y - (ROW if rows and rows[-1].is_total else 0), colour=INK)
    return y


def _bar(board: Board, box: Box, *, light: bool) -> None:
    board.rectangle(RectMark(box, fill=TINT if light else ACCENT, stroke=ACCENT, width=0.7))
