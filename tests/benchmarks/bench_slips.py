"""How many slips a second one core makes in bulk, and what of it the QR code costs.

Run by hand: `python -m tests.benchmarks.bench_slips`. Ratios are of one run on one machine.
"""

import io
import time
from collections.abc import Callable

from fieldapp.documents import fonts
from fieldapp.documents.qr import make_qr
from fieldapp.documents.slip import render_slips
from tests.documents.papers import code_text, slip

SIZES = (1, 2, 3, 4, 4, 5, 6, 8)
"""Family sizes as on a usual day, in turn."""
COUNT = 80


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the best time of a few."""
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def by_reportlab(text: str) -> bytes:
    """Draw the code with reportlab's own widget, for comparison."""
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    drawing = Drawing(200, 200)
    drawing.add(QrCodeWidget(text, barLevel="M", barWidth=150, barHeight=150))
    renderPDF.draw(drawing, canvas, 50, 50)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def by_us(text: str) -> bytes:
    """Draw the code alone with the slip's own means."""
    from fieldapp.documents.board import Board, CodeMark
    from fieldapp.documents.drawing import draw, new_canvas

    buffer = io.BytesIO()
    canvas = new_canvas(buffer, (300, 300), title="code", author="", language="en")
    board = Board(300, 300)
    board.code(CodeMark(make_qr(text), 50, 50, 2))
    draw(board, canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_mask_search(text: str) -> None:
    """Make the code as qrcode does by default, trying all eight masks."""
    import qrcode
    from qrcode.util import MODE_ALPHA_NUM, QRData

    maker = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    maker.add_data(QRData(text, mode=MODE_ALPHA_NUM), optimize=0)
    maker.make(fit=True)


def main() -> None:
    """Print the figures."""
    began = time.perf_counter()
    fonts.preload()
    print(f"idle preload (reportlab, qrcode, fonts): {1000 * (time.perf_counter() - began):.0f} ms")
    first = (slip(4), (code_text(530),))
    began = time.perf_counter()
    render_slips([first], "a6")
    print(f"first slip after the preload: {1000 * (time.perf_counter() - began):.0f} ms")

    slips = [(slip(SIZES[i % 8]), (code_text(min(733, 330 + 50 * SIZES[i % 8]), i),)) for i in range(COUNT)]
    for layout in ("a6", "letter"):
        taken = seconds(lambda layout=layout: render_slips(slips, layout))  # type: ignore[misc]
        size = len(render_slips(slips, layout)) / COUNT / 1024
        print(f"{layout}, {COUNT} slips in one file: {COUNT / taken:.1f} slips/s, {size:.0f} KB each")
    taken = seconds(lambda: [render_slips([each], "a6") for each in slips])
    print(f"a6, one file each: {COUNT / taken:.1f} slips/s")
    codes = seconds(lambda: [make_qr(text) for _, texts in slips for text in texts])
    whole = seconds(lambda: render_slips(slips, "a6"))
    print(f"share of making the codes: {codes / whole:.0%}")

    text = code_text(530)
    ours, searched = seconds(lambda: make_qr(text)), seconds(lambda: with_mask_search(text))
    print(f"code: fixed mask {1000 * ours:.1f} ms, mask search {1000 * searched:.1f} ms, ratio {searched / ours:.1f}")
    drawn, widget = seconds(lambda: by_us(text)), seconds(lambda: by_reportlab(text))
    print(f"code drawn: {1000 * drawn:.1f} ms, QrCodeWidget {1000 * widget:.1f} ms, ratio {widget / drawn:.1f}")


if __name__ == "__main__":
    main()
