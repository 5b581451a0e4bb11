"""Identifiers: time-ordered ones for new facts, and derived ones for the members of a first registration.

Sources: RFC 9562 (UUID version 7 and version 8).
"""

from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

RandomBytes = Callable[[int], bytes]
"""Gives so many unpredictable bytes; the operating system's source, or a seeded one in tests and demonstrations."""


def _with_version(raw: bytes, version: int) -> UUID:
    number = int.from_bytes(raw[:16], "big")
    number = number & ~(0xF << 76) | version << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=number)


def uuid7(now_ms: int, random_bytes: RandomBytes) -> UUID:
    """Return a version 7 UUID: 48 bits of milliseconds since 1970, then 74 random bits."""
    return _with_version(now_ms.to_bytes(6, "big") + random_bytes(10), 7)


def member_id(group_id: UUID, ordinal: int) -> UUID:
    """Return the id of the member with this ordinal (from 1) in the first registration of a group.

    It is derived from the group and the ordinal alone, so a laptop that takes a family over from its slip makes the
    same ids as the laptop that printed the slip.
    """
    return _with_version(sha256(group_id.bytes + ordinal.to_bytes(2, "big")).digest(), 8)


def issuer_id(kind: str, public: bytes) -> UUID:
    """Return the id under which it is said whether an issuer with this public key is trusted."""
    return _with_version(sha256(b"issuer" + kind.encode() + b"\0" + public).digest(), 8)


def pair_id(one: UUID, other: UUID) -> UUID:
    """Return the id under which it is said whether two records are of one human; their order does not matter."""
    first, second = sorted((one.bytes, other.bytes))
    return _with_version(sha256(b"pair" + first + second).digest(), 8)
