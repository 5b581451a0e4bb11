"""Places in what was typed into a search: posts, states and towns of origin, shelters, and where people go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, islice

from fieldapp.code_lists import Code, code_list, made_of_lists
from fieldapp.domain.birth import Birth
from fieldapp.domain.matching import ranking
from fieldapp.domain.matching.ranking import Typed
from fieldapp.domain.matching.spelling import name_words
from fieldapp.domain.matching.vocabulary import Vocabulary
from fieldapp.domain.names import search_key
from fieldapp.storage.place_words import code_token, word_token
from fieldapp.storage.search_queries import PlacesOf, any_of
from fieldapp.storage.units import Shelter

_LISTS = ("border_posts", "ve_states", "ve_municipalities")
_ALSO = ("aka", "capital", "co_locality", "former_name", "state_name")
_FEWEST_LETTERS = 3
_MOST_CODES = 150
ELSEWHERE = 0.93
"""What a place counts where a name that is begun counts 0.94: of two answers, the namesake comes first."""
_NEARLY = 0.7
"""What a place counts of which a letter differs: less than a name with such a slip, for places have many words."""


class Places:
    """What the words of a search mean as places."""

    def __init__(self, names: Iterable[str], shelters: Iterable[Shelter]) -> None:
        self._shelters = tuple(shelters)
        asked = [name for name in names if len(name) >= _FEWEST_LETTERS and name_words(name)]
        self._codes = {name: _codes_meant(name) for name in asked}
        self._posts = {name: [its for its in self._shelters if _is_begun(its.name, name)] for name in asked}
        self.meant = {name: self._meaning(name) for name in asked}

    def _meaning(self, name: str) -> str:
        parts = [any_of(map(code_token, self._codes[name]), begun=word_token(name))]
        parts += [f'("{its.post.lower()}" AND "{its.device_code.lower()}")' for its in self._posts[name]]
        return f"({' OR '.join(parts)})"

    def shelter_of(self, number: str) -> str:
        """Return the shelter of the desk that gave a registration number, as it is called by staff."""
        post, code = (*number.split("-"), "", "")[:2]
        return next((its.name for its in self._shelters if (its.post, its.device_code) == (post, code)), "")

    def answered(self, places: PlacesOf) -> dict[str, float]:
        """Return the words that somebody's places answer, and what each counts."""
        found = {}
        for name, codes in self._codes.items():
            if _is_begun(places.text, name) or (self._posts[name] and _is_begun(self.shelter_of(places.number), name)):
                found[name] = ELSEWHERE
            elif close := max((codes[code] for code in places.codes if code in codes), default=0.0):
                found[name] = close
        return found

    def expression(self, names: Sequence[str], as_names: Sequence[str]) -> str:
        """Return the expression that takes words for places: a word alone, or beside others for a name or a place.

        Empty where none can be a place.
        """
        if not self.meant:
            return ""
        pairs = list(zip(names, as_names, strict=True))
        if len(pairs) == 1:
            return self.meant[names[0]]
        either = (f"({its} OR {self.meant[name]})" if name in self.meant else its for name, its in pairs)
        return " AND ".join(either)


def closeness(
    asked: Typed, elsewhere: Mapping[str, float], words: Sequence[str], birth: Birth, documents: str, today: date
) -> float:
    """Return how well somebody answers, where some of what was typed is answered elsewhere: by a place, a phone."""
    rest = Typed(
        tuple(name for name in asked.names if name not in elsewhere),
        tuple(number for number in asked.numbers if number not in elsewhere),
    )
    whole, left = len(asked.names) + len(asked.numbers), len(rest.names) + len(rest.numbers)
    of_rest = ranking.closeness(rest, words, birth, documents, today) if left else 0.0
    return (of_rest * left + sum(elsewhere.get(each, 0.0) for each in (*asked.names, *asked.numbers))) / whole


@made_of_lists
def _words_by_code() -> dict[str, tuple[str, ...]]:
    return {row.code: tuple(_words_of(row)) for name in _LISTS for row in code_list(name)}


@made_of_lists
def _codes_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, words in _words_by_code().items():
        for word in words:
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


@made_of_lists
def _vocabulary() -> Vocabulary:
    return Vocabulary(_codes_of())


def _codes_meant(name: str) -> dict[str, float]:
    """Return the codes of the places that a word may mean, and what each counts; those it begins come first."""
    vocabulary, found = _vocabulary(), dict[str, float]()
    for close, words in (
        (ELSEWHERE, vocabulary.beginning(name)),
        (_NEARLY, [word for word, far in vocabulary.similar(name) if far <= 1]),
    ):
        for code in chain.from_iterable(_codes_of()[word] for word in words):
            found.setdefault(code, close)
    return dict(islice(found.items(), _MOST_CODES))


@lru_cache(maxsize=10_000)
def _words_in(text: str) -> tuple[str, ...]:
    return tuple(search_key(text).split())


def _is_begun(text: str, name: str) -> bool:
    """Whether a word of a text begins with what was typed."""
    return any(word.startswith(name) for word in _words_in(text))


def _words_of(row: Code) -> Iterator[str]:
    texts = (*row.labels.values(), *(row.extra.get(name, "") for name in _ALSO))
    return iter(dict.fromkeys(word for text in texts for word in name_words(text)))
