"""Pairs of two lists: those that can be of one human are compared, and for each of the left the best are kept.

A pair can only reach a probability if what the two share proves enough: so few people are looked at who share the
rarest of somebody's words and a birth year, or the day, or more words where no date helps; a paper, a phone or a birth
date in common counts whatever the names. The commonest words, whose bits would not be missed, are never looked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace
from itertools import combinations
from math import log2

from fieldapp.domain.matching.comparable import BirthParts, Comparable
from fieldapp.domain.matching.near_words import Near, NearWords
from fieldapp.domain.matching.scoring import Frequency, Model, Score, ceiling, score
from fieldapp.domain.matching.spelling import skeleton

_LARGEST_BLOCK = 500
"""What more people of the left share tells nobody apart, and is passed over."""
_LEAST = 0.001
"""Pairs less probable than this are not looked for, whatever was asked."""
_OTHER_WORDS = 6.0
"""How many bits it costs at least that both have a name word that the other lacks."""
_DOCUMENT_PART, _MOST_WORDS = 5, 6
_YEARS, _DAYS = 1 << 12, 1 << 9


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
        self._by_proof: dict[str | tuple[int, int], list[int]] = {}
        self._by_pair: dict[str, list[int]] = {}
        self._by_date: dict[int, dict[int, list[int]]] = {}
        for place, person in enumerate(left):
            dates = _dates(person.birth)
            for proof in _proofs(person):
                self._by_proof.setdefault(proof, []).append(place)
            for pair in _name_pairs(_words(person)):
                self._by_pair.setdefault(pair, []).append(place)
            for number in self._of_person[place]:
                for date in dates:
                    self._by_date.setdefault(date, {}).setdefault(number, []).append(place)
        self._asked = asked = max(least, _LEAST)
        bits = model.beside_strangers
        self._needed = log2(max(people, 100) / model.prior) + log2(asked / max(1 - asked, _LEAST)) / model.slope
        self._sex = bits.get(("sex", "same"), 0.0)
        self._others = bits.get(("nationality", "same"), 0.0) + bits.get(("locality", "same"), 0.0)
        self._date = max(
            (bits.get(("birth", its), 0.0) for its in ("one_part", "year_known", "first_of_year")), default=0
        )
        self.compared = 0

    def take(self, right: int, person: Comparable) -> None:
        """Compare a record of the right list with those of the left that may be of the same human."""
        words = _words(person)
        for place, names in self._partners(person, words, [self._words.near(word) for word in words]).items():
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

    def _partners(self, person: Comparable, words: tuple[str, ...], each_near: list[Near]) -> dict[int, float]:
        """Return who of the left may be the person, with how many bits the names bring at most."""
        near = _together(each_near)
        found: dict[int, float] = {}
        needed = self._needed - (self._sex if person.sex else 0.0)
        if person.locality or person.nationality:
            needed -= self._others
        for proof in _proofs(person):
            self._add(found, self._by_proof.get(proof, ()), near, words, -_OTHER_WORDS)
        if near:
            if person.birth.year:
                for block in self._dated(person.birth, each_near, needed - self._date):
                    self._add(found, block, near, words, needed - self._date)
            for pair in _name_pairs(words):
                self._add(found, self._by_pair.get(pair, ()), near, words, needed)
        return found

    def _add(
        self,
        found: dict[int, float],
        block: Sequence[int],
        near: dict[int, float],
        words: tuple[str, ...],
        least: float,
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
            if shared < len(mine) and shared < len(words):
                total -= _OTHER_WORDS
            if total >= least:
                found[place] = total

    def _dated(self, birth: BirthParts, each_near: list[Near], needed: float) -> Iterator[list[int]]:
        rarest = _rarest(each_near, needed)
        for date in _dates(birth) if rarest else ():
            its = self._by_date.get(date)
            if its:
                for number in rarest & its.keys():
                    yield its[number]


def _words(person: Comparable) -> tuple[str, ...]:
    """Return the words of somebody's names, each once, without initials."""
    words = dict.fromkeys(person.words)
    return tuple(word for word in words if len(word) > 1 or not word.isascii())


def _name_pairs(words: tuple[str, ...]) -> list[str]:
    """Return two words each, however they are spelt; of a single word, that alone."""
    sounds = sorted({skeleton(word) for word in words[:_MOST_WORDS]})
    return [f"{one} {other}" for one, other in combinations(sounds, 2)] or sounds


def _together(each_near: list[Near]) -> dict[int, float]:
    """Return the words of the list that any of somebody's words may mean, each with the most it proves."""
    found: dict[int, float] = {}
    for its in each_near:
        found.update(its.bits)
    if len(found) < sum(len(its.bits) for its in each_near):
        for its in each_near:
            for number, bits in its.bits.items():
                found[number] = max(bits, found[number])
    return found


def _rarest(each_near: list[Near], needed: float) -> set[int]:
    """Return the words of the list that one at least must be shared of: all others together would not prove enough."""
    most = sum(its.most for its in each_near)
    found: set[int] = set()
    if most < needed:
        return found
    spared = 0.0
    for its in sorted(each_near, key=lambda near: near.most):
        spared += its.most
        if spared >= needed:
            least = needed - most + its.most
            found.update([number for number, bits in its.bits.items() if bits >= least])
    return found


def _dates(birth: BirthParts) -> list[int]:
    """Return the year, or the two that an age may mean, and the day of the year, in whichever order it was written."""
    if not birth.year:
        return []
    found = [birth.year % _YEARS]
    if birth.rough:
        found.append((birth.year - 1) % _YEARS)
    if birth.day and (birth.month, birth.day) != (1, 1):
        low, high = sorted((birth.month, birth.day))
        found.append(_YEARS | low << 5 | high)
    return found


def _proofs(person: Comparable) -> list[str | tuple[int, int]]:
    """Return what few strangers share: a paper or most of its number, a phone, a birth date."""
    found: list[str | tuple[int, int]] = []
    for number in person.documents:
        found.append(number)
        if len(number) > _DOCUMENT_PART:
            found += [f"<{number[:_DOCUMENT_PART]}", f">{number[-_DOCUMENT_PART:]}"]
    found += [f"p{phone}" for phone in person.phones]
    birth = person.birth
    if birth.day and (birth.month, birth.day) != (1, 1):
        low, high = sorted((birth.month, birth.day))
        found.append((birth.year, low << 5 | high))
    return found
