"""The recovery key: 130 random bits that a person can copy from paper, with two check characters.

28 characters in seven groups of four, `7KQ2-M8VD-...`, of Crockford's base 32 (no I, L, O, U): 26 random ones, then the
number they make modulo 1021. Being a prime just under 32 squared, that finds every single wrong character and every
exchange of neighbours; ISO 7064 Mod 97,10 over letters misses some exchanges. What is typed back is read as it was
meant: case, spaces and hyphens do not matter, O is 0, I and L are 1. Source: Crockford, "Base 32".
"""

import secrets
import unicodedata

from fieldapp.domain.problems import Problem

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_CHARACTERS = 26
LENGTH = SECRET_CHARACTERS + 2
_GROUP = 4
_CHECK_MODULUS = 1021
_MEANT = str.maketrans("OIL", "011")
_BETWEEN = frozenset("-_.·,:;/")


class RecoveryKeyMistyped(Problem):
    """What was typed cannot be a recovery key; `values` say where the mistake is, where that can be known."""

    code = "recovery_key_mistyped"


def new_recovery_key() -> str:
    """Make a recovery key, as it is printed."""
    return with_check_characters("".join(secrets.choice(ALPHABET) for _ in range(SECRET_CHARACTERS)))


def read_recovery_key(typed: str) -> str:
    """Return a typed recovery key as it is printed. Raises RecoveryKeyMistyped, which says what is wrong with it."""
    text = unicodedata.normalize("NFKC", typed).upper()
    characters = [
        character
        for character in text
        if character not in _BETWEEN and not character.isspace() and unicodedata.category(character) not in {"Pd", "Cf"}
    ]
    key = "".join(characters).translate(_MEANT)
    for place, character in enumerate(key, start=1):
        if character not in ALPHABET:
            group = (place - 1) // _GROUP + 1
            raise RecoveryKeyMistyped("recovery_key_character", character=character, place=place, group=group)
    if len(key) != LENGTH:
        raise RecoveryKeyMistyped("recovery_key_length", typed=len(key), length=LENGTH)
    printed = with_check_characters(key[:SECRET_CHARACTERS])
    if printed.replace("-", "") != key:
        raise RecoveryKeyMistyped
    return printed


def with_check_characters(secret: str) -> str:
    """Return the 26 secret characters as they are printed: two check characters added, in groups of four."""
    number = 0
    for character in secret:
        number = number * 32 + ALPHABET.index(character)
    key = secret + ALPHABET[number % _CHECK_MODULUS // 32] + ALPHABET[number % _CHECK_MODULUS % 32]
    return "-".join(key[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))
