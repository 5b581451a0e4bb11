"""Weak passwords are refused with the reason, also those that are weak only in Spanish."""

import pytest

from fieldapp import words
from fieldapp.i18n import language
from fieldapp.trust.password_strength import password_problem

RELATED = ("rosalba", "Rosalba Pinto Mora", "Operación Puente", "Simón Bolívar")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "too_short"),
        ("gato azul", "too_short"),
        ("          x", "too_short"),
        ("contraseña1", "common_word"),
        ("Contraseña2026", "common_word"),
        ("albergue2026", "common_word"),
        ("Cúcuta2026!", "common_word"),
        ("password1234", "common_password"),
        ("qwertyuiop1", "keyboard_row"),
        ("zxcvfdsaqwer", "keyboard_row"),
        ("asdfghjkl\u00f1qwerty", "keyboard_row"),
        ("aaaaaaaaaaaa", "repeats"),
        ("abcdefghijkl", "sequence"),
        ("12051987 1205", "date"),
        ("MariaFernanda1", "name"),
        ("rosalba pinto", "name"),
        ("RosalbaPinto7", "name"),
        ("PuenteBolivar2026", "name"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, code: str) -> None:
    problem = password_problem(password, RELATED)

    assert problem is not None
    assert problem.code == code
    for said in (problem.code, *problem.suggestions):
        assert "(" not in words.say(language("en"), f"password_{said}"), f"no words for {said}"


@pytest.mark.parametrize(
    "password", ["gato mesa nube verde", "tresgatosazulescomen", "xk4vd92mq1", "María come tres mangos verdes", "ñ" * 3
                 + "Kw7" + "vzp4!qj", "v" + "9x4kzq" * 30]
)  # fmt: skip
def test_a_strong_password_is_taken(password: str) -> None:
    assert password_problem(password, RELATED) is None


def test_a_name_in_a_long_sentence_does_no_harm() -> None:
    assert password_problem("Rosalba vende nueve sillas cojas", RELATED) is None
