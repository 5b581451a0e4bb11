"""Photos that nobody would keep: blurred by half a module, in bad light with grain, a corner of the paper folded over."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from fieldapp.documents.layouts import LAYOUTS
from fieldapp.documents.slip import render_slips
from fieldapp.exchange.credential import encode_credential
from fieldapp.exchange.page_dots import page_dots
from fieldapp.exchange.reading import codes_in_file
from tests.exchange.slips import FAMILY, KEY, KID, ORGANISATION, slip

DPI = 300
MODULE = 0.45 / 25.4 * DPI
TEXT = encode_credential(slip(*FAMILY), KEY.sign, KID, ORGANISATION)[0]


def on_paper(layout: str, language: str = "es") -> Image.Image:
    content = slip(*FAMILY, language=language)
    width = round(LAYOUTS[layout].sheet[0] / 72 * DPI)
    return page_dots(render_slips([(content, (TEXT,))], layout), DPI, width)[0].convert("L")


def blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(MODULE / 2))


def dim_and_grained(picture: Image.Image) -> Image.Image:
    """A fifth of the light, fading towards the foot, a little out of focus, with grain."""
    chance = random.Random(3)
    fade = Image.linear_gradient("L").resize(picture.size).point(lambda level: 255 - level // 2)
    dark = ImageChops.multiply(picture, fade).point(lambda level: level // 5)
    grain = Image.frombytes("L", picture.size, bytes(chance.choices(range(124, 133), k=picture.width * picture.height)))
    return ImageChops.add(dark.filter(ImageFilter.GaussianBlur(MODULE / 3)), grain, 1, -128)


@pytest.mark.parametrize("layout", ["a6", "a7", "card"])
@pytest.mark.parametrize("spoilt", [blurred, dim_and_grained])
def test_a_bad_photo_of_a_slip_is_read(
    tmp_path: Path, layout: str, spoilt: Callable[[Image.Image], Image.Image]
) -> None:
    spoilt(on_paper(layout)).save(tmp_path / "photo.png")

    assert codes_in_file(tmp_path / "photo.png") == [TEXT]


@pytest.mark.parametrize("layout", ["a7", "card"])
@pytest.mark.parametrize(("language", "at_right"), [("es", True), ("ar", False)])
def test_the_corner_of_the_paper_at_the_code_may_be_folded_over(
    tmp_path: Path, layout: str, language: str, at_right: bool
) -> None:
    picture = on_paper(layout, language)
    side = 8 / 25.4 * DPI
    x, to_x = (picture.width, picture.width - side) if at_right else (0, side)
    ImageDraw.Draw(picture).polygon([(x, 0), (to_x, 0), (to_x, side), (x, side)], fill=225)
    picture.save(tmp_path / "photo.png")

    assert codes_in_file(tmp_path / "photo.png") == [TEXT]


def test_a_picture_without_a_code_stays_without_one(tmp_path: Path) -> None:
    Image.effect_noise((900, 700), 90).save(tmp_path / "noise.png")

    assert codes_in_file(tmp_path / "noise.png") == []
