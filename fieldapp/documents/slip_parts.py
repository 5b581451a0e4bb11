"""The upper parts of a slip: how roomy it is, its head, the focal point with the QR code, the facts.

Black on white only, for donated printers smear greys. Lengths are in points.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.documents import wording
from fieldapp.documents.board import (
    BLACK,
    MM,
    Board,
    Box,
    CodeMark,
    RectMark,
)
from fieldapp.documents.fonts import Face
from fieldapp.documents.qr import QUIET_ZONE, SMALLEST_MODULE_MM, QrCode
from fieldapp.documents.text import DESCENT, LEADING, Style, fit
from fieldapp.domain.slip import SlipContent
from fieldapp.i18n import Language

MARGIN = 6.5 * MM
"""White that printers need at the edges of the sheet, and scissors between slips."""

GUTTER = 4.5 * MM
POINTS_PER_INCH = 72

_TITLE = Style(Face.BOLD, 10.5, 8)
_LABEL = Style(Face.REGULAR, 7, 6)
_VALUE = Style(Face.BOLD, 9, 6.5)
SMALL = Style(Face.REGULAR, 7.5, 6)
_FACT = (_LABEL, _VALUE)
_SLIM_LINES = 4
"""Lines for a value in a slim column, where the facts stand one under another."""
_CAPITAL = 0.714
"""The height of capitals and digits in the bundled faces, in sizes."""


class Arrangement(StrEnum):
    """Where the QR code stands: beside the focal point, under the number, or in the upper corner beside everything."""

    BESIDE = "beside"
    UNDER = "under"
    CORNER = "corner"


@dataclass(frozen=True, slots=True)
class Look:
    """How roomy a slip is: the side of the QR code, the size of the number, and sizes and gap of a member's row."""

    code_side: float
    number_size: float
    focal_size: float
    name_size: float
    detail_size: float
    gap: float
    air: float
    """Space between the parts."""
    margin: float = MARGIN
    arrangement: Arrangement = Arrangement.BESIDE
    narrow: bool = False
    """Too narrow for two things on a line: the birth stands under a member's name, the day of issue under the foot."""
    compact: bool = False
    """The facts stand without their labels."""
    dots: int = 0
    """Dots an inch of the printer, where it has so few that a module must be a whole number of them."""
    focal_smallest: float = 8.5
    focal_lines: int = 5
    row_lines: int = 4

    @property
    def gutter(self) -> float:
        """The white between the code and the text beside it."""
        return GUTTER if self.margin >= MARGIN else GUTTER * 0.7


LOOKS = (
    Look(42 * MM, 29, 15, 11, 8.5, 9, 10),
    Look(41 * MM, 29, 15, 10.5, 8.5, 8, 9),
    Look(40 * MM, 28, 14, 10, 8, 7, 8),
    Look(38 * MM, 26, 14, 9.5, 7.5, 6, 6),
    Look(36 * MM, 24, 13, 9, 7, 5, 5),
    Look(34.5 * MM, 22, 12, 8.5, 7, 4, 4),
    Look(34.5 * MM, 20, 11, 8, 6.5, 2.5, 3),
)
"""From the roomiest to the densest; a slip takes the first that needs no more pages than the last."""


@dataclass(frozen=True, slots=True)
class Position:
    """Which of how many pages of a slip this is."""

    page: int
    pages: int


def place_head(
    board: Board,
    content: SlipContent,
    language: Language,
    look: Look,
    position: Position,
    right: float,
) -> float:
    """Place title, issuer, and the registration number up to a right edge; return the bottom."""
    _ = language.gettext
    left, top = look.margin, look.margin
    marks = _marks(content, language, position)
    edge = right
    is_small = look.arrangement is not Arrangement.BESIDE
    mark = fit(
        " · ".join(marks), Style(Face.BOLD, 7 if look.compact else 8, 6), right - left if is_small else board.width / 2
    )
    if marks and not is_small:
        chip = Box(right - mark.width - 8, top - 1.5, right, top + 12.5)
        board.rectangle(RectMark(chip, stroke=BLACK, width=0.8, radius=2))
        edge = chip.left - 6
    drop = 2.5 if look.compact else 0.0
    title = fit(_("Registration slip"), Style(Face.BOLD, 8.5, 6.5) if look.compact else _TITLE, edge - left)
    board.write_on(title, left, top + 9 - drop)
    y = top + 13 - drop + title.leading - title.size * LEADING
    if marks and is_small:
        y = board.write(mark, left, y - 1)
    elif marks:
        board.write_on(mark, right - 4, top + 8.4, align="right")
    if not look.compact:
        smallest = 5.5 if look.arrangement is Arrangement.CORNER else 6.5
        issuer = fit(
            wording.issuer(content, language),
            Style(Face.REGULAR, 8, smallest),
            right - left,
            lines=4 if look.narrow else 2,
        )
        y = board.write(issuer, left, y)
    y += 3.5
    board.rule(left, y, right, 1.4)
    y += look.air / 2
    if not look.compact:
        y = board.write(fit(_("Registration number"), _LABEL, right - left), left, y)
    number = fit(content.number, Style(Face.NUMBER, look.number_size, 9), right - left)
    y += 2 + number.size * _CAPITAL
    board.write_on(number, left, y)
    return y + number.size * DESCENT


def _marks(content: SlipContent, language: Language, position: Position) -> list[str]:
    _ = language.gettext
    marks = []
    if content.practice:
        marks.append(_("PRACTICE"))
    if position.pages > 1:
        marks.append(_("Page {page} of {pages}", page=position.page, pages=position.pages))
    if content.copy > 1:
        marks.append(_("Copy {number}", number=content.copy))
    return marks


def place_back_head(board: Board, content: SlipContent, language: Language, look: Look, position: Position) -> float:
    """Place the number and which page it is, for the back of a small slip; return the bottom."""
    left, right = look.margin, board.width - look.margin
    mark = fit(" · ".join(_marks(content, language, position)), Style(Face.BOLD, 7, 6), (right - left) / 2)
    number = fit(content.number, Style(Face.NUMBER, 11, 7), right - left - mark.width - 8)
    board.write_on(number, left, look.margin + 9)
    board.write_on(mark, right, look.margin + 9, align="right")
    board.rule(left, look.margin + 13, right, 1.4)
    return look.margin + 14


def place_beside(
    board: Board,
    content: SlipContent,
    language: Language,
    top: float,
    look: Look,
    code: QrCode | None,
    caption: str,
) -> float:
    """Place the focal point's names and facts with the QR code beside them; return the bottom of both."""
    left, right = look.margin, board.width - look.margin
    side = code_side(look, code)
    quiet = QUIET_ZONE * side / code.modules if code else 0.0
    top += max(look.air / 2, quiet)
    bottom = place_code(board, language, right - side, top, look, code, caption)
    column = right - left - side - look.gutter
    return max(bottom, place_focal_point(board, content, language, top, look, column))


def place_focal_point(
    board: Board, content: SlipContent, language: Language, top: float, look: Look, column: float
) -> float:
    """Place the focal point's names and facts in a column of a width; return the bottom."""
    y = place_name(board, content, language, top, look, column)
    return place_about(board, content, language, y, look, look.margin, column)


def place_about(
    board: Board,
    content: SlipContent,
    language: Language,
    top: float,
    look: Look,
    left: float,
    column: float,
    *,
    slim: bool = False,
) -> float:
    """Place the facts of the focal point and of the arrival in a column; return the bottom."""
    _ = language.gettext
    y = top
    focal = content.members[0] if content.members else None
    post = (_("Border post"), wording.post(content.post, language))
    arrival = (_("Arrival"), language.date(content.arrived_on))
    if look.compact:
        return _place_compact(board, content, language, y, look, left, column, lines=_SLIM_LINES if slim else 2)
    if focal is None:
        y = place_facts(board, left, y, (column,), (arrival,)) + look.air / 2
        return place_facts(board, left, y, (column,), (post,))
    birth = (wording.birth_label(focal.birth, language), wording.birth_text(focal.birth, language))
    first = (
        (_("Sex"), wording.sex(focal.sex, language)),
        (_("Nationality"), wording.nationality(focal.nationality, language)),
    )
    needed = max(fit(text, style, column).width for fact in first for text, style in zip(fact, _FACT, strict=True))
    if slim:
        for fact in (first[0], birth, first[1], arrival):
            y = place_facts(board, left, y, (column,), (fact,), lines=_SLIM_LINES) + look.air / 2
        return place_facts(board, left, y, (column,), (post,), lines=_SLIM_LINES)
    share = min(max(needed + 10, column * 0.4), column * 0.56)
    for row in zip(first, (birth, arrival), strict=True):
        y = place_facts(board, left, y, (share, column - share), row) + look.air / 2
    return place_facts(board, left, y, (column,), (post,))


def _place_compact(
    board: Board,
    content: SlipContent,
    language: Language,
    top: float,
    look: Look,
    left: float,
    column: float,
    *,
    lines: int,
) -> float:
    """Place the facts without labels: who the focal point is on one text, where and when the group came on another."""
    focal = content.members[0] if content.members else None
    own = (
        wording.sex(focal.sex, language),
        f"{wording.birth_label(focal.birth, language)}: {wording.birth_text(focal.birth, language)}",
        wording.nationality(focal.nationality, language),
    ) if focal else ()  # fmt: skip
    came = (
        language.ngettext("Group of {number} person", "Group of {number} people", content.group_size),
        language.date(content.arrived_on),
        wording.post(content.post, language),
    )
    y = top
    for number, parts in enumerate((own, came)):
        style = Style(Face.REGULAR if number else Face.BOLD, look.detail_size, 5.5)
        y = board.write(fit(" · ".join(part for part in parts if part), style, column, lines=lines), left, y) + 1.5
    return y


def place_name(
    board: Board,
    content: SlipContent,
    language: Language,
    top: float,
    look: Look,
    width: float,
) -> float:
    """Place the names of the focal point, given names and surnames on lines of their own; return the bottom."""
    _ = language.gettext
    focal = content.members[0] if content.members else None
    y = top
    if not look.compact:
        heading = _("Focal point of the group") if content.group_size > 1 else _("Name")
        label = fit(heading, _LABEL, width)
        y = board.write(label, look.margin, top - label.size * (LEADING - _CAPITAL) / 2) + 1
    names = [part for part in (focal.given_names, focal.surnames) if part.strip()] if focal else []
    style = Style(Face.BOLD, look.focal_size, look.focal_smallest)
    fitted = fit(names or [_("Name not known")], style, width, lines=look.focal_lines, prefer=2)
    return board.write(fitted, look.margin, y) + 2.5


def place_facts(
    board: Board,
    left: float,
    top: float,
    widths: Sequence[float],
    facts: Sequence[tuple[str, str]],
    lines: int = 2,
) -> float:
    """Place labels with their values under them, side by side; return the bottom of the tallest."""
    bottom = top
    x = left
    for width, (label, value) in zip(widths, facts, strict=True):
        y = board.write(fit(label, _LABEL, width - 5), x, top)
        bottom = max(bottom, board.write(fit(value, _VALUE, width - 5, lines=lines, prefer=1), x, y))
        x += width
    return bottom


def code_side(look: Look, code: QrCode | None) -> float:
    """Return the side of the code's modules: the look's, but never so small that a module is under the smallest.

    Where the printer has few dots, a module is a whole number of them, lest scanners see uneven ones.
    """
    if code is None:
        return look.code_side
    if look.dots:
        dot = POINTS_PER_INCH / look.dots
        least = math.ceil(SMALLEST_MODULE_MM * MM / dot - 1e-6)
        return code.modules * dot * max(least, int(look.code_side / code.modules / dot + 1e-6))
    return max(look.code_side, code.modules * SMALLEST_MODULE_MM * MM)


def place_code(
    board: Board,
    language: Language,
    left: float,
    top: float,
    look: Look,
    code: QrCode | None,
    caption: str,
) -> float:
    """Place a code, or the room for it, with its caption; return the bottom."""
    side = code_side(look, code)
    x = left
    if code is None:
        box = Box(x, top, x + side, top + side)
        board.rectangle(RectMark(box, stroke=BLACK, width=0.6, dash=(2, 2)))
        words = fit(
            language.gettext("The QR code is made when the slip is issued"),
            SMALL,
            side - 16,
            lines=4,
        )
        board.write(words, x + side / 2, top + (side - words.height) / 2, align="middle")
        return top + side + look.air
    module = side / code.modules
    if look.dots:
        dot = POINTS_PER_INCH / look.dots
        x, top = math.ceil(x / dot - 1e-6) * dot, math.ceil(top / dot - 1e-6) * dot
    board.code(CodeMark(code, x, top, module))
    bottom = top + side + max(QUIET_ZONE * module, look.air)
    if caption:
        style = Style(Face.REGULAR, 5.5) if look.compact else _LABEL
        bottom = board.write(fit(caption, style, side), x + side / 2, bottom, align="middle")
    return bottom
