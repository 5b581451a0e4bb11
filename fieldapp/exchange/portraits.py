"""Portraits: a photo cut to 3:4, turned as it was held, without what the camera wrote into it, at most 30 KB."""

import io
from dataclasses import dataclass

from fieldapp.domain.problems import Problem
from fieldapp.exchange.reading import LARGEST_FILE, MOST_PIXELS

WIDTH, HEIGHT = 360, 480
LARGEST_PORTRAIT = 30 * 1024
"""Bytes."""
_PICTURES = ("PNG", "JPEG", "WEBP", "BMP")
_QUALITIES = (85, 75, 65, 55, 45, 35, 25, 15)
_SMALLEST = 48


class NotAPhoto(Problem):
    """The bytes are not a photo that can be read, or it is too large."""

    code = "not_a_photo"


@dataclass(frozen=True, slots=True)
class Crop:
    """Which part of a photo is kept: the middle and the height, as shares of its width and height; 3:4 in the end."""

    x: float = 0.5
    y: float = 0.5
    height: float = 1.0


def make_portrait(photo: bytes, crop: Crop | None = None) -> bytes:
    """Return the portrait of a photo as a JPEG of 360x480 pixels; without a crop, the largest part from its middle.

    Raises NotAPhoto for what is no photo, is smaller than 48 pixels a side, or is a bomb of a picture.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - start-up needs no pictures

    if len(photo) > LARGEST_FILE:
        raise NotAPhoto("photo_too_large")
    try:
        with Image.open(io.BytesIO(photo), formats=_PICTURES) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPhoto("photo_too_large")
            if min(opened.width, opened.height) < _SMALLEST:
                raise NotAPhoto("photo_too_small")
            opened.draft("RGB", (WIDTH * 2, HEIGHT * 2))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotAPhoto from error
    box = _box(upright.width, upright.height, crop or Crop())
    small = upright.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=box)
    # A picture of its own carries nothing over: no place, no time, no name of the camera.
    clean = Image.new("RGB", small.size)
    clean.paste(small)
    for quality in _QUALITIES:
        out = io.BytesIO()
        clean.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= LARGEST_PORTRAIT:
            return out.getvalue()
    raise NotAPhoto("photo_too_large")


def portrait_on_paper(portrait: bytes) -> bytes:
    """Return a portrait of a record as a JPEG in greys, for paper; empty for what is no picture or a bomb of one."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(portrait), formats=("JPEG",)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return b""
            grey = ImageOps.fit(opened.convert("L"), (WIDTH, HEIGHT))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return b""
    out = io.BytesIO()
    # Dim photos of a tent would be a dark patch on paper.
    ImageOps.autocontrast(grey, cutoff=1).save(out, "JPEG", quality=_QUALITIES[0], optimize=True)
    return out.getvalue()


def _box(width: int, height: int, crop: Crop) -> tuple[float, float, float, float]:
    """Return the part that is kept, moved back where it would leave the photo."""
    tallest = min(height, width * HEIGHT / WIDTH)
    tall = tallest * min(max(crop.height, 0.1), 1.0)
    wide = tall * WIDTH / HEIGHT
    left = min(max(crop.x * width - wide / 2, 0.0), width - wide)
    top = min(max(crop.y * height - tall / 2, 0.0), height - tall)
    return left, top, left + wide, top + tall
