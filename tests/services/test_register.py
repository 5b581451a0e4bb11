"""Registering a family."""

from dataclasses import replace

import pytest

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.ids import member_id
from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import Consent, Document, HeadCount, Sex
from fieldapp.domain.registration_number import parse
from fieldapp.services.desk import Desk
from fieldapp.services.drafts import drafts, save_draft
from fieldapp.services.find import PeopleQuery, count_individuals, group_page, individuals, person_page
from fieldapp.services.register import check_entry, register_group
from fieldapp.storage.errors import DiskFull
from tests.desks import NOBODY, TODAY, family, person


def codes(entry, **more):
    return {(problem.member, problem.field, problem.code, problem.blocking) for problem in check_entry(entry, TODAY)}


def test_a_family_stands_in_the_list_with_its_numbers(desk: Desk) -> None:
    registered = register_group(desk, family())

    rows = individuals(desk, PeopleQuery(descending=False), 0, 50)

    assert registered.number == str(parse(registered.number))
    assert [row.number for row in rows] == [f"{registered.number}-{ordinal}" for ordinal in (1, 2, 3, 4)]
    assert [row.given_names for row in rows] == ["María de los Ángeles", "José Gregorio", "Ana Sofía", "Ñusta"]
    assert rows[0].origin_state == "VE23"
    assert rows[0].group_size == 4
    assert rows[0].state == "arrival"


def test_numbers_count_on_and_are_never_used_twice(desk: Desk) -> None:
    numbers = [parse(register_group(desk, family()).number).counter for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_the_ids_of_members_follow_from_group_and_ordinal(desk: Desk) -> None:
    registered = register_group(desk, family())

    assert registered.member_ids == tuple(member_id(registered.group_id, ordinal) for ordinal in (1, 2, 3, 4))


def test_the_page_shows_everything_that_was_entered(desk: Desk) -> None:
    registered = register_group(desk, family(destination="Bucaramanga", shelter_place="Carpa 12", note="Viajan a pie"))

    page = group_page(desk, registered.group_id)

    assert (page.destination, page.shelter_place, page.note, page.consent, page.declared_size) == (
        "Bucaramanga",
        "Carpa 12",
        "Viajan a pie",
        Consent.AGREES,
        4,
    )
    mother, son = page.members[0], page.members[1]
    assert mother.documents == (Document("VE_CED_V", "V-17.345.221", "VEN"),)
    assert son.birth == Birth(BirthQuality.YEAR_MONTH, 2012, 3)
    assert [need.code for need in page.members[3].needs] == ["ER"]
    assert page.movements[0].crossing_kind == "bridge"


def test_refused_consent_and_missing_papers_never_block(desk: Desk) -> None:
    entry = family(person("Luz", "", documents=()), consent=Consent.REFUSES)

    register_group(desk, entry)

    assert count_individuals(desk, PeopleQuery()) == 1


def test_a_family_larger_than_those_entered_counts_by_its_declared_size(desk: Desk) -> None:
    entry = family(
        person("Rosa", "Parra"), others=(HeadCount(Sex.MALE, "0_4", 2), HeadCount(Sex.FEMALE, "60_", 1)), complete=False
    )

    registered = register_group(desk, entry)

    page = group_page(desk, registered.group_id)
    assert (page.declared_size, page.complete, len(page.members)) == (4, False, 1)


def test_what_is_wrong_is_named_by_member_and_field() -> None:
    entry = family(
        person("", ""),
        person("Ana", "P" * 500, relationship="HEAD"),
        person(
            "Eva", "Luna", relationship="SON_DAUGHTER", nationalities=("ZZQ",), documents=(Document("VE_CED_V", "12"),)
        ),
    )

    assert codes(entry) >= {
        (0, "given_names", "name_missing", True),
        (1, "surnames", "too_long", True),
        (1, "relationship", "one_focal_point", True),
        (2, "nationalities", "unknown_code", True),
        (2, "documents", "document_pattern", False),
    }


@pytest.mark.parametrize("number", ["17345221", "V-17345221", "V17.345.221", "V 17 345 221"])
def test_a_cedula_is_taken_with_its_letter_and_without(number: str) -> None:
    assert not codes(family(person("Ana", "Luna", documents=(Document("VE_CED_V", number),))))


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        (Birth(BirthQuality.YEAR, 2031), "birth_future"),
        (Birth(BirthQuality.YEAR, 1801), "birth_too_old"),
        (Birth(BirthQuality.AGE, age=300, stated_on=TODAY), "birth_too_old"),
    ],
)
def test_an_absurd_birth_date_is_refused(birth: Birth, code: str) -> None:
    assert (0, "birth", code, True) in codes(family(replace(person("Ana", "Luna"), birth=birth)))


def test_nothing_of_a_bad_family_is_stored(desk: Desk) -> None:
    with pytest.raises(InvalidEntry) as refused:
        register_group(desk, family(person("Ana", "Luna"), person("", "", relationship="SON_DAUGHTER")))

    assert refused.value.problems[0].member == 1
    assert count_individuals(desk, PeopleQuery()) == 0


@pytest.mark.parametrize(
    "name",
    ["Robert'); DROP TABLE individual;--", "محمد عبد الله", "Zoë 👩‍👩‍👧", "Ana\x00María\n\tLuz", '%_"*', "李小龍"],
)
def test_any_name_is_kept_as_typed(desk: Desk, name: str) -> None:
    registered = register_group(desk, family(person(name, "Luna")))

    page = person_page(desk, registered.member_ids[0])

    assert page.given_names == " ".join(name.replace("\x00", " ").split())


def test_the_draft_is_dropped_with_the_registration_and_kept_without(desk: Desk) -> None:
    save_draft(desk, NOBODY, {"given_names": "Ana"})
    with pytest.raises(InvalidEntry):
        register_group(desk, family(person("", "")), NOBODY)
    assert [draft.content for draft in drafts(desk)] == [{"given_names": "Ana"}]

    register_group(desk, family(), NOBODY)

    assert drafts(desk) == ()


def test_a_full_disk_is_said_and_nothing_is_half_stored(desk: Desk) -> None:
    with desk.database.write() as unit:
        pages = unit.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    register_group(desk, family())
    with desk.database._writer.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")

    with pytest.raises(DiskFull):
        for _ in range(100):
            register_group(desk, family())

    rows = count_individuals(desk, PeopleQuery())
    assert rows % 4 == 0
