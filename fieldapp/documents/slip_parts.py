"""The parts of a slip: head, focal point with QR code, facts, members, foot. Each is measured, then placed.

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
    first_baseline,
)
from fieldapp.documents.fonts import Face
from fieldapp.documents.qr import QUIET_ZONE, SMALLEST_MODULE_MM, QrCode
from fieldapp.documents.text import DESCENT, Fitted, Style, fit
from fieldapp.domain.slip import SlipContent, SlipMember
from fieldapp.i18n import Language

MARGIN = 6.5 * MM
"""White that printers need at the edges of the sheet, and scissors between slips."""

GUTTER = 4.5 * MM

_TITLE = Style(Face.BOLD, 10.5, 8)
_LABEL = Style(Face.REGULAR, 7, 6)
_VALUE = Style(Face.BOLD, 9, 6.5)
_SMALL = Style(Face.REGULAR, 7.5, 6)
_STATEMENT = Style(Face.BOLD, 9.5, 7)
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
    return (
        board.write(
            fit(names or [_("Name not known")], style, width, lines=5, prefer=2),
            MARGIN,
            y,
        )
        + 3
    )


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
            _SMALL,
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


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member's row, measured: suffix, name and birth on the first line, the rest under the name."""

    suffix: Fitted
    name: Fitted
    birth: Fitted
    details: Fitted
    gap: float

    @property
    def height(self) -> float:
        """The height with the gap to the next row."""
        return self.name.height + self.details.height + self.gap


def measure_member(member: SlipMember, language: Language, look: Look, width: float) -> MemberRow:
    """Measure the row of a member for a page's text width."""
    suffix = fit(f"-{member.ordinal}", Style(Face.NUMBER, look.name_size), width)
    birth = fit(
        wording.birth_text(member.birth, language),
        Style(Face.REGULAR, look.name_size - 0.5, 6.5),
        width * 0.32,
    )
    room = width - suffix_room(look) - birth.width - 6
    details = (
        wording.relationship(member.relationship, member.sex, language),
        wording.sex(member.sex, language),
        wording.nationality(member.nationality, language),
    )
    return MemberRow(
        suffix,
        fit(
            wording.full_name(member, language),
            Style(Face.BOLD, look.name_size, 7.5),
            room,
            lines=3,
            prefer=1,
        ),
        birth,
        fit(
            " · ".join(part for part in details if part),
            Style(Face.REGULAR, look.detail_size, 6.5),
            room,
        ),
        look.gap,
    )


def suffix_room(look: Look) -> float:
    """Return the width of the column of number suffixes: a hyphen, two digits and a gap."""
    return look.name_size * 0.6 * 3 + 6


def place_member(board: Board, row: MemberRow, look: Look, top: float) -> float:
    """Place a row; return its bottom without the gap."""
    left, right = MARGIN, board.width - MARGIN
    y = board.write(row.name, left + suffix_room(look), top)
    first = first_baseline(row.name, top)
    board.write_on(row.suffix, left, first)
    board.write_on(row.birth, right, first, align="right")
    return board.write(row.details, left + suffix_room(look), y)


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot, measured: what the paper is not, when it was issued, whom to ask."""

    statement: Fitted
    issued: Fitted
    contact: Fitted

    @property
    def height(self) -> float:
        """The height from the rule above it to the margin."""
        return 18 + self.contact.height


def measure_foot(content: SlipContent, language: Language, zone: str, width: float) -> Foot:
    """Measure the foot for a page's text width."""
    _ = language.gettext
    issued = _("Issued {day}", day=language.date(wording.local_day(content.issued_at_ms, zone)))
    shown = fit(issued, _SMALL, width / 3)
    return Foot(
        fit(_("This is not an identity document"), _STATEMENT, width - shown.width - 8),
        shown,
        fit(content.contact, _SMALL, width, lines=2),
    )


def place_foot(board: Board, foot: Foot) -> None:
    """Place the foot at the bottom of the board."""
    left, right = MARGIN, board.width - MARGIN
    y = board.height - MARGIN - foot.height
    board.rule(left, y, right, 1.4)
    board.write_on(foot.statement, left, y + 13)
    board.write_on(foot.issued, right, y + 13, align="right")
    board.write(foot.contact, left, y + 17)
