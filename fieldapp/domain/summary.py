"""The figures of a day, counted and without names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from fieldapp.domain.record import Sex

AGE_GROUPS = ("0_4", "5_11", "12_17", "18_59", "60_", "other")
"""UNHCR age cohorts, codes of the list `age_groups`; `other` is age not known."""

_BOUNDS = ((4, "0_4"), (11, "5_11"), (17, "12_17"), (59, "18_59"))


def age_group(age: int | None) -> str:
    """Return the UNHCR cohort of an age in whole years, or `other` when it is not known."""
    if age is None:
        return "other"
    return next((code for last, code in _BOUNDS if age <= last), "60_")


@dataclass(frozen=True, slots=True)
class Summary:
    """One post's (or one laptop's) day up to a cut-off. All counts are of individuals unless said otherwise.

    `arrivals_by_hour` has 24 counts, local time; `by_sex_and_age` counts by (sex, age group); `vector` names, per
    (device, epoch), the last change counted, so that the figures can be counted again.
    """

    day: date
    cut_off: str
    made_by: str
    made_at_ms: int
    organisation: str
    operation: str
    posts: tuple[str, ...]
    shelter: str
    arrivals: int
    groups: int
    individuals_in_full: int
    arrivals_by_hour: tuple[int, ...]
    arrivals_by_post: Mapping[str, int]
    by_sex_and_age: Mapping[tuple[Sex, str], int]
    by_nationality: Mapping[str, int]
    needs: Mapping[str, int]
    crossing_kinds: Mapping[str, int]
    last_seven_days: tuple[tuple[date, int], ...]
    cumulative: int
    children_alone: int
    to_complete: int
    without_documents: int
    slips_issued: int
    slips_reprinted: int
    slips_voided: int
    slips_reissued: int
    slips_expired: int
    slips_not_printed: int
    drafts: int
    only_here: int
    conflicts: int
    vector: Mapping[tuple[UUID, int], int] = field(default_factory=dict)

    @property
    def mean_group_size(self) -> float:
        """Individuals to a group, 0 when there is none."""
        return self.arrivals / self.groups if self.groups else 0.0
