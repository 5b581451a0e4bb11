"""How well two people agree in each field, as a level: the rows of the parameter file.

A field that one of the two lacks is `missing`, and proves nothing.
"""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from fieldapp.domain.matching.comparable import BirthParts, Comparable
from fieldapp.domain.matching.spelling import frame, skeleton

MISSING = "missing"
DIFFERS, FAR = "differs", "far"
"""Birth dates that differ lie few years apart, or so many that one of the two may be the other's parent."""
FIELDS = ("given", "surnames", "birth", "sex", "document", "phone", "nationality", "locality")

SAME, SOUND, CLOSE, NONE = range(4)
"""How far a word is from another: the same, another spelling, a slip or two of the fingers, another word."""
_CLOSE_ENOUGH = 0.92
_LONG_WORD, _SHORT_WORD, _SHORTEST_WORD = 8, 4, 3
_FRAME, _ARTICLE = 3, "al"
_GENERATION, _DECADE = 12, 10


Words = tuple[tuple[str, str], ...]
"""Words that agree, each as the one and as the other has it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The levels of two people, by the order of FIELDS.

    `agreed` are the name words they share, each as both have it, for their rarity: a misspelling is rare by itself.
    """

    levels: tuple[str, ...]
    agreed_given: Words
    agreed_surnames: Words
    swapped: bool

    def level(self, field: str) -> str:
        """Return the level of one field."""
        return self.levels[FIELDS.index(field)]


def agreement(one: Comparable, other: Comparable) -> Agreement:
    """Compare two people field by field."""
    given, agreed_given = names_level(one.given, other.given)
    surnames, agreed_surnames = names_level(one.surnames, other.surnames)
    swapped = False
    if not (_is_good(given) and _is_good(surnames)):
        given, agreed_given, surnames, agreed_surnames, swapped = _crossed(
            one, other, given, agreed_given, surnames, agreed_surnames
        )
    levels = (
        given,
        surnames,
        birth_level(one.birth, other.birth),
        _plain(one.sex, other.sex),
        document_level(one.documents, other.documents),
        _any(one.phones, other.phones),
        _plain(one.nationality, other.nationality),
        _plain(one.locality, other.locality),
    )
    return Agreement(levels, agreed_given, agreed_surnames, swapped)


def names_level(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, Words]:
    """Compare given names, or surnames: the level, and the words that agree."""
    if not one or not other:
        return MISSING, ()
    if one == other:
        return "exact", tuple(zip(one, one, strict=True))
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    agreed, worst = _matched(few, many)
    if len(agreed) == len(few):
        if worst == SAME:
            # Of two names the second is left out more often than the first, and rarely do they change places.
            kept = few == many[: len(few)]
            return ("order" if len(few) == len(many) else "first" if kept else "part"), tuple(agreed)
        return ("sound" if worst == SOUND else "close"), tuple(agreed)
    if agreed:
        return "some", tuple(agreed)
    if "".join(one) == "".join(other):
        return "sound", tuple((word, word) for word in one)
    return DIFFERS, ()


def birth_level(one: BirthParts, other: BirthParts) -> str:
    """Compare two birth dates, each as well as it is known. The first of January often stands for a year alone."""
    if not one.year or not other.year:
        return MISSING
    apart = abs(one.year - other.year)
    if one.rough or other.rough:
        return "year_known" if apart <= 1 else "near_year" if apart <= 2 else _differs(apart)  # noqa: PLR2004
    if one == other and one.day:
        return "exact" if (one.month, one.day) != (1, 1) else "first_of_year"
    first_of_year = (1, 1) in {(one.month, one.day), (other.month, other.day)}
    if not one.day or not other.day or first_of_year:
        if apart:
            return "near_year" if apart == 1 else _differs(apart)
        months = one.month and other.month and not first_of_year
        return ("month_known" if one.month == other.month else "year") if months else "year_known"
    return _days(one, other, apart)


def _days(one: BirthParts, other: BirthParts, apart: int) -> str:
    if not apart and (one.month, one.day) == (other.day, other.month):
        return "swapped"
    same = (not apart) + (one.month == other.month) + (one.day == other.day)
    if same == 2:  # noqa: PLR2004 - two of the three parts
        typed_wrong = apart in {0, 1, _DECADE} or OSA.distance(str(one.year), str(other.year)) == 1
        return "one_part" if typed_wrong else _differs(apart)
    if not apart:
        return "year"
    return "near_year" if apart == 1 else _differs(apart)


def _differs(apart: int) -> str:
    return FAR if apart >= _GENERATION else DIFFERS


def document_level(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Compare the numbers of papers: the best of all pairs counts."""
    if not one or not other:
        return MISSING
    best = 3
    for number in one:
        for another in other:
            if number == another:
                return "exact"
            if abs(len(number) - len(another)) <= 1 and len(number) >= 6:  # noqa: PLR2004 - short numbers are alike anyway
                best = min(best, OSA.distance(number, another, score_cutoff=2))
    return ("one_digit", "one_digit", "two_digits", DIFFERS)[best]


def _plain(one: str, other: str) -> str:
    if not one or not other:
        return MISSING
    return "same" if one == other else DIFFERS


def _any(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    if not one or not other:
        return MISSING
    return "same" if set(one) & set(other) else DIFFERS


def _is_good(level: str) -> bool:
    return level not in {"some", DIFFERS}


def _crossed(  # noqa: PLR0913, PLR0917 - two fields with what agrees in each
    one: Comparable,
    other: Comparable,
    given: str,
    agreed_given: Words,
    surnames: str,
    agreed_surnames: Words,
) -> tuple[str, Words, str, Words, bool]:
    """Try the names in the other order, or with the border between given names and surnames elsewhere."""
    few, many = (one, other) if len(one.words) <= len(other.words) else (other, one)
    straight = len(agreed_given) + len(agreed_surnames)
    agreed, worst = _matched(few.words, many.words)
    if len(agreed) <= straight or len(agreed) < min(len(few.words), 2):
        return given, agreed_given, surnames, agreed_surnames, False
    mine = set(few.given)
    level = "some" if len(agreed) < len(few.words) else ("part", "sound", "close")[min(worst, 2)]
    its_given = tuple(pair for pair in agreed if pair[0] in mine)
    its_surnames = tuple(pair for pair in agreed if pair[0] not in mine)
    if not its_given or not its_surnames:
        half = (len(agreed) + 1) // 2
        its_given, its_surnames = tuple(agreed[:half]), tuple(agreed[half:])
    return level, its_given, level if its_surnames else MISSING, its_surnames, True


def _matched(few: tuple[str, ...], many: tuple[str, ...]) -> tuple[list[tuple[str, str]], int]:
    """Pair each word of the few with the best free word of the many; return those paired and the worst pair's class."""
    free, waiting = list(many), []
    agreed: list[tuple[str, str]] = []
    for word in few:
        if word in free:
            free.remove(word)
            agreed.append((word, word))
        else:
            waiting.append(word)
    worst = SAME
    for wanted in (SOUND, CLOSE):
        for word in waiting[:] if free else ():
            for each in free:
                if word_class(word, each) <= wanted:
                    free.remove(each)
                    waiting.remove(word)
                    agreed.append((word, each))
                    worst = wanted
                    break
    return agreed, worst


@lru_cache(maxsize=400_000)
def word_class(one: str, other: str) -> int:
    """Return how far a word is from another."""
    if one == other:
        return SAME
    if len(one) == 1 or len(other) == 1:
        return CLOSE if one[0] == other[0] else NONE
    mine, theirs = skeleton(one), skeleton(other)
    shorter = min(len(one), len(other))
    if mine == theirs or (shorter >= _SHORT_WORD and _without_article(one) == _without_article(other)):
        return SOUND
    allowed = 0 if shorter < _SHORTEST_WORD else 1 if shorter < _LONG_WORD else 2
    if allowed and OSA.distance(one, other, score_cutoff=allowed) <= allowed:
        return CLOSE
    if shorter < _SHORT_WORD:
        return NONE
    if OSA.distance(mine, theirs, score_cutoff=1) <= 1 or (frame(mine) == frame(theirs) and len(frame(mine)) >= _FRAME):
        return CLOSE
    begins = one.startswith(other) or other.startswith(one)
    return CLOSE if begins or JaroWinkler.similarity(one, other) >= _CLOSE_ENOUGH else NONE


def _without_article(word: str) -> str:
    """Return a word without the Arabic article, which is written apart, joined or not at all."""
    return word[len(_ARTICLE) :] if word.startswith(_ARTICLE) and len(word) > _SHORT_WORD + 1 else word
