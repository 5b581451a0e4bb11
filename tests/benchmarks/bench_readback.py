"""How many rendered slips are read back: every layout as printed, and as a bad photo of it. Run by hand:

python -m tests.benchmarks.bench_readback [photos of each kind and layout]

Printed is the page in black and white dots at the printer's resolution; a photo is that of 300 dpi, spoilt in one way
at its worst, or in all ways at once, each by chance between nothing and its worst. Codes are real credentials, read by
`codes_in_file` from a file, and count only if the text is the right one.
"""

import io
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from fieldapp.documents.layouts import LAYOUTS
from fieldapp.documents.slip import render_slips
from fieldapp.domain.slip import SlipContent
from fieldapp.exchange.credential import encode_credential
from fieldapp.exchange.page_dots import page_dots
from fieldapp.exchange.reading import codes_in_file
from tests.exchange.slips import FAMILY, KEY, KID, ORGANISATION, slip

Spoil = Callable[[Image.Image, float, random.Random], Image.Image]

DPI = 300
MODULE = 0.45 / 25.4 * DPI
"""Dots of a usual module in a photo."""
SIZES = (1, 4, 8)
CLEAN_ROUNDS = 2
CLEAN_GOAL, PHOTO_GOAL = 0.99, 0.95
PAPER, TABLE = 255, 120


def blurred(picture: Image.Image, much: float, _chance: random.Random) -> Image.Image:
    """Blur by a Gaussian of half a module."""
    return picture.filter(ImageFilter.GaussianBlur(0.5 * MODULE * much))


def turned(picture: Image.Image, much: float, chance: random.Random) -> Image.Image:
    """Turn by any angle."""
    return picture.rotate(360 * chance.random() * much, Image.Resampling.BILINEAR, expand=True, fillcolor=TABLE)


def slanted(picture: Image.Image, much: float, chance: random.Random) -> Image.Image:
    """Look from aslant: each corner moves inwards by up to an eighth of the side."""
    width, height = picture.size
    corners = []
    for x, y in ((0, 0), (0, 1), (1, 1), (1, 0)):
        across, down = (chance.random() * much / 8 for _side in range(2))
        corners.append((width * (x + across * (1 - 2 * x)), height * (y + down * (1 - 2 * y))))
    sources = [(0, 0), (0, height), (width, height), (width, 0)]
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, perspective(corners, sources), Image.Resampling.BILINEAR,
        fillcolor=TABLE,
    )  # fmt: skip


def perspective(to: list[tuple[float, float]], source: list[tuple[float, float]]) -> list[float]:
    """Return the eight numbers that map four points to four others, by Gauss and Jordan."""
    rows = []
    for (x, y), (u, v) in zip(to, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    for column in range(8):
        best = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[best] = rows[best], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [mine - factor * other for mine, other in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]


def squeezed(picture: Image.Image, much: float, _chance: random.Random) -> Image.Image:
    """Write as JPEG of quality 30."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=round(95 - 65 * much))
    return Image.open(out)


def noisy(picture: Image.Image, much: float, _chance: random.Random) -> Image.Image:
    """Add noise of 40 levels of 256."""
    return ImageChops.add(picture, Image.effect_noise(picture.size, 40 * much), 1, -128)


def dim(picture: Image.Image, much: float, _chance: random.Random) -> Image.Image:
    """Light it poorly: a fifth of the light, fading to a third of that at the lower edge, and grain of three levels."""
    fade = Image.linear_gradient("L").resize(picture.size).point(lambda level: 255 - round(level * 0.67 * much))
    dark = ImageChops.multiply(picture, fade).point(lambda level: round(level * (1 - 0.8 * much)))
    return ImageChops.add(dark, Image.effect_noise(picture.size, 3 * much), 1, -128)


def folded(picture: Image.Image, much: float, chance: random.Random) -> Image.Image:
    """Fold over a corner of the paper, of 8 mm along both edges."""
    if not much:
        return picture
    side, (width, height) = 8 / 25.4 * DPI * much, picture.size
    x, y = chance.choice((0, width - 1)), chance.choice((0, height - 1))
    to_x, to_y = x + (side if x == 0 else -side), y + (side if y == 0 else -side)
    draw = ImageDraw.Draw(picture)
    draw.polygon([(x, y), (to_x, y), (x, to_y)], fill=TABLE)
    draw.polygon([(to_x, to_y), (to_x, y), (x, to_y)], fill=225)
    return picture


def stained(picture: Image.Image, much: float, chance: random.Random) -> Image.Image:
    """Put a cup on it: a ring of 70 mm that takes half the light, and a drop."""
    stain = Image.new("L", picture.size, 255)
    draw = ImageDraw.Draw(stain)
    for millimetres, thick in ((35, 4), (5, 5)):
        radius = millimetres / 25.4 * DPI
        x, y = chance.random() * picture.width, chance.random() * picture.height
        box = (x - radius, y - radius, x + radius, y + radius)
        draw.ellipse(box, outline=round(255 - 128 * much), width=round(thick / 25.4 * DPI))
    return ImageChops.multiply(picture, stain.filter(ImageFilter.GaussianBlur(4)))


# In the order in which they happen to a slip: to the paper, then to the view, then to the picture.
KINDS: dict[str, Spoil] = {
    "fold": folded,
    "stain": stained,
    "slant": slanted,
    "turn": turned,
    "dim": dim,
    "blur": blurred,
    "noise": noisy,
    "jpeg 30": squeezed,
}


def family(size: int, chance: random.Random) -> tuple[SlipContent, tuple[str, ...]]:
    """Return a slip and its codes, another for every call."""
    content = slip(*FAMILY[:size], slip_id=UUID(int=chance.getrandbits(128)))
    return content, encode_credential(content, KEY.sign, KID, ORGANISATION)


def expected(content: SlipContent, codes: tuple[str, ...], layout: str) -> set[str]:
    """Return what the codes of a slip say; on a wristband that is a member's number."""
    if not LAYOUTS[layout].band:
        return set(codes)
    return {f"{content.number}-{member.ordinal}" for member in content.members}


def pages(slips: list[tuple[SlipContent, tuple[str, ...]]], layout: str, dpi: int) -> list[Image.Image]:
    """Return the pages as a printer puts them on paper."""
    return page_dots(render_slips(slips, layout), dpi, math.ceil(LAYOUTS[layout].sheet[0] / 72 * dpi))


def read(picture: Image.Image, path: Path) -> set[str]:
    """Return what the program reads from a picture."""
    picture.save(path, compress_level=1)
    return set(codes_in_file(path))


def clean(layout: str, dpi: int, chance: random.Random, path: Path) -> tuple[int, int]:
    """Return how many codes were read, and how many there were, of a few slips as printed."""
    slips = [family(size, chance) for size in SIZES * CLEAN_ROUNDS]
    wanted = [text for content, codes in slips for text in expected(content, codes, layout)]
    found = {text for page in pages(slips, layout, dpi) for text in read(page, path)}
    return sum(text in found for text in wanted), len(wanted)


def photo(layout: str, kind: str, which: int, chance: random.Random, path: Path) -> bool:
    """Tell whether the code was read from one spoilt picture of a slip that lies on a table."""
    content, codes = family(SIZES[which % len(SIZES)], chance)
    page = pages([(content, codes)], layout, DPI)[0].convert("L")
    width, height = (round(length / 72 * DPI) for length in LAYOUTS[layout].size)
    picture = page.crop((0, 0, width, min(height, page.height)))
    for name, spoil in KINDS.items():
        if name == "slant":
            picture = ImageOps.expand(picture, 60, TABLE)
        if kind in (name, "all"):
            picture = spoil(picture, 1 if kind == name else chance.random(), chance)
    return bool(read(picture, path) & expected(content, codes, layout))


def main(count: int) -> None:
    """Print the rates of each layout, and what was missed."""
    chance, began = random.Random(5), time.perf_counter()
    kinds = [*KINDS, "all"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slip.png"
        print(f"{'clean':12}" + "".join(f"{dpi:>9}" for dpi in (203, 300, 600)) + f"{'rate':>9}  goal {CLEAN_GOAL:.0%}")
        for layout in LAYOUTS:
            rates = [clean(layout, dpi, chance, path) for dpi in (203, 300, 600)]
            share = sum(good for good, _of in rates) / sum(of for _good, of in rates)
            cells = "".join(f"{f'{good}/{of}':>9}" for good, of in rates)
            print(f"{layout:12}{cells}{share:9.1%}  {'met' if share >= CLEAN_GOAL else 'MISSED'}", flush=True)
        print(f"{'photo':12}" + "".join(f"{kind:>9}" for kind in kinds) + f"{'rate':>9}  goal {PHOTO_GOAL:.0%}")
        for layout in LAYOUTS:
            good = [sum(photo(layout, kind, which, chance, path) for which in range(count)) for kind in kinds]
            share = sum(good) / (count * len(kinds))
            cells = "".join(f"{f'{each}/{count}':>9}" for each in good)
            print(f"{layout:12}{cells}{share:9.1%}  {'met' if share >= PHOTO_GOAL else 'MISSED'}", flush=True)
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
