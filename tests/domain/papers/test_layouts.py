"""A scanner on the wrong keyboard layout: what it typed is turned back, for every pairing of layouts."""

from itertools import product
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fieldapp.domain.papers.layout_tables import BRAZIL, COMPUTERS, FRANCE, PORTUGAL, SCANNERS, SPAIN, US, Layout
from fieldapp.domain.papers.layouts import LONGEST, garbled, undo

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
ZONE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
PAIRS = list(product(SCANNERS, COMPUTERS))
NO_SUCH_KEY = {("br", "/")}
"""The Brazilian key right of / is on no other keyboard."""


def name(pair: tuple[Layout, Layout]) -> str:
    return f"{pair[0].code}->{pair[1].code}"


@pytest.mark.parametrize("layout", dict.fromkeys((*SCANNERS, *COMPUTERS)), ids=lambda layout: layout.code)
def test_a_layout_has_every_key_and_every_character_of_the_codes(layout: Layout) -> None:
    assert len(layout.plain) == len(layout.shifted) == 49
    assert set(BASE45 + ZONE + BASE45.lower()) - {" "} <= set(layout.characters)
    assert set(layout.dead) <= set(layout.characters)


@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_each_character_of_the_codes_comes_back(pair: tuple[Layout, Layout]) -> None:
    scanner, computer = pair
    for character in BASE45 + ZONE:
        shown = garbled(character, scanner, computer)
        if shown is None:
            assert (scanner.code, character) in NO_SUCH_KEY
            continue
        assert character in undo(shown)


@pytest.mark.parametrize("pair", PAIRS, ids=name)
@pytest.mark.parametrize("alphabet", [BASE45.replace("/", ""), ZONE], ids=["Base45", "zone"])
def test_a_whole_alphabet_in_one_scan_comes_back(pair: tuple[Layout, Layout], alphabet: str) -> None:
    shown = garbled(alphabet, *pair)
    assert shown is not None
    assert alphabet in undo(shown)


def test_what_is_seen_on_a_real_desk() -> None:
    """Known pairs, so that an error in a table and in its undoing cannot hide each other."""
    assert garbled("P<VEN", US, SPAIN) == "P;VEN"
    assert garbled("A/B:C-D+E*F", US, SPAIN) == "A-BÑC'D¿E(F"
    assert garbled("P<VEN0", US, FRANCE) == "P.VENà"
    assert garbled("QAZWM:", US, FRANCE) == "AQWZ?M"
    assert garbled("a1", FRANCE, US) == "q!"
    assert garbled("+A*A", SPAIN, PORTUGAL) == "ÁÀ"
    assert garbled("+S", SPAIN, PORTUGAL) == "Ś"
    assert garbled("+7", SPAIN, PORTUGAL) == "´7"
    assert garbled("6E", FRANCE, BRAZIL) == "Ë"


def test_a_mark_that_came_out_before_a_letter_is_undone() -> None:
    """Windows joins fewer letters than Unicode has."""
    assert "+S" in undo("´S")


def test_the_text_as_it_is_comes_first_and_nothing_twice() -> None:
    meant = list(undo("P;VENPEREZ;;ANA"))
    assert meant[:2] == ["P;VENPEREZ;;ANA", "P<VENPEREZ<<ANA"]
    assert len(meant) == len(set(meant))


def test_characters_of_no_keyboard_are_not_undone() -> None:
    assert list(undo("漢字")) == ["漢字"]


def test_a_paste_of_megabytes_is_given_back_at_once() -> None:
    text = ";" * (LONGEST + 1)
    assert list(undo(text)) == [text]


def test_many_marks_do_not_multiply_the_candidates() -> None:
    assert len(list(undo("´" * 400))) < 10_000


@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_the_code_of_a_slip_comes_back(pair: tuple[Layout, Layout]) -> None:
    """As long as the code of a family of four, spaces after dead keys among them."""
    text = "".join(Random(169).choices(BASE45.replace("/", ""), k=530))
    shown = garbled(text, *pair)
    assert shown is not None
    assert text in undo(shown)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.sampled_from(PAIRS), st.text(BASE45, max_size=60).filter(lambda text: "/" not in text))
def test_scans_come_back(pair: tuple[Layout, Layout], text: str) -> None:
    shown = garbled(text, *pair)
    assert shown is not None
    assume(sum(mark in pair[1].dead for mark in shown) <= 8)
    assert text in undo(shown)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_asked_for(text: str) -> None:
    assert next(undo(text)) == text
    assert all(isinstance(meant, str) for meant in undo(text))
