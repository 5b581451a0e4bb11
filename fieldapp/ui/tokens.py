"""The one table of colours and sizes of the window, for the light, the dark and the high-contrast theme.

Source of the values: the look of fieldapp (contrast of every pair of text and background is at least 4.5:1, checked by
a test). No widget knows a colour; the style sheet and the icons take them from here.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as `#RRGGBB`."""

    page: str
    surface: str
    text: str
    secondary: str
    border: str
    line: str
    hover: str
    accent: str
    accent_hover: str
    on_accent: str
    selected: str
    focus: str
    ok: str
    ok_page: str
    warn: str
    warn_page: str
    danger: str
    danger_page: str
    info: str
    info_page: str
    board: str = "#FFFFFF"
    on_board: str = "#000000"
    """The turn screen is dark on light in every theme: it is read from across the room."""

    def items(self) -> dict[str, str]:
        """Return the colours by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


PALETTES: dict[str, Palette] = {
    "light": Palette(
        page="#F6F7F9",
        surface="#FFFFFF",
        text="#14181F",
        secondary="#4A5361",
        border="#7A8594",
        line="#DDE1E7",
        hover="#E9EDF2",
        accent="#0B5CAD",
        accent_hover="#094C90",
        on_accent="#FFFFFF",
        selected="#DEEBFA",
        focus="#0B5CAD",
        ok="#14532D",
        ok_page="#DCF5E3",
        warn="#7A3E00",
        warn_page="#FDF0CF",
        danger="#8E1B1B",
        danger_page="#FCE4E4",
        info="#123F7A",
        info_page="#DEEBFA",
    ),
    "dark": Palette(
        page="#12161C",
        surface="#1B212A",
        text="#EEF1F5",
        secondary="#B4BDC9",
        border="#7A8594",
        line="#323B47",
        hover="#262E39",
        accent="#7DB8F0",
        accent_hover="#A3CEF6",
        on_accent="#0E1726",
        selected="#1D3A58",
        focus="#7DB8F0",
        ok="#B9F0CB",
        ok_page="#123D25",
        warn="#FFE0A3",
        warn_page="#4A3200",
        danger="#FFCACA",
        danger_page="#571818",
        info="#BBDCFA",
        info_page="#17324F",
    ),
    "contrast": Palette(
        page="#000000",
        surface="#000000",
        text="#FFFFFF",
        secondary="#FFFFFF",
        border="#FFFFFF",
        line="#FFFFFF",
        hover="#333300",
        accent="#FFFF00",
        accent_hover="#FFFF99",
        on_accent="#000000",
        selected="#333300",
        focus="#FFFF00",
        ok="#FFFFFF",
        ok_page="#000000",
        warn="#FFFF00",
        warn_page="#000000",
        danger="#FFFF00",
        danger_page="#000000",
        info="#FFFFFF",
        info_page="#000000",
    ),
}

SIZES: dict[str, int] = {
    "hint": 13,
    "body": 15,
    "section": 17,
    "title": 22,
    "figure": 36,
    "field": 40,
    "primary": 48,
    "row": 40,
    "target": 32,
    "indicator": 22,
    "icon": 20,
}
"""Sizes in pixels at 100 % text; all of them grow with the text."""

RADIUS = 6
FOCUS_RING = 3
SPACE = (4, 8, 12, 16, 24, 32)
RAIL_WIDTH = 176
RAIL_WIDTH_COLLAPSED = 64
COLLAPSE_BELOW = 1200
SMALLEST_PERCENT, LARGEST_PERCENT = 100, 200


def palette(theme: str) -> Palette:
    """Return the colours of a theme, the light one for a name that is not known."""
    return PALETTES.get(theme, PALETTES["light"])


def sized(pixels: int, percent: int) -> int:
    """Return a size of 100 % text at another text size."""
    return round(pixels * min(max(percent, SMALLEST_PERCENT), LARGEST_PERCENT) / 100)
