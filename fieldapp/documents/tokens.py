"""Pre-printed slips: blank codes with their number, eight on a page, to be cut and handed out."""

import io
from collections.abc import Sequence
from typing import Any

from fieldapp.documents.board import MM, Board, CodeMark
from fieldapp.documents.drawing import draw, new_canvas, one_at_a_time
from fieldapp.documents.fonts import Face
from fieldapp.documents.qr import QUIET_ZONE, make_qr
from fieldapp.documents.summary import PAPERS
from fieldapp.documents.text import Style, fit, forget
from fieldapp.i18n import Language

COLUMNS, ROWS = 2, 4
_MODULE = 1.1 * MM
"""Far over the least of 0.4 mm: the code is small, and it is scanned where people stand in the rain."""
_PADDING = 8 * MM
_TITLE = Style(Face.BOLD, 12, 8)
_NUMBER = Style(Face.NUMBER, 15, 9)
_TEXT = Style(Face.REGULAR, 9, 6.5)
_CUT = (0.6, 3.4)


@one_at_a_time
def render_tokens(
    tokens: Sequence[str], organisation: str, contact: str, language: Language, *, paper: str = "letter"
) -> bytes:
    """Return a PDF of pre-printed slips in a language, on `letter` or `a4`. Raises ValueError where there are none."""
    if not tokens:
        raise ValueError("there is no token to print")
    buffer = io.BytesIO()
    size = PAPERS[paper]
    title = language.gettext("Pre-printed slips ({number})", number=language.number(len(tokens)))
    canvas: Any = new_canvas(buffer, size, title=title, author=organisation, language=language.code)
    a_page = COLUMNS * ROWS
    for first in range(0, len(tokens), a_page):
        draw(token_board(tokens[first : first + a_page], organisation, contact, language, paper=paper), canvas)
        canvas.showPage()
    canvas.save()
    forget()
    return buffer.getvalue()


def token_board(
    tokens: Sequence[str], organisation: str, contact: str, language: Language, *, paper: str = "letter"
) -> Board:
    """Return a page of up to eight pre-printed slips, laid out."""
    board = Board(*PAPERS[paper])
    width, height = board.width / COLUMNS, board.height / ROWS
    for place, token in enumerate(tokens):
        column, row = place % COLUMNS, place // COLUMNS
        _cell(board, token, (column * width, row * height, width, height), organisation, contact, language)
    board.rule(width, 0, width, 0.3, to_y=board.height, dash=_CUT)
    for row in range(1, ROWS):
        board.rule(0, row * height, board.width, 0.3, dash=_CUT)
    return board


def _cell(
    board: Board,
    token: str,
    where: tuple[float, float, float, float],
    organisation: str,
    contact: str,
    language: Language,
) -> None:
    _ = language.gettext
    left, top, width, height = where
    code = make_qr(token)
    side = (code.modules + 2 * QUIET_ZONE) * _MODULE
    x, y = left + _PADDING, top + (height - side) / 2
    board.code(CodeMark(code, x + QUIET_ZONE * _MODULE, y + QUIET_ZONE * _MODULE, _MODULE))
    text_left = x + side + 2 * MM
    room = left + width - _PADDING - text_left
    at = y + 2 * MM
    at = board.write(fit(_("Pre-printed slip"), _TITLE, room), text_left, at) + 3
    at = board.write(fit(token, _NUMBER, room), text_left, at) + 5
    at = board.write(fit(_("Not registered yet. Not an identity document."), _TEXT, room, lines=3), text_left, at) + 3
    at = board.write(fit(_("Keep it: it is scanned when you are registered."), _TEXT, room, lines=3), text_left, at) + 3
    board.write(fit(f"{organisation} · {contact}", _TEXT, room, lines=3), text_left, at)
