"""Text is measured: it shrinks, wraps, and is cut only with a sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.documents.fonts import REPLACEMENT, Face
from fieldapp.documents.text import Fitted, Style, fit, shape

NAME = Style(Face.BOLD, 15, 8)


def shown(text: Fitted) -> list[str]:
    return ["".join(part for _, part in line.pieces) for line in text.lines]


def test_a_text_that_fits_keeps_its_size() -> None:
    fitted = fit("Ana Peña", NAME, 200)
    assert (shown(fitted), fitted.size, fitted.cut) == (["Ana Peña"], 15, False)


def test_a_longer_text_shrinks_before_it_is_cut() -> None:
    fitted = fit("María de los Ángeles Villalobos", NAME, 150)
    assert shown(fitted) == ["María de los Ángeles Villalobos"]
    assert NAME.smallest <= fitted.size < NAME.size
    assert fitted.width <= 150
    assert not fitted.cut


def test_lines_break_between_words() -> None:
    assert shown(fit("María de los Ángeles", Style(Face.BOLD, 15), 110, lines=2)) == ["María de los", "Ángeles"]


def test_given_names_and_surnames_stay_on_lines_of_their_own() -> None:
    assert shown(fit(["Ana", "Peña"], NAME, 300, lines=2)) == ["Ana", "Peña"]


def test_a_double_surname_breaks_after_its_hyphen_and_not_within_a_word() -> None:
    fitted = fit("Villavicencio-Etxeberria", Style(Face.BOLD, 15, 9), 110, lines=2)
    assert shown(fitted) == ["Villavicencio-", "Etxeberria"]


def test_what_cannot_fit_ends_with_an_ellipsis() -> None:
    fitted = fit("x" * 500, NAME, 100, lines=2)
    assert fitted.cut
    assert len(fitted.lines) == 2
    assert shown(fitted)[-1].endswith("…")
    assert fitted.width <= 100


def test_of_two_paragraphs_that_are_too_long_both_are_shown_and_both_are_marked() -> None:
    fitted = fit(["a" * 300, "b" * 300], NAME, 100, lines=4)
    assert [line[0] for line in shown(fitted)] == ["a", "a", "b", "b"]
    assert [line.endswith("…") for line in shown(fitted)] == [False, True, False, True]


def test_arabic_letters_are_joined_and_run_from_right_to_left() -> None:
    line = shape("محمد", Face.REGULAR)
    assert line.pieces == (("NotoSansArabic-Regular", "\ufeaa\ufee4\ufea4\ufee3"),)


def test_arabic_beside_latin_takes_each_from_its_own_font() -> None:
    fonts = [font for font, _ in shape("Ana محمد", Face.BOLD).pieces]
    assert set(fonts) == {"NotoSans-Bold", "NotoSansArabic-Bold"}


def test_an_emoji_of_several_characters_is_one_visible_mark() -> None:
    assert shown(fit("Ana 👩‍👩‍👧 Gil", NAME, 200)) == [f"Ana {REPLACEMENT} Gil"]


def test_control_characters_and_direction_marks_leave_no_trace() -> None:
    assert shown(fit("Ana\u202e\u200b\tGil\x00", NAME, 200)) == ["Ana Gil"]


@given(text=st.text(max_size=500), width=st.floats(30, 400), lines=st.integers(1, 4))
def test_whatever_is_typed_stays_within_its_width_and_lines(text: str, width: float, lines: int) -> None:
    fitted = fit(text, NAME, width, lines=lines)
    assert len(fitted.lines) <= lines
    assert fitted.width <= width + 0.1


def test_a_letter_of_a_script_that_few_know_does_not_stop_an_arabic_line() -> None:
    assert shape("\u0606\U000108b0", Face.REGULAR).width > 0


@pytest.mark.parametrize("width", range(60, 200, 4))
def test_no_line_begins_with_the_dot_between_two_facts(width: int) -> None:
    lines = shown(fit("Femenino · Nacimiento: 14 feb 1989 · Venezuela", Style(Face.REGULAR, 8), width, lines=6))
    assert not any(line.startswith("·") for line in lines)


def test_hours_and_numbers_are_not_broken_at_their_hyphens() -> None:
    assert shown(fit("Albergue La Parada, 08:00-18:00", Style(Face.REGULAR, 8), 110, lines=2)) == [
        "Albergue La Parada,", "08:00-18:00",
    ]  # fmt: skip
