"""Every layout: nothing runs into anything, nothing is lost, and the code is one that its printer can draw."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.documents.board import MM, Board, CodeMark, PictureMark, TextMark
from fieldapp.documents.layouts import LAYOUTS
from fieldapp.documents.qr import SMALLEST_MODULE_MM
from fieldapp.documents.slip import render_slips, slip_boards
from fieldapp.domain.slip import SlipContent
from fieldapp.i18n import language
from tests.documents.goldens import check_golden, page_sizes, words
from tests.documents.papers import code_text, codes_for, portrait, slip

SLIPS = sorted(name for name, layout in LAYOUTS.items() if not layout.band)
ROLLS = sorted(name for name, layout in LAYOUTS.items() if layout.grows)
LONGEST = (
    "Maximiliano Alejandro de la Santísima Trinidad José Gregorio",
    "Villavicencio-Etxeberria de los Ríos y Santander Montealegre",
)
LARGEST_CODE = 760
WITH_ROOM = sorted(name for name, layout in LAYOUTS.items() if not layout.band and not layout.grows)


def with_names(content: SlipContent, given_names: str, surnames: str) -> SlipContent:
    members = [replace(member, given_names=given_names, surnames=surnames) for member in content.members]
    return replace(content, members=tuple(members))


def longest(members: int) -> SlipContent:
    return replace(
        with_names(slip(members), *LONGEST),
        post="PCA",
        copy=12,
        group_size=members + 3,
        organisation="Oficina de Gestión del Riesgo de Desastres de la Alcaldía Municipal de Villa del Rosario",
        contact="Preguntas o correcciones: Albergue temporal Coliseo Eustorgio Colmenares Baptista, 607 555 0142, "
        "todos los días de 08:00 a 18:00",
    )


def texts(boards: tuple[Board, ...]) -> list[str]:
    return [mark.words for board in boards for mark in board.solid() if isinstance(mark, TextMark)]


def codes_on(boards: tuple[Board, ...]) -> list[CodeMark]:
    return [mark for board in boards for mark in board.solid() if isinstance(mark, CodeMark)]


def pictures_on(boards: tuple[Board, ...]) -> list[tuple[int, PictureMark]]:
    return [(page, mark) for page, board in enumerate(boards) for mark in board.marks if isinstance(mark, PictureMark)]


def assert_clean(boards: tuple[Board, ...], layout: str) -> None:
    looks = LAYOUTS[layout].looks
    margin = min([look.margin for look in looks] or [3 * MM]) - 0.5
    for board in boards:
        assert board.overlaps() == []
        assert board.outside(margin) == []


@pytest.mark.parametrize("layout", ["a7", "half_letter", "roll_80", "roll_58", "label_62", "card", "wristband"])
def test_a_layout_stands_as_it_was_approved(layout: str) -> None:
    slips = [(slip(members), codes_for(members)) for members in (1, 4, 14)]
    check_golden(f"slip_{layout}", render_slips(slips, layout))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("members", range(1, 15))
def test_nothing_overlaps_and_nothing_leaves_the_paper(layout: str, members: int) -> None:
    for content in (slip(members), longest(members)):
        assert_clean(slip_boards(content, codes_for(members), layout), layout)


@pytest.mark.parametrize("layout", SLIPS)
def test_the_longest_family_loses_nobody_and_no_code(layout: str) -> None:
    codes = codes_for(14)
    boards = slip_boards(longest(14), codes, layout)
    placed = texts(boards)
    assert [f"-{ordinal}" in placed for ordinal in range(2, 15)] == [True] * 13
    assert [mark.code.text for mark in codes_on(boards)] == list(codes)
    assert "3 people not yet registered by name" in " ".join(placed)
    assert any(text.startswith("This is not an identity") for text in placed)


@pytest.mark.parametrize("layout", SLIPS)
@pytest.mark.parametrize("length", [330, 580, LARGEST_CODE])
def test_no_module_is_under_the_smallest_and_rolls_have_whole_dots(layout: str, length: int) -> None:
    look = LAYOUTS[layout].looks[0]
    (mark,) = codes_on(slip_boards(slip(4), [code_text(length)], layout))
    assert mark.module >= SMALLEST_MODULE_MM * MM - 1e-6
    if look.dots:
        dots = [length * look.dots / 72 for length in (mark.module, mark.x, mark.y)]
        assert dots == pytest.approx([round(dot) for dot in dots], abs=1e-6)
        assert dots[0] >= 3


@pytest.mark.parametrize("layout", SLIPS)
@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("length", [330, LARGEST_CODE])
def test_a_scanner_reads_every_layout(layout: str, dpi: int, length: int) -> None:
    text = code_text(length)
    page = pypdfium2.PdfDocument(render_slips([(slip(8), [text])], layout))[0]
    assert [code.text for code in zxingcpp.read_barcodes(page.render(scale=dpi / 72).to_pil())] == [text]


def test_a_wristband_for_each_person_says_the_number_and_nothing_else() -> None:
    pdf = render_slips([(slip(3), codes_for(3))], "wristband")
    assert page_sizes(pdf) == [(250, 25)] * 3
    assert words(pdf) == "PSB-A7-00042-R-1 PSB-A7-00042-R-2 PSB-A7-00042-R-3"
    page = pypdfium2.PdfDocument(pdf)[1].render(scale=203 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(page)] == ["PSB-A7-00042-R-2"]


@pytest.mark.parametrize("tongue", ["es", "en", "fr", "pt", "ht"])
@pytest.mark.parametrize("layout", SLIPS)
def test_the_text_comes_out_in_the_order_it_is_read(layout: str, tongue: str) -> None:
    content = slip(6, tongue)
    _ = language(tongue).gettext
    said = words(render_slips([(content, codes_for(6))], layout))
    order = [_("Registration slip"), content.number, content.members[0].given_names, content.members[0].surnames]
    order += [f"-{member.ordinal} " for member in content.members[1:]]
    places, begin = [], 0
    for part in order:
        begin = said.find(part, begin)
        places.append((part, begin >= 0))
        begin += len(part)
    assert places == [(part, True) for part in order]
    assert said.rindex(_("This is not an identity document")) > said.rindex("-6 ")


@pytest.mark.parametrize("layout", ROLLS)
def test_a_roll_is_one_page_as_long_as_it_needs_to_be(layout: str) -> None:
    heights = [page_sizes(render_slips([(slip(members), codes_for(members))], layout)) for members in (1, 4, 14)]
    assert [len(pages) for pages in heights] == [1, 1, 1]
    assert heights[0][0][1] < heights[1][0][1] < heights[2][0][1] < 400


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_preview_without_code_and_a_practice_slip_are_drawn_in_every_layout(layout: str) -> None:
    assert_clean(slip_boards(slip(4, number="PSB-A7-·····"), (), layout), layout)
    assert "PRACTICE" in words(render_slips([(slip(2, practice=True), codes_for(2))], layout))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    given_names=st.text(max_size=60),
    surnames=st.text(max_size=60),
    members=st.integers(1, 14),
    unnamed=st.integers(0, 3),
    layout=st.sampled_from(sorted(LAYOUTS)),
    tongue=st.sampled_from(["es", "en"]),
    with_photo=st.booleans(),
)
def test_any_family_is_laid_out_without_running_into_anything(
    given_names: str, surnames: str, members: int, unnamed: int, layout: str, tongue: str, with_photo: bool
) -> None:
    content = replace(with_names(slip(members, tongue), given_names, surnames), group_size=members + unnamed)
    photo = portrait() if with_photo else b""
    assert_clean(slip_boards(content, codes_for(members), layout, portrait=photo), layout)


@pytest.mark.parametrize("layout", WITH_ROOM)
def test_one_person_has_their_photo_on_the_first_page_beside_the_names(layout: str) -> None:
    ((page, mark),) = pictures_on(slip_boards(slip(1), codes_for(1), layout, portrait=portrait()))
    assert page == 0
    box = mark.box
    assert (box.right - box.left) / (box.bottom - box.top) == pytest.approx(3 / 4)
    assert box.right - box.left >= 12 * MM


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("members", range(1, 15))
def test_a_photo_runs_into_nothing_costs_no_page_and_cuts_no_text(layout: str, members: int) -> None:
    for content in (slip(members), longest(members)):
        plain = slip_boards(content, codes_for(members), layout)
        boards = slip_boards(content, codes_for(members), layout, portrait=portrait())
        assert_clean(boards, layout)
        assert len(boards) <= len(plain)
        assert sum("…" in text for text in texts(boards)) <= sum("…" in text for text in texts(plain))
        if layout not in WITH_ROOM:
            assert pictures_on(boards) == []


def test_without_room_the_slip_is_the_one_without_a_photo() -> None:
    plain = slip_boards(slip(8), codes_for(8), "a6")
    boards = slip_boards(slip(8), codes_for(8), "a6", portrait=portrait())
    assert [board.marks for board in boards] == [board.marks for board in plain]


@pytest.mark.parametrize("layout", WITH_ROOM)
def test_the_code_is_read_beside_a_photo_and_is_the_same(layout: str) -> None:
    text = code_text(330)
    pdf = render_slips([(slip(1), [text])], layout, portraits={slip(1).group_id: portrait()})
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [text]


def test_a_mirrored_slip_has_its_photo_at_the_right() -> None:
    ((_page, mark),) = pictures_on(slip_boards(slip(1, "ar"), codes_for(1), "a6", portrait=portrait()))
    assert mark.box.left > LAYOUTS["a6"].size[0] / 2
