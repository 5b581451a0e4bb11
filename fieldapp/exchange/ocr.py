"""The machine-readable zone of a paper in a picture, read by its shapes, offline: the optional extra `fieldapp[ocr]`."""

import io
import re
from functools import cache
from importlib.util import find_spec
from typing import Any

from fieldapp.domain.problems import Problem

_LIBRARY = "rapidocr_onnxruntime"
_MOST_PIXELS_WIDE = 1600
_PICTURES = ("PNG", "JPEG")
_NOT_OF_A_ZONE = re.compile(r"[^A-Z0-9<]")
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
    buffer = io.BytesIO()
    upright.save(buffer, "PNG")
    found, _elapsed = _reader()(buffer.getvalue())
    return "\n".join(_zone_lines(found or []))


def _zone_lines(found: list[Any]) -> list[str]:
    rows = sorted((row[0][0][1], str(row[1])) for row in found)
    lines = (_NOT_OF_A_ZONE.sub("", text.upper().replace(" ", "").replace("«", "<<")) for _top, text in rows)
    return [line for line in lines if len(line) >= _SHORTEST_LINE and (line.count("<") > 1 or line[-1:].isdigit())]


@cache
def _reader() -> Any:
    from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 - half a second, and only for those who use it

    return RapidOCR()
