"""A wristband for each person of a group: the number, and a code that holds only the number, to look it up by."""

from fieldapp.documents.board import MM, Board, CodeMark
from fieldapp.documents.fonts import Face
from fieldapp.documents.qr import QUIET_ZONE, make_qr
from fieldapp.documents.text import Style, fit
from fieldapp.domain.slip import SlipContent
from fieldapp.i18n import Language

_CLASP = 30 * MM
"""What a clasp covers at the left end."""
_MARGIN = 3 * MM
_DOT = 72 / 203
_DOTS = 5
"""Dots of a module, 0.63 mm: large enough to be read on a bent arm, and whole on the usual band printers."""
_NUMBER = Style(Face.NUMBER, 26, 12)
_SMALL = Style(Face.REGULAR, 9, 6)


def band_boards(content: SlipContent, size: tuple[float, float], language: Language) -> tuple[Board, ...]:
    """Return a band for each member by name, in their order; the group's own where nobody is named."""
    numbers = [member.number or f"{content.number}-{member.ordinal}" for member in content.members] or [content.number]
    return tuple(_band(number, content, size, language) for number in numbers)


def _band(number: str, content: SlipContent, size: tuple[float, float], language: Language) -> Board:
    board = Board(*size)
    # A preview has no number yet, and its dots are not of a code's letters.
    code = make_qr(number) if number.isascii() else None
    module = _DOTS * _DOT
    side = (code.modules if code else 21) * module
    x = round((_CLASP + QUIET_ZONE * module) / _DOT) * _DOT
    y = round((size[1] - side) / 2 / _DOT) * _DOT
    if code:
        board.code(CodeMark(code, x, y, module))
    left = x + side + QUIET_ZONE * module + 3 * MM
    room = size[0] - left - _MARGIN
    fitted = fit(number, _NUMBER, room)
    word = fit(language.gettext("PRACTICE") if content.practice else "", _SMALL, room)
    top = (size[1] - fitted.height - word.height) / 2
    board.write(word, left, board.write(fitted, left, top))
    return board
