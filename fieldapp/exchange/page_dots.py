"""Pages of a PDF as the dots of a printer that has only black and white: what a receipt printer is sent."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS_PER_INCH = 72
_THRESHOLD = 160
"""Lighter than the middle, so that thin letters keep their strokes; the edges of codes fall on whole dots anyway."""
_WHOLE = 1 - 1e-6
"""Sizes in a PDF are rounded: 639.0001 dots would be drawn on 640, and every module would be stretched a little."""


def page_dots(pdf: bytes, dots_per_inch: int, width: int) -> "list[Image]":
    """Return each page in black and white, the middle `width` dots of it; white paper is cut off at both sides.

    Raises ValueError for pages that are wider than a roll's white edges allow: their print would be cut.
    """
    import pypdfium2  # noqa: PLC0415 - start-up needs no pages
    from PIL import ImageOps  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        scale = dots_per_inch / _POINTS_PER_INCH * _WHOLE
        for page in document:
            grey = page.render(scale=scale, grayscale=True).to_pil().convert("L")
            edge = (grey.width - width) // 2
            if edge < 0:
                grey = ImageOps.pad(grey, (width, grey.height), color=255)
                edge = 0
            black = grey.point(lambda level: 255 if level >= _THRESHOLD else 0)
            ink = ImageOps.invert(black).getbbox()
            if ink and (ink[0] < edge or ink[2] > edge + width):
                raise ValueError("the page is wider than the roll")
            pages.append(black.crop((edge, 0, edge + width, black.height)).convert("1", dither=0))
        return pages
    finally:
        document.close()
