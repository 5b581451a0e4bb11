"""From a password to a key: argon2id with its cost stored beside what it opened, so that costs can rise later.

A password may be typed on keyboards that compose accents differently, so it is normalised (NFKC) before it is used.
Source: RFC 9106.
"""

import unicodedata
from dataclasses import dataclass

from fieldapp.domain.problems import EnvironmentProblem

KEY_BYTES = 32
SALT_BYTES = 16


class OutOfMemory(EnvironmentProblem):
    """The laptop has not enough free memory to check a password."""

    code = "memory_short"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int = 1

    @property
    def is_sane(self) -> bool:
        """Whether this program would use the cost; a damaged file must not make it ask for all memory there is."""
        return 8 <= self.memory_kib <= 1024 * 1024 and 1 <= self.passes <= 20 and 1 <= self.lanes <= 4


NORMAL_COST = Cost(memory_kib=64 * 1024, passes=3)
"""About a fifth of a second on a 2024 laptop, under half a second on the old 4 GB laptops at the shelters."""


def derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    """Return the 32-byte key of a password or recovery key. Raises OutOfMemory."""
    from argon2.exceptions import HashingError  # noqa: PLC0415
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    try:
        return hash_secret_raw(
            unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass"),
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError as error:
        raise OutOfMemory from error
