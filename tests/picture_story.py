"""Ten pictures of one registration on one sheet, for the README: `python -m tests.picture_story FILE.png`.

A registrar's keys at the real window: the names, the others counted, needs, consent, the slip, the next family.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldapp import paths
from fieldapp.ui.screens.register_place import RegisterPlace
from tests.pictures import ENTER, PREVIEW_MS, Photographer, into_nothing, made_post, wait_until
from tests.ui.keys import press, press_control, type_text

_FRAME = (683, 384)
_COLUMNS, _GAP, _CAPTION = 2, 12, 30


def _type(text: str, *, enter: bool = True) -> Callable[[], None]:
    def keys() -> None:
        type_text(None, text)
        if enter:
            press(None, ENTER)

    return keys


def _count() -> None:
    for key, count in ((Qt.Key.Key_Right, "2"), (Qt.Key.Key_Down, "1"), (Qt.Key.Key_Right, "1")):
        press(None, key)
        type_text(None, count)


STEPS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("The form waits at the given names", lambda: None),
    ("Given names, Enter, surnames, Enter", lambda: (_type("María de los Ángeles")(), _type("Villalobos Peña")())[0]),
    (
        "One letter for the sex, the birth date as it is said",
        lambda: (_type("F", enter=False)(), _type("14/2/89")())[0],
    ),
    ("The number of her cédula; the slip grows beside it", _type("17345221")),
    ("The others are counted by arrows and digits", _count),
    ("The arrival is there already: Enter", lambda: press(None, ENTER)),
    ("Where they go, if they know", lambda: (press(None, ENTER), _type("Bogotá")(), press(None, ENTER))[0]),
    ("A digit for each need: 2 pregnant, 3 a baby", lambda: (_type("23", enter=False)(), press(None, ENTER))[0]),
    ("Y: she agrees that her data is shared", _type("y", enter=False)),
    ("Ctrl+Enter: kept, printed; Enter for the next family", lambda: press_control(None, ENTER)),
)


def frames(at: Photographer) -> list[Image.Image]:
    """Register one family by keys and return a picture after each step."""
    place = at.shell.places["register"]
    assert isinstance(place, RegisterPlace)
    taken = []
    for number, (_words, keys) in enumerate(STEPS):
        keys()
        if number == len(STEPS) - 1:
            wait_until(place.done.isVisible)
        QTest.qWait(PREVIEW_MS)
        at.take("frame")
        with Image.open(at.out / f"{at.prefix}-frame.png") as picture:
            taken.append(picture.convert("RGB").resize(_FRAME, Image.Resampling.LANCZOS))
    return taken


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """Set the pictures side by side, each under its words."""
    rows = -(-len(pictures) // _COLUMNS)
    step_x, step_y = _FRAME[0] + _GAP, _FRAME[1] + _CAPTION + _GAP
    whole = Image.new("RGB", (_COLUMNS * step_x - _GAP, rows * step_y - _GAP), "white")
    draw = ImageDraw.Draw(whole)
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "NotoSans-Bold.ttf"), 17)
    for place, (picture, (words, _keys)) in enumerate(zip(pictures, STEPS, strict=True)):
        left, top = place % _COLUMNS * step_x, place // _COLUMNS * step_y
        draw.text((left, top + 2), f"{place + 1}  {words}", fill="#14181F", font=font)
        whole.paste(picture, (left, top + _CAPTION))
    return whole


def main(out: Path) -> None:
    """Make the sheet."""
    app = QApplication(sys.argv[:1])
    app.setCursorFlashTime(0)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("fieldapp.ui.printing.remembered_printer", into_nothing(folder)),
    ):
        at = Photographer(app, made_post(Path(folder)), Path(folder), "en", language="en")
        at.sign_in()
        at.settle()
        whole = sheet(frames(at))
        # Few colours, and among them those of a single mark.
        whole.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, optimize=True)
        at.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
