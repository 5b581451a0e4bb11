"""The slip on paper: everything it must say, where it stands, and a code that scanners read."""

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from fieldapp.documents.board import MM, CodeMark
from fieldapp.documents.qr import SMALLEST_MODULE_MM, make_qr
from fieldapp.documents.slip import render_slips, slip_boards
from fieldapp.documents.text import shape
from fieldapp.domain.birth import Birth
from fieldapp.domain.slip import SlipContent
from fieldapp.i18n import language
from tests.documents.goldens import check_golden, fonts_not_embedded, page_sizes, words
from tests.documents.papers import code_text, codes_for, slip

PRINTER_MARGIN = 5 * MM
SHEETS = ("a6", "a4", "letter")


def render(content: SlipContent, layout: str = "a6") -> bytes:
    return render_slips([(content, codes_for(len(content.members)))], layout)


def with_names(content: SlipContent, given_names: str, surnames: str) -> SlipContent:
    members = [replace(member, given_names=given_names, surnames=surnames) for member in content.members]
    return replace(content, members=tuple(members))


def longest_slip() -> SlipContent:
    content = with_names(slip(14), "Maximiliano Alejandro de la Santísima Trinidad José Gregorio",
                         "Villavicencio-Etxeberria de los Ríos y Santander Montealegre")  # fmt: skip
    return replace(
        content,
        post="PCA",
        copy=12,
        group_size=17,
        organisation="Oficina de Gestión del Riesgo de Desastres de la Alcaldía Municipal de Villa del Rosario",
        contact="Preguntas o correcciones: Albergue temporal Coliseo Eustorgio Colmenares Baptista, 607 555 0142, "
        "todos los días de 08:00 a 18:00",
    )


@pytest.mark.parametrize("members", [1, 4, 8, 14])
def test_the_slip_stands_as_it_was_approved(members: int) -> None:
    check_golden(f"slip_{members}", render(slip(members)))


def test_four_to_a_sheet_stand_as_they_were_approved() -> None:
    slips = [(slip(members, copy=members), codes_for(members)) for members in (1, 3, 5, 10)]
    check_golden("slips_letter", render_slips(slips, "letter"))


@pytest.mark.parametrize(("layout", "millimetres"), [("a6", (105, 148)), ("a4", (210, 297)), ("letter", (216, 279))])
def test_the_page_has_the_size_of_the_paper(layout: str, millimetres: tuple[int, int]) -> None:
    assert page_sizes(render(slip(2), layout)) == [millimetres]


def test_four_slips_share_a_sheet_and_a_fifth_begins_another() -> None:
    slips = [(slip(2), codes_for(2))] * 5
    assert len(page_sizes(render_slips(slips, "a4"))) == 2


def test_the_slip_says_everything_it_must() -> None:
    text = words(render(slip(8, copy=2)))
    for expected in (
        "Registration slip", "PSB-A7-00042-R", "María de los Ángeles", "Villalobos González", "14 Feb 1989", "Female",
        "Venezuela", "Group of 8 people", "Simón Bolívar International Bridge", "5 Jan 2026",
        "Alcaldía de Villa del Rosario · Colombia", "Albergue La Parada, 607 555 0142", "Copy 2",
        "This is not an identity document", "-2", "José Gregorio Pérez Urdaneta", "1987", "Partner", "Jun 2019",
        "67 years in 2026", "1 year in 2026", "Issued 5 Jan 2026",
    ):  # fmt: skip
        assert expected in text, expected


def test_the_words_follow_the_slips_language_and_the_dates_too() -> None:
    text = words(render(slip(2, "es")))
    assert "14 feb 1989" in text
    assert "Puente Internacional Simón Bolívar" in text
    assert "Masculino" in text
    given = words(render_slips([(slip(2, "es"), ())], "a6", language("en")))
    assert "Male" in given


@pytest.mark.parametrize("layout", SHEETS)
@pytest.mark.parametrize("members", range(1, 15))
def test_nothing_overlaps_and_nothing_reaches_into_the_margin(layout: str, members: int) -> None:
    for board in slip_boards(slip(members, copy=3), codes_for(members), layout):
        assert board.overlaps() == []
        assert board.outside(PRINTER_MARGIN) == []


@pytest.mark.parametrize("layout", SHEETS)
def test_the_longest_slip_keeps_everything_apart_and_loses_nobody(layout: str) -> None:
    boards = slip_boards(longest_slip(), codes_for(14), layout)
    for board in boards:
        assert board.overlaps() == []
        assert board.outside(PRINTER_MARGIN) == []
    placed = [mark.words for board in boards for mark in board.solid() if not isinstance(mark, CodeMark)]
    assert [f"-{ordinal}" in placed for ordinal in range(2, 15)] == [True] * 13
    assert not any(word.startswith("Maximiliano") and word.endswith("…") for word in placed)


def test_eight_people_with_usual_names_fit_one_page() -> None:
    assert [len(slip_boards(slip(8), codes_for(8), layout)) for layout in SHEETS] == [1, 1, 1]


def test_each_of_two_codes_stands_on_a_page_of_its_own() -> None:
    first, second = codes_for(14)
    pages = slip_boards(slip(14), (first, second), "a6")
    found = [[mark.code.text for mark in page.solid() if isinstance(mark, CodeMark)] for page in pages]
    assert found == [[first], [second]]


@pytest.mark.parametrize("length", [330, 420, 580, 733])
def test_no_module_of_a_code_is_under_the_smallest_that_office_printers_manage(length: int) -> None:
    for board in slip_boards(slip(8), [code_text(length)], "letter"):
        for mark in board.solid():
            if isinstance(mark, CodeMark):
                assert mark.module >= SMALLEST_MODULE_MM * MM - 1e-6


@pytest.mark.parametrize("dpi", [100, 203, 300])
@pytest.mark.parametrize("length", [330, 733])
@pytest.mark.parametrize("layout", SHEETS)
def test_a_scanner_reads_the_code_from_the_printed_page(layout: str, length: int, dpi: int) -> None:
    text = code_text(length)
    pdf = render_slips([(slip(8), [text])], layout)
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [text]


def test_a_slip_without_codes_shows_where_the_code_will_be() -> None:
    assert "The QR code is made when the slip is issued" in words(render_slips([(slip(2), ())], "a6"))


def test_a_person_with_one_name_and_nothing_else_known_has_a_slip() -> None:
    alone = slip(1)
    member = replace(alone.members[0], given_names="Ñusta", surnames="", birth=Birth(), nationality="")
    text = words(render_slips([(replace(alone, members=(member,), contact="", organisation=""), codes_for(1))], "a6"))
    assert "Ñusta" in text
    assert text.count("Not known") == 2
    assert "Group of 1 person" in text


def test_names_in_arabic_and_with_an_emoji_are_drawn() -> None:
    pdf = render_slips([(with_names(slip(3), "محمد", "الحسيني 👪"), codes_for(3))], "a6")
    assert fonts_not_embedded(pdf) == set()
    assert "\ufffd" in words(pdf)
    for board in slip_boards(with_names(slip(8), "محمد عبد الرحمن", "الحسيني"), codes_for(8), "a6"):
        assert board.overlaps() == []


def test_people_not_yet_registered_by_name_are_counted() -> None:
    assert "And 3 people not yet registered by name" in words(render(slip(2, group_size=5)))


def test_all_fonts_are_in_the_file() -> None:
    assert fonts_not_embedded(render(slip(4), "a4")) == set()


def test_the_same_slip_gives_the_same_bytes() -> None:
    assert render(slip(8)) == render(slip(8))


def test_the_file_names_its_language_its_title_and_who_issued_it() -> None:
    reader = PdfReader(io.BytesIO(render(slip(2))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Registration slip PSB-A7-00042-R"
    assert reader.metadata.author == "Alcaldía de Villa del Rosario"
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]


def test_a_code_of_other_characters_or_one_too_large_for_paper_is_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        make_qr("áé")
    with pytest.raises(ValueError, match="too large"):
        render_slips([(slip(2), [code_text(1500)])], "a6")
    with pytest.raises(ValueError, match="too long"):
        make_qr(code_text(5000))


def test_an_unknown_layout_and_no_slip_at_all_are_refused() -> None:
    with pytest.raises(KeyError):
        render_slips([(slip(1), ())], "a0")
    with pytest.raises(ValueError, match="no slip"):
        render_slips([], "a6")


def test_importing_the_documents_does_not_load_what_draws_them() -> None:
    program = (
        "import sys, fieldapp.documents.slip, fieldapp.documents.summary, fieldapp.documents.recovery;"
        "print(sorted({'reportlab', 'qrcode', 'PIL', 'babel', 'bidi'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    given_names=st.text(max_size=500),
    surnames=st.text(max_size=500),
    members=st.integers(1, 9),
    layout=st.sampled_from(SHEETS),
)
def test_any_name_is_printed_without_running_into_anything(
    given_names: str, surnames: str, members: int, layout: str
) -> None:
    content = with_names(slip(members), given_names, surnames)
    for board in slip_boards(content, codes_for(members), layout):
        assert board.overlaps() == []
        assert board.outside(PRINTER_MARGIN) == []
    assert render_slips([(content, codes_for(members))], layout).startswith(b"%PDF")


@given(born=st.dates(date(1900, 1, 1), date(2026, 1, 5)), tongue=st.sampled_from(["es", "en"]))
@settings(max_examples=10, deadline=None)
def test_any_birth_date_is_printed_with_its_year(born: date, tongue: str) -> None:
    content = slip(1, tongue)
    member = replace(content.members[0], birth=Birth.exact(born))
    assert str(born.year) in words(render_slips([(replace(content, members=(member,)), ())], "a6"))


def test_two_threads_at_once_make_the_same_slips_as_one() -> None:
    slips = [slip(members) for members in (1, 4, 8, 14)] * 3
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, slips)) == [render(content) for content in slips]


def test_no_name_stays_in_memory_when_a_slip_is_done() -> None:
    render(slip(4))
    assert shape.cache_info().currsize == 0
