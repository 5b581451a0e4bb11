"""The privacy notice: what a family is told before it answers, to hang up at the desk or to hand out."""

import io
from collections.abc import Sequence
from typing import Any

from fieldapp.documents.board import Board
from fieldapp.documents.drawing import draw, new_canvas, one_at_a_time
from fieldapp.documents.fonts import Face
from fieldapp.documents.summary import PAPERS
from fieldapp.documents.text import Style, fit, forget
from fieldapp.i18n import Language

_MARGIN = 60.0
_TITLE = Style(Face.BOLD, 32, 18)
_HEADING = Style(Face.BOLD, 19, 12)
_TEXT = Style(Face.REGULAR, 17, 10)
_SMALL = Style(Face.REGULAR, 12, 8)
_MOST_LINES = 7


@one_at_a_time
def render_notice(organisation: str, contact: str, language: Language, *, paper: str = "letter") -> bytes:
    """Return the notice as a PDF of one page on `letter` or `a4`."""
    board = notice_board(organisation, contact, language, paper=paper)
    buffer = io.BytesIO()
    title = language.gettext("About your data")
    canvas: Any = new_canvas(
        buffer, (board.width, board.height), title=title, author=organisation, language=language.code
    )
    draw(board, canvas)
    canvas.showPage()
    canvas.save()
    forget()
    return buffer.getvalue()


def notice_board(organisation: str, contact: str, language: Language, *, paper: str = "letter") -> Board:
    """Return the notice laid out."""
    board = Board(*PAPERS[paper])
    left, width = _MARGIN, board.width - 2 * _MARGIN
    y = board.write(fit(language.gettext("About your data"), _TITLE, width), left, _MARGIN)
    y = board.write(fit(organisation, _SMALL, width), left, y + 2) + 12
    board.rule(left, y, left + width, 1.4)
    y += 18
    for heading, text in _paragraphs(language):
        y = board.write(fit(heading, _HEADING, width), left, y) + 3
        y = board.write(fit(text, _TEXT, width, lines=_MOST_LINES), left, y) + 14
    board.rule(left, y, left + width, 0.6)
    board.write(fit(language.gettext("Questions and wishes: {contact}", contact=contact), _SMALL, width), left, y + 10)
    return board


def _paragraphs(language: Language) -> Sequence[tuple[str, str]]:
    _ = language.gettext
    return (
        (
            _("Why we ask"),
            _("We write down who you are and what you need, so that you can be received, sheltered and helped here."),
        ),
        (
            _("You may say no"),
            _(
                "If you do not agree that your data is shared, you are registered all the same, and you lose no help "
                "at this place. You need not show papers either."
            ),
        ),
        (
            _("Who may see it"),
            _(
                "The staff of this place. If you agree: the Colombian government, humanitarian organisations and the "
                "services that search for relatives. You may agree to some and refuse others. The authorities of the "
                "country you left do not receive it from us."
            ),
        ),
        (
            _("How it is kept"),
            _("Locked and encrypted. Your slip shows only what is printed on it; no health or protection matter."),
        ),
        (
            _("What you may ask for"),
            _("To see what is written about you, to have it corrected, to change your answer, or to have it deleted."),
        ),
    )
