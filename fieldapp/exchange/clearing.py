"""Bad photos made readable: blurred, dim, grained or badly squeezed ones, in a few versions, the likeliest first.

Light and fading are taken out against the surroundings of each dot, grain by a slight blur, and then the edges are
sharpened far beyond what looks good: a code is dark or light and nothing between. Which versions rescue which photos was
measured (`tests/benchmarks/bench_readback.py`); each of these finds codes that all before it miss.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 3_000_000
"""Larger photos are made smaller first: a code that needs more dots is read without help."""
_SURROUNDINGS = 30


class _Version(NamedTuple):
    """Whether light is evened out, the scale, and in dots of it the blur, the radius and percent of the sharpening."""

    evened: bool
    scale: float
    blur: float
    radius: float
    percent: int


_VERSIONS = (
    _Version(True, 0.66, 0.8, 2.5, 600),
    _Version(False, 1, 0, 3, 600),
    _Version(True, 1, 1.5, 4, 700),
)
_GRAIN, _BLUR, _ROUNDS = 0.8, 2.5, 4


def cleared(picture: "Image") -> Iterator["Image"]:
    """Yield versions of a grey picture in which a code may be read where it cannot be as it is."""
    from PIL import Image, ImageChops, ImageFilter, ImageOps  # noqa: PLC0415 - only where a photo is bad

    pixels = picture.width * picture.height
    if pixels > _MOST_PIXELS:
        picture = _scaled(picture, (_MOST_PIXELS / pixels) ** 0.5, Image.Resampling.BOX)
    around = picture.filter(ImageFilter.BoxBlur(_SURROUNDINGS))
    evened = ImageOps.autocontrast(ImageChops.subtract(picture, around, 1, 128), cutoff=1)
    for its in _VERSIONS:
        version = evened if its.evened else picture
        if its.scale != 1:
            version = _scaled(version, its.scale, Image.Resampling.BOX)
        if its.blur:
            version = version.filter(ImageFilter.GaussianBlur(its.blur))
        yield version.filter(ImageFilter.UnsharpMask(its.radius, its.percent, 0))
    yield _undone(evened)


def _undone(picture: "Image") -> "Image":
    """Return what becomes the picture when it is blurred, as nearly as a few rounds of van Cittert's method find it."""
    from PIL import ImageChops, ImageFilter  # noqa: PLC0415

    seen = guess = picture.filter(ImageFilter.GaussianBlur(_GRAIN))
    for _ in range(_ROUNDS):
        missing = ImageChops.subtract(seen, guess.filter(ImageFilter.GaussianBlur(_BLUR)), 1, 128)
        guess = ImageChops.add(guess, missing, 1, -128)
    return guess


def _scaled(picture: "Image", scale: float, how: int) -> "Image":
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, how)
