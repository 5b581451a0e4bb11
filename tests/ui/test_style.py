"""The sheet is filled for every theme and size, and its pictures are in step with the tokens."""

import re

import pytest

from fieldapp.ui import style, tokens


@pytest.mark.parametrize("theme", tokens.PALETTES)
@pytest.mark.parametrize("percent", [100, 130, 200])
def test_every_field_of_the_template_is_filled(theme: str, percent: int) -> None:
    sheet = style.sheet(theme, percent)
    assert "$" not in sheet
    assert tokens.palette(theme).accent in sheet


def test_the_sheet_names_no_colour_of_its_own() -> None:
    template = (style.folder() / "fieldapp.qss").read_text("utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", template)


@pytest.mark.parametrize("theme", tokens.PALETTES)
def test_the_pictures_are_in_step_with_the_tokens(theme: str) -> None:
    for name, source in style.pictures(theme).items():
        assert (style.folder() / theme / name).read_text("utf-8") == source, "run python -m fieldapp.ui.style"


@pytest.mark.parametrize("theme", tokens.PALETTES)
def test_every_picture_the_sheet_names_is_there(theme: str) -> None:
    named = re.findall(r"url\(style:(.*?)\)", style.sheet(theme, 100))
    assert named
    for path in named:
        assert (style.folder() / path).is_file()
