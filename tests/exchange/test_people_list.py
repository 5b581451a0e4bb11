"""The list as CSV: read back exactly, whatever a name holds, and nothing in it runs as a formula."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.exchange.people_list import COLUMNS, PeopleRow, csv_lines, read_csv

ROW = PeopleRow(
    "PSB-A7-00042-K-1", "PSB-A7-00042-K", "María Fernanda", "Peña, de la Cruz", "F", "1989-02-14", "EXACT", "VEN", "VE_CED_V",
    "12345678", "HEAD", "2026-01-05", "PSB",
)  # fmt: skip


def written(*rows: PeopleRow) -> str:
    return b"".join(csv_lines(rows)).decode("utf-8")


def test_the_columns_are_the_documented_ones() -> None:
    header, row, end = written(ROW).split("\r\n")
    assert header == (
        "registration_number,group_number,given_names,surnames,sex,birth_date,birth_date_quality,nationality,"
        "document_type,document_number,relationship,arrival_date,post"
    )
    assert row.startswith('PSB-A7-00042-K-1,PSB-A7-00042-K,María Fernanda,"Peña, de la Cruz",F,1989-02-14,EXACT')
    assert end == ""


@pytest.mark.parametrize("name", ["=1+1", "+57", "-1", "@SUM(A1)", "\t=1", "'=1", "'Abd"])
def test_nothing_runs_as_a_formula_and_the_exact_text_comes_back(name: str) -> None:
    row = replace(ROW, given_names=name)
    field = next(csv.DictReader(StringIO(written(row), newline="")))["given_names"]
    assert field == "'" + name
    assert read_csv(written(row)) == [row]


@given(st.lists(st.builds(PeopleRow, *[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)] * 13), max_size=4))  # fmt: skip
def test_any_text_comes_back(rows: list[PeopleRow]) -> None:
    assert read_csv(written(*rows)) == rows


def test_other_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        read_csv("a,b\r\n1,2\r\n")
    assert len(COLUMNS) == 13
