"""The machine-readable zone of a paper in a picture, read by its shapes, offline: the optional extra `fieldapp[ocr]`."""

import io
import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from fieldapp.domain.problems import Problem

if TYPE_CHECKING:
    from PIL.Image import Image

_LIBRARY = "rapidocr_onnxruntime"
_MOST_PIXELS_WIDE = 1600
_PICTURES = ("PNG", "JPEG")
_NOT_OF_A_ZONE = re.compile(r"[^A-Z0-9<]")
_FILLERS = re.compile("<+")
_BETWEEN_TD2_AND_TD3 = 39
_MOST_MISCOUNTED = 14
_SHORTEST_LINE = 26
"""Characters: a line of a zone has 30 to 44, of which a reader may lose some."""


class NoOcr(Problem):
    """The library that reads letters in pictures is not installed."""

    code = "no_ocr"


def can_read_zones() -> bool:
    """Tell whether the extra is installed."""
    return find_spec(_LIBRARY) is not None


def zone_in(picture: bytes) -> str:
    """Return the lines of a machine-readable zone in a PNG or JPEG, one under the other, or nothing where there is none.

    Letters that look alike may be mistaken; the check digits tell (`domain.papers.read_paper` with `from_picture`).
    Raises NoOcr without the extra.
    """
    if not can_read_zones():
        raise NoOcr
    from PIL import Image, ImageOps  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(picture), formats=_PICTURES) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return ""
    upright.thumbnail((_MOST_PIXELS_WIDE, _MOST_PIXELS_WIDE))
    return "\n".join(_zone_lines(upright))


def _zone_lines(picture: "Image") -> list[str]:
    """Return the lines that look like a zone's, from top to bottom."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    # No guess whether a line stands on its head: for rows of fillers the guess is often wrong.
    found, _elapsed = _reader()(buffer.getvalue(), use_cls=False)
    rows = sorted((row[0][0][1], unicodedata.normalize("NFKC", str(row[1]))) for row in found or [])
    lines = (_NOT_OF_A_ZONE.sub("", text.upper().replace("«", "<<")) for _top, text in rows)
    kept = [line for line in lines if len(line) >= _SHORTEST_LINE and (line.count("<") > 1 or line[-1:].isdigit())]
    length = _length_of(kept)
    return [_fitted(line, length) for line in kept] if length else kept


def _length_of(lines: list[str]) -> int:
    """Return how long the lines of the zone are by ICAO 9303: three of 30, or two of 36 or 44; 0 for another number."""
    if len(lines) == 3:  # noqa: PLR2004 - TD1
        return 30
    if len(lines) == 2:  # noqa: PLR2004 - TD2 or TD3
        return 44 if max(map(len, lines)) > _BETWEEN_TD2_AND_TD3 else 36
    return 0


def _fitted(line: str, length: int) -> str:
    """Return a line with fillers put back or taken out where a reader miscounts them: in the longest run of them."""
    runs = [match.span() for match in _FILLERS.finditer(line)]
    missing = length - len(line)
    if not runs or not 0 < abs(missing) <= _MOST_MISCOUNTED:
        return line
    start, end = max(runs, key=lambda run: run[1] - run[0])
    return line[:start] + "<" * max(1, end - start + missing) + line[end:]


@cache
def _reader() -> Any:
    from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 - half a second, and only for those who use it

    return RapidOCR()
