"""The upper parts of a slip: how roomy it is, its head, the focal point with the QR code, the facts.

Black on white only, for donated printers smear greys. Lengths are in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
from fieldapp.documents.text import DESCENT, Style, fit
from fieldapp.domain.slip import SlipContent
from fieldapp.i18n import Language

MARGIN = 6.5 * MM
"""White that printers need at the edges of the sheet, and scissors between slips."""

GUTTER = 4.5 * MM

_TITLE = Style(Face.BOLD, 10.5, 8)
_LABEL = Style(Face.REGULAR, 7, 6)
_VALUE = Style(Face.BOLD, 9, 6.5)
SMALL = Style(Face.REGULAR, 7.5, 6)
_FACT = (_LABEL, _VALUE)
_CAPITAL = 0.714
"""The height of capitals and digits in the bundled faces, in sizes."""


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
) -> float:
    """Place title, issuer, and the registration number; return the bottom."""
    _ = language.gettext
    left, right = MARGIN, board.width - MARGIN
    marks = []
    if position.pages > 1:
        marks.append(_("Page {page} of {pages}", page=position.page, pages=position.pages))
    if content.copy > 1:
        marks.append(_("Copy {number}", number=content.copy))
    edge = right
    if marks:
        mark = fit(" · ".join(marks), Style(Face.BOLD, 8, 6.5), board.width / 2)
        chip = Box(right - mark.width - 8, MARGIN - 1.5, right, MARGIN + 12.5)
        board.rectangle(RectMark(chip, stroke=BLACK, width=0.8, radius=2))
        edge = chip.left - 6
    title = fit(_("Registration slip"), _TITLE, edge - left)
    board.write_on(title, left, MARGIN + 9)
    if marks:
        board.write_on(mark, right - 4, MARGIN + 8.4, align="right")
    issuer = fit(
        wording.issuer(content, language),
        Style(Face.REGULAR, 8, 6.5),
        right - left,
        lines=2,
    )
    y = board.write(issuer, left, MARGIN + 13)
    y += 3.5
    board.rule(left, y, right, 1.4)
    y += look.air / 2
    y = board.write(fit(_("Registration number"), _LABEL, right - left), left, y)
    number = fit(content.number, Style(Face.NUMBER, look.number_size, 11), right - left)
    y += 2 + number.size * _CAPITAL
    board.write_on(number, left, y)
    return y + number.size * DESCENT


def place_focal_point(
    board: Board,
    content: SlipContent,
    language: Language,
    top: float,
    look: Look,
    code: QrCode | None,
    caption: str,
) -> float:
    """Place the focal point's names and facts with the QR code beside them; return the bottom of both."""
    _ = language.gettext
    left, right = MARGIN, board.width - MARGIN
    quiet = QUIET_ZONE * code_side(look, code) / code.modules if code else 0.0
    top += max(look.air / 2, quiet)
    bottom = _place_code(board, language, top, look, code, caption)
    column = right - left - code_side(look, code) - GUTTER
    y = place_name(board, content, language, top, look, column)
    focal = content.members[0] if content.members else None
    post = (_("Border post"), wording.post(content.post, language))
    arrival = (_("Arrival"), language.date(content.arrived_on))
    if focal is None:
        y = place_facts(board, left, y, (column,), (arrival,)) + look.air / 2
        return max(bottom, place_facts(board, left, y, (column,), (post,)))
    birth = (wording.birth_label(focal.birth, language), wording.birth_text(focal.birth, language))
    first = (
        (_("Sex"), wording.sex(focal.sex, language)),
        (_("Nationality"), wording.nationality(focal.nationality, language)),
    )
    needed = max(fit(text, style, column).width for fact in first for text, style in zip(fact, _FACT, strict=True))
    share = min(max(needed + 10, column * 0.4), column * 0.56)
    for row in zip(first, (birth, arrival), strict=True):
        y = place_facts(board, left, y, (share, column - share), row) + look.air / 2
    return max(bottom, place_facts(board, left, y, (column,), (post,)))


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
    heading = _("Focal point of the group") if content.group_size > 1 else _("Name")
    label = fit(heading, _LABEL, width)
    y = board.write(label, MARGIN, top - (label.leading - label.size * _CAPITAL) / 2)
    names = [part for part in (focal.given_names, focal.surnames) if part.strip()] if focal else []
    style = Style(Face.BOLD, look.focal_size, 8.5)
    fitted = fit(names or [_("Name not known")], style, width, lines=5, prefer=2)
    return board.write(fitted, MARGIN, y + 1) + 2.5


def place_facts(
    board: Board,
    left: float,
    top: float,
    widths: Sequence[float],
    facts: Sequence[tuple[str, str]],
) -> float:
    """Place labels with their values under them, side by side; return the bottom of the tallest."""
    bottom = top
    x = left
    for width, (label, value) in zip(widths, facts, strict=True):
        y = board.write(fit(label, _LABEL, width - 5), x, top)
        bottom = max(bottom, board.write(fit(value, _VALUE, width - 5, lines=2, prefer=1), x, y))
        x += width
    return bottom


def code_side(look: Look, code: QrCode | None) -> float:
    """Return the side of the code's modules: the look's, but never so small that a module is under the smallest."""
    return look.code_side if code is None else max(look.code_side, code.modules * SMALLEST_MODULE_MM * MM)


def _place_code(
    board: Board,
    language: Language,
    top: float,
    look: Look,
    code: QrCode | None,
    caption: str,
) -> float:
    side = code_side(look, code)
    x = board.width - MARGIN - side
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
    board.code(CodeMark(code, x, top, module))
    bottom = top + side + max(QUIET_ZONE * module, look.air)
    if caption:
        bottom = board.write(fit(caption, _LABEL, side), x + side / 2, bottom, align="middle")
    return bottom
