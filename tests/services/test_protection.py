"""Children alone stand on the day's list until they are referred; searches are seen by protection alone."""

import pytest

from fieldapp.domain.problems import InvalidEntry, NotAllowed
from fieldapp.domain.record import FOCAL_POINT, HeadCount, Role, Sex
from fieldapp.services.check import check
from fieldapp.services.correct import record_need
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.services.protection import children_alone, note_search, refer_child
from fieldapp.services.register import register_group
from tests.desks import START_MS, TestClock, family, person, take_over

BOY = person("José", "Guerrero", Sex.MALE, "11", relationship=FOCAL_POINT)


def test_a_boy_alone_waits_on_the_list_until_he_is_referred(desk: Desk) -> None:
    boy = register_group(desk, family(BOY)).member_ids[0]
    register_group(desk, family())
    take_over(desk, Role.PROTECTION_OFFICER)
    (waiting,) = children_alone(desk)
    assert (waiting.given_names, waiting.said, waiting.referred_at_ms) == ("José", False, None)

    refer_child(desk, boy, "ICBF, defensora de familia", "llamó a las 09:10")

    (referred,) = children_alone(desk)
    assert (referred.referred_to, referred.referred_at_ms) == ("ICBF, defensora de familia", desk.now_ms())
    assert person_page(desk, boy).referrals[0].note == "llamó a las 09:10"
    assert check(desk).ok


def test_who_was_not_referred_yesterday_stands_first_today(desk: Desk) -> None:
    register_group(desk, family(BOY))
    assert isinstance(desk.clock, TestClock)
    desk.clock.forward(days=1)
    girl = person("Ana", "Rojas", Sex.FEMALE, "9", relationship=FOCAL_POINT)
    today = register_group(desk, family(girl, at_ms=START_MS + 86_400_000)).member_ids[0]
    take_over(desk, Role.SUPERVISOR)
    refer_child(desk, today, "ICBF")

    assert [child.given_names for child in children_alone(desk)] == ["José", "Ana"]


def test_a_child_with_strangers_is_alone_when_protection_says_so(desk: Desk) -> None:
    members = (person("Rosa", "Mora"), person("Luis", "Paz", Sex.MALE, "8", relationship="NOT_RELATED"))
    child = register_group(desk, family(*members)).member_ids[1]
    take_over(desk, Role.PROTECTION_OFFICER)
    assert children_alone(desk) == []

    record_need(desk, child, "SC-SC")

    assert [row.said for row in children_alone(desk)] == [True]


def test_a_child_whose_family_may_have_somebody_of_age_is_not_alone(desk: Desk) -> None:
    register_group(desk, family(BOY, others=(HeadCount(Sex.FEMALE, "other", 1),), complete=False))
    take_over(desk, Role.SUPERVISOR)
    assert children_alone(desk) == []


def test_a_search_is_noted_and_seen_by_protection_alone(desk: Desk) -> None:
    boy = register_group(desk, family(BOY)).member_ids[0]
    with pytest.raises(NotAllowed):
        note_search(desk, boy, "Luz Guerrero")
    with pytest.raises(NotAllowed):
        children_alone(desk)
    take_over(desk, Role.PROTECTION_OFFICER)
    with pytest.raises(InvalidEntry):
        note_search(desk, boy, "  ")

    note_search(
        desk, boy, "Luz Guerrero", relation="madre", last_place="San Antonio", last_seen="3 ene", may_share=True
    )

    (note,) = person_page(desk, boy).tracing
    assert (note.name, note.relation, note.last_place, note.may_share) == ("Luz Guerrero", "madre", "San Antonio", True)
    take_over(desk, Role.REGISTRAR)
    page = person_page(desk, boy)
    assert page.tracing == ()
    assert all(line.kind != "tracing.noted" for line in page.history)
