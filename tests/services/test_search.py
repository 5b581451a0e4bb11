"""Searching as staff type."""

import pytest

from fieldapp.domain.birth import read_typed
from fieldapp.domain.record import Document, Role, Sex
from fieldapp.services.desk import Desk
from fieldapp.services.register import register_group
from fieldapp.services.search import SearchCancelled, search, search_every_row
from tests.desks import TODAY, family, person, take_over


@pytest.fixture
def people(desk: Desk) -> Desk:
    register_group(desk, family())
    register_group(desk, family(person("Wilmer", "Rojas", Sex.MALE, "1979"), phone="0414 765 4321"))
    register_group(desk, family(person("Yesenia del Carmen", "Chávez Güell", born="3/7/1991")))
    register_group(desk, family(person("Ana Rosa", "Pérez", born="34")))
    register_group(desk, family(person("Ana Rosa", "Pérez", born="61")))
    register_group(
        desk, family(person("محمد", "الحسن", Sex.MALE), person("小明", "王", Sex.MALE, relationship="SON_DAUGHTER"))
    )
    return desk


def names(desk: Desk, text: str) -> list[str]:
    return [found.person.given_names for found in search(desk, text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("guilmer roxas", "Wilmer"),
        ("jessenia", "Yesenia del Carmen"),
        ("chaves huel", "Yesenia del Carmen"),
        ("chabez yecenia", "Yesenia del Carmen"),
        ("carmen yesenia 1991", "Yesenia del Carmen"),
        ("gonzales maria", "María de los Ángeles"),
        ("villalobos gonsalez", "María de los Ángeles"),
        ("vilalobos ñusta", "Ñusta"),
        ("wilmr rojas", "Wilmer"),
        ("rojas w", "Wilmer"),
        ("wilmer 1979", "Wilmer"),
        ("villalovos 221", "María de los Ángeles"),
        ("17345221", "María de los Ángeles"),
        ("17.345.2", "María de los Ángeles"),
        ("04147654321", "Wilmer"),
        ("PSB-A7-00002", "Wilmer"),
        ("psb a7 00002", "Wilmer"),
        ("psb a7 2", "Wilmer"),
        ("a7-00002", "Wilmer"),
        ("PSB-A7-00002-Z", "Wilmer"),
        ("psb-a7-00002-6-1", "Wilmer"),
        ("0414 765 4321", "Wilmer"),
        ("+58 414-765.43.21", "Wilmer"),
        ("(0414) 765 43 21 rojas", "Wilmer"),
        ("36 17345221", "María de los Ángeles"),
        ("1989 17345221", "María de los Ángeles"),
        ("محمد", "محمد"),
        ("حسن", "محمد"),
        ("王", "小明"),
    ],
)
def test_the_right_person_is_first(people: Desk, typed: str, first: str) -> None:
    assert names(people, typed)[0] == first


def test_namesakes_are_told_apart_by_their_age(people: Desk) -> None:
    found = search(people, "ana rosa perez 34")

    assert found[0].person.birth == read_typed("34", TODAY)
    assert found[0].closeness > 0.9
    assert (found[0].person.post, found[0].person.origin_state, found[0].person.group_size) == ("PSB", "VE23", 1)


def test_what_matched_is_marked(people: Desk) -> None:
    found = search(people, "rosa per")[0]

    marked = [(span.field, getattr(found.person, span.field)[span.begin : span.end]) for span in found.spans]
    assert marked == [("given_names", "Rosa"), ("surnames", "Pér")]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "%", '"', "*", "-", "🙂", "NEAR(", "a" * 1000, "'; DROP TABLE change; --", "( OR )", "\x00", "ñ" * 500],
)
def test_nothing_typed_is_an_operator(people: Desk, typed: str) -> None:
    assert names(people, typed) == []


@pytest.mark.parametrize(
    "typed", ["a", "de la", "de los", "y", "1", "0", "9" * 300, "ana OR rosa", "ana* NOT rosa", "محم", "²"]
)
def test_odd_searches_are_answered(people: Desk, typed: str) -> None:
    search(people, typed)


def test_every_row_is_searched_where_too_much_is_wrong(people: Desk) -> None:
    steps: list[tuple[int, int]] = []

    found = search_every_row(people, "jecenya chabbes guel", progress=lambda done, total: steps.append((done, total)))

    assert found[0].person.given_names == "Yesenia del Carmen"
    assert steps[-1][0] == steps[-1][1]
    with pytest.raises(SearchCancelled):
        search_every_row(people, "ana", cancelled=lambda: True)


def test_a_corrected_name_is_found_and_the_old_one_is_not(desk: Desk) -> None:
    from fieldapp.services.correct import edit_individual
    from fieldapp.services.find import person_page

    done = register_group(desk, family(person("Luz", "Mora", documents=(Document("VE_CED_V", "V-9876543", "VEN"),))))
    take_over(desk, Role.SUPERVISOR)

    edit_individual(desk, person_page(desk, done.member_ids[0]), {"surnames": "Quintero"})

    assert names(desk, "kintero") == ["Luz"]
    assert names(desk, "mora") == []
