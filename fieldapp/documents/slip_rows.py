"""The lower parts of a slip: a row for each member, and the foot. Each is measured first, then placed.

Black on white only, for donated printers smear greys. Lengths are in points.
"""

from dataclasses import dataclass

from fieldapp.documents import wording
from fieldapp.documents.board import Board, first_baseline
from fieldapp.documents.fonts import Face
from fieldapp.documents.slip_parts import SMALL, Arrangement, Look
from fieldapp.documents.text import LEADING, Fitted, Style, fit
from fieldapp.domain.slip import SlipContent, SlipMember
from fieldapp.i18n import Language

_STATEMENT = Style(Face.BOLD, 9.5, 7)


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
    born = wording.birth_text(member.birth, language)
    birth = fit("" if look.narrow else born, Style(Face.REGULAR, look.name_size - 0.5, 6.5), width * 0.32)
    room = width - suffix_room(look) - (0 if look.narrow else birth.width + 6)
    details = (
        born if look.narrow else "",
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
            lines=look.row_lines,
            prefer=1,
        ),
        birth,
        fit(
            " · ".join(part for part in details if part),
            Style(Face.REGULAR, look.detail_size, 6.5),
            room,
            lines=3 if look.narrow else 1,
        ),
        look.gap,
    )


def suffix_room(look: Look) -> float:
    """Return the width of the column of number suffixes: a hyphen, two digits and a gap."""
    return look.name_size * 0.6 * 3 + 6


def place_member(board: Board, row: MemberRow, look: Look, top: float) -> float:
    """Place a row; return its bottom without the gap."""
    left, right = look.margin, board.width - look.margin
    y = board.write(row.name, left + suffix_room(look), top)
    first = first_baseline(row.name, top)
    board.write_on(row.suffix, left, first)
    board.write_on(row.birth, right, first, align="right")
    return board.write(row.details, left + suffix_room(look), y)


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot, measured: what the paper is not, when it was issued, whom to ask. `stacked` has no two on a line.

    A slip with a term says beside the statement until when it is good, and the day of issue before the contact.
    """

    statement: Fitted
    issued: Fitted
    contact: Fitted
    margin: float
    stacked: bool
    head: float = 18
    """The height of the statement with the rule over it."""
    above: float = 13
    """From the rule to the statement's base line."""

    @property
    def height(self) -> float:
        """The height from the rule above it to the margin."""
        if self.stacked:
            return 4 + self.statement.height + self.issued.height + self.contact.height
        return self.head + self.contact.height


def measure_foot(content: SlipContent, language: Language, zone: str, look: Look, width: float) -> Foot:
    """Measure the foot for a page's text width."""
    _ = language.gettext
    issued = _("Issued {day}", day=language.date(wording.local_day(content.issued_at_ms, zone)))
    until = _until(content, language, zone)
    if look.narrow:
        return Foot(
            fit(_("This is not an identity document"), _STATEMENT, width, lines=2),
            fit([part for part in (issued, until) if part], SMALL, width, lines=2),
            fit(content.contact, SMALL, width, lines=6),
            look.margin,
            stacked=True,
        )
    shown = fit(until or issued, SMALL, width / (2.2 if until else 3))
    is_corner = look.arrangement is Arrangement.CORNER
    smallest = 5.5 if is_corner else 7
    contact = content.contact
    if look.compact:
        contact = " · ".join(part for part in (wording.issuer(content, language), contact) if part)
    if until:
        contact = f"{issued} · {contact}"
    style = Style(Face.BOLD, min(8.5, 7 + look.air / 2) if is_corner else 9.5, smallest)
    statement = fit(_("This is not an identity document"), style, width - shown.width - 8)
    # Where lines stand close, letters that reach deep need room of their own, and Arabic ones more.
    deeper = statement.leading - statement.size * LEADING
    return Foot(
        statement,
        shown,
        fit(
            contact,
            Style(Face.REGULAR, min(6.2, 5.2 + look.air / 2) if is_corner else 7.5, min(6, smallest)),
            width,
            lines=2,
        ),
        look.margin,
        stacked=False,
        head=12 + max(1.2, deeper) if is_corner else 18,
        above=9.5 if is_corner else 13,
    )


def _until(content: SlipContent, language: Language, zone: str) -> str:
    """Return until which day the slip is good, an empty text where it has no term."""
    if not content.expires_at_ms:
        return ""
    last = wording.local_day(content.expires_at_ms - 1, zone)
    return language.gettext("Valid until {day}", day=language.date(last))


def place_foot(board: Board, foot: Foot) -> None:
    """Place the foot at the bottom of the board."""
    left, right = foot.margin, board.width - foot.margin
    y = board.height - foot.margin - foot.height
    board.rule(left, y, right, 1.4)
    if foot.stacked:
        y = board.write(foot.statement, left, y + 4)
        board.write(foot.contact, left, board.write(foot.issued, left, y))
        return
    baseline = y + foot.above
    board.write_on(foot.statement, left, baseline)
    board.write_on(foot.issued, right, baseline, align="right")
    board.write(foot.contact, left, y + foot.head - 1)
