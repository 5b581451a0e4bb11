"""Every pair of text and background that the sheet uses can be read in every theme."""

import itertools

import pytest

from fieldapp.ui import tokens
from fieldapp.ui.tokens import Palette

READABLE = 4.5
VISIBLE = 3.0
TEXT_ON = (
    ("text", "page"),
    ("text", "surface"),
    ("text", "hover"),
    ("text", "selected"),
    ("secondary", "page"),
    ("secondary", "surface"),
    ("secondary", "hover"),
    ("accent", "surface"),
    ("accent", "page"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("danger", "surface"),
    ("danger", "page"),
    ("warn", "surface"),
    ("ok", "surface"),
    ("info", "surface"),
    ("ok", "ok_page"),
    ("warn", "warn_page"),
    ("danger", "danger_page"),
    ("info", "info_page"),
)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, 1-21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(("theme", "pair"), [*itertools.product(tokens.PALETTES, TEXT_ON)])
def test_text_can_be_read(theme: str, pair: tuple[str, str]) -> None:
    palette = tokens.palette(theme)
    text, background = (getattr(palette, name) for name in pair)
    assert contrast(text, background) >= READABLE


@pytest.mark.parametrize("theme", tokens.PALETTES)
@pytest.mark.parametrize("name", ["border", "focus"])
def test_edges_can_be_seen(theme: str, name: str) -> None:
    palette = tokens.palette(theme)
    assert contrast(getattr(palette, name), palette.surface) >= VISIBLE
    assert contrast(getattr(palette, name), palette.page) >= VISIBLE


def test_high_contrast_knows_no_grey() -> None:
    palette = tokens.palette("contrast")
    tinted = {"hover", "selected", "accent_hover"}
    colours = {value for name, value in palette.items().items() if name not in tinted}
    assert colours == {"#000000", "#FFFFFF", "#FFFF00"}


def test_a_theme_that_is_not_known_is_the_light_one() -> None:
    assert tokens.palette("sepia") is tokens.PALETTES["light"]
    assert isinstance(tokens.palette("sepia"), Palette)


@pytest.mark.parametrize(("percent", "size"), [(50, 15), (100, 15), (150, 22), (200, 30), (400, 30)])
def test_text_grows_from_100_to_200_percent(percent: int, size: int) -> None:
    assert tokens.sized(15, percent) == size
