"""Registration slips as PDF, in the layouts of `layouts`; where several share a sheet, with marks to cut along."""

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from fieldapp.documents.board import MM, Board
from fieldapp.documents.drawing import draw, new_canvas, one_at_a_time
from fieldapp.documents.fonts import Face, width
from fieldapp.documents.layouts import LAYOUTS
from fieldapp.documents.qr import make_qr
from fieldapp.documents.slip_layout import lay_out
from fieldapp.documents.text import forget, shape
from fieldapp.documents.wristband import band_boards
from fieldapp.domain.slip import SlipContent
from fieldapp.i18n import Language
from fieldapp.i18n import language as language_named

LARGEST_VERSION = 18
"""The largest QR code a slip has room for at the smallest module; eight members need version 17."""


@one_at_a_time
def render_slips(
    slips: Sequence[tuple[SlipContent, Sequence[str]]],
    layout: str,
    language: Language | None = None,
    *,
    zone: str = "America/Bogota",
    portraits: Mapping[UUID, bytes] | None = None,
) -> bytes:
    """Return a PDF of slips with their QR texts, each in its own language unless one is given.

    `portraits` has JPEGs of focal points by the ids of their groups, drawn where there is room. `zone` is the time zone of the post, for the day of issue. Raises KeyError for an unknown layout and ValueError
    when there is no slip, or when a QR text is not of the alphanumeric set or too long.
    """
    if not slips:
        raise ValueError("there is no slip to print")
    paper = LAYOUTS[layout]
    spoken = language or language_named(slips[0][0].language)
    buffer = io.BytesIO()
    canvas = new_canvas(
        buffer,
        paper.sheet,
        title=_title(slips, spoken),
        author=slips[0][0].organisation,
        language=spoken.code,
    )
    width, height = paper.size
    places = paper.columns * paper.rows
    place = 0
    for board, is_practice in _boards(slips, layout, language, zone, portraits or {}):
        if place == places:
            canvas.showPage()
            place = 0
        if place == 0 and places > 1:
            _cut_marks(canvas, paper.sheet)
        if paper.grows:
            height = board.height
            canvas.setPageSize((width, height))
        left = width * (place % paper.columns)
        bottom = 0.0 if paper.grows else paper.sheet[1] - height * (place // paper.columns + 1)
        if is_practice:
            _practice_mark(canvas, left, bottom, (width, height), spoken)
        draw(board, canvas, left, bottom)
        place += 1
    canvas.showPage()
    canvas.save()
    forget()
    return buffer.getvalue()


def slip_boards(
    content: SlipContent,
    codes: Sequence[str],
    layout: str,
    language: Language | None = None,
    *,
    zone: str = "America/Bogota",
    portrait: bytes = b"",
) -> tuple[Board, ...]:
    """Return the laid-out pages of one slip in a layout, with a portrait of the focal point where there is room.

    Raises KeyError for an unknown layout."""
    spoken = language or language_named(content.language)
    paper = LAYOUTS[layout]
    if paper.band:
        return band_boards(content, paper.size, spoken)
    # Corners of paper get folded: where the code lies in one, the corner it can spare points there.
    turns = 0 if not paper.in_corner else 2 if spoken.is_right_to_left else 1
    made = [make_qr(text, turns) for text in codes]
    if any(code.version > LARGEST_VERSION for code in made):
        raise ValueError("a QR code of a slip is too large to be read from paper")
    boards = lay_out(content, made, paper, spoken, zone, portrait)
    if spoken.is_right_to_left:
        for board in boards:
            board.mirror()
    return boards


def _boards(
    slips: Sequence[tuple[SlipContent, Sequence[str]]],
    layout: str,
    language: Language | None,
    zone: str,
    portraits: Mapping[UUID, bytes],
) -> Iterator[tuple[Board, bool]]:
    for content, codes in slips:
        portrait = portraits.get(content.group_id, b"")
        for board in slip_boards(content, codes, layout, language, zone=zone, portrait=portrait):
            yield board, content.practice


def _title(slips: Sequence[tuple[SlipContent, Sequence[str]]], language: Language) -> str:
    _ = language.gettext
    if len(slips) == 1:
        return f"{_('Registration slip')} {slips[0][0].number}"
    return f"{_('Registration slips')} ({language.number(len(slips))})"


def _practice_mark(canvas: Any, left: float, bottom: float, size: tuple[float, float], language: Language) -> None:
    """Draw the word for practice across a slip, behind everything, so that nobody takes it for a real one."""
    word = shape(language.gettext("PRACTICE"), Face.BOLD)
    across = (size[0] ** 2 + size[1] ** 2) ** 0.5
    points = min(across * 0.7 / max(word.width, 1.0), min(size) * 0.75)
    canvas.saveState()
    canvas.setFillGray(0.84)
    canvas.translate(left + size[0] / 2, bottom + size[1] / 2)
    canvas.rotate(math.degrees(math.atan2(size[1], size[0])))
    x = -word.width * points / 2
    for face, part in word.pieces:
        canvas.setFont(face, points)
        canvas.drawString(x, -points / 3, part)
        x += width(part, face) * points
    canvas.restoreState()


def _cut_marks(canvas: Any, sheet: tuple[float, float]) -> None:
    """Draw fine dotted lines to cut along, and ticks at the edges for a guillotine."""
    width, height = sheet
    canvas.saveState()
    canvas.setStrokeColorRGB(0, 0, 0)
    canvas.setLineWidth(0.3)
    canvas.setDash([0.6, 3.4], 0)
    canvas.line(width / 2, 0, width / 2, height)
    canvas.line(0, height / 2, width, height / 2)
    canvas.setDash([], 0)
    tick = 5 * MM
    for x, y, to_x, to_y in (
        (width / 2, 0, width / 2, tick),
        (width / 2, height - tick, width / 2, height),
        (0, height / 2, tick, height / 2),
        (width - tick, height / 2, width, height / 2),
        (width / 2 - tick / 2, height / 2, width / 2 + tick / 2, height / 2),
        (width / 2, height / 2 - tick / 2, width / 2, height / 2 + tick / 2),
    ):
        canvas.line(x, y, to_x, to_y)
    canvas.restoreState()
