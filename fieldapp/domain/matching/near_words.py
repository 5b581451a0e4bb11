"""The words of a list, and which of them a word of another list may mean: the same, another spelling, or a slip.

A list has far fewer words than people, so each word is looked for once, by what is left of it when a letter is lost.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log2

from fieldapp.domain.matching.levels import CLOSE, SOUND, word_class
from fieldapp.domain.matching.scoring import MISSPELT, Frequency
from fieldapp.domain.matching.spelling import frame, skeleton

_SHORTEST, _SHORTEST_FRAME, _LONGEST = 3, 3, 20
_LOST = {SOUND: 2.0, CLOSE: 2.5}
_OTHER_NAME = 3.0
"""How many bits fewer a word proves that is not the same letter by letter, and one that is a name of its own."""


Near = dict[int, float]
"""Words by their numbers, with how many bits it proves that two people share them."""


class NearWords:
    """Numbers the words of a list, and finds those that a word of another list may mean."""

    def __init__(self, words: Iterable[str], frequency: Frequency) -> None:
        self._frequency = frequency
        self._words = list(dict.fromkeys(words))
        self.numbers = {word: number for number, word in enumerate(self._words)}
        self._variants: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for variant in _variants(word):
                self._variants.setdefault(variant, []).append(number)
        self.near = lru_cache(maxsize=100_000)(self._look_for)

    def _look_for(self, word: str) -> Near:
        """Return the words of the list that a word may mean."""
        found: Near = {}
        for number in {number for variant in _variants(word) for number in self._variants.get(variant, ())}:
            its = self._words[number]
            how = word_class(word, its)
            if how <= CLOSE:
                rare, common = sorted((self._frequency(word), self._frequency(its)))
                bits = -log2(common) - _LOST.get(how, 0.0)
                if how == CLOSE and rare * MISSPELT >= common:
                    bits -= _OTHER_NAME
                if bits > 0:
                    found[number] = bits
        return found


def together(several: Sequence[Near]) -> Near:
    """Return the words that any of somebody's words may mean, each with the most it proves."""
    found: Near = {}
    counted = 0
    for near in several:
        found.update(near)
        counted += len(near)
    if len(found) < counted:
        for near in several:
            for number, bits in near.items():
                found[number] = max(bits, found[number])
    return found


def _variants(word: str) -> set[str]:
    sound = skeleton(word[:_LONGEST])
    found = {word, *_with_one_lost(word[:_LONGEST]), sound, *_with_one_lost(sound)}
    consonants = frame(sound)
    if len(consonants) >= _SHORTEST_FRAME:
        found.add(f"|{consonants}")
    return found


def _with_one_lost(word: str) -> set[str]:
    if len(word) < _SHORTEST:
        return set()
    return {word[:place] + word[place + 1 :] for place in range(len(word))}
