"""The keys under which a person may meet their other record: two records that share none are never compared.

Each key stands for one way in which most of a record is right: two names, a name and a year, a name and a birthday, a
birth date, a part of a document number, a phone. What is wrong in a record then spoils some keys and leaves others.
"""

from itertools import combinations
from zlib import crc32

from fieldapp.domain.matching.comparable import Comparable
from fieldapp.domain.matching.spelling import code

_MOST_WORDS = 5
_DOCUMENT_PART = 5


def keys(person: Comparable) -> list[str]:
    """Return the keys of a person, the surest first."""
    found = [f"d{number}" for number in person.documents]
    for number in person.documents:
        if len(number) > _DOCUMENT_PART:
            found += [f"<{number[:_DOCUMENT_PART]}", f">{number[-_DOCUMENT_PART:]}"]
    found += [f"p{phone}" for phone in person.phones]
    codes = list(dict.fromkeys(code(word) for word in person.words[:_MOST_WORDS]))
    birth = person.birth
    if birth.day and (birth.month, birth.day) != (1, 1):
        low, high = sorted((birth.month, birth.day))
        found.append(f"b{birth.year}{low:02d}{high:02d}")
        found += [f"m{low:02d}{high:02d}{word}" for word in codes]
    if len(codes) > 2:  # noqa: PLR2004 - two names are a key of their own
        found.append(f"a{' '.join(sorted(codes))}")
    if birth.year:
        found += [f"y{birth.year}{word}" for word in codes]
        if birth.rough:
            found += [f"y{birth.year - 1}{word}" for word in codes]
    found += [f"n{one} {other}" for one, other in combinations(sorted(codes), 2)]
    if len(codes) == 1:
        found.append(f"n{codes[0]}")
    return found


def hashed(key: str) -> int:
    """Return a key as a small number; that two keys rarely share one costs a comparison and nothing else."""
    return crc32(key.encode())
