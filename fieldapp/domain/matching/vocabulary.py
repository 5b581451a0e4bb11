"""The words that names of a register are made of, and those among them that a typed word may mean.

A million people share some ten thousands of words, so a slip of the fingers is looked for among the words and not
among the people.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from fieldapp.domain.matching.spelling import skeleton

_SHORT, _LONG, _LONGEST = 3, 7, 40
_MOST, _MOST_WIDE = 60, 200
_SHORTEST_BEGINNING = 3
_END = "\U0010ffff"


class Vocabulary:
    """Words, each once, that can be added to and asked for what resembles a word."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words: list[str] = []
        self._known: set[str] = set()
        self._sounds: list[str] = []
        self._by_sound: list[tuple[str, str]] = []
        self._in_order: list[str] = []
        self._begun: dict[str, list[str]] = {}
        self._similar = lru_cache(maxsize=4096)(self._look_for)
        self.add(words)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def add(self, words: Iterable[str]) -> None:
        """Take up words that are not known yet."""
        fresh = [word for word in words if word not in self._known]
        if not fresh:
            return
        self._known.update(fresh)
        self._words += fresh
        self._sounds += [skeleton(word) for word in fresh]
        self._by_sound = sorted(zip(self._sounds, self._words, strict=True))
        self._in_order = sorted(self._words)
        self._begun.clear()
        self._similar.cache_clear()

    def beginning(self, text: str) -> list[str]:
        """Return the words that begin with a text, the shortest first, at most 60."""
        if text not in self._begun:
            first = bisect_left(self._in_order, text)
            last = bisect_left(self._in_order, text + _END)
            self._begun[text] = sorted(self._in_order[first:last], key=len)[:_MOST]
        return self._begun[text]

    def resembling(self, word: str, least: float) -> list[str]:
        """Return the words that resemble a word by at least so much of 100, however many slips, the nearest first."""
        best: dict[str, float] = {}
        for text, spelt in ((word[:_LONGEST], self._words), (skeleton(word[:_LONGEST]), self._sounds)):
            for _, alike, place in process.extract(
                text, spelt, scorer=fuzz.ratio, score_cutoff=least, limit=_MOST_WIDE
            ):
                best[self._words[place]] = max(best.get(self._words[place], 0), alike)
        return sorted(best, key=lambda its: -best[its])[:_MOST_WIDE]

    def similar(self, word: str, *, is_begun: bool = False) -> tuple[tuple[str, int], ...]:
        """Return the words that a word may mean with how far off each is, the nearest first, at most 60.

        0 sounds alike, 1 and 2 are slips of the fingers. With `is_begun` the word may lack its end.
        """
        return self._similar(word, is_begun)

    def _look_for(self, word: str, is_begun: bool) -> tuple[tuple[str, int], ...]:
        sound = skeleton(word)
        found: dict[str, int] = {}
        if len(word) > _LONGEST:
            return ()
        if len(word) >= _SHORT:
            allowed = 1 if len(word) < _LONG else 2
            for text, spelt in ((word, self._words), (sound, self._sounds)):
                most = min(allowed, 1) if spelt is self._sounds and len(text) < _LONG else allowed
                for _, distance, place in process.extract(
                    text, spelt, scorer=OSA.distance, score_cutoff=most, limit=None
                ):
                    its = self._words[place]
                    found[its] = min(found.get(its, 9), int(distance))
        last = sound + _END if is_begun and len(sound) >= _SHORTEST_BEGINNING else sound + "\0"
        for its_sound, its in self._by_sound[
            bisect_left(self._by_sound, (sound, "")) : bisect_left(self._by_sound, (last, ""))
        ]:
            found[its] = 0 if its_sound == sound else min(found.get(its, 9), 1)
        found.pop(word, None)
        nearest = sorted(found.items(), key=lambda item: (item[1], abs(len(item[0]) - len(word)), item[0]))
        return tuple(nearest[:_MOST])
