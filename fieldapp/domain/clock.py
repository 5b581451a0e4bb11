"""The hybrid logical clock that orders changes of several laptops.

A reading is milliseconds since 1970 in the upper bits and a counter in the lower 16, so readings compare as integers.
Source: Kulkarni et al., "Logical Physical Clocks", 2014.
"""

from collections.abc import Callable

Clock = Callable[[], int]
"""Gives the wall time in whole milliseconds since 1970, UTC."""

COUNTER_BITS = 16
FAR_AHEAD_MS = 10 * 60 * 1000
"""A reading from further ahead of our wall clock than this never moves our clock."""


def reading(wall_ms: int, counter: int = 0) -> int:
    """Return the clock reading of a wall time and a counter."""
    return wall_ms << COUNTER_BITS | counter


def wall_of(hlc: int) -> int:
    """Return the milliseconds part of a reading."""
    return hlc >> COUNTER_BITS


def next_reading(last: int, wall_ms: int) -> int:
    """Return the reading for our next change: after `last`, and not behind the wall clock."""
    return max(reading(wall_ms), last + 1)


def merged(last: int, other: int, wall_ms: int) -> int:
    """Return our clock after seeing a foreign reading, which counts only if it is not far ahead of our wall clock."""
    if wall_of(other) > wall_ms + FAR_AHEAD_MS:
        return last
    return max(last, other)
