"""Golden files: what stands where on a page, as text that a person can read and compare.

A line is `x y size font | text`, in points from the lower left, in the order in which the page is drawn. Ignored,
and so not in the files: the bytes, the metadata, strokes and rectangles, fractions of a point, the prefix of
subset fonts. Written anew with `FIELDAPP_WRITE_GOLDEN=1`, to be looked at before it is committed.
"""

import difflib
import io
import os
from pathlib import Path

from pypdf import PdfReader

FOLDER = Path(__file__).parent / "golden"


def described(pdf: bytes) -> str:
    """Return the pages of a PDF as the lines of a golden file."""
    lines: list[str] = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, start=1):
        lines.append(f"page {number}: {float(page.mediabox.width):.0f} x {float(page.mediabox.height):.0f}")

        def note(text: str, cm: list[float], tm: list[float], font: dict[str, str] | None, size: float) -> None:
            if not text.strip() or font is None:
                return
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            face = str(font["/BaseFont"]).rpartition("+")[2].lstrip("/")
            lines.append(f"{x:4.0f} {y:4.0f} {size:4.1f} {face} | {text.strip()}")

        page.extract_text(visitor_text=note)
    return "\n".join(lines) + "\n"


def check_golden(name: str, pdf: bytes) -> None:
    """Compare a PDF with its golden file; the failure shows what differs line by line."""
    file = FOLDER / f"{name}.txt"
    found = described(pdf)
    if os.environ.get("FIELDAPP_WRITE_GOLDEN"):
        file.write_text(found, "utf-8")
    wanted = file.read_text("utf-8")
    difference = "\n".join(difflib.unified_diff(wanted.splitlines(), found.splitlines(), "golden", "now", lineterm=""))
    assert not difference, difference


def words(pdf: bytes) -> str:
    """Return all text of a PDF, white space made single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Return the size of each page in whole millimetres."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [(round(float(p.mediabox.width) / 72 * 25.4), round(float(p.mediabox.height) / 72 * 25.4)) for p in pages]


def fonts_not_embedded(pdf: bytes) -> set[str]:
    """Return the fonts that the pages name and the file does not carry."""
    missing: set[str] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = reference.get_object()
            if "/FontFile2" not in font.get("/FontDescriptor", {}):
                missing.add(str(font["/BaseFont"]))
    return missing
