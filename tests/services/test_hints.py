"""Hints while registering: who may be here already, and what keeps relatives from the top grade."""

from dataclasses import replace

import pytest

from fieldapp.domain.matching.scoring import Grade
from fieldapp.domain.record import Document, IndividualEntry, Sex
from fieldapp.services.desk import Desk
from fieldapp.services.hints import Hint, hints
from fieldapp.services.register import register_group
from tests.desks import family, person

CEDULA = (Document("VE_CED_V", "V-17.345.221", "VEN"),)


@pytest.fixture
def people(desk: Desk) -> Desk:
    register_group(desk, family())
    register_group(desk, family(person("José Luis", "Pérez Mora", Sex.MALE, "12/5/1971")))
    for place in range(30):
        register_group(
            desk,
            family(person("José", "Pérez", Sex.MALE, f"{1 + place % 28}/{1 + place % 12}/{1950 + place}"), phone=""),
        )
    return desk


def best(desk: Desk, entry: IndividualEntry, phone: str = "") -> Hint | None:
    found = hints(desk, entry, family_phone=phone)
    return found[0] if found else None


@pytest.mark.parametrize(
    "entry",
    [
        person("María de los Ángeles", "Villalobos González", documents=CEDULA),
        person("Maria", "Villalovos Gonsalez"),
        person("María Ángeles", "González Villalobos"),
        person("María de los Ángeles", "Villalobos González", born="15/2/1989"),
        person("Maria", "Villalobos", born="1989", documents=(Document("VE_CED_V", "17345212", "VEN"),)),
    ],
)
def test_the_same_person_is_hinted_at_strongly(people: Desk, entry: IndividualEntry) -> None:
    hint = best(people, entry)

    assert hint is not None
    assert hint.person.given_names == "María de los Ángeles"
    assert hint.grade is Grade.STRONG, hint


def test_a_common_name_alone_proves_little(people: Desk) -> None:
    found = hints(people, person("José", "Pérez", Sex.MALE, ""))

    assert all(hint.grade is not Grade.STRONG for hint in found)
    assert len(found) <= 5


def test_twins_are_never_strong(people: Desk) -> None:
    twin = person("María Alejandra", "Villalobos González", born="14/2/1989")

    for phone in ("", "+58 412 5550101"):
        hint = best(people, twin, phone)
        assert hint is None or hint.grade is not Grade.STRONG, hint


def test_father_and_son_of_one_name_are_never_strong(people: Desk) -> None:
    son = person("José Luis", "Pérez Mora", Sex.MALE, "12/5/1995")

    hint = best(people, son, "+58 412 5550101")

    assert hint is None or hint.grade is not Grade.STRONG, hint


def test_a_family_with_one_phone_is_never_strong(people: Desk) -> None:
    for sister in (
        person("Carolina", "Villalobos González", born="3/9/1991"),
        person("Ana", "Villalobos", born="14/2/2001"),
    ):
        hint = best(people, sister, "+58 412 5550101")
        assert hint is None or hint.grade is not Grade.STRONG, hint


def test_the_reasons_are_codes_the_weightiest_first(people: Desk) -> None:
    hint = best(people, person("María de los Ángeles", "Villalobos González", born="15/2/1989", documents=CEDULA))

    assert hint is not None
    codes = [reason.code for reason in hint.reasons]
    assert codes[0] == "document_exact"
    assert {"birth_one_part", "surnames_exact", "sex_same"} <= set(codes)
    assert hint.probability > 0.99


def test_nothing_is_said_before_there_is_something_to_compare(people: Desk) -> None:
    empty = replace(person("", ""), birth=person("", "", born="").birth)

    assert hints(people, empty) == ()
    assert hints(people, person("María", "")) == ()
    assert hints(people, person("Zoraida", "Quispe", born="")) == ()
