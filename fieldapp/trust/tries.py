"""How long a wrong password makes one wait: not at first, then seconds, then minutes, never for good.

The count is of wrong tries in a row. The wait is kept as a moment and a length, not as an end, so that a clock set
backwards makes nobody wait longer than the length from now.
"""

from dataclasses import dataclass

LOCKS_AFTER = 5
"""The wrong tries in a row after which a short name is locked for minutes."""

_SLOWED_S = (0, 0, 1, 2)
_LOCKED_S = (60, 120, 300, 600)


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries in a row, and when the last one was (ms since 1970)."""

    wrong: int = 0
    last_ms: int = 0

    @property
    def wait_ms(self) -> int:
        """How long after the last wrong try the next one is taken, in milliseconds."""
        if self.wrong == 0:
            return 0
        if self.wrong < LOCKS_AFTER:
            return _SLOWED_S[self.wrong - 1] * 1000
        return _LOCKED_S[min(self.wrong - LOCKS_AFTER, len(_LOCKED_S) - 1)] * 1000

    @property
    def left(self) -> int:
        """How many more wrong tries there are before the short name is locked for minutes."""
        return max(0, LOCKS_AFTER - self.wrong)

    @property
    def until_ms(self) -> int:
        """When the wait ends by an honest clock; 0 if there is none."""
        return self.last_ms + self.wait_ms if self.wait_ms else 0

    def seen_at(self, now_ms: int) -> "Tries":
        """Return the same tries as a clock that was set backwards sees them: the wait begins anew, now."""
        return Tries(self.wrong, min(self.last_ms, now_ms))

    def one_more(self, now_ms: int) -> "Tries":
        """Return the tries after another wrong one."""
        return Tries(self.wrong + 1, now_ms)

    def seconds_left(self, now_ms: int) -> int:
        """Return how many whole seconds are left to wait; 0 when the next try may be made."""
        return max(0, -((now_ms - self.seen_at(now_ms).until_ms) // 1000)) if self.wait_ms else 0
