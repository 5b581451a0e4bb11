"""The daily summary as a PDF of one page: large figures, charts readable in grey, data quality. Without names.

Every number printed is in the `Summary` or a sum, share or mean of its numbers.
"""

import io
from collections.abc import Sequence
from typing import Any

from fieldapp.documents import summary_parts as parts
from fieldapp.documents.board import Board
from fieldapp.documents.drawing import draw, new_canvas, one_at_a_time
from fieldapp.documents.text import forget
from fieldapp.domain.summary import Summary
from fieldapp.i18n import Language

PAPERS = {"letter": (8.5 * 72, 11 * 72), "a4": (595.28, 841.89)}
"""Sizes in points."""

_GAP = 22.0
_LOWEST = 66.0
_TIGHTEST = 8.0
_WIDE = 0.59
"""The share of the left column."""


@one_at_a_time
def render_summary(
    summary: Summary, language: Language, paper: str = "letter", *, zone: str = "America/Bogota"
) -> bytes:
    """Return the page as PDF on `letter` or `a4`; `zone` is the post's time zone. Raises KeyError for other papers."""
    board = summary_board(summary, language, paper, zone=zone)
    buffer = io.BytesIO()
    title = f"{language.gettext('Daily summary')} {summary.day.isoformat()}"
    canvas: Any = new_canvas(
        buffer, (board.width, board.height), title=title, author=summary.organisation, language=language.code
    )
    draw(board, canvas)
    canvas.showPage()
    canvas.save()
    forget()
    return buffer.getvalue()


def summary_board(
    summary: Summary, language: Language, paper: str = "letter", *, zone: str = "America/Bogota"
) -> Board:
    """Return the page laid out; what is left of its height goes to the gaps and to the tall charts."""
    bottom, board = _attempt(summary, language, PAPERS[paper], zone, tall=_LOWEST, gap=_TIGHTEST)
    spare = parts.foot_top(board, summary, language) - bottom
    tall = _LOWEST + max(0.0, min(60.0, spare * 0.4))
    gap = _TIGHTEST + max(0.0, min(16.0, (spare - (tall - _LOWEST)) / 6))
    return _attempt(summary, language, PAPERS[paper], zone, tall=tall, gap=gap)[1]


def _attempt(
    summary: Summary, language: Language, size: tuple[float, float], zone: str, *, tall: float, gap: float
) -> tuple[float, Board]:
    """Lay the page out with a height of the tall charts and a gap between sections; return the bottom too."""
    board = Board(*size)
    left = parts.MARGIN
    width = size[0] - 2 * left
    y = parts.place_head(board, summary, language, zone)
    y = parts.place_figures(board, summary, language, y + gap) + gap
    if not summary.arrivals:
        y = parts.place_days(board, summary, language, left, y, width, tall) + gap
        y = parts.place_quality(board, summary, language, y)
        parts.place_foot(board, summary, language)
        return y, board
    wide = (width - _GAP) * _WIDE
    narrow = width - _GAP - wide
    right = left + wide + _GAP
    y = _side_by_side(
        (
            parts.place_hours(board, summary, language, left, y, wide, tall),
            parts.place_days(board, summary, language, right, y, narrow, tall),
        ),
        gap,
    )
    y = _side_by_side(
        (
            parts.place_ages(board, summary, language, left, y, wide),
            parts.place_nationalities(board, summary, language, right, y, narrow),
        ),
        gap,
    )
    needs = parts.place_needs(board, summary, language, left, y, wide)
    ways = parts.place_crossings(board, summary, language, right, y, narrow)
    posts = parts.place_posts(board, summary, language, right, ways + gap * 0.6, narrow)
    y = _side_by_side((needs, posts), gap)
    y = parts.place_quality(board, summary, language, y)
    parts.place_foot(board, summary, language)
    return y, board


def _side_by_side(bottoms: Sequence[float], gap: float) -> float:
    return max(bottoms) + gap
