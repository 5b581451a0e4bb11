"""Tokens and numbers in a scanner's hands: told by their check character, whatever the keyboard layout."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.papers.layout_tables import COMPUTERS, SCANNERS
from fieldapp.domain.papers.layouts import garbled
from fieldapp.domain.registration_number import RegistrationNumber
from fieldapp.domain.short_code import ShortCode, read_short_code
from fieldapp.domain.token import new_token

TOKEN = new_token(random.Random(5).randbytes)
NUMBER = str(RegistrationNumber("PSB", "A7", 42).of_member(3))


@pytest.mark.parametrize("scanner", SCANNERS, ids=lambda layout: layout.code)
@pytest.mark.parametrize("computer", COMPUTERS, ids=lambda layout: layout.code)
def test_every_pairing_of_layouts_is_undone(scanner, computer) -> None:
    for text, kind in ((TOKEN, ShortCode.TOKEN), (NUMBER, ShortCode.NUMBER)):
        typed = text if scanner.code == computer.code else garbled(text, scanner, computer)
        if typed is not None:
            assert read_short_code(typed) == (kind, text)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_nothing_else_is_a_short_code_of_another_spelling(text: str) -> None:
    found = read_short_code(text)
    assert found is None or read_short_code(found[1]) == found
