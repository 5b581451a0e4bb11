"""Codes in pictures: the QR code of a slip and the PDF417 of a card, in a photo, a PDF or a frame of the camera.

The libraries are loaded at first use, for start-up must not pay for them. What a code says is not judged here.
"""

import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.exchange.clearing import cleared
from fieldapp.trust.safe_files import told_in_words

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes."""
MOST_PIXELS = 64_000_000
"""Pixels of one picture or page; a bomb of a picture is refused before it is unpacked."""
MOST_PAGES = 400
_PICTURES = ("PNG", "JPEG")
_DOTS_PER_INCH = (200, 400)
"""Pages are drawn coarse first, and finer only when no code was found."""
_POINTS_PER_INCH = 72


class CannotReadCodes(Problem):
    """The file is not a picture or PDF that can be read, or is too large; `values["name"]` is its name."""

    code = "not_a_picture"


class FileMissing(EnvironmentProblem):
    """There is no such file."""

    code = "path_missing"


def codes_in_file(path: Path) -> list[str]:
    """Return the texts of the QR codes in a PNG, JPEG or PDF, each once: by page, from top to bottom, left to right.

    Raises CannotReadCodes for a file that is none of these or too large, FileMissing and the file problems of
    `safe_files` for one that cannot be opened.
    """
    with told_in_words(path):
        if not path.is_file():
            raise FileMissing(path=str(path))
        if path.stat().st_size > LARGEST_FILE:
            raise CannotReadCodes("picture_too_large", name=path.name)
        with path.open("rb") as file:
            start = file.read(1024)
    found = _in_pdf(path) if b"%PDF-" in start else _in_picture(path)
    return list(dict.fromkeys(found))


def papers_in_file(path: Path) -> list[str | bytes]:
    """Return what the codes of slips and of cards in a PNG, JPEG or PDF say; a card's as bytes, for its offsets hold.

    Raises what `codes_in_file` raises.
    """
    texts: list[str | bytes] = list(codes_in_file(path))
    return texts or cards_in(path.read_bytes())


def cards_in(picture: bytes) -> list[str | bytes]:
    """Return what the PDF417 codes in a picture say; none for what is no picture."""
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(picture), formats=_PICTURES) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return []
            return _cards(opened.convert("L"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return []


def papers_in_frame(grey: bytes, width: int, height: int) -> list[str | bytes]:
    """Return what the codes in a frame of the camera say: slips as text, cards as bytes.

    `grey` has one byte a pixel, row after row without gaps. Raises ValueError where it has another length.
    """
    if len(grey) != width * height or not grey:
        raise ValueError("a frame has one byte a pixel")
    frame = memoryview(grey).cast("B", (height, width))
    return [*_texts(frame), *_cards(frame)]


def _in_picture(path: Path) -> list[str]:
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(path, formats=_PICTURES) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise CannotReadCodes("picture_too_large", name=path.name)
            grey = picture.convert("L")
            versions = chain((grey,), cleared(grey))
            return next(filter(None, map(_texts, versions)), [])
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise CannotReadCodes(name=path.name) from error


def _in_pdf(path: Path) -> Iterator[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise CannotReadCodes("pdf_unreadable", name=path.name) from error
    try:
        if len(document) > MOST_PAGES:
            raise CannotReadCodes("pdf_too_long", name=path.name, most=MOST_PAGES)
        for page in document:
            square_points = page.get_width() * page.get_height()
            for dots in _DOTS_PER_INCH:
                scale = min(dots / _POINTS_PER_INCH, (MOST_PIXELS / max(square_points, 1)) ** 0.5)
                texts = _texts(page.render(scale=scale, grayscale=True).to_pil())
                yield from texts
                if texts:
                    break
    except pypdfium2.PdfiumError as error:
        raise CannotReadCodes("pdf_unreadable", name=path.name) from error
    finally:
        document.close()


def _cards(picture: "Image | memoryview") -> list[str | bytes]:
    import zxingcpp  # noqa: PLC0415

    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.PDF417)
    found = zxingcpp.read_barcodes(picture, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return [code.bytes for code in found if code.valid]


def _texts(picture: "Image | memoryview") -> list[str]:
    import zxingcpp  # noqa: PLC0415

    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode), text_mode=zxingcpp.TextMode.Plain
    )
    ordered = sorted(found, key=lambda code: (code.position.top_left.y // 50, code.position.top_left.x))
    return [code.text for code in ordered if code.valid]
