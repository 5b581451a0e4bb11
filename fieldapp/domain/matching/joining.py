"""Pairs of two lists: those that share a selective key are compared, and for each of the left the best are kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace

from rapidfuzz import fuzz

from fieldapp.domain.matching.blocking import selective_keys
from fieldapp.domain.matching.comparable import Comparable
from fieldapp.domain.matching.scoring import Frequency, Model, Score, ceiling, score

_LARGEST_BLOCK, _LARGEST_OF_NAMES = 200, 15
"""Of the left, a key that more share is passed over: what so many have in common tells nobody apart. Two names alone
tell less than the others.
"""
_LEAST_ALIKE = 45


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records by their places in the lists, and how probable it is that they are of one human."""

    left: int
    right: int
    score: Score


class Joining:
    """The left list made ready; the right one is handed over record by record, however long it is."""

    def __init__(self, left: Sequence[Comparable], model: Model, frequency: Frequency, people: int, top: int) -> None:
        self._left, self._model, self._frequency, self._people, self._top = left, model, frequency, people, top
        self._best: list[list[tuple[float, float, int, Score]]] = [[] for _ in left]
        self._blocks: dict[int, list[int]] = {}
        largest: dict[int, int] = {}
        for place, person in enumerate(left):
            for key in dict.fromkeys(selective_keys(person, is_left=True)):
                self._blocks.setdefault(hash(key), []).append(place)
                if key[0] in "nN":
                    largest[hash(key)] = _LARGEST_OF_NAMES
        for short, block in list(self._blocks.items()):
            if len(block) > largest.get(short, _LARGEST_BLOCK):
                del self._blocks[short]
        self.compared = 0

    def take(self, right: int, person: Comparable, least: float) -> None:
        """Compare a record of the right list with those of the left that share a key."""
        blocks = self._blocks
        partners: set[int] = set()
        for key in selective_keys(person, is_left=False):
            block = blocks.get(hash(key))
            if block:
                partners.update(block)
        for place in partners:
            other = self._left[place]
            if not _may_be_one(other, person) or (least and ceiling(other, person, self._model) < least):
                continue
            self.compared += 1
            its = score(other, person, self._model, self._frequency, self._people)
            if its.probability < least:
                continue
            best = self._best[place]
            entry = (its.bits, -right, right, its)
            if len(best) < self._top:
                heappush(best, entry)
            elif entry > best[0]:
                heapreplace(best, entry)

    def pairs(self) -> Iterable[Pair]:
        """Return the pairs kept, by the left list, the likeliest first."""
        for place, best in enumerate(self._best):
            for _, _, right, its in sorted(best, reverse=True):
                yield Pair(place, right, its)


def _may_be_one(one: Comparable, other: Comparable) -> bool:
    """Whether two who share a key have names that resemble each other, or a paper in common."""
    if not set(one.words).isdisjoint(other.words) or not set(one.documents).isdisjoint(other.documents):
        return True
    return fuzz.token_sort_ratio(" ".join(one.words), " ".join(other.words)) >= _LEAST_ALIKE
