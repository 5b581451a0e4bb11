"""How pressing it is that records lie on one laptop only, by the limits of the operation: by their number and their age."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_HOUR_MS = 3_600_000


class Pressure(StrEnum):
    """From nothing to carry to a danger: the worse of what number and age say."""

    NONE = "none"
    SOME = "some"
    WARN = "warn"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class BacklogLimits:
    """From so many records, or from such an age of the oldest (hours), there is a warning, and then a danger."""

    warn_records: int = 100
    warn_hours: int = 6
    danger_records: int = 500
    danger_hours: int = 24

    def pressure(self, records: int, oldest_age_ms: int) -> Pressure:
        """Return how pressing a backlog is. Registering goes on in any case."""
        if not records:
            return Pressure.NONE
        if records >= self.danger_records or oldest_age_ms >= self.danger_hours * _HOUR_MS:
            return Pressure.DANGER
        if records >= self.warn_records or oldest_age_ms >= self.warn_hours * _HOUR_MS:
            return Pressure.WARN
        return Pressure.SOME

    @property
    def packed(self) -> list[int]:
        """The limits as the description of an operation carries them."""
        return [self.warn_records, self.warn_hours, self.danger_records, self.danger_hours]


def limits_of(packed: object) -> BacklogLimits:
    """Return the limits of a description, the usual ones where it says none that make sense."""
    if not isinstance(packed, Sequence) or len(packed) != 4:  # noqa: PLR2004 - the four limits
        return BacklogLimits()
    if not all(type(limit) is int and limit > 0 for limit in packed):
        return BacklogLimits()
    return BacklogLimits(*packed)
