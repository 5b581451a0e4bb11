"""Practice: a register of its own, whose slips are never taken for real ones, and which can begin anew."""

import secrets
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from fieldapp.domain.record import Role
from fieldapp.domain.slip import Verdict
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.find import PeopleQuery, count_individuals, group_page, person_page
from fieldapp.services.practice import open_practice, practice_folder, practice_steps, reset_practice
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip, slip_pdf
from fieldapp.services.verify import known_issuers, verify_text
from tests.desks import TestClock, family, make_desk, person


@pytest.fixture
def practice(tmp_path: Path):
    opened = open_practice(tmp_path, clock=TestClock(), random_bytes=secrets.token_bytes)
    yield opened
    opened.close()


def test_it_opens_on_invented_families_with_the_learner_as_registrar(practice: Desk) -> None:
    assert practice.is_practice
    assert practice.actor.role is Role.REGISTRAR
    assert count_individuals(practice, PeopleQuery()) > 12


def test_it_is_the_same_register_the_next_time_and_a_fresh_one_after_a_reset(tmp_path: Path) -> None:
    clock = TestClock()
    first = open_practice(tmp_path, clock=clock, random_bytes=secrets.token_bytes)
    registered = register_group(first, family())
    before = first.operation.operation_id
    first.close()
    again = open_practice(tmp_path, clock=clock, random_bytes=secrets.token_bytes)
    assert group_page(again, registered.group_id).number == registered.number
    again.close()
    reset_practice(tmp_path)
    fresh = open_practice(tmp_path, clock=clock, random_bytes=secrets.token_bytes)
    assert fresh.operation.operation_id != before
    fresh.close()


def test_a_half_made_practice_register_is_made_anew(tmp_path: Path) -> None:
    opened = open_practice(tmp_path, clock=TestClock(), random_bytes=secrets.token_bytes)
    opened.close()
    (practice_folder(tmp_path) / "practice.json").unlink()
    again = open_practice(tmp_path, clock=TestClock(), random_bytes=secrets.token_bytes)
    assert again.is_practice
    again.close()


def test_a_practice_slip_is_marked_and_never_valid(practice: Desk, tmp_path: Path) -> None:
    issued = issue_slip(practice, register_group(practice, family()).group_id, "es")
    assert "PRUEBA" in PdfReader(BytesIO(slip_pdf(issued, "a6"))).pages[0].extract_text()
    real = make_desk(tmp_path)
    for judge in (practice, real):
        assert verify_text(judge, issued.codes[0]).verdict is Verdict.PRACTICE
    trusted = tuple(replace(key, confirmed=True) for key in known_issuers(practice))
    assert verify_text(real, issued.codes[0], trusted).verdict is Verdict.PRACTICE
    real.close()


def test_a_real_slip_has_no_mark(tmp_path: Path) -> None:
    real = make_desk(tmp_path)
    issued = issue_slip(real, register_group(real, family()).group_id, "es")
    assert "PRUEBA" not in PdfReader(BytesIO(slip_pdf(issued, "a6"))).pages[0].extract_text()
    real.close()


def test_the_first_practice_is_ticked_off_step_by_step(practice: Desk) -> None:
    assert not any(vars_of(practice))
    single = register_group(practice, family(person("Ana", "Luna")))
    register_group(practice, family(*[person("Ana", "Luna"), *family().members[1:], *family().members[1:2]]))
    edit_individual(practice, person_page(practice, single.member_ids[0]), {"surnames": "Sol"})
    issue_slip(practice, single.group_id, "es")
    issue_slip(practice, single.group_id, "es")
    assert practice_steps(practice).all_done


def vars_of(desk: Desk) -> tuple[bool, ...]:
    steps = practice_steps(desk)
    return steps.single, steps.family, steps.corrected, steps.reprinted, steps.found
