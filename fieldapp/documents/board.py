"""A board: the marks of one page or one part of it, placed before anything is drawn.

Coordinates are points from the left and from the top. Because each mark knows its box, tests can prove that nothing
overlaps and nothing leaves the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from fieldapp.documents.qr import QUIET_ZONE, QrCode
from fieldapp.documents.text import ASCENT, DESCENT, LEADING, Fitted, Line

MM = 72 / 25.4
BLACK = (0.0, 0.0, 0.0)

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in points from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box", slack: float = 0.2) -> bool:
        """Tell whether two boxes share more than `slack` points."""
        return (
            self.left + slack < other.right
            and other.left + slack < self.right
            and self.top + slack < other.bottom
            and other.top + slack < self.bottom
        )

    def holds(self, other: "Box", slack: float = 0.2) -> bool:
        """Tell whether the other box lies within this one."""
        return (
            self.left <= other.left + slack
            and self.top <= other.top + slack
            and self.right >= other.right - slack
            and self.bottom >= other.bottom - slack
        )


@dataclass(frozen=True, slots=True)
class TextMark:
    """A line of text at a base line."""

    line: Line
    size: float
    x: float
    baseline: float
    colour: Colour = BLACK

    @property
    def box(self) -> Box:
        """The room the letters take."""
        return Box(
            self.x,
            self.baseline - self.size * ASCENT,
            self.x + self.line.width * self.size,
            self.baseline + self.size * self.line.descent,
        )

    @property
    def ink(self) -> Box:
        """The room the letters take: a text has no quiet zone."""
        return self.box

    @property
    def words(self) -> str:
        """The text as drawn."""
        return "".join(part for _, part in self.line.pieces)


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A straight stroke; `dash` in points."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float
    colour: Colour = BLACK
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class RectMark:
    """A rectangle, filled, outlined or both."""

    box: Box
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 0.8
    dash: tuple[float, ...] = ()
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class CodeMark:
    """A QR code; `x`, `y` is the corner of its modules, `module` the side of one in points."""

    code: QrCode
    x: float
    y: float
    module: float

    @property
    def box(self) -> Box:
        """The code with its quiet zone."""
        return self._box(QUIET_ZONE * self.module)

    @property
    def ink(self) -> Box:
        """The code without its quiet zone."""
        return self._box(0.0)

    def _box(self, around: float) -> Box:
        side = self.code.modules * self.module
        return Box(
            self.x - around,
            self.y - around,
            self.x + side + around,
            self.y + side + around,
        )


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A picture as the bytes of a JPEG, drawn to fill its box."""

    picture: bytes
    box: Box

    @property
    def ink(self) -> Box:
        """The room the picture takes."""
        return self.box


Mark = TextMark | RuleMark | RectMark | CodeMark | PictureMark
Solid = TextMark | CodeMark | PictureMark


def first_baseline(text: Fitted, top: float) -> float:
    """Return the base line of the first of the lines that begin at `top`, half the lead over them."""
    return top + text.size * ((LEADING - ASCENT - DESCENT) / 2 + ASCENT)


class Board:
    """What is placed on a page of a size, in points, in reading order."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self.marks: list[Mark] = []

    def write(
        self,
        text: Fitted,
        x: float,
        top: float,
        *,
        align: str = "left",
        colour: Colour = BLACK,
    ) -> float:
        """Place lines under one another from `top`; `x` is their left, right or middle. Return the bottom."""
        self.write_on(text, x, first_baseline(text, top), align=align, colour=colour)
        return top + text.height

    def write_on(
        self,
        text: Fitted,
        x: float,
        baseline: float,
        *,
        align: str = "left",
        colour: Colour = BLACK,
    ) -> None:
        """Place the first line on a base line and the others under it."""
        share = {"left": 0.0, "right": 1.0, "middle": 0.5}[align]
        for number, line in enumerate(text.lines):
            shift = share * line.width * text.size
            self.marks.append(TextMark(line, text.size, x - shift, baseline + number * text.leading, colour))

    def rule(
        self,
        x: float,
        y: float,
        to_x: float,
        width: float = 0.6,
        *,
        to_y: float | None = None,
        colour: Colour = BLACK,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Place a stroke, level unless `to_y` is given."""
        self.marks.append(RuleMark(x, y, to_x, y if to_y is None else to_y, width, colour, dash))

    def rectangle(self, mark: RectMark) -> None:
        """Place a rectangle."""
        self.marks.append(mark)

    def code(self, mark: CodeMark) -> None:
        """Place a QR code."""
        self.marks.append(mark)

    def picture(self, mark: PictureMark) -> None:
        """Place a picture."""
        self.marks.append(mark)

    def mirror(self) -> None:
        """Turn the page to be read from right to left: what stood at the left stands at the right, itself unchanged."""
        self.marks = [_mirrored(mark, self.width) for mark in self.marks]

    def solid(self) -> Iterator[Solid]:
        """Yield the marks that must keep apart: lines of text, codes and pictures."""
        for mark in self.marks:
            if isinstance(mark, Solid):
                yield mark

    def overlaps(self) -> list[tuple[Solid, Solid]]:
        """Return the pairs of texts, codes and pictures that run into one another."""
        return [(one, other) for one, other in combinations(self.solid(), 2) if one.box.overlaps(other.box)]

    def outside(self, margin: float = 0.0) -> list[Solid]:
        """Return the texts, codes and pictures that leave the page or reach into its margin."""
        page = Box(margin, margin, self.width - margin, self.height - margin)
        return [mark for mark in self.solid() if not page.holds(mark.ink)]


def _mirrored(mark: Mark, width: float) -> Mark:
    match mark:
        case TextMark():
            return replace(mark, x=width - mark.box.right)
        case CodeMark():
            return replace(mark, x=width - mark.ink.right)
        case RuleMark():
            return replace(mark, x=width - mark.x, to_x=width - mark.to_x)
        case RectMark() | PictureMark():
            box = mark.box
            return replace(mark, box=Box(width - box.right, box.top, width - box.left, box.bottom))
