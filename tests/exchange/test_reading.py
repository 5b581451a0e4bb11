"""Codes in files: pictures and PDFs of slips are read, everything else is refused in words."""

import io
import zlib
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from fieldapp.domain.problems import EnvironmentProblem
from fieldapp.exchange import reading
from fieldapp.exchange.credential import encode_credential
from fieldapp.exchange.reading import CannotReadCodes, codes_in_file
from tests.exchange.slips import FAMILY, KEY, KID, ORGANISATION, slip

TEXT = encode_credential(slip(), KEY.sign, KID, ORGANISATION)[0]
LONG_TEXT = encode_credential(slip(*FAMILY), KEY.sign, KID, ORGANISATION)[0]


def picture(text: str, pixels: int = 4) -> Image.Image:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=pixels, border=4)
    code.add_data(text.encode(), optimize=0)
    image: Image.Image = code.make_image().get_image().convert("RGB")
    return image


def pdf(path: Path, pages: list[list[tuple[str, float, float]]]) -> Path:
    """Write a PDF of A4 pages with codes of 40 mm at places given in mm from the lower left corner."""
    canvas = Canvas(str(path))
    for page in pages:
        for text, x, y in page:
            canvas.drawInlineImage(picture(text, 6), x * mm, y * mm, 40 * mm, 40 * mm)
        canvas.showPage()
    canvas.save()
    return path


@pytest.mark.parametrize("name", ["slip.png", "slip.jpg"])
def test_a_picture_gives_its_code(tmp_path: Path, name: str) -> None:
    picture(LONG_TEXT, 3).rotate(8, expand=True, fillcolor="white").save(tmp_path / name)
    assert codes_in_file(tmp_path / name) == [LONG_TEXT]


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    picture(TEXT).save(tmp_path / "scan", format="PNG")
    assert codes_in_file(tmp_path / "scan") == [TEXT]


def test_a_pdf_gives_the_codes_of_all_pages_in_reading_order_and_each_once(tmp_path: Path) -> None:
    file = pdf(
        tmp_path / "s.pdf",
        [[("THIRD", 20, 40), ("FIRST", 20, 200), ("SECOND", 120, 201)], [(LONG_TEXT, 60, 60)], [], [("FIRST", 9, 9)]],
    )
    assert codes_in_file(file) == ["FIRST", "SECOND", "THIRD", LONG_TEXT]


def test_a_picture_without_a_code_gives_none(tmp_path: Path) -> None:
    Image.new("L", (300, 300), 255).save(tmp_path / "white.png")
    assert codes_in_file(tmp_path / "white.png") == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_picture"),
        (b"hello, this is not a picture", "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "not_a_picture"),
        (b"GIF89a" + b"\0" * 40, "not_a_picture"),
        (b"%PDF-1.4\nnothing of the kind", "pdf_unreadable"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "x.bin"
    file.write_bytes(content)
    with pytest.raises(CannotReadCodes) as problem:
        codes_in_file(file)
    assert (problem.value.code, problem.value.values["name"]) == (code, "x.bin")


def test_a_picture_cut_short_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    picture(LONG_TEXT).save(buffer, format="JPEG")
    (tmp_path / "half.jpg").write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 3])
    with pytest.raises(CannotReadCodes):
        codes_in_file(tmp_path / "half.jpg")


def test_a_bomb_of_a_picture_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    size = (30_000).to_bytes(4, "big")
    header = b"IHDR" + size + size + bytes((1, 0, 0, 0, 0))
    png = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + header + zlib.crc32(header).to_bytes(4, "big")
    body = b"IDAT" + zlib.compress(bytes(1000))
    png += (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    (tmp_path / "bomb.png").write_bytes(png)
    with pytest.raises(CannotReadCodes):
        codes_in_file(tmp_path / "bomb.png")


def test_pages_and_bytes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = pdf(tmp_path / "long.pdf", [[], [], []])
    monkeypatch.setattr(reading, "MOST_PAGES", 2)
    with pytest.raises(CannotReadCodes, match="pdf_too_long"):
        codes_in_file(file)
    monkeypatch.setattr(reading, "LARGEST_FILE", 100)
    with pytest.raises(CannotReadCodes, match="picture_too_large"):
        codes_in_file(file)


def test_a_file_that_is_not_there_and_a_folder_are_the_surroundings_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.png", tmp_path):
        with pytest.raises(EnvironmentProblem, match="path_missing"):
            codes_in_file(path)


def frame(image: Image.Image) -> tuple[bytes, int, int]:
    """Return a picture as a frame of the camera gives it."""
    grey = image.convert("L")
    return grey.tobytes(), grey.width, grey.height


def card(content: bytes) -> Image.Image:
    """Return the PDF417 code of a card in a picture."""
    import zxingcpp  # noqa: PLC0415 - the same library writes it

    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.PDF417)
    image = zxingcpp.write_barcode_to_image(code, scale=3)
    grey = Image.frombytes("L", (image.shape[1], image.shape[0]), bytes(image))
    canvas = Image.new("L", (grey.width + 80, grey.height + 80), 255)
    canvas.paste(grey, (40, 40))
    return canvas


def test_a_frame_gives_the_slip_as_text_and_the_card_as_bytes() -> None:
    assert reading.papers_in_frame(*frame(picture(TEXT))) == [TEXT]
    content = b"PubDSK_1\x00\x00\x00\xd1" + bytes(range(200, 220))
    assert reading.papers_in_frame(*frame(card(content))) == [content]
    assert reading.papers_in_frame(*frame(Image.new("L", (64, 48), 200))) == []


def test_a_frame_of_another_size_is_an_error() -> None:
    with pytest.raises(ValueError, match="one byte a pixel"):
        reading.papers_in_frame(b"abc", 640, 480)


def test_a_card_in_a_picture_file_is_read_too(tmp_path: Path) -> None:
    content = b"PubDSK_1" + bytes(40)
    card(content).save(tmp_path / "card.png")
    assert reading.papers_in_file(tmp_path / "card.png") == [content]
    assert codes_in_file(tmp_path / "card.png") == []
