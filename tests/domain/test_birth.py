"""Birth dates as staff type them, their quality, and ages on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.birth import Birth, BirthError, BirthQuality, from_iso, read_typed

TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("14/2/1989", "1989-02-14"),
        ("14021989", "1989-02-14"),
        ("14/2/89", "1989-02-14"),
        ("140289", "1989-02-14"),
        ("5-1-26", "2026-01-05"),
        ("6.1.26", "1926-01-06"),
        ("29/2/00", "2000-02-29"),
        ("1989-02-14", "1989-02-14"),
        ("2/1989", "1989-02"),
        ("1989", "1989"),
        ("35", "35@2026-01-05"),
        ("?", ""),
        ("", ""),
    ],
)
def test_what_is_typed_says_how_well_it_is_known(typed: str, iso: str) -> None:
    assert str(read_typed(typed, TODAY)) == iso


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/2/1989", "unreadable"),
        ("yesterday", "unreadable"),
        ("6/1/2026", "future"),
        ("1900", "too_old"),
        ("121", "too_old"),
    ],
)
def test_what_cannot_be_is_refused_by_code(typed: str, code: str) -> None:
    with pytest.raises(BirthError) as refused:
        read_typed(typed, TODAY)
    assert refused.value.code == code


def test_an_age_grows_with_the_years_since_it_was_stated() -> None:
    stated = Birth(BirthQuality.AGE, age=35, stated_on=TODAY)
    assert stated.age_on(date(2027, 1, 4)) == 35
    assert stated.age_on(date(2027, 1, 5)) == 36


def test_the_day_before_the_birthday_one_is_a_year_younger() -> None:
    born = Birth.exact(date(1989, 2, 14))
    assert born.age_on(date(2026, 2, 13)) == 36
    assert born.age_on(date(2026, 2, 14)) == 37


@given(st.dates(date(1906, 1, 6), TODAY))
def test_an_exact_date_survives_being_written_and_read(day: date) -> None:
    assert from_iso(str(Birth.exact(day))).date == day
    assert read_typed(f"{day:%d/%m/%Y}", TODAY).date == day


@given(st.text(max_size=12))
def test_any_text_is_a_birth_or_a_birth_error(text: str) -> None:
    try:
        birth = read_typed(text, TODAY)
    except BirthError:
        return
    assert from_iso(str(birth)) == birth
