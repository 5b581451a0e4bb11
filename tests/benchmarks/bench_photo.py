"""From a frame of the camera to the decoded code, at 1280x720: a slip and a card, held crooked, in bad light.

Run by hand: `python -m tests.benchmarks.bench_photo`. Prints the program's way beside zxing alone on the same grey bytes.
"""

import os
import random
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import zxingcpp
from PIL import Image, ImageEnhance, ImageFilter
from PySide6.QtGui import QImage

from fieldapp.exchange.credential import encode_credential
from fieldapp.ui.frames import papers_of
from tests.exchange.slips import FAMILY, KEY, KID, ORGANISATION, slip
from tests.exchange.test_reading import card, picture

WIDTH, HEIGHT = 1280, 720
ROUNDS = 60


def _frames() -> list[tuple[str, Image.Image]]:
    chance = random.Random(11)
    text = encode_credential(slip(*FAMILY), KEY.sign, KID, ORGANISATION)[0]
    papers = (
        ("slip", picture(text, 5)),
        ("card", card(b"PubDSK_1" + bytes(120)).convert("RGB")),
        ("nothing", Image.effect_noise((500, 500), 40).convert("RGB")),
    )
    made = []
    for number in range(ROUNDS):
        name, paper = papers[number % len(papers)]
        room = Image.effect_noise((WIDTH, HEIGHT), 30).convert("RGB")
        paper.thumbnail((900, 640))
        most = 4 if name == "card" else 12  # a card is wide, and held straighter
        turned = paper.rotate(chance.uniform(-most, most), expand=True, fillcolor="white")
        room.paste(turned, (chance.randint(0, max(0, WIDTH - turned.width)), max(0, (HEIGHT - turned.height) // 2)))
        dim = ImageEnhance.Brightness(room.filter(ImageFilter.GaussianBlur(0.7))).enhance(chance.uniform(0.5, 1.0))
        made.append((name, dim))
    return made


def main() -> None:
    """Measure and print."""
    spent: dict[str, list[float]] = {}
    bare: list[float] = []
    read: dict[str, int] = {}
    for name, frame in _frames():
        data = frame.convert("RGBA").tobytes()
        image = QImage(data, WIDTH, HEIGHT, WIDTH * 4, QImage.Format.Format_RGBA8888)
        began = time.perf_counter()
        found, _by_shape = papers_of(image, with_zone=False)
        spent.setdefault(name, []).append((time.perf_counter() - began) * 1000)
        read[name] = read.get(name, 0) + bool(found)
        grey = memoryview(frame.convert("L").tobytes()).cast("B", (HEIGHT, WIDTH))
        began = time.perf_counter()
        zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        bare.append((time.perf_counter() - began) * 1000)
    for name, times in spent.items():
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{name}: read {read[name]} of {len(times)}; p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms")
    every = [one for times in spent.values() for one in times]
    print(f"all: p95 {statistics.quantiles(every, n=20)[-1]:.1f} ms; QR codes by zxing alone: "
          f"p95 {statistics.quantiles(bare, n=20)[-1]:.1f} ms, ratio of medians "
          f"{statistics.median(every) / statistics.median(bare):.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
