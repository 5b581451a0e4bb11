"""Sheets of slips to be looked at: `python -m tests.picture_slips DIR [layout...]`. For looking at, not a test.

For each layout and language a sheet with families of 1, 4, 8 and 14, with a photo and without, one of them with names
longer than anybody's.
"""

import sys
from dataclasses import replace
from pathlib import Path

from PIL import Image
from pypdfium2 import PdfDocument

from fieldapp.documents.layouts import LAYOUTS
from fieldapp.documents.slip import render_slips
from fieldapp.domain.slip import SlipContent
from fieldapp.i18n import SLIP_LANGUAGES
from tests.documents.papers import codes_for, portrait, slip

SIZES = (1, 4, 8, 14)
DPI = 110
_GAP, _WIDEST = 14, 2000
LONGEST = "Maximiliana Esperanza del Carmen de los Milagros", "Etcheverrigaray Montesdeoca y Fernández de la Concepción"


def families(language: str) -> list[tuple[SlipContent, tuple[str, ...], bytes]]:
    """Return families of each size; the last is of one with the longest names and a photo."""
    plain = [(slip(size, language), codes_for(size), portrait() if size == SIZES[1] else b"") for size in SIZES]
    one = slip(1, language)
    long = replace(one.members[0], given_names=LONGEST[0], surnames=LONGEST[1])
    return [*plain, (replace(one, members=(long,)), codes_for(1), portrait())]


def sheet(pages: list[Image.Image]) -> Image.Image:
    """Return pages side by side, in as many rows as they need."""
    rows: list[list[Image.Image]] = [[]]
    for page in pages:
        if rows[-1] and sum(its.width + _GAP for its in rows[-1]) + page.width > _WIDEST:
            rows.append([])
        rows[-1].append(page)
    width = max(sum(page.width + _GAP for page in row) for row in rows)
    whole = Image.new("L", (width, sum(max(page.height for page in row) + _GAP for row in rows)), 150)
    top = 0
    for row in rows:
        left = 0
        for page in row:
            whole.paste(page, (left, top))
            left += page.width + _GAP
        top += max(page.height for page in row) + _GAP
    return whole


def main() -> None:
    """Write a sheet for each layout and language."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for layout in sys.argv[2:] or LAYOUTS:
        for language in SLIP_LANGUAGES:
            pages = []
            for content, codes, photo in families(language):
                pdf = render_slips([(content, codes)], layout, portraits={content.group_id: photo} if photo else {})
                pages += [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in PdfDocument(pdf)]
            sheet(pages).save(folder / f"{layout}_{language}.png")


if __name__ == "__main__":
    main()
