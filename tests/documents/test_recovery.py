"""The recovery sheet: the key in groups that can be copied by hand, and no code that a camera could take."""

from datetime import date

import pypdfium2
import pytest
import zxingcpp

from fieldapp.documents.board import MM
from fieldapp.documents.recovery import key_groups, recovery_board, render_recovery_sheet
from fieldapp.i18n import language
from tests.documents.goldens import check_golden, fonts_not_embedded, words

KEY = "7K3Q-9XWM-42TD-HV8R-J5NC-0PZ6-BE1F"
ABOUT = ("Frontera 2026", "Alcaldía de Villa del Rosario", "A7", date(2026, 1, 5))


def sheet(key: str = KEY) -> bytes:
    return render_recovery_sheet(key, *ABOUT, language("en"))


def test_the_sheet_stands_as_it_was_approved() -> None:
    check_golden("recovery", sheet())


def test_the_key_is_printed_in_its_groups() -> None:
    text = words(sheet())
    assert [group for group in KEY.split("-") if group not in text] == []
    assert "Frontera 2026" in text
    assert "A7" in text
    assert "5 Jan 2026" in text


@pytest.mark.parametrize(
    ("key", "groups"),
    [("AB12-CD34", ["AB12", "CD34"]), ("AB12 CD34", ["AB12", "CD34"]), ("AB12CD34E", ["AB12", "CD34", "E"])],
)
def test_groups_are_those_of_the_key_or_fours(key: str, groups: list[str]) -> None:
    assert key_groups(key) == groups


def test_no_camera_finds_a_code_on_it() -> None:
    picture = pypdfium2.PdfDocument(sheet())[0].render(scale=2).to_pil()
    assert zxingcpp.read_barcodes(picture) == []


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("tongue", ["es", "en"])
def test_nothing_overlaps(paper: str, tongue: str) -> None:
    board = recovery_board("-".join(["WWWWW"] * 16), "O" * 200, "W" * 200, "A7", date(2026, 1, 5), language(tongue),
                           paper=paper)  # fmt: skip
    assert board.overlaps() == []
    assert board.outside(15 * MM) == []


def test_the_fonts_are_in_the_file_and_the_bytes_repeat() -> None:
    assert fonts_not_embedded(sheet()) == set()
    assert sheet() == sheet()
