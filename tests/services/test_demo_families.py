"""Invented families: the same from the same seed, acceptable to the checks, and the hard cases among them."""

from collections import Counter
from datetime import date

import pytest

from fieldapp.domain.birth import BirthQuality
from fieldapp.domain.names import parts
from fieldapp.domain.record import GroupEntry, IndividualEntry
from fieldapp.services.demo_families import families
from fieldapp.services.entry_check import check_entry
from tests.desks import START_MS, TODAY

BEGINS_MS, ENDS_MS = START_MS, START_MS + 10 * 3_600_000


def drawn(count: int = 40, seed: int = 7) -> list[GroupEntry]:
    return list(families(count, seed, BEGINS_MS, ENDS_MS, TODAY, "PSB"))


@pytest.fixture(scope="module")
def forty() -> list[GroupEntry]:
    return drawn()


@pytest.fixture(scope="module")
def people(forty: list[GroupEntry]) -> list[IndividualEntry]:
    return [member for family in forty for member in family.members]


def test_a_seed_always_draws_the_same(forty: list[GroupEntry]) -> None:
    assert drawn() == forty
    assert drawn(seed=8) != forty


def test_nothing_blocks_the_registration_of_any(forty: list[GroupEntry]) -> None:
    for family in [*forty, *drawn(300, 3)]:
        assert [problem for problem in check_entry(family, TODAY) if problem.blocking] == []


def test_arrivals_are_in_order_inside_the_span(forty: list[GroupEntry]) -> None:
    moments = [family.arrival.at_ms for family in forty]
    assert moments == sorted(moments)
    assert BEGINS_MS <= moments[0]
    assert moments[-1] < ENDS_MS
    assert len({moment // 3_600_000 for moment in moments}) >= 6


def test_a_span_of_a_moment_still_holds_everybody() -> None:
    assert {family.arrival.at_ms for family in families(5, 1, START_MS, START_MS + 1, TODAY, "PSB")} == {START_MS}


def test_births_of_every_quality_and_missing_papers(people: list[IndividualEntry]) -> None:
    qualities = Counter(person.birth.quality for person in people)
    assert set(qualities) == set(BirthQuality)
    assert qualities.most_common(1)[0][0] is BirthQuality.EXACT
    without = sum(not person.documents for person in people)
    assert 0.2 < without / len(people) < 0.7


def test_names_as_people_of_the_region_have_them(people: list[IndividualEntry]) -> None:
    given, surnames = [person.given_names for person in people], [person.surnames for person in people]
    assert any(len(parts(name)) == 2 for name in given)
    assert any(" del " in name or " de " in name for name in given)
    assert any(name.lower().startswith("de ") for name in surnames)
    assert any(len(parts(name)) == 1 for name in surnames)
    assert any("ñ" in name or "Ñ" in name for name in given + surnames)


def test_the_hard_cases_are_there(forty: list[GroupEntry]) -> None:
    needs = {need for family in forty for member in family.members for need in member.needs}
    assert {"LP", "ER-MC", "PG", "SM"} <= needs
    assert any(len(family.members) == 1 and "LP" in family.members[0].needs for family in forty)
    assert any(len(family.members) > 8 for family in forty)
    assert any(is_twins(family) for family in forty)
    assert {member.language for family in forty for member in family.members} >= {"spa", "guc", "hat"}


def is_twins(family: GroupEntry) -> bool:
    born = [str(member.birth) for member in family.members[1:] if member.birth.quality is BirthQuality.EXACT]
    return len(family.members) == 3 and len(born) == 2 and len(set(born)) == 1


def test_no_mother_is_younger_than_her_children(forty: list[GroupEntry]) -> None:
    for family in forty + drawn(200, 5):
        mother = family.members[0].birth.age_on(TODAY)
        for child in family.members[1:]:
            age = child.birth.age_on(date(2026, 1, 5))
            if child.relationship == "SON_DAUGHTER" and mother is not None and age is not None:
                assert mother - age >= 15


def test_nobody_is_called_twice_the_same_in_a_family(forty: list[GroupEntry]) -> None:
    for family in forty:
        assert len({member.given_names for member in family.members}) == len(family.members)
