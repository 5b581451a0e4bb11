"""Exporting the list of people: everybody once, exactly as registered, logged, and for those who answer only."""

from pathlib import Path

import pytest

from fieldapp.domain.birth import from_iso
from fieldapp.domain.changes import Kind
from fieldapp.domain.problems import EnvironmentProblem, NotAllowed, Problem
from fieldapp.domain.record import Consent, Document, Role, Sex
from fieldapp.exchange.people_list import read_csv
from fieldapp.services.desk import Desk
from fieldapp.services.lists import export_people
from fieldapp.services.register import register_group
from fieldapp.storage import journal
from tests.desks import START_MS, family, person, take_over

HOUR = 3_600_000


@pytest.fixture
def supervised(desk: Desk) -> Desk:
    take_over(desk, Role.SUPERVISOR)
    return desk


def test_a_row_says_what_was_registered(supervised: Desk, tmp_path: Path) -> None:
    registered = register_group(supervised, family())
    assert export_people(supervised, tmp_path / "people.csv") == 4
    mother, son, *_, grandmother = read_csv((tmp_path / "people.csv").read_text("utf-8"))
    assert (mother.registration_number, mother.group_number) == (f"{registered.number}-1", registered.number)
    assert (mother.given_names, mother.surnames) == ("María de los Ángeles", "Villalobos González")
    assert (mother.document_type, mother.document_number) == ("VE_CED_V", "V-17.345.221")
    assert (mother.birth_date, mother.birth_date_quality, mother.sex) == ("1989-02-14", "EXACT", "F")
    assert (mother.nationality, mother.relationship) == ("VEN", "HEAD")
    assert (mother.arrival_date, mother.post) == ("2026-01-05", "PSB")
    assert (son.birth_date, son.birth_date_quality, son.document_type) == ("2012-03", "YM", "")
    assert (grandmother.birth_date, grandmother.birth_date_quality) == ("71@2026-01-05", "AGE")
    assert from_iso(grandmother.birth_date).age == 71


def test_several_papers_and_nationalities_stand_in_one_row(supervised: Desk, tmp_path: Path) -> None:
    papers = (Document("VE_PAS", "123456789", "VEN"), Document("CO_PPT", "", "COL"))
    register_group(supervised, family(person("Ana", "Díaz", nationalities=("VEN", "COL"), documents=papers)))
    export_people(supervised, tmp_path / "people.csv")
    (row,) = read_csv((tmp_path / "people.csv").read_text("utf-8"))
    assert (row.document_type, row.document_number) == ("VE_PAS; CO_PPT", "123456789; ")
    assert row.nationality == "VEN COL"


def test_member_ten_comes_after_member_nine_and_every_page_is_there(supervised: Desk, tmp_path: Path) -> None:
    cousins = [person(f"N{n}", "Díaz", Sex.MALE, relationship="HEAD" if n == 1 else "COUSIN") for n in range(1, 13)]
    for _ in range(45):
        register_group(supervised, family(*cousins))
    shown: list[tuple[int, int]] = []
    assert (
        export_people(supervised, tmp_path / "p.csv", progress=lambda done, total: shown.append((done, total))) == 540
    )
    rows = read_csv((tmp_path / "p.csv").read_text("utf-8"))
    assert [row.given_names for row in rows] == [f"N{n}" for n in range(1, 13)] * 45
    assert shown == [(500, 540), (540, 540)]


def test_a_span_narrows_the_list_to_its_arrivals(supervised: Desk, tmp_path: Path) -> None:
    register_group(supervised, family(person("Antes", "Díaz"), at_ms=START_MS - HOUR))
    register_group(supervised, family(person("Luego", "Díaz"), at_ms=START_MS))
    assert export_people(supervised, tmp_path / "p.csv", arrived=(START_MS - HOUR, START_MS)) == 1
    assert read_csv((tmp_path / "p.csv").read_text("utf-8"))[0].given_names == "Antes"


def test_an_empty_register_gives_the_column_names(supervised: Desk, tmp_path: Path) -> None:
    assert export_people(supervised, tmp_path / "p.csv") == 0
    assert read_csv((tmp_path / "p.csv").read_text("utf-8")) == []


def test_the_export_is_logged_with_its_rows(supervised: Desk, tmp_path: Path) -> None:
    register_group(supervised, family())
    export_people(supervised, tmp_path / "p.csv")
    with supervised.database.read() as unit:
        (change,) = journal.of_kinds(unit.connection, (Kind.LIST_EXPORTED,), unit.root_public)
    assert change.payload == {"list": "people", "format": "csv", "rows": 4}
    assert change.staff == supervised.actor.staff_id


def test_whoever_refuses_has_a_row_that_names_nobody(supervised: Desk, tmp_path: Path) -> None:
    paper = (Document("VE_PAS", "123456789", "VEN"),)
    register_group(supervised, family(person("Ana", "Díaz", documents=paper), consent=Consent.REFUSES))
    register_group(supervised, family(person("Luz", "Mora")))
    assert export_people(supervised, tmp_path / "p.csv") == 2
    refused, agreed = read_csv((tmp_path / "p.csv").read_text("utf-8"))
    assert (refused.given_names, refused.surnames, refused.document_type, refused.document_number) == ("", "", "", "")
    assert (refused.birth_date, refused.birth_date_quality) == ("1989", "Y")
    assert (refused.sex, refused.nationality, refused.arrival_date) == ("F", "VEN", "2026-01-05")
    assert (agreed.given_names, agreed.birth_date) == ("Luz", "1989-02-14")


def test_a_recipient_gets_names_only_of_those_who_agreed_to_it(supervised: Desk, tmp_path: Path) -> None:
    register_group(supervised, family(person("Ana", "Díaz"), consent_shares=("partners", "tracing")))
    register_group(supervised, family(person("Luz", "Mora"), consent_shares=("government",)))
    register_group(supervised, family(person("Eva", "Paz"), consent=Consent.NOT_ASKED))

    def names(recipient: str) -> list[str]:
        export_people(supervised, tmp_path / "p.csv", recipient=recipient)
        return [row.given_names for row in read_csv((tmp_path / "p.csv").read_text("utf-8"))]

    assert names("partners") == ["Ana", "", ""]
    assert names("government") == ["", "Luz", ""]
    assert names("own") == ["Ana", "Luz", "Eva"]
    with supervised.database.read() as unit:
        changes = journal.of_kinds(unit.connection, (Kind.LIST_EXPORTED,), unit.root_public)
    assert [dict(change.payload or {}).get("recipient") for change in changes] == ["partners", "government", "own"]
    with pytest.raises(Problem, match="unknown_recipient"):
        names("press")


def test_a_registrar_may_not_take_the_list_along(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        export_people(desk, tmp_path / "p.csv")
    assert not (tmp_path / "p.csv").exists()


def test_the_file_is_for_its_owner_alone(supervised: Desk, tmp_path: Path) -> None:
    export_people(supervised, tmp_path / "p.csv")
    assert (tmp_path / "p.csv").stat().st_mode & 0o777 == 0o600


def test_another_format_and_a_folder_that_is_not_there_are_told(supervised: Desk, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="unknown_format"):
        export_people(supervised, tmp_path / "p.xlsx", "xlsx")
    with pytest.raises(EnvironmentProblem, match="path_missing"):
        export_people(supervised, tmp_path / "no" / "p.csv")
