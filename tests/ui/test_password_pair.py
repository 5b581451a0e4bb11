"""A new password is judged while it is typed, by the real judge, and must be typed twice alike."""

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.trust.password_strength import password_problem
from fieldapp.ui.widgets.password_pair import PasswordPair
from fieldapp.ui.work import Work
from tests.ui.keys import type_text


@pytest.fixture
def pair(qtbot: QtBot, language: Language, work: Work) -> PasswordPair:
    made = PasswordPair(language, work, password_problem, lambda: ("Rosa Elena Quintero",))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_weak_password_is_said_to_be_weak_and_why(qtbot: QtBot, pair: PasswordPair) -> None:
    type_text(pair.first.line, "quintero2026")
    qtbot.waitUntil(lambda: pair.first.hint.startswith("Names of people"), timeout=10_000)
    assert "Leave out names" in pair.first.hint


def test_a_strong_one_is_said_to_be_strong(qtbot: QtBot, pair: PasswordPair) -> None:
    type_text(pair.first.line, "trueno balcón mimbre 41 lápiz")
    qtbot.waitUntil(lambda: pair.first.hint == "Strong password.", timeout=10_000)


def test_both_must_say_the_same(pair: PasswordPair) -> None:
    type_text(pair.first.line, "trueno balcón mimbre")
    type_text(pair.second.line, "trueno balcon mimbre")
    assert not pair.is_repeated()
    assert pair.second.hint == "This is not the same as above."
    pair.second.line.setText("trueno balcón mimbre")
    assert pair.is_repeated()
