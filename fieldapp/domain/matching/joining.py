"""Pairs of two lists: those that can be of one human are compared, and for each of the left the best are kept.

A pair can only reach a probability if what the two share proves enough. So those are looked at who share a paper or
most of its number, or a phone; a birth date; a birth year or the day of it and two words, a slip in each; or two words
as they sound. And of these only those whose names prove enough beside the rest, by how rare the shared words are.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace
from itertools import combinations
from math import log2

from fieldapp.domain.matching.comparable import BirthParts, Comparable
from fieldapp.domain.matching.near_words import NearWords, together
from fieldapp.domain.matching.scoring import Frequency, Model, Score, ceiling, score
from fieldapp.domain.matching.spelling import skeleton

_LARGEST_BLOCK = 500
"""What more people of the left share tells nobody apart, and is passed over."""
_LEAST = 0.001
"""Pairs less probable than this are not looked for, whatever was asked."""
_OTHER_WORDS = 6.0
"""How many bits it costs at least that both have a name word that the other lacks."""
_DOCUMENT_PART, _MOST_WORDS = 5, 6
_YEARS = 1 << 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records by their places in the lists, and how probable it is that they are of one human."""

    left: int
    right: int
    score: Score


class Joining:
    """The left list made ready; the right one is handed over record by record, however long it is."""

    def __init__(
        self, left: Sequence[Comparable], model: Model, frequency: Frequency, people: int, top: int, least: float
    ) -> None:
        self._left, self._model, self._frequency, self._people, self._top = left, model, frequency, people, top
        self._least = least
        self._best: list[list[tuple[float, float, int, Score]]] = [[] for _ in left]
        self._words = NearWords((word for person in left for word in _words(person)), frequency)
        self._of_person = [tuple(self._words.numbers[word] for word in _words(person)) for person in left]
        self._by_proof: dict[str, list[int]] = {}
        self._by_pair: dict[str, list[int]] = {}
        self._by_date: dict[int, list[int]] = {}
        self._by_part: dict[int, dict[int, list[int]]] = {}
        for place, person in enumerate(left):
            parts = _parts_of_date(person.birth)
            for date in _dates(person.birth):
                self._by_date.setdefault(date, []).append(place)
            for proof in _proofs(person):
                self._by_proof.setdefault(proof, []).append(place)
            for pair in _name_pairs(_words(person)):
                self._by_pair.setdefault(pair, []).append(place)
            for number in self._of_person[place]:
                for part in parts:
                    self._by_part.setdefault(part, {}).setdefault(number, []).append(place)
        self._asked = asked = max(least, _LEAST)
        bits = model.beside_strangers
        self._needed = log2(max(people, 100) / model.prior) + log2(asked / max(1 - asked, _LEAST)) / model.slope
        self._sex = bits.get(("sex", "same"), 0.0)
        self._others = bits.get(("nationality", "same"), 0.0) + bits.get(("locality", "same"), 0.0)
        self._same_date = max((bits.get(("birth", its), 0.0) for its in ("exact", "swapped")), default=0.0)
        self._date = max(
            (bits.get(("birth", its), 0.0) for its in ("one_part", "year_known", "first_of_year")), default=0
        )
        self.compared = 0

    def take(self, right: int, person: Comparable) -> None:
        """Compare a record of the right list with those of the left that may be of the same human."""
        for place, names in self._partners(person).items():
            other = self._left[place]
            if ceiling(other, person, self._model, self._people, names) < self._asked:
                continue
            self.compared += 1
            its_score = score(other, person, self._model, self._frequency, self._people)
            if its_score.probability < self._least:
                continue
            best = self._best[place]
            entry = (its_score.bits, -right, right, its_score)
            if len(best) < self._top:
                heappush(best, entry)
            elif entry > best[0]:
                heapreplace(best, entry)

    def pairs(self) -> Iterable[Pair]:
        """Return the pairs kept, by the left list, the likeliest first."""
        for place, best in enumerate(self._best):
            for _, _, right, its in sorted(best, reverse=True):
                yield Pair(place, right, its)

    def _partners(self, person: Comparable) -> dict[int, float]:
        """Return who of the left may be the person, with how many bits the names bring at most."""
        words = _words(person)
        near = together([self._words.near(word) for word in words])
        needed = self._needed - (self._sex if person.sex else 0.0)
        if person.locality or person.nationality:
            needed -= self._others
        found: dict[int, float] = {}
        for proof in _proofs(person):
            block = self._by_proof.get(proof)
            if block:
                self._add(found, block, near, len(words), -_OTHER_WORDS)
        for date in _dates(person.birth):
            block = self._by_date.get(date)
            if block:
                self._add(found, block, near, len(words), needed - self._same_date)
        self._add(found, self._dated(person.birth, near, needed - self._date), near, len(words), needed - self._date)
        for pair in _name_pairs(words):
            block = self._by_pair.get(pair)
            if block:
                self._add(found, block, near, len(words), needed)
        return found

    def _add(
        self, found: dict[int, float], block: Collection[int], near: dict[int, float], words: int, least: float
    ) -> None:
        """Add those of a block whose names bring so many bits."""
        if len(block) > _LARGEST_BLOCK:
            return
        for place in block:
            if place in found:
                continue
            total, shared, mine = 0.0, 0, self._of_person[place]
            for number in mine:
                if number in near:
                    total += near[number]
                    shared += 1
            if shared < len(mine) and shared < words:
                total -= _OTHER_WORDS
            if total >= least:
                found[place] = total

    def _dated(self, birth: BirthParts, near: dict[int, float], needed: float) -> Collection[int]:
        """Return who shares a year or a day of the year, and two words, or one that proves enough by itself."""
        blocks: list[list[int]] = []
        for date in _parts_of_date(birth):
            its = self._by_part.get(date)
            if its:
                blocks += [its[number] for number in near.keys() & its.keys()]
        once: set[int] = set()
        again: list[int] = []
        for block in blocks:
            for place in block:
                if place in once:
                    again.append(place)
                else:
                    once.add(place)
        return once if near and max(near.values()) >= needed else again


def _words(person: Comparable) -> tuple[str, ...]:
    """Return the words of somebody's names, each once, without initials."""
    return tuple(
        [word for word in dict.fromkeys(person.given + person.surnames) if len(word) > 1 or not word.isascii()]
    )


def _name_pairs(words: tuple[str, ...]) -> list[str]:
    """Return two words each, however they are spelt; of a single word, that alone."""
    sounds = sorted(set(map(skeleton, words[:_MOST_WORDS])))
    return [" ".join(pair) for pair in combinations(sounds, 2)] or sounds


def _parts_of_date(birth: BirthParts) -> list[int]:
    """Return the year, or the two that an age may mean, and the day of the year, in whichever order it was written."""
    if not birth.year:
        return []
    found = [birth.year % _YEARS]
    if birth.rough:
        found.append((birth.year - 1) % _YEARS)
    if birth.day and (birth.month, birth.day) != (1, 1):
        found.append(_YEARS | _day(birth))
    return found


def _dates(birth: BirthParts) -> list[int]:
    """Return the birth date, whichever of day and month comes first, where it is known to the day."""
    return [birth.year << 9 | _day(birth)] if birth.day and (birth.month, birth.day) != (1, 1) else []


def _day(birth: BirthParts) -> int:
    low, high = sorted((birth.month, birth.day))
    return low << 5 | high


def _proofs(person: Comparable) -> list[str]:
    """Return what hardly any stranger shares: a paper or most of its number, a phone."""
    found = []
    for number in person.documents:
        found.append(number)
        if len(number) > _DOCUMENT_PART:
            found += [f"<{number[:_DOCUMENT_PART]}", f">{number[-_DOCUMENT_PART:]}"]
    return found + [f"p{phone}" for phone in person.phones]
