"""The figures of a day."""

from datetime import date

import pytest

from fieldapp.domain.problems import Problem
from fieldapp.domain.record import HeadCount, MovementKind, Sex
from fieldapp.services.correct import record_movement
from fieldapp.services.desk import Desk
from fieldapp.services.drafts import save_draft
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip
from fieldapp.services.summarise import summarise, todays_figures
from tests.desks import NOBODY, START_MS, TODAY, family, person

HOUR = 3_600_000


def test_a_day_is_counted(desk: Desk) -> None:
    first = register_group(desk, family())
    register_group(
        desk, family(person("Rosa", "Parra", born="60"), others=(HeadCount(Sex.MALE, "0_4", 2),), complete=False)
    )
    register_group(desk, family(person("Tarde", "Noche"), at_ms=START_MS + 13 * HOUR))
    register_group(desk, family(person("Ayer", "Antes"), at_ms=START_MS - 24 * HOUR))
    issue_slip(desk, first.group_id, "es")
    issue_slip(desk, first.group_id, "es")
    save_draft(desk, NOBODY, {})

    summary = summarise(desk, TODAY, "20:00")

    assert (summary.arrivals, summary.groups, summary.individuals_in_full, summary.cumulative) == (7, 2, 5, 8)
    assert summary.mean_group_size == 3.5
    assert summary.arrivals_by_hour[8] == 7
    assert summary.arrivals_by_post == {"PSB": 7}
    assert summary.crossing_kinds == {"bridge": 7}
    assert sum(summary.by_sex_and_age.values()) == 7
    assert summary.by_sex_and_age[Sex.MALE, "0_4"] == 2
    assert summary.by_sex_and_age[Sex.FEMALE, "60_"] == 2
    assert summary.by_sex_and_age[Sex.FEMALE, "5_11"] == 1
    assert summary.by_nationality == {"VEN": 5, "": 2}
    assert summary.needs == {"ER": 1}
    assert summary.last_seven_days[-1] == (date(2026, 1, 4), 1)
    assert (summary.slips_issued, summary.slips_reprinted, summary.drafts, summary.to_complete) == (1, 1, 1, 1)
    assert summary.without_documents == 4
    assert summary.vector == {(desk.device.device_id, 1): max(summary.vector.values())}


def test_the_cut_off_parts_the_day(desk: Desk) -> None:
    register_group(desk, family(person("Tarde", "Noche"), at_ms=START_MS + 13 * HOUR))

    assert summarise(desk, TODAY, "20:00").arrivals == 0
    assert summarise(desk, TODAY, "24:00").arrivals == 1
    with pytest.raises(Problem, match="cut_off_unreadable"):
        summarise(desk, TODAY, "8 pm")


def test_an_empty_day_has_only_zeros(desk: Desk) -> None:
    summary = summarise(desk, TODAY)

    assert (summary.arrivals, summary.groups, summary.mean_group_size, summary.cumulative) == (0, 0, 0.0, 0)


def test_those_who_left_are_not_present(desk: Desk) -> None:
    first = register_group(desk, family())
    second = register_group(desk, family(person("Ana", "Luna")))
    record_movement(desk, first.member_ids[0], MovementKind.DEPARTURE)
    record_movement(desk, second.group_id, MovementKind.TRANSFER_OUT, "Bogotá")

    figures = todays_figures(desk)

    assert (figures.arrivals, figures.present, figures.groups, figures.only_here) == (5, 3, 2, 5)
    assert figures.oldest_only_here_ms == START_MS
