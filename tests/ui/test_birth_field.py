"""A birth date is typed as people know it, and the field says how it understood it."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language, language
from fieldapp.ui.widgets.birth_field import BirthField
from tests.ui.keys import type_text

TODAY = date(2026, 1, 5)


@pytest.fixture
def field(qtbot: QtBot) -> BirthField:
    made = BirthField(language("en"), lambda: TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "meaning", "iso"),
    [
        ("14/2/1989", "14 Feb 1989 · 36 years", "1989-02-14"),
        ("14021989", "14 Feb 1989 · 36 years", "1989-02-14"),
        ("1989-02-14", "14 Feb 1989 · 36 years", "1989-02-14"),
        ("1/11/2025", "1 Nov 2025 · 2 months", "2025-11-01"),
        ("2/1989", "month and year only · about 36 years", "1989-02"),
        ("1989", "year only · about 37 years", "1989"),
        ("35", "35 years today", "35@2026-01-05"),
        ("?", "not known", ""),
    ],
)
def test_it_says_how_it_understood(field: BirthField, typed: str, meaning: str, iso: str) -> None:
    type_text(field, typed)
    assert (field.meaning, field.iso, field.problem) == (meaning, iso, "")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("45/45/2020", "unreadable"), ("mañana", "unreadable"), ("6/1/2026", "future"), ("1850", "too_old")],
)
def test_it_says_what_cannot_be(field: BirthField, typed: str, problem: str) -> None:
    type_text(field, typed)
    assert (field.birth, field.problem) == (None, problem)


def test_an_age_counts_from_the_day_it_was_typed(field: BirthField) -> None:
    field.set_typed("35", "35@2025-12-24")
    assert field.iso == "35@2025-12-24"
    assert field.meaning == "35 years, as stated on 24 Dec 2025"
    type_text(field, "6")  # 356: typed anew, and no age
    assert field.problem == "too_old"


def test_it_speaks_spanish(qtbot: QtBot) -> None:
    spanish: Language = language("es")
    field = BirthField(spanish, lambda: TODAY)
    qtbot.addWidget(field)
    field.show()
    type_text(field, "14/2/1989")
    assert field.meaning == "14 feb 1989 · 36 años"
