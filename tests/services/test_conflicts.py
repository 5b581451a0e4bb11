"""Two desks wrote different things; a supervisor chooses or types, and both laptops end with that."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.domain.problems import NotAllowed
from fieldapp.domain.record import Role
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.conflicts import choose, conflicts, enter
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.services.register import register_group
from tests.desks import TestClock, family
from tests.laptops import enrolled, first_laptop


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two laptops on which the mother's surnames were corrected differently, and who know of it."""
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "stick")
    mother = register_group(one, family()).member_ids[0]
    carry(one, other, tmp_path / "first")
    edit_individual(one, person_page(one, mother), {"surnames": "Villalobos Peña"})
    edit_individual(other, person_page(other, mother), {"surnames": "Villalobo"})
    carry(one, other, tmp_path / "there")
    carry(other, one, tmp_path / "back")
    yield one, other
    one.close()
    other.close()


def carry(sender: Desk, receiver: Desk, stick: Path) -> None:
    stick.mkdir()
    export_bundles(sender, stick)
    import_bundles(receiver, [stick])


def test_the_values_stand_side_by_side_with_who_where_and_when(apart) -> None:
    one, other = apart
    (conflict,) = conflicts(one)

    assert conflict.field == "surnames"
    assert {(version.value, version.device) for version in conflict.versions} == {
        ("Villalobos Peña", one.device.code), ("Villalobo", "B2"),
    }  # fmt: skip
    assert {version.staff for version in conflict.versions} == {one.actor.display_name}
    assert conflicts(other)[0].versions == conflict.versions


def test_the_choice_stands_on_both(apart, tmp_path: Path) -> None:
    one, other = apart
    (conflict,) = conflicts(one)
    right = next(version for version in conflict.versions if version.value == "Villalobo")

    choose(one, conflict, right)
    carry(one, other, tmp_path / "choice")

    for desk in apart:
        assert conflicts(desk) == ()
        assert person_page(desk, conflict.subject).surnames == "Villalobo"


def test_another_name_can_be_typed(apart) -> None:
    one, _other = apart
    (conflict,) = conflicts(one)
    enter(one, conflict, "  Villalobos de Peña ")
    assert conflicts(one) == ()
    assert person_page(one, conflict.subject).surnames == "Villalobos de Peña"


def test_a_value_that_came_after_it_was_looked_at_stays_in_sight(apart, tmp_path: Path) -> None:
    one, other = apart
    (seen,) = conflicts(one)
    (conflict,) = conflicts(other)
    enter(other, conflict, "Villalba")
    carry(other, one, tmp_path / "late")

    choose(one, seen, seen.versions[0])

    assert {version.value for version in conflicts(one)[0].versions} == {seen.versions[0].value, "Villalba"}


def test_a_registrar_does_not_decide(apart) -> None:
    one, _other = apart
    (conflict,) = conflicts(one)
    one.actor = replace(one.actor, role=Role.REGISTRAR)
    with pytest.raises(NotAllowed):
        choose(one, conflict, conflict.versions[0])
