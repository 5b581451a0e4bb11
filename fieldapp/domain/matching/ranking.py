"""How well a person answers what was typed into a search, and which letters of the record answer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from fieldapp.domain.birth import Birth
from fieldapp.domain.matching.spelling import skeleton
from fieldapp.domain.names import search_key

_OLDEST = 120
_EXACT, _SOUND, _BEGUN = 1.0, 0.95, 0.94
_UNTYPED = 0.01
"""How much less a word counts the more of it is not typed: `rang` is rather Range than Rangel."""
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: words of names, and numbers that may be a year, an age, or digits of a paper or a phone."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The letters of a field (`given_names`, `surnames`, `documents`, `number`, `birth`) that answer what was typed."""

    field: str
    begin: int
    end: int


def typed(text: str) -> Typed:
    """Split what was typed. Dots inside a number do not matter."""
    words = search_key(text).replace("'", "").split()
    return Typed(
        tuple(word for word in words if not word.isdigit()), tuple(word for word in words if word.isdigit())
    )  # fmt: skip


def years_meant(number: str, today: date) -> tuple[int, ...]:
    """Return the birth years that a number may mean: the year itself, or those of an age."""
    if len(number) == 4 and _FIRST_YEAR <= int(number) <= today.year:  # noqa: PLR2004 - digits of a year
        return (int(number),)
    if len(number) <= 3 and int(number) <= _OLDEST:  # noqa: PLR2004 - digits of an age
        return (today.year - int(number) - 1, today.year - int(number))
    return ()


def closeness(asked: Typed, words: Sequence[str], birth: Birth, documents: str, today: date) -> float:
    """Return how well somebody answers, 1 when every word does exactly."""
    parts = [_best(name, words, is_last=place == len(asked.names) - 1) for place, name in enumerate(asked.names)]
    parts += [_number(number, birth, documents, today) for number in asked.numbers]
    if not parts:
        return 0.0
    extra = max(0, len(words) - len(asked.names))
    return sum(parts) / len(parts) - 0.002 * extra


def _best(name: str, words: Sequence[str], *, is_last: bool) -> float:
    best = 0.0
    for word in words:
        if word == name:
            return _EXACT
        if word.startswith(name):
            left = (len(word) - len(name)) / len(word)
            best = max(best, (_BEGUN if is_last else _BEGUN - 0.04) - _UNTYPED * left)
        elif skeleton(word) == skeleton(name):
            best = max(best, _SOUND)
        else:
            spelt = OSA.normalized_similarity(name, word)
            sounds = OSA.normalized_similarity(skeleton(name), skeleton(word))
            best = max(best, 0.9 * spelt, 0.88 * sounds)
    return best


def _number(number: str, birth: Birth, documents: str, today: date) -> float:
    year = birth.likely_year
    meant = years_meant(number, today)
    digits = documents.replace(".", "").replace("-", "").replace(" ", "")
    if year is not None and year in meant:
        age = birth.age_on(today)
        return _EXACT if len(number) == 4 or age == int(number) else 0.9  # noqa: PLR2004 - digits of a year
    if number in digits:
        return 0.97
    if year is not None and meant and min(abs(year - its) for its in meant) == 1:
        return 0.6
    if len(number) >= 6 and digits:  # noqa: PLR2004 - a number in full, with a wrong digit
        return max(OSA.normalized_similarity(number, part) for part in digits.split(";")) * 0.9
    return 0.0


def spans(asked: Typed, texts: dict[str, str]) -> tuple[Span, ...]:
    """Return which letters answer, for fields by their names as they are shown."""
    found = []
    for field, text in texts.items():
        for begin, end in _words_of(text):
            word = search_key(text[begin:end]).replace(" ", "").replace("'", "")
            length = _answered(asked, word, end - begin, is_name=field in {"given_names", "surnames"})
            if length:
                found.append(Span(field, begin, begin + length))
    return tuple(found)


def _words_of(text: str) -> list[tuple[int, int]]:
    places, begin = [], 0
    for word in text.split(" "):
        if word:
            places.append((begin, begin + len(word)))
        begin += len(word) + 1
    return places


def _answered(asked: Typed, word: str, length: int, *, is_name: bool) -> int:
    for name in asked.names if is_name else ():
        if word.startswith(name):
            return min(len(name), length) if word != name else length
        if skeleton(word) == skeleton(name) or OSA.normalized_similarity(name, word) >= 0.7:  # noqa: PLR2004 - a slip or two
            return length
    if is_name:
        return 0
    return length if any(number in word for number in asked.numbers) else 0
