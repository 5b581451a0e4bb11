"""The layouts of slips, as data: the paper, how many slips share it, and how roomy each may be.

A new paper is a new entry here. Lengths are in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.documents.board import MM
from fieldapp.documents.slip_parts import LOOKS, Arrangement, Look

_ROLL_DPI = 203
_LABEL_DPI = 300
_ENDLESS = 40_000.0


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper: the sheet, how many slips stand beside and under one another, and their looks, the roomiest first.

    `grows` is a roll: the sheet's height is only a limit. `band` is a wristband of each person, with a number and a
    code to look it up by, for a credential's modules would be too small.
    """

    sheet: tuple[float, float]
    looks: Sequence[Look]
    columns: int = 1
    rows: int = 1
    grows: bool = False
    band: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of one slip."""
        return self.sheet[0] / self.columns, self.sheet[1] / self.rows

    @property
    def in_corner(self) -> bool:
        """Whether the code lies in the upper corner of the paper."""
        return any(look.arrangement is Arrangement.CORNER for look in self.looks)


# The heads of receipt printers are 72 and 48 mm wide; letters lean a little over the edge of their lines.
def _roll(code_side: float, number_size: float, margin: float, dots: int) -> tuple[Look, ...]:
    return (
        Look(
            code_side * MM, number_size, 13, 9.5, 8, 6, 7, margin=margin * MM, arrangement=Arrangement.UNDER,
            narrow=True, dots=dots, focal_lines=8, row_lines=8,
        ),
    )  # fmt: skip


def _dots(millimetres: float, dpi: int) -> float:
    """Return a width as whole dots of a printer, so that what stands at whole dots on the page does so on paper."""
    return round(millimetres / 25.4 * dpi) * 72 / dpi


def _corner(
    code_side: float,
    sizes: tuple[float, float, float, float, float, float],
    margin: float,
    *,
    compact: bool,
    smallest: float = 8,
    lines: int = 4,
) -> Look:
    return Look(
        code_side * MM, *sizes, margin=margin * MM, arrangement=Arrangement.CORNER, compact=compact,
        focal_smallest=smallest, focal_lines=lines, row_lines=3,
    )  # fmt: skip


LAYOUTS = {
    "a6": Layout((105 * MM, 148 * MM), LOOKS),
    "a4": Layout((210 * MM, 297 * MM), LOOKS, 2, 2),
    "letter": Layout((8.5 * 72, 11 * 72), LOOKS, 2, 2),
    "half_letter": Layout((5.5 * 72, 8.5 * 72), LOOKS),
    "a7": Layout(
        (105 * MM, 74 * MM),
        (
            _corner(37, (17, 12, 9, 7.5, 4, 5), 5.5, compact=False),
            _corner(35, (16, 11, 8.5, 7, 3, 4), 5.5, compact=True, smallest=7),
            _corner(34.5, (15, 10, 8, 6.5, 2.5, 3), 5.5, compact=True, smallest=6.5),
        ),
    ),
    "card": Layout(
        (85.6 * MM, 53.98 * MM),
        (
            _corner(34.5, (14, 10, 8, 6.5, 2.5, 3), 3, compact=True, smallest=7),
            _corner(34, (13, 9, 7.5, 6.5, 2, 2), 3, compact=True, smallest=6),
            _corner(34, (12, 8, 7.5, 6.5, 1.5, 0.6), 2.5, compact=True, smallest=5.5),
            _corner(34, (11, 7, 7.5, 6.5, 1.5, 0.4), 2.5, compact=True, smallest=5.5, lines=2),
        ),
    ),
    "roll_80": Layout((_dots(80, _ROLL_DPI), _ENDLESS), _roll(52, 22, 4.4, _ROLL_DPI), grows=True),
    "roll_58": Layout((_dots(58, _ROLL_DPI), _ENDLESS), _roll(46, 16, 5.4, _ROLL_DPI), grows=True),
    "label_62": Layout((_dots(62, _LABEL_DPI), _ENDLESS), _roll(50, 18, 2.5, _LABEL_DPI), grows=True),
    "wristband": Layout((250 * MM, 25 * MM), (), band=True),
}
