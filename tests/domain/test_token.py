"""Pre-printed slips are told by their shape and their check character."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.token import new_token, read_token

TOKEN = new_token(Random(7).randbytes)


def test_a_token_reads_as_it_was_written() -> None:
    assert TOKEN.startswith("TK-")
    assert read_token(TOKEN) == TOKEN


@pytest.mark.parametrize("typed", [TOKEN.lower(), TOKEN.replace("-", ""), f"  {TOKEN} ", TOKEN.replace("0", "O")])
def test_it_may_be_typed_as_people_type(typed: str) -> None:
    assert read_token(typed) == TOKEN


@pytest.mark.parametrize("text", ["", "TK", "PSB-A7-00042-K", "TK-00000-00000-Z1", "9" * 5000, "TK-ÑÑÑÑÑ-00000-0"])
def test_anything_else_is_none(text: str) -> None:
    assert read_token(text) is None


@given(st.integers(3, len(TOKEN) - 1), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_is_noticed(place: int, letter: str) -> None:
    if TOKEN[place] in {"-", letter}:
        return
    assert read_token(TOKEN[:place] + letter + TOKEN[place + 1 :]) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = read_token(text)
    assert read is None or read_token(read) == read


@given(st.randoms(use_true_random=False))
def test_every_token_made_is_read(chance: Random) -> None:
    made = new_token(lambda count: bytes(chance.randrange(256) for _byte in range(count)))
    assert read_token(made) == made
