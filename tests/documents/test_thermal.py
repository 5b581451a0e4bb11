"""Receipt printers: where they are, and that the bytes they are sent are a slip whose code can be read."""

import importlib.util
import socket
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from fieldapp.documents.slip import render_slips
from fieldapp.documents.thermal import Address, NoPaper, NoReceiptPrinter, print_pictures, read_address
from fieldapp.exchange.page_dots import page_dots
from tests.documents.papers import code_text, codes_for, slip

ASKS_FOR_PAPER = b"\x10\x04\x04"
WIDTHS = {"roll_80": 576, "roll_58": 384}
needs_escpos = pytest.mark.skipif(
    importlib.util.find_spec("escpos") is None, reason="python-escpos is not installed (the extra `thermal`)"
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("file:/dev/usb/lp0", Address("file", "/dev/usb/lp0")),
        ("network:192.168.1.50", Address("network", "192.168.1.50", 9100)),
        (" Network:printer.local:9101 ", Address("network", "printer.local", 9101)),
        ("usb:04b8:0e15", Address("usb", "04b8:0e15")),
        ("serial:/dev/ttyUSB0", Address("serial", "/dev/ttyUSB0", 9600)),
        ("serial:/dev/ttyUSB0:38400", Address("serial", "/dev/ttyUSB0", 38400)),
    ],
)
def test_an_address_says_how_the_printer_is_reached(text: str, address: Address) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize("text", ["", "file:", "usb:printer", "network:", "lp0", "bluetooth:00:11"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        read_address(text)


@pytest.mark.parametrize("layout", WIDTHS)
@pytest.mark.parametrize("length", [330, 580, 733])
def test_every_module_is_the_same_number_of_dots(layout: str, length: int) -> None:
    text = code_text(length)
    (page,) = page_dots(render_slips([(slip(4), [text])], layout), 203, WIDTHS[layout])
    assert page.width == WIDTHS[layout]
    assert [code.text for code in zxingcpp.read_barcodes(page.convert("L"))] == [text]
    assert remainders_of_modules(page) == {0}


@settings(max_examples=20, deadline=None)
@given(name=st.text(min_size=1, max_size=60), layout=st.sampled_from(sorted(WIDTHS)), members=st.integers(1, 9))
def test_no_name_leans_over_the_edge_of_the_roll(name: str, layout: str, members: int) -> None:
    content = slip(members)
    named = tuple(replace(member, given_names=name, surnames=f"J{name}j") for member in content.members)
    pdf = render_slips([(replace(content, members=named), codes_for(members))], layout)
    assert page_dots(pdf, 203, WIDTHS[layout])[0].width == WIDTHS[layout]


def remainders_of_modules(page: Image.Image) -> set[int]:
    """Return by how many dots the dark runs of the code's first rows miss being whole modules."""
    (found,) = zxingcpp.read_barcodes(page.convert("L"))
    left, right = max(0, found.position.top_left.x - 3), min(page.width, found.position.top_right.x + 4)
    top = found.position.top_left.y + 2

    def dark_runs(y: int) -> list[int]:
        return [len(run) for run in page.crop((left, y, right, y + 1)).convert("L").tobytes().split(b"\xff") if run]

    module = dark_runs(top)[0] // 7
    assert module >= 4
    return {run % module for line in range(5) for run in dark_runs(top + module * line)}


def test_a_page_wider_than_the_roll_is_refused() -> None:
    with pytest.raises(ValueError, match="wider"):
        page_dots(render_slips([(slip(1), codes_for(1))], "a6"), 203, 576)


@needs_escpos
@pytest.mark.parametrize("layout", WIDTHS)
def test_what_the_printer_is_sent_is_the_slip(layout: str, tmp_path: Path) -> None:
    pages = page_dots(render_slips([(slip(8), codes_for(8))], layout), 203, WIDTHS[layout])
    print_pictures(pages, Address("file", str(tmp_path / "printer")))
    picture = printed((tmp_path / "printer").read_bytes())
    assert picture.size == pages[0].size
    assert picture.tobytes() == pages[0].tobytes()
    assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == list(codes_for(8))


@needs_escpos
def test_a_printer_that_is_not_there_is_told(tmp_path: Path) -> None:
    pages = page_dots(render_slips([(slip(1), codes_for(1))], "roll_58"), 203, 384)
    with pytest.raises(NoReceiptPrinter, match=r".+"):
        print_pictures(pages, Address("file", str(tmp_path / "gone" / "printer")))


class NetworkPrinter:
    """A printer on the network: keeps what it is sent, and answers what is asked of its paper, or nothing."""

    def __init__(self, answer: bytes) -> None:
        self.answer, self.sent = answer, b""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = Thread(target=self._serve)
        self.thread.start()

    @property
    def address(self) -> Address:
        return Address("network", "127.0.0.1", self.socket.getsockname()[1])

    def _serve(self) -> None:
        connection, _peer = self.socket.accept()
        with connection:
            while block := connection.recv(65536):
                self.sent += block
                if self.answer and ASKS_FOR_PAPER in block:
                    connection.sendall(self.answer)

    def close(self) -> None:
        self.thread.join(30)
        self.socket.close()


@needs_escpos
@pytest.mark.parametrize(("answer", "has_paper"), [(b"\x12", True), (b"\x72", False), (b"", True), (b"\xff", True)])
def test_a_printer_without_paper_says_so_and_is_sent_nothing(answer: bytes, has_paper: bool) -> None:
    pages = page_dots(render_slips([(slip(1), codes_for(1))], "roll_58"), 203, 384)
    printer = NetworkPrinter(answer)
    if has_paper:
        print_pictures(pages, printer.address)
    else:
        with pytest.raises(NoPaper):
            print_pictures(pages, printer.address)
    printer.close()
    assert (b"\x1dv0" in printer.sent) is has_paper


def printed(sent: bytes) -> Image.Image:
    """Return what a printer puts on paper: the pictures of GS v 0 under one another (ESC/POS command reference)."""
    bands = []
    at = 0
    while (at := sent.find(b"\x1dv0", at)) >= 0:
        across, down = (int.from_bytes(sent[at + place : at + place + 2], "little") for place in (4, 6))
        data = sent[at + 8 : at + 8 + across * down]
        bands.append(ImageOps.invert(Image.frombytes("1", (across * 8, down), data).convert("L")).convert("1"))
        at += 8 + len(data)
    paper = Image.new("1", (bands[0].width, sum(band.height for band in bands)), 1)
    top = 0
    for band in bands:
        paper.paste(band, (0, top))
        top += band.height
    return paper
