"""Portraits: small, upright, cut to size, and clean of what the camera wrote into the photo."""

import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from fieldapp.exchange.portraits import (
    HEIGHT,
    LARGEST_PORTRAIT,
    WIDTH,
    Crop,
    NotAPhoto,
    make_portrait,
    portrait_on_paper,
)


def photo(width: int = 1200, height: int = 900, format: str = "JPEG", orientation: int = 0) -> bytes:
    """Return a photo whose left half is red and whose right half is blue, full of noise."""
    picture = Image.effect_noise((width, height), 90).convert("RGB")
    red, blue = Image.new("RGB", (width // 2, height), "red"), Image.new("RGB", (width - width // 2, height), "blue")
    picture = Image.blend(picture, _beside(red, blue), 0.7)
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    exif[0x010F] = "Camera of somebody"
    out = io.BytesIO()
    picture.save(out, format, exif=exif, quality=95)
    return out.getvalue()


def _beside(left: Image.Image, right: Image.Image) -> Image.Image:
    whole = Image.new("RGB", (left.width + right.width, left.height))
    whole.paste(left, (0, 0))
    whole.paste(right, (left.width, 0))
    return whole


def opened(portrait: bytes) -> Image.Image:
    return Image.open(io.BytesIO(portrait))


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_any_photo_becomes_a_small_picture_of_one_size(format: str) -> None:
    portrait = make_portrait(photo(3000, 2000, format))
    assert len(portrait) <= LARGEST_PORTRAIT
    assert (opened(portrait).format, opened(portrait).size) == ("JPEG", (WIDTH, HEIGHT))


def test_nothing_of_the_camera_is_carried_over() -> None:
    portrait = make_portrait(photo())
    assert not opened(portrait).getexif()
    assert b"Camera of somebody" not in portrait


def test_a_photo_that_was_held_on_its_side_stands_upright() -> None:
    # Turned by 90 degrees to the right, the red half is on top.
    portrait = opened(make_portrait(photo(1200, 900, orientation=6)))
    top, bottom = portrait.getpixel((WIDTH // 2, 20)), portrait.getpixel((WIDTH // 2, HEIGHT - 20))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > top[2]
    assert bottom[2] > bottom[0]


def test_the_part_that_was_chosen_is_kept() -> None:
    left = opened(make_portrait(photo(), Crop(x=0.0, height=0.5))).getpixel((WIDTH // 2, HEIGHT // 2))
    right = opened(make_portrait(photo(), Crop(x=1.0, height=0.5))).getpixel((WIDTH // 2, HEIGHT // 2))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > left[2]
    assert right[2] > right[0]


@given(st.floats(-2, 3), st.floats(-2, 3), st.floats(-1, 2))
@settings(max_examples=25, deadline=None)
def test_no_crop_leaves_the_photo(x: float, y: float, height: float) -> None:
    assert opened(make_portrait(photo(300, 200), Crop(x, y, height))).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_photo"),
        (b"\x89PNG\r\n\x1a\nnot really", "not_a_photo"),
        (b"%PDF-1.4", "not_a_photo"),
        (photo()[:900], "not_a_photo"),
        (photo(30, 30), "photo_too_small"),
    ],
)
def test_what_is_no_photo_is_said(data: bytes, code: str) -> None:
    with pytest.raises(NotAPhoto, match=code):
        make_portrait(data)


def test_a_bomb_of_a_picture_is_refused_before_it_is_unpacked() -> None:
    header = (40_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    with pytest.raises(NotAPhoto):
        make_portrait(bomb + bytes(100))


def test_on_paper_a_portrait_is_in_greys_of_full_range() -> None:
    with Image.open(io.BytesIO(portrait_on_paper(make_portrait(photo())))) as paper:
        assert (paper.mode, paper.size) == ("L", (WIDTH, HEIGHT))
        darkest, lightest = paper.getextrema()
    assert darkest < 20
    assert lightest > 235


WHOLE = make_portrait(photo(90, 120))


@given(damaged=st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_what_another_laptop_sent_as_a_portrait_never_stops_a_slip(damaged: bytes) -> None:
    assert portrait_on_paper(damaged) == b""
    portrait_on_paper(WHOLE[: len(WHOLE) // 2] + damaged)


def test_only_the_one_kind_of_picture_goes_on_paper() -> None:
    assert portrait_on_paper(photo(90, 120, "PNG")) == b""
    assert portrait_on_paper(WHOLE[: len(WHOLE) // 2]) == b""
