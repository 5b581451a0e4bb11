"""What the search index holds of a person: words that staff type, and keys under which doubles meet.

The keys stand among the words behind letters that nobody types, so that one index serves both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.fields import birth_of
from fieldapp.domain.matching.blocking import hashed, keys
from fieldapp.domain.matching.comparable import Comparable, comparable, document_number
from fieldapp.domain.matching.spelling import name_words
from fieldapp.domain.names import search_key
from fieldapp.storage.place_words import code_token

_KEY, _YEAR, _DIGITS = "\ue000", "\ue001", "\ue002"
_TAIL = 3


@dataclass(frozen=True, slots=True)
class Indexed:
    """The text that goes into the index, and the words of the names in it."""

    words: str = ""
    names: tuple[str, ...] = ()


NOTHING_INDEXED = Indexed()


def indexed(row: Mapping[str, Any], other_names: Iterable[str] = (), papers: Iterable[str] | None = None) -> Indexed:
    """Return what is indexed of a row of the individuals, with values that stand beside those shown."""
    numbers = list(papers) if papers is not None else documents_in(row["documents"])
    person = comparable_of(row, numbers)
    names = list(dict.fromkeys((*person.words, *(word for text in other_names for word in name_words(text)))))
    number = str(row["number"])
    typed = [number, number.replace("-", "")]
    for paper in numbers:
        typed += [paper, "".join(filter(str.isalnum, paper)), "".join(filter(str.isdigit, paper))]
    tokens = list(dict.fromkeys([*names, *search_key(" ".join(typed)).split()]))
    if person.birth.year:
        tokens.append(year_token(person.birth.year))
    tokens += [digits_token(its) for paper in numbers if (its := document_number(paper))]
    tokens += [key_token(key) for key in keys(person)]
    if origin := row.get("origin"):
        tokens.append(code_token(origin))
    return Indexed(" ".join(tokens), tuple(names))


def placed(its: Indexed, places: str) -> Indexed:
    """Return what is indexed of somebody with the places of their group (`place_words.of_group`)."""
    return Indexed(f"{its.words} {places}", its.names) if places else its


def comparable_of(row: Mapping[str, Any], papers: Iterable[str], phones: Iterable[str] = ()) -> Comparable:
    """Return a row of the individuals for comparing."""
    return comparable(
        row["given_names"],
        row["surnames"],
        sex=row["sex"],
        birth=birth_of(row["birth"]),
        documents=papers,
        phones=phones,
        nationality=str(row["nationality"]).split(" ")[0],
        family=row["group_id"],
    )


def documents_in(text: str) -> list[str]:
    """Return the document numbers of the column that holds them."""
    return [number for number in text.split("; ") if number]


def key_token(key: str) -> str:
    """Return a key under which doubles meet as the index has it."""
    return f"{_KEY}{hashed(key):08x}"


def year_token(year: int) -> str:
    """Return a birth year as the index has it."""
    return f"{_YEAR}{year}"


def digits_token(number: str) -> str:
    """Return the last three digits of a document as the index has them."""
    return f"{_DIGITS}{number[-_TAIL:].lower()}"
