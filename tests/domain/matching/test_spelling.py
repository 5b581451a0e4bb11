"""Spellings that sound alike, in the ears of the border."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.matching.spelling import code, name_words, skeleton
from fieldapp.domain.names import search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wilmer", "Guilmer"), ("Yesenia", "Jessenia"), ("Chaves", "Chávez"), ("Valentina", "Balentina"),
        ("Güell", "Huel"), ("Guerrero", "Gerrero"), ("Llanos", "Yanos"), ("Quiroz", "Kiros"), ("Giovanni", "Yovani"),
        ("Hernández", "Ernandes"), ("Jiménez", "Gimenes"), ("Zoraida", "Soraida"), ("Ñusta", "Nusta"), ("Max", "Mas"),
        ("Dayana", "Daiana"), ("Thalía", "Talia"), ("الحسن", "حسن"), ("فاطمة", "فاطمه"),
    ],
)  # fmt: skip
def test_they_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(search_key(one)) == skeleton(search_key(other))


@pytest.mark.parametrize(("one", "other"), [("Pérez", "Peña"), ("Rosa", "Rita"), ("Ana", "Eva"), ("王", "李")])
def test_other_names_have_another(one: str, other: str) -> None:
    assert skeleton(search_key(one)) != skeleton(search_key(other))


def test_particles_are_no_words_of_a_name() -> None:
    assert name_words("María de los Ángeles") == ("maria", "angeles")
    assert name_words("De la") == ("de", "la")
    assert name_words("O'Neil") == ("oneil",)


@given(st.text(max_size=40))
def test_any_text_has_a_skeleton_and_a_code(text: str) -> None:
    for word in name_words(text):
        assert skeleton(word)
        assert code(word)
