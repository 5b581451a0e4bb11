"""A partner's list of people as a CSV file: columns by name in English or Spanish, or by the tags of an HXL row.

Understood are UTF-8, UTF-16 with and without a mark, and Windows-1252; commas, semicolons, tabs and bars. Columns that are not
known are ignored, a value that cannot be read is missing, and no row is ever dropped.
"""

import csv
import datetime as dt
import io
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from fieldapp.code_lists import code_list
from fieldapp.domain.birth import Birth, BirthError, checked, from_iso, read_typed
from fieldapp.domain.matching.comparable import Comparable, comparable
from fieldapp.domain.names import search_key
from fieldapp.domain.problems import Problem

COLUMNS = ("given_names", "surnames", "sex", "birth_date", "document_number", "phone", "nationality", "locality")
_ALSO = {
    "given_name": "given_names", "first_name": "given_names", "first_names": "given_names", "nombres": "given_names",
    "nombre": "given_names", "name": "given_names", "full_name": "given_names", "nombre_completo": "given_names",
    "surname": "surnames", "last_name": "surnames", "family_name": "surnames", "apellidos": "surnames",
    "apellido": "surnames", "sexo": "sex", "gender": "sex", "genero": "sex", "date_of_birth": "birth_date",
    "dob": "birth_date", "fecha_nacimiento": "birth_date", "fecha_de_nacimiento": "birth_date",
    "documento": "document_number", "numero_documento": "document_number", "document": "document_number",
    "cedula": "document_number", "telefono": "phone", "phone_number": "phone", "celular": "phone",
    "nacionalidad": "nationality", "localidad": "locality", "municipio": "locality", "place": "locality",
}  # fmt: skip
_HXL = (
    ("given_names", ("given", "first")),
    ("surnames", ("family", "surname", "last")),
    ("birth_date", ("birth", "dob", "birthdate")),
    ("sex", ("sex", "gender")),
    ("document_number", ("doc", "document", "id")),
    ("phone", ("phone",)),
    ("nationality", ("nationality", "country")),
    ("given_names", ("name",)),
)
_SEX = {
    "f": "F", "female": "F", "femenino": "F", "mujer": "F", "woman": "F", "fem": "F", "m": "M", "male": "M",
    "masculino": "M", "hombre": "M", "man": "M", "masc": "M",
}  # fmt: skip
_DELIMITERS = ",;\t|"
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_TIME_AFTER = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_LONGEST_FIELD = 131_072
_PIECE = 1 << 20


class ListUnreadable(Problem):
    """The file is no list that can be compared; the code says why."""


def read_people(path: Path, today: dt.date) -> Iterator[Comparable]:
    """Yield the people of a list in the order of its data rows.

    Raises ListUnreadable (`list_no_columns`, `list_unreadable`), OSError.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        head = file.read(65536)
        file.seek(0)
        rows = csv.reader(_without_nul(file), delimiter=_delimiter(head))
        try:
            places, first = _columns(rows, path)
            for row in first:
                yield _person(row, places, today)
            for row in rows:
                if row:
                    yield _person(row, places, today)
        except csv.Error as error:
            raise ListUnreadable("list_unreadable", file=path.name, line=rows.line_num) from error


def _without_nul(file: io.TextIOBase | io.TextIOWrapper) -> Iterator[str]:
    for line in file:
        yield line.replace("\0", "")


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        if b"\0" in start[:2]:
            return "utf-16-be" if start[:1] == b"\0" else "utf-16-le"
        decoder = getincrementaldecoder("utf-8")()
        try:
            piece = start
            while piece:
                decoder.decode(piece)
                piece = file.read(_PIECE)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _delimiter(head: str) -> str:
    line = head.splitlines()[0] if head.splitlines() else ""
    return max(_DELIMITERS, key=line.count)


def _columns(rows: Iterator[list[str]], path: Path) -> tuple[dict[str, int], list[list[str]]]:
    """Return where each column is, and the rows that were read and are data."""
    header = next(rows, [])
    second = next(rows, None)
    hxl = next((row for row in (header, second or []) if _is_hxl(row)), None)
    names = [_ALSO.get(name, name) for name in ("_".join(search_key(cell).split()) for cell in header)]
    places = {name: place for place, name in reversed(list(enumerate(names))) if name in COLUMNS}
    if hxl is not None:
        places |= {
            name: place for place, name in reversed([(p, _of_tag(tag)) for p, tag in enumerate(hxl)]) if name in COLUMNS
        }
    if not places.keys() & {"given_names", "surnames", "document_number"}:
        raise ListUnreadable("list_no_columns", file=path.name, columns=", ".join(COLUMNS))
    is_data = second is not None and second is not hxl and bool(second)
    return places, [second] if is_data and second else []


def _is_hxl(row: Sequence[str]) -> bool:
    said = [cell.strip() for cell in row if cell.strip()]
    return bool(said) and all(cell.startswith("#") for cell in said)


def _of_tag(tag: str) -> str:
    parts = [part for part in re.split(r"[#+\s]+", tag.lower()) if part]
    if parts[:1] in (["adm1"], ["adm2"], ["adm3"], ["loc"]):
        return "locality"
    return next((name for name, marks in _HXL if set(marks) & set(parts)), "")


def _person(row: list[str], places: dict[str, int], today: dt.date) -> Comparable:
    def cell(name: str) -> str:
        place = places.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""

    return comparable(
        cell("given_names").removeprefix("'"),
        cell("surnames").removeprefix("'"),
        sex=_SEX.get(cell("sex").casefold(), ""),
        birth=read_birth(cell("birth_date"), today),
        documents=[cell("document_number")],
        phones=[cell("phone")],
        nationality=_nationality(cell("nationality")),
        locality=search_key(cell("locality")),
    )


def read_birth(text: str, today: dt.date) -> Birth:
    """Read a date in any of the usual forms, day first where both may be; what cannot be read is unknown."""
    text = _TIME_AFTER.sub("", text.removeprefix("'").strip())
    with suppress(BirthError):
        return checked(from_iso(text), today)
    with suppress(BirthError):
        return read_typed(text, today)
    if match := _MONTH_FIRST.fullmatch(text):
        with suppress(ValueError):
            return checked(Birth.exact(dt.date(int(match[3]), int(match[1]), int(match[2]))), today)
    return Birth()


@cache
def _nationalities() -> dict[str, str]:
    known: dict[str, str] = {}
    for name in ("countries", "nationalities"):
        for code in code_list(name):
            known[code.code.casefold()] = code.code
            known |= {search_key(label): code.code for label in code.labels.values()}
    return known


def _nationality(text: str) -> str:
    key = search_key(text)
    return _nationalities().get(key, key)
