"""The list of people as a CSV file: one row an individual, for spreadsheets and for other programs.

UTF-8 without a byte-order mark, comma separated, lines ended by CR LF (RFC 4180). Columns:

| column | what |
|---|---|
| registration_number, group_number | `PSB-A7-00042-K-1` of the individual, `PSB-A7-00042-K` of its group |
| given_names, surnames | as typed |
| sex | code of the list `sex` |
| birth_date | what is known: `1989-02-14`, `1989-02`, `1989`, `35@2026-01-05` (35 years old on that day), or nothing |
| birth_date_quality | code of the list `birth_date_quality`, which says how to read birth_date |
| nationality | alpha-3; several are parted by a space, the first is the one on the slip |
| document_type, document_number | code of the list `documents` and number as typed; several are parted by `; ` |
| relationship | to the focal point; code of the list `relationships` |
| arrival_date | day of arrival at the post |
| post | code of the list `border_posts` |

Of whoever does not agree that their data is shared, names, papers and the day of birth are left out.

A text that a spreadsheet would run as a formula (one that begins with `=`, `+`, `-`, `@`, a tab or a line end) gets an
apostrophe before it, which spreadsheets take for "this is text". A text that begins with an apostrophe gets another
one, so that a program that strips one leading apostrophe has the exact text back.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from io import StringIO

COLUMNS = (
    "registration_number", "group_number", "given_names", "surnames", "sex", "birth_date", "birth_date_quality",
    "nationality", "document_type", "document_number", "relationship", "arrival_date", "post",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_APOSTROPHE = "'"


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One individual as the list has them; the fields are the columns in their order."""

    registration_number: str
    group_number: str
    given_names: str
    surnames: str
    sex: str
    birth_date: str
    birth_date_quality: str
    nationality: str
    document_type: str
    document_number: str
    relationship: str
    arrival_date: str
    post: str


def csv_lines(rows: Iterable[PeopleRow]) -> Iterator[bytes]:
    """Yield the file line by line, the column names first."""
    yield _line(COLUMNS)
    for row in rows:
        yield _line([as_text(value) for value in astuple(row)])


def read_csv(text: str) -> list[PeopleRow]:
    """Read a file that `csv_lines` made. Raises ValueError for other columns."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    if tuple(next(reader, ())) != COLUMNS:
        raise ValueError("these are not the columns of a list of people")
    return [PeopleRow(*(original(value) for value in row)) for row in reader if len(row) == len(fields(PeopleRow))]


def as_text(value: str) -> str:
    """Return a value that no spreadsheet runs as a formula."""
    return _APOSTROPHE + value if value.startswith((*_FORMULA, _APOSTROPHE)) else value


def original(value: str) -> str:
    """Return the value that `as_text` was given."""
    return value.removeprefix(_APOSTROPHE)


def _line(values: Iterable[str]) -> bytes:
    buffer = StringIO(newline="")
    csv.writer(buffer).writerow(values)
    return buffer.getvalue().encode()
