"""The style sheet of a theme, filled from the table of tokens, and the small pictures that a sheet can only take as
files (arrows, ticks), recoloured from the icons.

Run `python -m fieldapp.ui.style` after a change of the tokens to write those pictures again; a test notices when they
are out of step.
"""

from pathlib import Path
from string import Template

from fieldapp import paths
from fieldapp.ui import tokens

_BORDER = 2
_DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">'
    '<circle cx="12" cy="12" r="7" fill="currentColor" /></svg>\n'
)
_PICTURES = {
    "chevron-down": "text",
    "chevron-up": "text",
    "check": "on_accent",
    "minus": "on_accent",
    "dot": "accent",
}


def folder() -> Path:
    """Return the folder of the sheet's template and its pictures."""
    return paths.resources() / "style"


def icon_source(name: str) -> str:
    """Return the SVG of an icon, drawn in `currentColor`. Raises FileNotFoundError for a name that is none."""
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


def sheet(theme: str, percent: int) -> str:
    """Return the style sheet of a theme at a text size."""
    sizes = {name: tokens.sized(pixels, percent) for name, pixels in tokens.SIZES.items()}
    derived = {
        "radius": tokens.RADIUS,
        "field_inner": sizes["field"] - _BORDER,
        "field_marked": sizes["field"] - 2 * _BORDER,
        "button_inner": sizes["field"] - _BORDER,
        "primary_inner": sizes["primary"] - _BORDER,
        "person_inner": tokens.sized(64, percent) - _BORDER,
        "target_inner": sizes["target"] - _BORDER,
        "chip_radius": sizes["target"] // 2,
        "indicator_radius": sizes["indicator"] // 2 + _BORDER,
    }
    card_border = f"1px solid {tokens.palette(theme).border}" if theme == "contrast" else "none"
    template = Template((folder() / "fieldapp.qss").read_text("utf-8"))
    values = {
        **tokens.palette(theme).items(),
        **sizes,
        **derived,
        "card_border": card_border,
        "theme": theme,
    }
    return template.substitute(values)


def pictures(theme: str) -> dict[str, str]:
    """Return the sheet's pictures of a theme by file name."""
    colours = tokens.palette(theme).items()
    return {
        f"{name}.svg": (_DOT if name == "dot" else icon_source(name)).replace("currentColor", colours[role])
        for name, role in _PICTURES.items()
    }


def write_pictures() -> None:
    """Write the pictures of every theme beside the template."""
    for theme in tokens.PALETTES:
        target = folder() / theme
        target.mkdir(exist_ok=True)
        for name, source in pictures(theme).items():
            (target / name).write_text(source, "utf-8")


if __name__ == "__main__":
    write_pictures()
