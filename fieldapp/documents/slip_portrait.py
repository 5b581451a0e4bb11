"""The upper part of a slip with a portrait: the names across, then the portrait, the facts and the code side by side.

It stands beside the names it belongs to, on the first page only, and never in the QR code.
"""

from fieldapp.documents import slip_parts as parts
from fieldapp.documents.board import MM, Board, Box, PictureMark
from fieldapp.documents.qr import QUIET_ZONE, QrCode
from fieldapp.domain.slip import SlipContent
from fieldapp.i18n import Language

_TALL, _WIDE = 4, 3
"""The shape of a portrait (`exchange.portraits`)."""
_BESIDE_SHARE, _CORNER_SHARE = 0.46, 0.36
"""The width of a portrait, in sides of the code."""
_GAP = 2.5 * MM
_SLIM = 42 * MM
"""The room beside a portrait under which the facts stand one under another."""


def place_beside_with_portrait(
    board: Board,
    content: SlipContent,
    language: Language,
    top: float,
    look: parts.Look,
    code: QrCode | None,
    caption: str,
    portrait: bytes,
) -> float:
    """Place the names across the slip, and under them portrait, facts and code; return the bottom of all."""
    left, right = look.margin, board.width - look.margin
    y = parts.place_name(board, content, language, top + look.air / 2, look, right - left)
    side = parts.code_side(look, code)
    quiet = QUIET_ZONE * side / code.modules if code else 0.0
    y += max(look.air / 2, quiet)
    bottom = parts.place_code(board, language, right - side, y, look, code, caption)
    column = right - left - side - look.gutter
    return max(bottom, _portrait_and_facts(board, content, language, y, look, column, _BESIDE_SHARE, portrait))


def place_column_with_portrait(
    board: Board,
    content: SlipContent,
    language: Language,
    top: float,
    look: parts.Look,
    column: float,
    portrait: bytes,
) -> float:
    """Place the names in a column beside the code, and under them portrait and facts; return the bottom."""
    y = parts.place_name(board, content, language, top, look, column)
    return _portrait_and_facts(board, content, language, y, look, column, _CORNER_SHARE, portrait)


def _portrait_and_facts(
    board: Board,
    content: SlipContent,
    language: Language,
    top: float,
    look: parts.Look,
    column: float,
    share: float,
    portrait: bytes,
) -> float:
    width = look.code_side * share
    bottom = top + width * _TALL / _WIDE
    board.picture(PictureMark(portrait, Box(look.margin, top, look.margin + width, bottom)))
    beside = width + _GAP
    room = column - beside
    y = parts.place_about(board, content, language, top, look, look.margin + beside, room, slim=room < _SLIM)
    return max(bottom + look.air / 2, y)
