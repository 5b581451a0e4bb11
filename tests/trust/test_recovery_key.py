"""The recovery key is typed back from paper, in whatever way people do that."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.trust.recovery_key import (
    ALPHABET,
    RecoveryKeyMistyped,
    new_recovery_key,
    read_recovery_key,
    with_check_characters,
)

LOOK_ALIKES = {"0": "0Oo", "1": "1IiLl"}
SEPARATORS = ["", " ", "-", "  ", " - ", "\n", "\u2013", ".", "\u00a0"]

KEYS = st.text(ALPHABET, min_size=26, max_size=26).map(with_check_characters)


def test_a_key_has_130_random_bits_and_is_printed_in_groups_of_four() -> None:
    key = new_recovery_key()

    assert [len(group) for group in key.split("-")] == [4] * 7
    assert set(key) - {"-"} <= set(ALPHABET)
    assert len({new_recovery_key() for _ in range(100)}) == 100


@given(KEYS, st.data())
def test_case_spaces_hyphens_and_look_alike_letters_do_not_matter(key: str, data: st.DataObject) -> None:
    typed = ""
    for character in key.replace("-", ""):
        forms = LOOK_ALIKES.get(character, character + character.lower())
        typed += data.draw(st.sampled_from(forms)) + data.draw(st.sampled_from(SEPARATORS))

    assert read_recovery_key(typed) == key


@given(KEYS, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_noticed(key: str, place: int, wrong: str) -> None:
    characters = list(key.replace("-", ""))
    if characters[place] == wrong:
        return
    characters[place] = wrong

    with pytest.raises(RecoveryKeyMistyped):
        read_recovery_key("".join(characters))


@given(KEYS, st.integers(0, 26))
def test_two_neighbours_exchanged_are_noticed(key: str, place: int) -> None:
    characters = list(key.replace("-", ""))
    if characters[place] == characters[place + 1]:
        return
    characters[place], characters[place + 1] = characters[place + 1], characters[place]

    with pytest.raises(RecoveryKeyMistyped):
        read_recovery_key("".join(characters))


def test_a_missing_character_is_named_as_such() -> None:
    with pytest.raises(RecoveryKeyMistyped) as caught:
        read_recovery_key(new_recovery_key()[:-1])

    assert caught.value.code == "recovery_key_length"
    assert caught.value.values == {"typed": 27, "length": 28}


def test_a_character_no_key_has_is_named_with_its_group() -> None:
    key = new_recovery_key()

    with pytest.raises(RecoveryKeyMistyped) as caught:
        read_recovery_key(key[:6] + "Ñ" + key[7:])

    assert caught.value.code == "recovery_key_character"
    assert caught.value.values == {"character": "Ñ", "place": 6, "group": 2}


@given(st.text(alphabet=string.printable + "ñÑ–\u200b", max_size=60))
def test_nothing_typed_makes_it_fail_otherwise(typed: str) -> None:
    with pytest.raises(RecoveryKeyMistyped):
        read_recovery_key(typed)
