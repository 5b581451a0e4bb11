"""Turns: given once a day, called in their order, put back, and whose day it is."""

import pytest

from fieldapp.domain.problems import NotFound
from fieldapp.domain.record import Document, Role
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.membership import withdraw
from fieldapp.services.register import register_group
from fieldapp.services.turns import NotTheirDay, call_list, call_next, call_turn, give_turn, put_back, read_rule
from tests.desks import NOBODY, TestClock, family, person, take_over

MONDAY_IS_1_2 = "12;34;56;78;90;;"


def with_document(desk: Desk, number: str):
    return register_group(desk, family(person("Ana", "Luna", documents=(Document("VE_CED_V", number),))))


def test_turns_count_on_and_a_family_keeps_its_own(desk: Desk) -> None:
    one, two = register_group(desk, family()), register_group(desk, family())
    assert give_turn(desk, one.group_id).endswith("-1")
    assert give_turn(desk, two.group_id).endswith("-2")
    assert give_turn(desk, one.group_id).endswith("-1")


def test_the_first_come_is_called_first_and_can_be_put_back(desk: Desk) -> None:
    groups = [register_group(desk, family()).group_id for _family in range(3)]
    for group in groups:
        give_turn(desk, group)
    first = call_next(desk)
    assert first is not None
    assert first.group_id == groups[0]
    now = call_list(desk)
    assert now.serving is not None
    assert (now.serving.group_id, now.waiting_count) == (groups[0], 2)

    put_back(desk, groups[0])
    again = call_list(desk)
    assert again.serving is None
    assert [turn.group_id for turn in again.waiting] == groups


def test_turns_of_one_moment_are_called_in_the_order_of_their_numbers(desk: Desk) -> None:
    for _family in range(12):
        give_turn(desk, register_group(desk, family()).group_id)
    numbers = [int(turn.label.rpartition("-")[2]) for turn in call_list(desk).waiting]
    assert numbers == list(range(1, 13))


def test_somebody_can_be_called_out_of_order(desk: Desk) -> None:
    groups = [register_group(desk, family()).group_id for _family in range(2)]
    for group in groups:
        give_turn(desk, group)
    call_turn(desk, groups[1])
    now = call_list(desk)
    assert now.serving is not None
    assert now.serving.group_id == groups[1]
    assert [turn.group_id for turn in now.waiting] == [groups[0]]


def test_nobody_waiting_is_no_error(desk: Desk) -> None:
    assert call_next(desk) is None
    assert call_list(desk).serving is None


def test_a_new_day_counts_from_one(desk: Desk) -> None:
    group = register_group(desk, family()).group_id
    assert give_turn(desk, group).endswith("-1")
    assert isinstance(desk.clock, TestClock)
    desk.clock.forward(hours=24)
    assert call_list(desk).waiting == ()
    assert give_turn(desk, group).endswith("-1")


def test_a_withdrawn_family_is_not_called(desk: Desk) -> None:
    group = register_group(desk, family()).group_id
    give_turn(desk, group)
    take_over(desk, Role.SUPERVISOR)
    withdraw(desk, group, "por error")
    assert call_next(desk) is None


def test_a_family_on_anothers_day_passes_with_a_reason_alone(desk: Desk) -> None:
    assert desk.today().weekday() == 0
    theirs, others = with_document(desk, "17345221"), with_document(desk, "17345228")
    assert give_turn(desk, theirs.group_id, MONDAY_IS_1_2)
    with pytest.raises(NotTheirDay) as refused:
        give_turn(desk, others.group_id, MONDAY_IS_1_2)
    assert refused.value.values == {"value": "8", "known": "1 2"}
    assert give_turn(desk, others.group_id, MONDAY_IS_1_2, "madre gestante")


def test_whoever_has_no_document_always_passes(desk: Desk) -> None:
    group = register_group(desk, family(person("Eva", "Sol"))).group_id
    assert give_turn(desk, group, MONDAY_IS_1_2)


@pytest.mark.parametrize("rule", ["", "12;34", "ab;;;;;;", "1;2;3;4;5;6;7;8"])
def test_a_rule_that_cannot_be_read_is_no_rule(rule: str) -> None:
    assert read_rule(rule) == (frozenset(),) * 7


def test_a_family_that_is_not_here_gets_no_turn(desk: Desk) -> None:
    with pytest.raises(NotFound):
        give_turn(desk, NOBODY)


def test_the_call_list_is_the_fold_of_the_log(desk: Desk) -> None:
    for _family in range(3):
        give_turn(desk, register_group(desk, family()).group_id)
    call_next(desk)
    call_next(desk)
    take_over(desk, Role.SUPERVISOR)
    assert check(desk).ok
