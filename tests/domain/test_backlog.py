"""Warnings grow with what lies on one laptop only, by number and by age, and by the limits of the operation."""

import pytest

from fieldapp.domain.backlog import BacklogLimits, Pressure, limits_of

HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ("records", "hours", "pressure"),
    [
        (0, 99, Pressure.NONE),
        (1, 0, Pressure.SOME),
        (100, 0, Pressure.WARN),
        (1, 6, Pressure.WARN),
        (500, 0, Pressure.DANGER),
        (1, 24, Pressure.DANGER),
    ],
)
def test_the_worse_of_number_and_age_counts(records: int, hours: int, pressure: Pressure) -> None:
    assert BacklogLimits().pressure(records, hours * HOUR_MS) is pressure


def test_an_operation_has_limits_of_its_own() -> None:
    limits = limits_of(BacklogLimits(10, 1, 20, 2).packed)
    assert limits.pressure(10, 0) is Pressure.WARN
    assert limits.pressure(1, 2 * HOUR_MS) is Pressure.DANGER


@pytest.mark.parametrize("packed", [None, [], [1, 2, 3], [1, 2, 3, 0], ["1", 2, 3, 4], "1234", [True, 2, 3, 4]])
def test_limits_that_make_no_sense_are_the_usual_ones(packed: object) -> None:
    assert limits_of(packed) == BacklogLimits()
