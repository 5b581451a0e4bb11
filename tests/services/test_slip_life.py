"""The life of a slip: not printed, re-issued in one step, and over when its term is."""

from datetime import date, timedelta

import pytest

from fieldapp.documents.layouts import LAYOUTS
from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.people import PeopleQuery
from fieldapp.domain.problems import NotAllowed, Problem
from fieldapp.domain.record import Role
from fieldapp.domain.slip import Verdict
from fieldapp.services.desk import Desk
from fieldapp.services.find import group_page, individuals
from fieldapp.services.register import register_group
from fieldapp.services.slip_terms import set_slip_term, slip_term
from fieldapp.services.slips import issue_slip, reissue_slip, slip_not_printed, slip_pdf
from fieldapp.services.summarise import summarise
from fieldapp.services.verify import verify_text
from tests.desks import TODAY, TestClock, family, take_over
from tests.documents.goldens import words


@pytest.fixture
def clock(desk: Desk) -> TestClock:
    assert isinstance(desk.clock, TestClock)
    return desk.clock


def test_a_copy_that_did_not_reach_paper_is_taken_off_and_its_number_used_again(desk: Desk) -> None:
    group = register_group(desk, family()).group_id
    first = issue_slip(desk, group, "es").content
    slip_not_printed(desk, group, first.slip_id, "print_stopped")
    (slip,) = group_page(desk, group).slips
    assert (slip.copies, slip.unprinted, slip.is_on_paper) == (0, 1, False)
    assert not individuals(desk, PeopleQuery(), 0, 9)[0].slip_printed

    again = issue_slip(desk, group, "es").content

    assert (again.slip_id, again.copy) == (first.slip_id, 1)
    assert issue_slip(desk, group, "es").content.copy == 2
    assert individuals(desk, PeopleQuery(), 0, 9)[0].slip_printed
    assert summarise(desk, TODAY, "24:00").slips_not_printed == 1


def test_a_slip_is_voided_and_replaced_in_one_step(desk: Desk) -> None:
    group = register_group(desk, family()).group_id
    first = issue_slip(desk, group, "es")
    with pytest.raises(NotAllowed):
        reissue_slip(desk, group, "es", "nombre corregido")
    take_over(desk, Role.SUPERVISOR)
    with pytest.raises(Problem, match="reason_missing"):
        reissue_slip(desk, group, "es", " ")

    second = reissue_slip(desk, group, "es", "nombre corregido")

    assert [(slip.voided, slip.void_reason) for slip in group_page(desk, group).slips] == [
        (True, "nombre corregido"), (False, ""),
    ]  # fmt: skip
    assert verify_text(desk, first.codes[0]).verdict is Verdict.VOID
    assert verify_text(desk, second.codes[0]).verdict is Verdict.VALID
    assert (second.content.number, second.content.copy) == (first.content.number, 1)
    day = summarise(desk, TODAY, "24:00")
    assert (day.slips_issued, day.slips_reissued, day.slips_voided) == (1, 1, 1)


def test_slips_have_no_term_unless_an_administrator_sets_one(desk: Desk) -> None:
    group = register_group(desk, family()).group_id
    assert issue_slip(desk, group, "es").content.expires_at_ms == 0
    with pytest.raises(NotAllowed):
        set_slip_term(desk, 30)
    take_over(desk, Role.ADMINISTRATOR)
    with pytest.raises(Problem, match="slip_term"):
        set_slip_term(desk, 4000)
    set_slip_term(desk, 30)
    set_slip_term(desk, 7)
    assert slip_term(desk) == 7
    assert issue_slip(desk, group, "es").content.expires_at_ms == 0, "what is on paper stays as it is"
    set_slip_term(desk, 0)
    assert slip_term(desk) == 0


def test_a_slip_is_good_through_its_last_day_and_then_expired(desk: Desk, clock: TestClock) -> None:
    take_over(desk, Role.ADMINISTRATOR)
    set_slip_term(desk, 7)
    group = register_group(desk, family()).group_id
    slip = issue_slip(desk, group, "es")
    code = slip.codes[0]
    assert desk.local_date(slip.content.expires_at_ms - 1) == date(2026, 1, 12)
    for layout in set(LAYOUTS) - {"wristband"}:
        assert "Válida hasta el 12 ene 2026" in words(slip_pdf(slip, layout)), layout
    reading = verify_text(desk, code)
    assert (reading.verdict, reading.expires_at_ms) == (Verdict.VALID, slip.content.expires_at_ms)

    clock.forward(days=3)
    assert issue_slip(desk, group, "es").content.expires_at_ms == slip.content.expires_at_ms, "a copy keeps the day"
    clock.forward(days=4, hours=15)
    assert verify_text(desk, code).verdict is Verdict.VALID
    clock.forward(hours=2)
    assert verify_text(desk, code).verdict is Verdict.EXPIRED
    assert group_page(desk, group).slips[0].is_expired(desk.now_ms())
    today = TODAY + timedelta(days=8)
    assert [summarise(desk, day, "24:00").slips_expired for day in (TODAY, today, today + timedelta(days=1))] == [
        0,
        1,
        0,
    ]

    new = issue_slip(desk, group, "es").content
    assert new.slip_id != slip.content.slip_id, "a new slip with a term of its own, and not a copy of one that is over"
    assert desk.local_date(new.expires_at_ms - 1) == date(2026, 1, 20)


def test_a_void_slip_is_void_also_when_its_term_is_over(desk: Desk, clock: TestClock) -> None:
    take_over(desk, Role.ADMINISTRATOR)
    set_slip_term(desk, 1)
    group = register_group(desk, family()).group_id
    slip = issue_slip(desk, group, "es")
    reissue_slip(desk, group, "es", "mojada")
    clock.forward(days=9)
    assert verify_text(desk, slip.codes[0]).verdict is Verdict.VOID
    assert summarise(desk, desk.local_date(slip.content.expires_at_ms), "24:00").slips_expired == 1


def test_the_term_of_a_registrar_does_not_count(desk: Desk) -> None:
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.SLIP_TERM_SET, desk.operation.operation_id, {"days": 1})])
    assert slip_term(desk) == 0
