"""Finding people and opening their pages."""

import pytest

from fieldapp.domain.changes import Kind
from fieldapp.domain.problems import NotFound
from fieldapp.domain.record import HeadCount, MovementKind, Role, Sex
from fieldapp.services.correct import record_movement
from fieldapp.services.desk import Desk
from fieldapp.services.find import PeopleQuery, count_individuals, group_page, individuals, person_page
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip
from tests.desks import NOBODY, START_MS, family, person, take_over


def found(desk: Desk, text: str) -> list[str]:
    return sorted(row.given_names for row in individuals(desk, PeopleQuery(text), 0, 50))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("maria angeles", ["María de los Ángeles"]),
        ("VILLALOBOS jose", ["José Gregorio"]),
        ("pena", ["Ana Sofía", "José Gregorio"]),
        ("nusta", ["Ñusta"]),
        ("17345221", ["María de los Ángeles"]),
        ("17.345.221", ["María de los Ángeles"]),
        ("v-17345", ["María de los Ángeles"]),
        ("PSB-A7-00001-", ["Ana Sofía", "José Gregorio", "María de los Ángeles", "Ñusta"]),
        ("psba700001", ["Ana Sofía", "José Gregorio", "María de los Ángeles", "Ñusta"]),
        ("1 ana", ["Ana Sofía"]),
    ],
)
def test_people_are_found_by_name_number_or_document(desk: Desk, typed: str, names: list[str]) -> None:
    register_group(desk, family())
    register_group(desk, family(person("Wilmer", "Rojas", Sex.MALE)))

    assert found(desk, typed) == names


@pytest.mark.parametrize("typed", ['"', "%", "a OR b", "NEAR(", "*", "-", "a" * 5000, "'; DROP TABLE change; --", "🙂"])
def test_nothing_typed_is_an_operator(desk: Desk, typed: str) -> None:
    register_group(desk, family())

    assert found(desk, typed) == []


def test_filters(desk: Desk) -> None:
    register_group(desk, family(at_ms=START_MS - 3 * 86_400_000))
    alone = register_group(desk, family(person("Kevin", "Paz", Sex.MALE, "12")))
    big = register_group(desk, family(person("Rosa", "Parra"), others=(HeadCount(Sex.MALE, "0_4", 2),), complete=False))
    issue_slip(desk, big.group_id, "es")

    assert count_individuals(desk, PeopleQuery(today_only=True)) == 2
    assert count_individuals(desk, PeopleQuery(child_alone=True)) == 1
    assert count_individuals(desk, PeopleQuery(to_complete=True)) == 1
    assert count_individuals(desk, PeopleQuery(not_printed=True)) == 5
    row = individuals(desk, PeopleQuery(child_alone=True), 0, 10)[0]
    assert row.group_id == alone.group_id


def test_pages_of_a_list_follow_one_another(desk: Desk) -> None:
    for place in range(5):
        register_group(desk, family(person(f"Ana {place}", "Luna")))

    query = PeopleQuery(order="name", descending=False)
    rows = individuals(desk, query, 0, 2) + individuals(desk, query, 2, 2) + individuals(desk, query, 4, 2)

    assert [row.given_names for row in rows] == [f"Ana {place}" for place in range(5)]


def test_opening_a_page_is_logged(desk: Desk) -> None:
    registered = register_group(desk, family())

    person_page(desk, registered.member_ids[0])

    history = person_page(desk, registered.member_ids[0], audited=False).history
    assert [line.kind for line in history] == [Kind.RECORD_VIEWED, Kind.INDIVIDUAL_REGISTERED]
    assert history[0].staff_name == "Registrar"
    assert history[0].device_code == "A7"


def test_somebody_unknown_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        group_page(desk, NOBODY)
    with pytest.raises(NotFound):
        person_page(desk, NOBODY)


def test_a_protection_need_is_seen_by_the_protection_officer_alone(desk: Desk) -> None:
    take_over(desk, Role.PROTECTION_OFFICER)
    registered = register_group(desk, family(person("Luz", "Mora", needs=("CR-AF", "PG"))))
    take_over(desk, Role.REGISTRAR)
    shown = person_page(desk, registered.member_ids[0])
    assert [need.code for need in shown.needs] == ["PG"]
    assert sum(line.kind == Kind.NEED_RECORDED for line in shown.history) == 1

    take_over(desk, Role.PROTECTION_OFFICER)

    assert [need.code for need in person_page(desk, registered.member_ids[0]).needs] == ["CR-AF", "PG"]


def test_a_departure_is_the_state_shown(desk: Desk) -> None:
    registered = register_group(desk, family())

    record_movement(desk, registered.member_ids[1], MovementKind.DEPARTURE, "Bogotá")

    states = [row.state for row in individuals(desk, PeopleQuery(descending=False), 0, 9)]
    assert states == ["arrival", "departure", "arrival", "arrival"]
