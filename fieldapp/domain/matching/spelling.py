"""Names as they sound to whoever writes them down: what is spelt in several ways has one skeleton.

The equivalences are those heard on both sides of the border: b/v, s/c/z/x, g/j, y/i/j/ll, w/gu/hu, qu/k, a silent h,
doubled letters. Names of other scripts keep their letters; Arabic ones lose the article and the marks that writers
leave out.
"""

import re
from functools import lru_cache

from fieldapp.domain.names import search_key

_PARTICLES = frozenset({"da", "das", "de", "del", "di", "do", "dos", "du", "e", "el", "la", "las", "lo", "los", "van",
                        "von", "y", "al", "bin", "ibn", "bint"})  # fmt: skip
_VOWELS = "aeiou"
_CODE_LENGTH = 6
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("ph", "f"),
        ("th", "t"),
        ("sch|sh", "s"),
        ("tch|ch", "#"),
        (r"(?:gu|hu|w)(?=[aeiouy])|^u(?=[aeio])", "i"),
        ("qu?", "k"),
        (r"g(?=[eiy])|j|ll(?=[aeiouy])|y", "i"),
        (r"c(?=[eiy])|[zx]", "s"),
        ("c", "k"),
        ("v", "b"),
        ("h", ""),
        (r"n(?=[bp])", "m"),
        (r"(.)\1+", r"\1"),
        ("#", "ch"),
    )
)
_ARABIC = str.maketrans({"ة": "ه", "ى": "ي", "ئ": "ي", "ؤ": "و", "ء": None, "ـ": None})


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Return what is common to the spellings of a word; the word is one of a search key."""
    if not word.isascii():
        return _other_script(word)
    sound = word
    for pattern, to in _RULES:
        sound = pattern.sub(to, sound)
    return sound or word


@lru_cache(maxsize=200_000)
def code(word: str) -> str:
    """Return the first letter, the first vowel after it and the consonants of a skeleton: most slips leave them alone."""
    sound = skeleton(word)
    if not sound.isascii():
        return sound
    vowel = next((letter for letter in sound[1:] if letter in _VOWELS), "")
    return sound[0] + vowel + "".join(letter for letter in sound[1:] if letter not in _VOWELS)[: _CODE_LENGTH - 2]


def frame(sound: str) -> str:
    """Return the consonants of a skeleton: names of other languages are written with whichever vowels a desk hears."""
    return "".join(letter for letter in sound if letter not in _VOWELS)


def name_words(text: str) -> tuple[str, ...]:
    """Return the words of names for comparing, without particles; a name of particles alone keeps them."""
    return _name_words(text)


@lru_cache(maxsize=100_000)
def _name_words(text: str) -> tuple[str, ...]:
    words = tuple(search_key(text).replace("'", "").split())
    return tuple(word for word in words if word not in _PARTICLES) or words


def _other_script(word: str) -> str:
    plain = word.translate(_ARABIC)
    return plain[2:] if plain.startswith("ال") and len(plain) > 4 else plain or word  # noqa: PLR2004 - the article
