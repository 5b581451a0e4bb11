"""The zone of a paper is read from a picture of it, offline, where the extra is installed."""

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from fieldapp import paths
from fieldapp.domain.papers.reading import read_paper
from fieldapp.exchange.ocr import NoOcr, can_read_zones, zone_in

PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
"""The specimen of ICAO Doc 9303."""
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
_OCR_B = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")


def picture(lines: tuple[str, ...], *, turned: float = 0.0) -> bytes:
    """Return a photo of the lower part of a passport."""
    file = _OCR_B if _OCR_B.exists() else paths.resources() / "fonts" / "NotoSansMono-Regular.ttf"
    page = Image.new("RGB", (1600, 480), "#F4F1E8")
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(file), 46)
    for row, line in enumerate(lines):
        draw.text((40, 190 + row * 80), line, font=font, fill="#202020")
    out = io.BytesIO()
    page.rotate(turned, expand=True, fillcolor="#F4F1E8").save(out, "PNG")
    return out.getvalue()


@pytest.mark.skipif(not can_read_zones(), reason="the extra `ocr` is not installed")
@pytest.mark.parametrize("turned", [0.0, 1.5])
def test_the_zone_of_a_passport_is_read_from_its_picture(turned: float) -> None:
    reading = read_paper(zone_in(picture(PASSPORT, turned=turned)), date(2026, 1, 5), from_picture=True)
    assert (reading.number, reading.surnames, reading.given_names) == ("L898902C3", "Eriksson", "Anna Maria")


@pytest.mark.skipif(not can_read_zones(), reason="the extra `ocr` is not installed")
def test_the_three_lines_of_an_identity_card_are_read() -> None:
    reading = read_paper(zone_in(picture(CARD)), date(2026, 1, 5), from_picture=True)
    assert (reading.number, reading.surnames) == ("D23145890", "Eriksson")


@pytest.mark.skipif(not can_read_zones(), reason="the extra `ocr` is not installed")
@pytest.mark.parametrize("data", [b"", b"no picture", picture(())])
def test_where_no_zone_is_there_is_none(data: bytes) -> None:
    assert zone_in(data) == ""


@pytest.mark.skipif(can_read_zones(), reason="the extra `ocr` is installed")
def test_without_the_extra_that_is_said() -> None:
    with pytest.raises(NoOcr):
        zone_in(picture(PASSPORT))
