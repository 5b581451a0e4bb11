"""A slip laid out: one board of a size for each of its pages.

Members that do not fit on the first page go on to the next, and each QR code stands on its own page; nothing is left
out for lack of room.
"""

from collections.abc import Sequence

from fieldapp.documents import slip_parts as parts
from fieldapp.documents import slip_rows as rows
from fieldapp.documents.board import Board
from fieldapp.documents.fonts import Face
from fieldapp.documents.qr import QrCode
from fieldapp.documents.text import Style, fit
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
    size: tuple[float, float],
    language: Language,
    zone: str,
) -> tuple[Board, ...]:
    """Return the pages of a slip, each of the size given (width, height).

    Raises ValueError when the paper is too small.
    """
    densest = _Layout(content, codes, size, language, zone, parts.LOOKS[-1]).pages()
    if not densest:
        raise ValueError("the slip does not fit the paper")
    for look in parts.LOOKS[:-1]:
        boards = _Layout(content, codes, size, language, zone, look).pages(most=len(densest))
        if boards:
            return boards
    return densest


class _Layout:
    """One attempt to lay a slip out in a look."""

    def __init__(
        self,
        content: SlipContent,
        codes: Sequence[QrCode],
        size: tuple[float, float],
        language: Language,
        zone: str,
        look: parts.Look,
    ) -> None:
        self.content = content
        self.codes = codes
        self.size = size
        self.language = language
        self.look = look
        self.text_width = size[0] - 2 * parts.MARGIN
        self.foot = rows.measure_foot(content, language, zone, self.text_width)
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
            self._members(board, y, first, count, last=number == len(shares))
            rows.place_foot(board, self.foot)
            boards.append(board)
            first += count
        return tuple(boards)

    def _shares(self, most: int) -> list[int] | None:
        """Return how many member rows stand on each page; None when more than `most` pages are needed."""
        waiting = list(self.rows)
        shares: list[int] = []
        while waiting or len(shares) < max(1, len(self.codes)):
            room = self._room(parts.Position(len(shares) + 1, _MOST_PAGES))
            if room < 0 and len(shares) == 0:
                return None
            taken = 0
            for row in waiting:
                ending = self._ending_height(taken + 1 == len(waiting))
                if room - (row.height - row.gap) - ending < 0:
                    break
                room -= row.height
                taken += 1
            if len(shares) >= most or (not taken and waiting and len(shares) >= len(self.codes)):
                return None
            shares.append(taken)
            waiting = waiting[taken:]
        return shares if len(shares) <= most else None

    def _room(self, position: parts.Position) -> float:
        """Return the height for member rows on a page."""
        board, y = self._upper(position)
        return board.height - parts.MARGIN - self.foot.height - 5 - y - self.look.air - _HEADING_HEIGHT

    def _ending_height(self, last: bool) -> float:
        return 12.0 if last and self.unnamed else 0.0

    def _upper(self, position: parts.Position) -> tuple[Board, float]:
        """Return a board with everything over the members, and where they begin."""
        _ = self.language.gettext
        board = Board(*self.size)
        y = parts.place_head(board, self.content, self.language, self.look, position)
        code = self.codes[position.page - 1] if position.page <= len(self.codes) else None
        several = len(self.codes) > 1
        caption = _("Code {number} of {count}", number=position.page, count=len(self.codes)) if several else ""
        if position.page == 1 or code is not None:
            y = parts.place_focal_point(board, self.content, self.language, y, self.look, code, caption)
        else:
            y = parts.place_name(board, self.content, self.language, y + self.look.air / 2, self.look, self.text_width)
        return board, y

    def _members(self, board: Board, y: float, first: int, count: int, *, last: bool) -> None:
        """Place the heading and the rows of a page, and after the last row who is not named."""
        _ = self.language.gettext
        left, right = parts.MARGIN, board.width - parts.MARGIN
        y += self.look.air
        ending = self._ending(last)
        size = self.language.ngettext("Group of {number} person", "Group of {number} people", self.content.group_size)
        board.write_on(fit(size, _HEADING, self.text_width * 0.6), left, y + 8)
        if count:
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
            board.write(fit(ending, Style(Face.REGULAR, 8, 6.5), self.text_width), left, y)

    def _ending(self, last: bool) -> str:
        if not last or not self.unnamed:
            return ""
        return self.language.gettext(
            "And {people} not yet registered by name",
            people=people(self.unnamed, self.language),
        )
