"""Boards drawn on a reportlab canvas, and canvases that give the same bytes for the same content."""

import io
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from fieldapp.documents import fonts
from fieldapp.documents.board import (
    BLACK,
    Board,
    CodeMark,
    Colour,
    PictureMark,
    RectMark,
    RuleMark,
    TextMark,
)

_ONE_AT_A_TIME = threading.RLock()
P = ParamSpec("P")
T = TypeVar("T")


def one_at_a_time(render: Callable[P, T]) -> Callable[P, T]:
    """Let one thread at a time draw: reportlab keeps which letters of a font are used in the font, which all share."""

    @wraps(render)
    def alone(*args: P.args, **kwargs: P.kwargs) -> T:
        with _ONE_AT_A_TIME:
            return render(*args, **kwargs)

    return alone


def new_canvas(buffer: Any, size: tuple[float, float], *, title: str, author: str, language: str) -> Any:
    """Return a canvas whose output is the same, byte for byte, for the same content."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    # Starting with a bundled font keeps reportlab from naming Helvetica, which would not be embedded.
    first = fonts.primary(fonts.Face.REGULAR)
    canvas = Canvas(
        buffer,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        lang=language,
        initialFontName=first,
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator("fieldapp")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def draw(board: Board, canvas: Any, left: float = 0.0, bottom: float = 0.0) -> None:
    """Draw a board with its lower left corner at a place, in points."""
    canvas.saveState()
    canvas.translate(left, bottom)
    for mark in board.marks:
        match mark:
            case TextMark():
                _text(canvas, mark, board.height)
            case RuleMark():
                _stroke(canvas, mark.colour, mark.width, mark.dash)
                canvas.line(mark.x, board.height - mark.y, mark.to_x, board.height - mark.to_y)
            case RectMark():
                _rectangle(canvas, mark, board.height)
            case CodeMark():
                _code(canvas, mark, board.height)
            case PictureMark():
                _picture(canvas, mark, board.height)
    canvas.restoreState()


def _text(canvas: Any, mark: TextMark, height: float) -> None:
    canvas.setFillColorRGB(*mark.colour)
    x = mark.x
    for font, part in mark.line.pieces:
        canvas.setFont(font, mark.size)
        canvas.drawString(x, height - mark.baseline, part)
        if len(mark.line.pieces) > 1:
            x += fonts.width(part, font) * mark.size


def _stroke(canvas: Any, colour: Colour, width: float, dash: tuple[float, ...]) -> None:
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(width)
    canvas.setDash(list(dash), 0)


def _rectangle(canvas: Any, mark: RectMark, height: float) -> None:
    if mark.fill is not None:
        canvas.setFillColorRGB(*mark.fill)
    if mark.stroke is not None:
        _stroke(canvas, mark.stroke, mark.width, mark.dash)
    box = mark.box
    shape = (box.left, height - box.bottom, box.right - box.left, box.bottom - box.top)
    how = {"stroke": int(mark.stroke is not None), "fill": int(mark.fill is not None)}
    if mark.radius:
        canvas.roundRect(*shape, mark.radius, **how)
    else:
        canvas.rect(*shape, **how)


def _code(canvas: Any, mark: CodeMark, height: float) -> None:
    from reportlab.pdfgen.pathobject import PDFPathObject  # noqa: PLC0415

    canvas.saveState()
    # In units of modules the path needs whole numbers only: short to write, exact at any size. One path, so that no
    # hairline shows between rows. The operators are written here: for whole numbers reportlab's own formatting would be
    # a fifth of the work of a whole slip.
    canvas.translate(mark.x, height - mark.y)
    canvas.scale(mark.module, -mark.module)
    canvas.setFillColorRGB(*BLACK)
    path = PDFPathObject([f"{column} {row} {length} 1 re" for column, row, length in mark.code.runs])
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _picture(canvas: Any, mark: PictureMark, height: float) -> None:
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415

    box = mark.box
    picture = ImageReader(io.BytesIO(mark.picture))
    canvas.drawImage(picture, box.left, height - box.bottom, box.right - box.left, box.bottom - box.top)
