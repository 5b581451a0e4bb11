"""Which of those who were only counted somebody is, by the sex and age that are told."""

from collections.abc import Sequence

from fieldapp.domain.record import HeadCount, Sex
from fieldapp.domain.summary import AGE_GROUPS, age_group

_ADULTS = "18_59"
_TOLD = (_ADULTS, *(group for group in reversed(AGE_GROUPS) if group not in {_ADULTS, "other"}), "other")
"""A family tells of the other adult first, then of the old and of the children from the eldest on."""


def in_told_order(heads: Sequence[HeadCount]) -> tuple[HeadCount, ...]:
    """Return those who were counted in the order in which a family tells of them."""
    return tuple(sorted(heads, key=lambda head: _TOLD.index(head.age_group) if head.age_group in _TOLD else len(_TOLD)))


def who_fits(heads: Sequence[HeadCount], sex: Sex, age: int | None) -> HeadCount | None:
    """Return whom of the counted a person most likely is, the first among equals.

    Ages are guessed when a family is counted, so a sex that fits says more than an age group that does.
    """
    return max(heads, key=lambda head: (_fit_of_sex(head.sex, sex), _fit_of_age(head.age_group, age)), default=None)


def _fit_of_sex(counted: Sex, sex: Sex) -> int:
    return 2 if counted is sex else Sex.UNKNOWN in {counted, sex}


def _fit_of_age(counted: str, age: int | None) -> int:
    if age is None or counted not in AGE_GROUPS or counted == "other":
        return -len(AGE_GROUPS)
    return -abs(AGE_GROUPS.index(counted) - AGE_GROUPS.index(age_group(age)))
