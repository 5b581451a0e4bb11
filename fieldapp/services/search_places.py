"""Places in what was typed into a search: posts, states and towns of origin, shelters, and where people go."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain

from fieldapp.code_lists import Code, code_list
from fieldapp.domain.birth import Birth
from fieldapp.domain.matching import ranking
from fieldapp.domain.matching.ranking import Typed
from fieldapp.domain.matching.spelling import name_words
from fieldapp.domain.matching.vocabulary import Vocabulary
from fieldapp.domain.names import search_key
from fieldapp.storage.place_words import code_token, word_token
from fieldapp.storage.search_queries import PlacesOf, any_of
from fieldapp.trust.enrolments import DeviceRecord

_LISTS = ("border_posts", "ve_states", "ve_municipalities")
_ALSO = ("aka", "capital", "co_locality", "former_name")
_FEWEST_LETTERS = 3
_MOST_CODES = 150
_ELSEWHERE = 0.93
"""What a place counts where a name that is begun counts 0.94: of two answers, the namesake comes first."""


class Places:
    """What the words of a search mean as places."""

    def __init__(self, names: Iterable[str], devices: Iterable[DeviceRecord]) -> None:
        self._of_posts = [(search_key(device.shelter).split(), device) for device in devices if device.shelter]
        meant = {name: self._meaning(name) for name in names if len(name) >= _FEWEST_LETTERS and name_words(name)}
        self.meant = {name: expression for name, expression in meant.items() if expression}

    def _meaning(self, name: str) -> str:
        codes = list(dict.fromkeys(chain.from_iterable(_codes_of().get(word, ()) for word in _words_meant(name))))
        parts = [any_of([code_token(code) for code in codes[:_MOST_CODES]], begun=word_token(name))]
        for words, device in self._of_posts:
            if any(word.startswith(name) for word in words):
                parts.append(f'("{device.post.lower()}" AND "{device.code.lower()}")')
        return f"({' OR '.join(parts)})"

    def shelter_of(self, number: str) -> str:
        """Return the shelter of the desk that gave a registration number, as it is typed by staff."""
        post, code = (*number.split("-"), "", "")[:2]
        return next((device.shelter for _, device in self._of_posts if (device.post, device.code) == (post, code)), "")

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


def answered(names: Iterable[str], places: PlacesOf, shelter: str) -> tuple[str, ...]:
    """Return the words that somebody's places answer."""
    codes = chain(*(_words_by_code().get(code, ()) for code in places.codes))
    own = {*codes, *search_key(f"{places.text} {shelter}").split()}
    return tuple(name for name in names if any(word.startswith(name) or word in _words_meant(name) for word in own))


def closeness(
    asked: Typed, elsewhere: Collection[str], words: Sequence[str], birth: Birth, documents: str, today: date
) -> float:
    """Return how well somebody answers, where some of what was typed is answered elsewhere: by a place, a phone."""
    rest = Typed(
        tuple(name for name in asked.names if name not in elsewhere),
        tuple(number for number in asked.numbers if number not in elsewhere),
    )
    whole, left = len(asked.names) + len(asked.numbers), len(rest.names) + len(rest.numbers)
    of_rest = ranking.closeness(rest, words, birth, documents, today) if left else 0.0
    return (of_rest * left + _ELSEWHERE * (whole - left)) / whole


@cache
def _words_by_code() -> dict[str, tuple[str, ...]]:
    return {row.code: tuple(_words_of(row)) for name in _LISTS for row in code_list(name)}


@cache
def _codes_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, words in _words_by_code().items():
        for word in words:
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary(_codes_of())


def _words_meant(name: str) -> tuple[str, ...]:
    vocabulary = _vocabulary()
    return (*vocabulary.beginning(name), *(word for word, far in vocabulary.similar(name) if far <= 1))


def _words_of(row: Code) -> Iterator[str]:
    texts = (*row.labels.values(), *(row.extra.get(name, "") for name in _ALSO))
    return iter(dict.fromkeys(word for text in texts for word in name_words(text)))
