"""Names as people of the region carry them, and the normalised key they are searched by.

Up to two given names and two surnames; particles (de, del, la, los, y ...) belong to what follows. Names are kept as
typed; the key folds case, accents and ñ, so that a missing accent hides nobody.
"""

import re
import unicodedata

LONGEST_NAME = 120
_PARTICLES = frozenset({"da", "das", "de", "del", "di", "do", "dos", "du", "e", "el", "la", "las", "lo", "los", "san",
                        "santa", "van", "von", "y"})  # fmt: skip
_CAPITAL_PARTICLES = frozenset({"san", "santa"})
_NOT_A_WORD = re.compile(r"[^\w']+|_")
_USUAL_LETTERS = str.maketrans("áéíóúüñàèìòùâêîôûäëïöãõç", "aeiouunaeiouaeiouaeioaoc")
_LETTERS = re.compile(r"[^\W\d_]+")


def tidy(text: str) -> str:
    """Return a name as typed with control characters removed and runs of white space made one space (NFC)."""
    if text.isprintable():  # of nearly all names, and quickly told
        return unicodedata.normalize("NFC", " ".join(text.split()))
    visible = "".join(" " if unicodedata.category(ch) in {"Cc", "Zl", "Zp", "Zs"} else ch for ch in text)
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def parts(text: str) -> tuple[str, ...]:
    """Split given names or surnames into names, each with the particles before it: `de la Cruz`, `Peña`."""
    found: list[str] = []
    waiting: list[str] = []
    for word in text.split():
        waiting.append(word)
        if word.lower() not in _PARTICLES:
            found.append(" ".join(waiting))
            waiting = []
    if waiting:
        found.append(" ".join(waiting))
    return tuple(found)


def from_capitals(text: str) -> str:
    """Return a name printed in capitals as people write it: `DE LA CRUZ PEÑA` becomes `de la Cruz Peña`.

    A particle that nothing follows is a name. Accents that capitals leave out are not guessed.
    """
    *before, last = text.split() or [""]
    written = [
        word.lower() if word.lower() in _PARTICLES - _CAPITAL_PARTICLES else _capitalised(word) for word in before
    ]
    return " ".join([*written, _capitalised(last)])


def search_key(text: str) -> str:
    """Return the text for searching: case folded, no accents, ñ as n, words parted by single spaces."""
    bare = text.casefold()
    if not bare.isascii():
        bare = bare.translate(_USUAL_LETTERS)
    if not bare.isascii():
        bare = "".join(ch for ch in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(ch))
    return " ".join(_NOT_A_WORD.sub(" ", bare).split())


def _capitalised(word: str) -> str:
    return _LETTERS.sub(lambda letters: letters[0].capitalize(), word)
