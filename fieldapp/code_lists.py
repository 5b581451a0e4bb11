"""Code lists: the codes of the record with their words, from CSV files that can be edited without a release.

Every file has the columns `code,label_en,label_es` and may have more, which stand in `extra`.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fieldapp import paths


class CodeListError(Exception):
    """A code list file is missing or cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its words by language and whatever else its row says."""

    code: str
    labels: Mapping[str, str]
    extra: Mapping[str, str]

    def label(self, language: str) -> str:
        """Return the word in a language, else in Spanish, else in English, else the code itself."""
        return self.labels.get(language) or self.labels.get("es") or self.labels.get("en") or self.code


class CodeList:
    """The codes of one list in the order of its file."""

    def __init__(self, name: str, codes: list[Code]) -> None:
        self.name = name
        self._codes = {code.code: code for code in codes}

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code: str) -> bool:
        return code in self._codes

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def label(self, code: str, language: str) -> str:
        """Return the word for a code; a code that is not in the list stands for itself."""
        found = self._codes.get(code)
        return found.label(language) if found else code


def read(path: Path) -> CodeList:
    """Read one list. Raises CodeListError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            codes = [_code(row) for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodeListError(f"the code list {path.name} cannot be read: {error}") from error
    except KeyError as error:
        raise CodeListError(f"the code list {path.name} lacks the column {error}") from error
    return CodeList(path.stem, codes)


def _code(row: dict[str, str]) -> Code:
    labels = {key.removeprefix("label_"): value for key, value in row.items() if key.startswith("label_")}
    extra = {key: value or "" for key, value in row.items() if key != "code" and not key.startswith("label_")}
    return Code(row["code"], labels, extra)


@cache
def code_list(name: str) -> CodeList:
    """Return one of the program's lists by its file name without ending, for example `border_posts`."""
    return read(paths.resources() / "code_lists" / f"{name}.csv")
