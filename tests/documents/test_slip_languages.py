"""Slips in languages that the screen has not: every word is translated, and Arabic is read from right to left."""

from dataclasses import replace
from pathlib import Path
from string import Formatter

import pypdfium2
import pytest
import zxingcpp
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from fieldapp import paths
from fieldapp.code_lists import code_list
from fieldapp.documents.board import CodeMark
from fieldapp.documents.fonts import Face
from fieldapp.documents.layouts import LAYOUTS
from fieldapp.documents.slip import render_slips, slip_boards
from fieldapp.documents.text import shape
from fieldapp.i18n import LANGUAGES, SLIP_LANGUAGES, language
from tests.documents.goldens import check_golden, fonts_not_embedded, words
from tests.documents.papers import codes_for, slip
from tests.documents.test_layouts import longest, with_names

SLIP_ONLY = sorted(set(SLIP_LANGUAGES) - set(LANGUAGES))
ROOM = Path(__file__).parents[2] / "fieldapp" / "documents"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
SAID = ("slip.py", "slip_parts.py", "slip_rows.py", "slip_layout.py", "wristband.py", "wording.py")


def said() -> set[str]:
    """Return every message of a slip by its first form, and the words of the lists it names things from."""
    found: set[str] = set()
    for name in SAID:
        for _line, message, _comments, _context in extract_from_file("python", ROOM / name, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    for code in code_list("relationships"):
        found |= {code.labels["en"], code.extra["female_en"], code.extra["male_en"]}
    return found | {code.labels["en"] for code in code_list("sex")} | {"Stateless"}


@pytest.mark.parametrize("code", SLIP_ONLY)
def test_the_catalogue_of_a_slip_has_its_every_word_and_says_who_checked_it(code: str) -> None:
    file = paths.translations() / code / "LC_MESSAGES" / "fieldapp.po"
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale=code)
    assert sorted(message for message in said() if message not in catalogue or not catalogue[message].string) == []
    assert "not checked by a speaker" in file.read_text("utf-8").casefold()
    for message in catalogue:
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[1]
            told = (message.string,) if isinstance(message.string, str) else message.string
            assert {fields(text) for text in told} == {fields(source)}, source


def fields(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("code", SLIP_ONLY)
def test_a_slip_stands_as_it_was_approved_in_its_language(code: str) -> None:
    pdf = render_slips([(slip(8, code), codes_for(8))], "a6")
    assert fonts_not_embedded(pdf) == set()
    check_golden(f"slip_{code}", pdf)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("code", SLIP_ONLY)
def test_nothing_overlaps_in_any_language_and_layout(code: str, layout: str) -> None:
    for members in (1, 4, 8, 14):
        for board in slip_boards(slip(members, code, copy=3), codes_for(members), layout):
            assert board.overlaps() == []
            assert board.outside() == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("code", SLIP_ONLY)
def test_the_longest_practice_slip_is_laid_out_in_any_language(code: str, layout: str) -> None:
    arabic = "عبد الرحمن محمد أحمد مصطفى إبراهيم عبد اللطيف حسين العبد الله"
    for members in (1, 14):
        usual = replace(longest(members), language=code, practice=True)
        for content in (usual, with_names(usual, arabic, arabic)):
            for board in slip_boards(content, codes_for(members), layout):
                assert board.overlaps() == []
                assert board.outside() == []


def test_french_words_countries_and_dates() -> None:
    text = words(render_slips([(slip(4, "fr", number="N"), codes_for(4))], "a6"))
    for expected in ("Attestation d'enregistrement", "Féminin", "14 févr. 1989", "Colombie", "Partenaire", "Fille"):
        assert expected in text, expected


def test_a_day_in_haitian_creole_has_no_french_month() -> None:
    text = words(render_slips([(slip(4, "ht"), codes_for(4))], "a6"))
    assert "14/02/1989" in text
    assert "Kolonbi" in text


@pytest.mark.parametrize("layout", ["a6", "card", "roll_58"])
def test_arabic_begins_at_the_right_and_its_code_stands_at_the_left_and_is_read(layout: str) -> None:
    content, codes = slip(4, "ar"), codes_for(4)
    (board, *_) = slip_boards(content, codes, layout)
    title = shape(language("ar").gettext("Registration slip"), Face.BOLD)
    (found,) = [mark for mark in board.solid() if not isinstance(mark, CodeMark) and mark.line == title]
    assert found.box.right == pytest.approx(board.width - LAYOUTS[layout].looks[-1].margin, abs=4)
    page = pypdfium2.PdfDocument(render_slips([(content, codes)], layout))[0]
    assert [code.text for code in zxingcpp.read_barcodes(page.render(scale=203 / 72).to_pil())] == list(codes)
    (code,) = [mark for mark in board.solid() if isinstance(mark, CodeMark)]
    if not LAYOUTS[layout].grows:
        assert code.ink.right < board.width / 2
