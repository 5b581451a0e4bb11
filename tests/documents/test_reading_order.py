"""What a slip says is in its file in the order in which it is read, also where it is read from the right."""

import io

import pytest
from pypdf import PdfReader

from fieldapp.documents.fonts import Face
from fieldapp.documents.layouts import LAYOUTS
from fieldapp.documents.slip import render_slips
from fieldapp.documents.text import shape
from fieldapp.i18n import language
from tests.documents.goldens import words
from tests.documents.papers import codes_for, slip

SLIPS = sorted(name for name, layout in LAYOUTS.items() if not layout.band)


@pytest.mark.parametrize("layout", SLIPS)
def test_title_number_names_and_statement_follow_each_other(layout: str) -> None:
    content, spoken = slip(4, "es"), language("es")
    text = words(render_slips([(content, codes_for(4))], layout))
    said = (spoken.gettext("Registration slip"), content.number, *(one.given_names for one in content.members))
    places = [text.index(each) for each in said]
    assert places == sorted(places)
    assert text.rindex(spoken.gettext("This is not an identity document")) > places[-1]


@pytest.mark.parametrize("layout", SLIPS)
def test_an_arabic_slip_has_its_lines_in_the_order_in_which_they_are_read(layout: str) -> None:
    """The lines; the words within an Arabic line are in the file as they are drawn, see CONTRIBUTING."""
    content = slip(4, "ar")
    text = words(render_slips([(content, codes_for(4))], layout))
    places = [text.index(each) for each in (content.number, *(one.given_names for one in content.members))]
    assert places == sorted(places)
    assert places[0] > 0, "the title is before the number"


def drawn(text: str) -> str:
    return "".join(part for _font, part in shape(text, Face.BOLD).pieces)


@pytest.mark.parametrize("layout", SLIPS)
def test_a_reader_is_told_the_language_and_shows_the_title(layout: str) -> None:
    pdf = PdfReader(io.BytesIO(render_slips([(slip(4, "ar"), codes_for(4))], layout)))
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith("ar")  # type: ignore[index]
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert pdf.metadata is not None
    assert pdf.metadata.title


def test_a_telephone_number_among_arabic_words_is_the_one_to_call() -> None:
    assert "+57 607 000 0000" in drawn("كولومبيا · +57 607 000 0000")
    assert "+57 607 000 0000" in drawn("للأسئلة: +57 607 000 0000")
    assert "607 555 0142" in drawn("للأسئلة: 607 555 0142، كل يوم")
    assert drawn("Villa · كولومبيا · 607 555").startswith("Villa")
    assert drawn("كولومبيا · Villa · 607 555").startswith("607 555 · Villa")
