"""A slip laid out: one board for each of its pages, or one as long as needed on a roll.

Members that do not fit on the first page go on to the next, and each QR code stands on its own page; nothing is left
out for lack of room.
"""

import math
from collections.abc import Sequence

from fieldapp.documents import slip_parts as parts
from fieldapp.documents import slip_rows as rows
from fieldapp.documents.board import Board, TextMark
from fieldapp.documents.fonts import Face
from fieldapp.documents.layouts import Layout
from fieldapp.documents.qr import QUIET_ZONE, QrCode
from fieldapp.documents.slip_portrait import place_beside_with_portrait, place_column_with_portrait
from fieldapp.documents.text import ELLIPSIS, Style, fit
from fieldapp.documents.wording import people
from fieldapp.domain.slip import SlipContent
from fieldapp.i18n import Language

_HEADING = Style(Face.BOLD, 9, 6.5)
_HEADING_HEIGHT = 15.0
_MOST_PAGES = 40
_SPACE_FOR_RULE = 4.0


def lay_out(
    content: SlipContent,
    codes: Sequence[QrCode],
    layout: Layout,
    language: Language,
    zone: str,
    portrait: bytes = b"",
) -> tuple[Board, ...]:
    """Return the pages of a slip in a layout. Raises ValueError when the paper is too small.

    A portrait of the focal point is drawn where that costs no page more and cuts no text; on a roll there is none.
    """
    if layout.grows:
        return _Layout(content, codes, layout, language, zone, layout.looks[0]).strip()
    densest = _Layout(content, codes, layout, language, zone, layout.looks[-1]).pages()
    if not densest:
        raise ValueError("the slip does not fit the paper")
    tries = (
        _Layout(content, codes, layout, language, zone, look).pages(most=len(densest)) for look in layout.looks[:-1]
    )
    plain = next((boards for boards in tries if boards), densest)
    for look in layout.looks if portrait else ():
        boards = _Layout(content, codes, layout, language, zone, look, portrait).pages(most=len(densest))
        if boards and _cut_texts(boards) <= _cut_texts(plain):
            return boards
    return plain


def _cut_texts(boards: Sequence[Board]) -> int:
    """Return how many texts had to be cut for lack of room."""
    return sum(isinstance(mark, TextMark) and mark.words.endswith(ELLIPSIS) for board in boards for mark in board.marks)


class _Layout:
    """One attempt to lay a slip out in a look."""

    def __init__(
        self,
        content: SlipContent,
        codes: Sequence[QrCode],
        layout: Layout,
        language: Language,
        zone: str,
        look: parts.Look,
        portrait: bytes = b"",
    ) -> None:
        self.content = content
        self.portrait = portrait
        self.codes = codes
        self.size = layout.size
        self.language = language
        self.look = look
        self.text_width = layout.size[0] - 2 * look.margin
        self.foot = rows.measure_foot(content, language, zone, look, self.text_width)
        self.rows = [rows.measure_member(member, language, look, self.text_width) for member in content.members[1:]]
        self.unnamed = max(0, content.group_size - len(content.members))

    def pages(self, most: int = _MOST_PAGES) -> tuple[Board, ...]:
        """Return the pages, or nothing when more than `most` are needed."""
        shares = self._shares(most)
        if shares is None:
            return ()
        boards = []
        first = 0
        for number, count in enumerate(shares, start=1):
            board, y = self._upper(parts.Position(number, len(shares)))
            is_last = number == len(shares)
            if count or self._heads_each_page or (is_last and self.unnamed):
                self._members(board, y, first, count, last=is_last)
            rows.place_foot(board, self.foot)
            boards.append(board)
            first += count
        return tuple(boards)

    def strip(self) -> tuple[Board, ...]:
        """Return the slip on one page that is as long as it needs to be, every code on it."""
        board = Board(*self.size)
        y = parts.place_head(
            board, self.content, self.language, self.look, parts.Position(1, 1), board.width - self.look.margin
        )
        for number, code in enumerate(self.codes or (None,), start=1):
            quiet = QUIET_ZONE * parts.code_side(self.look, code) / code.modules if code else 0.0
            side = parts.code_side(self.look, code)
            y += max(quiet, self.look.air)
            y = parts.place_code(
                board, self.language, (board.width - side) / 2, y, self.look, code, self._caption(number)
            )
        y = parts.place_focal_point(
            board, self.content, self.language, y + self.look.air / 2, self.look, self.text_width
        )
        y = self._members(board, y, 0, len(self.rows), last=True)
        dot = parts.POINTS_PER_INCH / self.look.dots
        board.height = math.ceil((y + self.look.air + self.foot.height + self.look.margin) / dot) * dot
        rows.place_foot(board, self.foot)
        return (board,)

    @property
    def _heads_each_page(self) -> bool:
        """Whether the group's size stands on each page; in a corner layout it is among the facts."""
        return not self.look.compact

    def _shares(self, most: int) -> list[int] | None:
        """Return how many member rows stand on each page; None when more than `most` pages are needed."""
        waiting = list(self.rows)
        shares: list[int] = []
        while waiting or len(shares) < max(1, len(self.codes)):
            room = self._room(parts.Position(len(shares) + 1, _MOST_PAGES))
            heading = 0.0 if self._heads_each_page else self._heading_height
            if room + heading < 0 and len(shares) == 0:
                return None
            taken = 0
            for row in waiting:
                ending = self._ending_height(taken + 1 == len(waiting))
                if room - (row.height - row.gap) - ending < 0:
                    break
                room -= row.height
                taken += 1
            if len(shares) >= most or (not taken and waiting and len(shares) >= max(1, len(self.codes))):
                return None
            shares.append(taken)
            waiting = waiting[taken:]
        if not self.rows and self.unnamed and self.look.compact and room - self._ending_height(last=True) < 0:
            shares.append(0)
        return shares if len(shares) <= most else None

    @property
    def _heading_height(self) -> float:
        return _HEADING_HEIGHT + self.look.air

    def _room(self, position: parts.Position) -> float:
        """Return the height for member rows on a page."""
        board, y = self._upper(position)
        slack = 1 if self.look.compact else 5
        return board.height - self.look.margin - self.foot.height - slack - y - self._heading_height

    def _ending_height(self, last: bool) -> float:
        return 12.0 if last and self.unnamed else 0.0

    def _caption(self, number: int) -> str:
        if len(self.codes) <= 1:
            return ""
        return self.language.gettext("Code {number} of {count}", number=number, count=len(self.codes))

    def _has_portrait(self, position: parts.Position) -> bool:
        return bool(self.portrait) and position.page == 1

    def _upper(self, position: parts.Position) -> tuple[Board, float]:
        """Return a board with everything over the members, and where they begin."""
        board = Board(*self.size)
        right = board.width - self.look.margin
        code = self.codes[position.page - 1] if position.page <= len(self.codes) else None
        has_code = position.page == 1 or code is not None
        caption = self._caption(position.page)
        if has_code and self.look.arrangement is parts.Arrangement.CORNER:
            side = parts.code_side(self.look, code)
            quiet = QUIET_ZONE * side / code.modules if code else 0.0
            around = max(self.look.margin, quiet)
            left = board.width - around - side
            bottom = parts.place_code(board, self.language, left, around, self.look, code, caption)
            edge = left - max(self.look.gutter, quiet)
            y = parts.place_head(board, self.content, self.language, self.look, position, edge)
            y += self.look.air / 2
            column = edge - self.look.margin
            about = (board, self.content, self.language, y, self.look, column)
            if self._has_portrait(position):
                return board, max(bottom, place_column_with_portrait(*about, self.portrait))
            return board, max(bottom, parts.place_focal_point(*about))
        if self.look.arrangement is parts.Arrangement.CORNER:
            return board, parts.place_back_head(board, self.content, self.language, self.look, position)
        y = parts.place_head(board, self.content, self.language, self.look, position, right)
        if has_code:
            beside = (board, self.content, self.language, y, self.look, code, caption)
            if self._has_portrait(position):
                return board, place_beside_with_portrait(*beside, self.portrait)
            y = parts.place_beside(*beside)
        else:
            y = parts.place_name(board, self.content, self.language, y + self.look.air / 2, self.look, self.text_width)
        return board, y

    def _members(self, board: Board, y: float, first: int, count: int, *, last: bool) -> float:
        """Place the heading and rows of a page, and after the last row who is not named; return the bottom."""
        _ = self.language.gettext
        left, right = self.look.margin, board.width - self.look.margin
        y += self.look.air
        ending = self._ending(last)
        size = self.language.ngettext("Group of {number} person", "Group of {number} people", self.content.group_size)
        board.write_on(fit(size, _HEADING, self.text_width * 0.6), left, y + 8)
        if count and not self.look.narrow:
            born = fit(_("Born, or age"), Style(Face.REGULAR, 7, 6), self.text_width * 0.35)
            board.write_on(born, right, y + 8, align="right")
        y += 11.5
        board.rule(left, y, right, 0.8)
        y += 3.5
        for index, row in enumerate(self.rows[first : first + count]):
            if index and row.gap >= _SPACE_FOR_RULE:
                board.rule(left + rows.suffix_room(self.look), y - row.gap / 2, right, 0.3)
            y = rows.place_member(board, row, self.look, y) + row.gap
        if ending:
            lines = 2 if self.look.narrow else 1
            y = board.write(fit(ending, Style(Face.REGULAR, 8, 6.5), self.text_width, lines=lines), left, y)
        return y

    def _ending(self, last: bool) -> str:
        if not last or not self.unnamed:
            return ""
        return self.language.gettext(
            "And {people} not yet registered by name",
            people=people(self.unnamed, self.language),
        )
