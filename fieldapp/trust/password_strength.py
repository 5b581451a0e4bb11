"""Whether a password is strong enough to be the lock of a stolen laptop, and if not, why and what would be better.

Measured by zxcvbn (Wheeler, "zxcvbn: low-budget password strength estimation", USENIX Security 2016), which knows
English; Spanish words, local names and the words around the person are added. Returns codes; `words.py` has the words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldapp.domain.names import search_key

SHORTEST = 10
"""Characters; shorter passwords are refused whatever they are made of."""

LEAST_SCORE = 3
"""zxcvbn's score that is asked for: more than 10^8 guesses, each at the cost of argon2id."""

LEAST_SCORE_OF_REST = 2
"""The score that must be left when names, dates, rows and repeats are taken out."""

_MEASURED = 72
"""zxcvbn refuses longer texts; what is longer is judged by so many characters of it."""

Match = Mapping[str, object]
"""A part of the password that zxcvbn recognised: `pattern`, `token`, and for words the dictionary it was found in."""

_BY_PATTERN = {"spatial": "keyboard_row", "repeat": "repeats", "sequence": "sequence", "date": "date"}

_ROWS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm", "1234567890")
"""The rows of the Spanish keyboard; zxcvbn knows the English one and takes a part of a row for a common password."""

_BETTER = {
    "too_short": ("longer", "four_words"),
    "common_password": ("four_words",),
    "common_word": ("four_words", "not_only_one_word"),
    "name": ("no_names", "four_words"),
    "keyboard_row": ("no_rows", "four_words"),
    "repeats": ("no_repeats", "four_words"),
    "sequence": ("no_rows", "four_words"),
    "date": ("no_dates", "four_words"),
    "too_easy": ("longer", "four_words"),
}


@dataclass(frozen=True, slots=True)
class PasswordProblem:
    """Why a password is refused and what would be better; `words.MESSAGES` has each as `password_<code>`."""

    code: str
    suggestions: tuple[str, ...]


def password_problem(password: str, related: Sequence[str] = ()) -> PasswordProblem | None:
    """Return what is wrong with a new password, or None if it is strong enough.

    `related` are names an attacker would try first: the person's, the operation's, the post's.
    """
    code = _weakness(password, related)
    return None if code is None else PasswordProblem(code, _BETTER[code])


def _weakness(password: str, related: Sequence[str]) -> str | None:
    if len(password.strip()) < SHORTEST:
        return "too_short"
    from zxcvbn import zxcvbn  # noqa: PLC0415 - 4 MB of word lists, needed only when a password is chosen

    from fieldapp.trust.common_words import common_names, common_words  # noqa: PLC0415

    about = tuple(dict.fromkeys(word for text in related for word in search_key(text).split() if len(word) > 2))
    known_words = [*about, *common_words()]
    names = frozenset(about) | common_names()
    # The form without accents is what a guesser's list holds, so the weaker of the two forms counts.
    forms = dict.fromkeys((password[:_MEASURED], _without_accents(password)[:_MEASURED]))
    weakest = min((zxcvbn(form, user_inputs=known_words) for form in forms), key=lambda found: found["guesses"])
    if weakest["score"] >= LEAST_SCORE:
        # Joining names and dates makes a guesser's list longer, but not long enough: what is left must stand by itself.
        rest = "".join(
            str(m["token"])[:1] if _is_given_away(m, names) else str(m["token"]) for m in weakest["sequence"]
        )
        for word in about:
            rest = re.sub(word, word[:1], _without_accents(rest), flags=re.IGNORECASE)
        if zxcvbn(rest, user_inputs=known_words)["score"] >= LEAST_SCORE_OF_REST:
            return None
    return _reason(weakest["sequence"], names)


def _without_accents(password: str) -> str:
    decomposed = unicodedata.normalize("NFKD", password)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _is_name(match: Match, names: frozenset[str]) -> bool:
    if match["pattern"] != "dictionary":
        return False
    return match["matched_word"] in names or str(match["dictionary_name"]).endswith("names")


def _is_row(match: Match) -> bool:
    token = str(match["token"]).lower()
    return len(token) > 3 and any(token in row or token in row[::-1] for row in _ROWS)


def _is_given_away(match: Match, names: frozenset[str]) -> bool:
    return match["pattern"] in _BY_PATTERN or _is_row(match) or _is_name(match, names)


def _reason(sequence: Iterable[Match], names: frozenset[str]) -> str:
    """Return the code of the longest part of the password that a guesser would know."""
    known = [match for match in sequence if match["pattern"] != "bruteforce"]
    if not known:
        return "too_easy"
    longest = max(known, key=lambda match: len(str(match["token"])))
    if _is_row(longest):
        return "keyboard_row"
    if longest["pattern"] != "dictionary":
        return _BY_PATTERN.get(str(longest["pattern"]), "too_easy")
    if _is_name(longest, names):
        return "name"
    return "common_password" if longest["dictionary_name"] == "passwords" else "common_word"
