"""The bundled typefaces, loaded when a page first needs them.

reportlab and the files are read at first use, so that importing the documents costs nothing at start-up.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from fieldapp import paths

REPLACEMENT = "\ufffd"
"""Drawn where no bundled face has a glyph: a question mark in a diamond, so that a gap is seen and not a box."""

ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
"""Letters that are written from right to left and joined."""


class Face(StrEnum):
    """A way of setting text; the value is the font file it starts from."""

    REGULAR = "NotoSans-Regular"
    BOLD = "NotoSans-Bold"
    NUMBER = "NotoSansMono-Bold"
    """Registration numbers and keys: a slashed zero, and I, l and 1 that cannot be taken for one another."""
    CODE = "NotoSansMono-Regular"


_FALLBACK = {Face.REGULAR: "NotoSansArabic-Regular", Face.BOLD: "NotoSansArabic-Bold"}


@cache
def _registered(name: str) -> Any:
    """Load one font file and make it known to reportlab under its own name."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    font = TTFont(name, str(paths.resources() / "fonts" / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font


def primary(face: Face) -> str:
    """Return the name of the face's own font, loaded."""
    _registered(face.value)
    return face.value


def fallback(face: Face) -> str | None:
    """Return the name of the font that has the face's Arabic letters, loaded; None if the face has none."""
    name = _FALLBACK.get(face)
    if name is not None:
        _registered(name)
    return name


def glyphs(name: str) -> Mapping[int, int]:
    """Return the code points a loaded font can draw."""
    found: Mapping[int, int] = _registered(name).face.charToGlyph
    return found


def width(text: str, name: str) -> float:
    """Return how wide text is in a loaded font of size 1."""
    return float(_registered(name).stringWidth(text, 1))


def preload() -> None:
    """Load what the first slip needs, so that it is not the family in front of the desk who waits."""
    import qrcode  # noqa: F401, PLC0415 - the import itself is the work
    from reportlab.pdfgen import canvas  # noqa: F401, PLC0415

    for face in Face:
        primary(face)
