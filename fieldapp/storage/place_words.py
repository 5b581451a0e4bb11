"""Places among the words of the search index: codes of posts, states and towns, and the words of where people go.

They stand behind letters that nobody types, so that a town is never taken for somebody's name.
"""

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.names import search_key

_CODE, _WORD = "\ue003", "\ue004"
OF_GROUP = ("arrival_post", "origin_state", "destination", "moved_to")
"""What a group's row says of places."""


def code_token(code: str) -> str:
    """Return the code of a place as the index has it."""
    return _CODE + "".join(filter(str.isalnum, code)).lower()


def word_token(word: str) -> str:
    """Return a word of a place that has no code as the index has it; its beginning is found too."""
    return _WORD + word


def of_group(row: Mapping[str, Any] | None) -> str:
    """Return the words by which the places of a group are found, for each of its members."""
    if row is None:
        return ""
    codes = (row["arrival_post"], row["origin_state"])
    words = search_key(f"{row['destination'] or ''} {row['moved_to'] or ''}").split()
    return " ".join(dict.fromkeys([*map(code_token, filter(None, codes)), *map(word_token, words)]))
