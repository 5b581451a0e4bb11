"""Reading a partner's list: whatever is in it, no row is dropped and nothing breaks."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.exchange.partner_list import ListUnreadable, read_birth, read_people

TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("1989-02-14", Birth.exact(date(1989, 2, 14))),
        ("14/02/1989", Birth.exact(date(1989, 2, 14))),
        ("2/28/1989", Birth.exact(date(1989, 2, 28))),
        ("1989-02-14T00:00:00Z", Birth.exact(date(1989, 2, 14))),
        ("14.2.1989 00:00", Birth.exact(date(1989, 2, 14))),
        ("1989", Birth(BirthQuality.YEAR, 1989)),
        ("35", Birth(BirthQuality.AGE, age=35, stated_on=TODAY)),
        ("31/31/1990", Birth()),
        ("2027-01-01", Birth()),
        ("1790-01-01", Birth()),
        ("not known", Birth()),
        ("", Birth()),
    ],
)
def test_dates_in_their_usual_forms(text: str, birth: Birth) -> None:
    assert read_birth(text, TODAY) == birth


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_missing(text: str) -> None:
    assert isinstance(read_birth(text, TODAY), Birth)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_list_or_refused(tmp_path: Path, content: bytes, has_header: bool) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes((b"given_names,surnames\n" if has_header else b"") + content)

    try:
        for person in read_people(path, TODAY):
            assert isinstance(person.words, tuple)
    except ListUnreadable as problem:
        assert problem.code in {"list_no_columns", "list_unreadable"}


def test_rows_are_counted_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Apellidos\tNombres\tSexo\nMora\tAna\tF\n\nPaz\n\t\t\nLuna\tEva\tmujer\textra\n")

    people = list(read_people(path, TODAY))

    assert [(person.given, person.surnames, person.sex) for person in people] == [
        (("ana",), ("mora",), "F"), ((), ("paz",), ""), ((), (), ""), (("eva",), ("luna",), "F"),
    ]  # fmt: skip
