"""Code lists: the codes of the record with their words, from CSV files that can be edited without a release.

Every file has the columns `code,label_en,label_es` and may have more, which stand in `extra`. An operation's own codes
(`use`) lie over those of the program's files.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

from fieldapp import paths


class CodeListError(Exception):
    """A code list file is missing or cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its words by language and whatever else its row says.

    One that is no longer `offered` still says what it means in the records that have it.
    """

    code: str
    labels: Mapping[str, str]
    extra: Mapping[str, str]
    offered: bool = True

    def label(self, language: str) -> str:
        """Return the word in a language, else in Spanish, else in English, else the code itself."""
        return self.labels.get(language) or self.labels.get("es") or self.labels.get("en") or self.code


class CodeList:
    """The codes of one list in the order of its file; going through it shows those that are offered."""

    def __init__(self, name: str, codes: list[Code]) -> None:
        self.name = name
        self._codes = {code.code: code for code in codes}

    def __iter__(self) -> Iterator[Code]:
        return (code for code in self._codes.values() if code.offered)

    def __len__(self) -> int:
        return sum(code.offered for code in self._codes.values())

    def __contains__(self, code: str) -> bool:
        return code in self._codes

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def label(self, code: str, language: str) -> str:
        """Return the word for a code; a code that is not in the list stands for itself."""
        found = self._codes.get(code)
        return found.label(language) if found else code

    def all(self) -> tuple[Code, ...]:
        """Return every code, also those no longer offered."""
        return tuple(self._codes.values())

    def under(self, own: Sequence[Code]) -> "CodeList":
        """Return the list with codes laid over it: their words count, and what else the program says of its own stays."""
        codes = dict(self._codes)
        for code in own:
            if before := codes.get(code.code):
                labels, extra = {**before.labels, **code.labels}, {**code.extra, **before.extra}
                codes[code.code] = replace(code, labels=labels, extra=extra)
            else:
                codes[code.code] = code
        return CodeList(self.name, list(codes.values()))


def read(path: Path) -> CodeList:
    """Read one list. Raises CodeListError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            heads = file.readline()
            file.seek(0)
            codes = [_code(row) for row in csv.DictReader(file, delimiter=";" if ";" in heads else ",")]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodeListError(f"the code list {path.name} cannot be read: {error}") from error
    except KeyError as error:
        raise CodeListError(f"the code list {path.name} lacks the column {error}") from error
    return CodeList(path.stem, codes)


def _code(row: dict[str, str]) -> Code:
    cells = {
        key: value or "" for key, value in row.items() if isinstance(key, str)
    }  # a row may be too short or too long
    labels = {key.removeprefix("label_"): value for key, value in cells.items() if key.startswith("label_")}
    extra = {key: value for key, value in cells.items() if key != "code" and not key.startswith("label_")}
    return Code(cells["code"], labels, extra)


@cache
def of_program(name: str) -> CodeList:
    """Return one of the program's lists as it comes with it."""
    return read(paths.resources() / "code_lists" / f"{name}.csv")


OPEN_LISTS = (
    "border_posts", "services", "specific_needs", "documents", "languages", "ethnic_groups", "education", "occupation",
    "marital_status",
)  # fmt: skip
"""Lists that an operation may add to; the program reckons with the codes of all others."""
NEVER_OWN = frozenset({"source", "regex"})
"""What an operation cannot say of a code: a pattern that could never match would keep a family from being registered."""
_CODE = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,15}")


def is_own_code(text: str) -> bool:
    """Tell whether a text can be a code of an operation's own."""
    return _CODE.fullmatch(text) is not None


_P = ParamSpec("_P")
_R = TypeVar("_R")
_own: Mapping[str, Sequence[Code]] = {}
_made_of_lists: list[Callable[[], None]] = []


def made_of_lists(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Keep what a function makes of code lists, until other codes are in use."""
    kept = cache(function)
    _made_of_lists.append(kept.cache_clear)
    return kept  # type: ignore[return-value]


def use(own: Mapping[str, Sequence[Code]]) -> None:
    """Lay an operation's own codes over the lists of the program, in place of those in use so far."""
    global _own  # noqa: PLW0603 - one program has one operation open
    if own != _own:
        _own = own
        for forget in _made_of_lists:
            forget()


@made_of_lists
def code_list(name: str) -> CodeList:
    """Return a list by its file name without ending, for example `border_posts`."""
    return of_program(name).under(_own.get(name, ()))
