"""Places find people: posts, states and towns they come from, shelters, and where they go or were taken."""

import pytest

from fieldapp.domain.people import PeopleQuery
from fieldapp.domain.record import ArrivalEntry, MovementKind, Sex
from fieldapp.services.check import rebuild_index
from fieldapp.services.correct import edit_group, record_movement
from fieldapp.services.desk import Desk
from fieldapp.services.find import group_page
from fieldapp.services.register import register_group
from fieldapp.services.search import search
from tests.desks import START_MS, family, person


@pytest.fixture
def people(desk: Desk) -> Desk:
    register_group(desk, family(person("María", "Pérez", origin="VE2005"), destination="Cúcuta, Norte de Santander"))
    register_group(
        desk,
        family(
            person("María", "Pérez", born="1971"),
            arrival=ArrivalEntry(START_MS, "ARQ", "river", "VE04"),
            destination="Casa de la tía en Pamplona",
        ),
    )
    register_group(
        desk, family(person("Valencia", "Mérida", Sex.MALE), arrival=ArrivalEntry(START_MS, "PGN", "land", "VE07"))
    )
    return desk


def born(desk: Desk, text: str) -> list[str]:
    return [f"{found.person.given_names} {found.person.birth}" for found in search(desk, text)]


@pytest.mark.parametrize(
    "typed", ["maria perez arauquita", "perez apure", "maria pamplona", "maria tia pamplona", "pamplona", "apure 1971"]
)
def test_a_place_tells_namesakes_apart(people: Desk, typed: str) -> None:
    found = search(people, typed)

    assert (found[0].person.given_names, found[0].person.post) == ("María", "ARQ")
    assert found[0].places


@pytest.mark.parametrize("typed", ["maria cucuta", "maria bolivar", "perez zulia", "perez sulia"])
def test_posts_states_and_destinations_are_places(people: Desk, typed: str) -> None:
    assert search(people, typed)[0].person.post == "PSB"


def test_a_municipality_of_origin_is_a_place(people: Desk) -> None:
    assert search(people, "maria tariba")[0].person.origin == "VE2005"  # the capital of Cárdenas, Táchira
    assert search(people, "maria cardenas")[0].person.origin == "VE2005"


def test_somebody_of_that_name_comes_before_those_from_the_place(people: Desk) -> None:
    register_group(people, family(person("Ana", "Zulia")))

    assert search(people, "zulia")[0].person.surnames == "Zulia"
    assert len(search(people, "zulia")) == 2


def test_where_a_family_was_taken_finds_all_of_it_from_then_on(people: Desk) -> None:
    done = register_group(people, family())

    record_movement(people, done.group_id, MovementKind.TRANSFER_OUT, "Albergue San Rafael")

    assert len(search(people, "albergue rafael")) == 4
    assert search(people, "sofia rafael")[0].person.moved_to == "Albergue San Rafael"
    edit_group(people, group_page(people, done.group_id), {"destination": "Riohacha"})
    assert search(people, "sofia riohacha")[0].places == ("riohacha",)
    before = search(people, "riohacha")
    rebuild_index(people)
    assert search(people, "riohacha") == before


def test_the_shelter_of_the_desk_finds_whom_it_registered(people: Desk) -> None:
    found = search(people, "maria perez albergue")

    assert found[0].shelter == "Albergue La Parada"


def test_filters_narrow_a_search(people: Desk) -> None:
    register_group(people, family(person("María", "Sola", born="2015")))

    assert [its.person.surnames for its in search(people, "maria", within=PeopleQuery(child_alone=True))] == ["Sola"]
    assert search(people, "perez", within=PeopleQuery(child_alone=True)) == ()
