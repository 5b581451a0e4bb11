"""Who belongs to which family, and how the figures follow."""

from dataclasses import replace

import pytest

from fieldapp.domain.changes import Kind
from fieldapp.domain.problems import InvalidEntry, NotAllowed, Problem
from fieldapp.domain.record import FOCAL_POINT, HeadCount, MovementKind, Role, Sex
from fieldapp.services.check import check
from fieldapp.services.correct import record_movement
from fieldapp.services.desk import Desk
from fieldapp.services.find import group_page
from fieldapp.services.lists import export_people
from fieldapp.services.membership import (
    add_member,
    change_focal_point,
    mark_complete,
    move_members,
    record_return,
    reinstate,
    split_group,
    undo_focal_point,
    undo_move,
    undo_split,
    withdraw,
)
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip
from fieldapp.services.summarise import summarise, todays_figures
from tests.desks import TODAY, TestClock, family, person, take_over

GIRL = HeadCount(Sex.FEMALE, "5_11", 2)
AUNT = person("Rosa", "Mora", born="1980", relationship="AUNT_UNCLE")


@pytest.fixture
def clock(desk: Desk) -> TestClock:
    assert isinstance(desk.clock, TestClock)
    return desk.clock


def counted(desk: Desk):
    """A mother who came with two girls who are only counted."""
    return group_page(
        desk, register_group(desk, family(person("Luz", "Mora"), others=(GIRL,), complete=False)).group_id
    )


def whole(desk: Desk):
    return group_page(desk, register_group(desk, family()).group_id)


def test_whoever_was_only_counted_gets_a_name_and_the_size_stays(desk: Desk) -> None:
    page = counted(desk)

    girl = person("Ana", "Mora", born="2018", relationship="SON_DAUGHTER")
    add_member(desk, page, girl, instead_of=page.others[0])

    page = group_page(desk, page.group_id)
    assert [member.number for member in page.members] == [f"{page.number}-1", f"{page.number}-2"]
    assert (page.declared_size, page.others) == (3, (HeadCount(Sex.FEMALE, "5_11", 1),))
    assert summarise(desk, TODAY, "24:00").arrivals == 3
    assert todays_figures(desk).to_complete == 1


def test_a_complete_family_counts_by_its_individuals_and_the_difference_is_told(desk: Desk) -> None:
    page = counted(desk)

    mark_complete(desk, page)

    page = group_page(desk, page.group_id)
    assert (page.complete, page.size_difference) == (True, 2)
    assert summarise(desk, TODAY, "24:00").arrivals == 1
    assert todays_figures(desk).to_complete == 0


def test_somebody_who_was_forgotten_makes_the_family_larger(desk: Desk) -> None:
    page = whole(desk)

    add_member(desk, page, AUNT, reason="no estaba en la lista")

    page = group_page(desk, page.group_id)
    assert (page.declared_size, len(page.members), page.size_difference) == (5, 5, 0)
    assert summarise(desk, TODAY, "24:00").arrivals == 5


def test_a_child_born_on_the_way_is_here_but_did_not_arrive_at_the_border(desk: Desk, clock: TestClock) -> None:
    page = whole(desk)
    clock.forward(days=1)

    baby = person("Milagros", "Villalobos", born="2026", relationship="SON_DAUGHTER")
    add_member(desk, page, baby, joins=MovementKind.BIRTH)

    assert summarise(desk, TODAY, "24:00").arrivals == 4
    assert todays_figures(desk).arrivals == 0
    assert todays_figures(desk).present == 5


def test_a_father_who_comes_a_day_later_arrives_on_his_own_day(desk: Desk, clock: TestClock) -> None:
    page = whole(desk)
    clock.forward(days=1)

    add_member(desk, page, person("Pedro", "Peña", Sex.MALE, relationship="WIFE_HUSBAND"), joins=MovementKind.ARRIVAL)

    assert summarise(desk, TODAY, "24:00").arrivals == 4
    today = summarise(desk, desk.today(), "24:00")
    assert (today.arrivals, today.groups, today.individuals_in_full) == (1, 0, 1)
    assert todays_figures(desk).present == 5


def test_another_laptop_gives_a_number_of_its_own_to_whom_it_adds(desk: Desk) -> None:
    page = whole(desk)
    first = add_member(desk, page, AUNT)
    second = add_member(desk, page, AUNT)
    numbers = {member.individual_id: member.number for member in group_page(desk, page.group_id).members}
    assert (numbers[first], numbers[second]) == (f"{page.number}-5", f"{page.number}-6")

    desk.device = replace(desk.device, code="B3")
    third = add_member(desk, page, AUNT)

    numbers = {member.individual_id: member.number for member in group_page(desk, page.group_id).members}
    assert numbers[third].startswith("PSB-B3-00001-")


def test_a_second_focal_point_cannot_be_added(desk: Desk) -> None:
    with pytest.raises(InvalidEntry):
        add_member(desk, whole(desk), person("Luz", "Mora", relationship=FOCAL_POINT))


def test_a_member_moves_with_their_number_and_the_sizes_follow(desk: Desk) -> None:
    page, other = whole(desk), counted(desk)
    grandmother = page.members[3]

    move_members(desk, page, other, {grandmother.individual_id: "MOTHER_FATHER"}, "viaja con su otra hija")

    page, other = group_page(desk, page.group_id), group_page(desk, other.group_id)
    assert (page.declared_size, other.declared_size) == (3, 4)
    assert grandmother.number in [member.number for member in other.members]
    assert summarise(desk, TODAY, "24:00").arrivals == 7
    assert "viaja con su otra hija" in [line.reason for line in other.history]


def test_the_focal_point_does_not_move_before_another_is_chosen(desk: Desk) -> None:
    page, other = whole(desk), counted(desk)

    with pytest.raises(Problem, match="focal_point_stays"):
        move_members(desk, page, other, {page.focal_point_id: "NOT_RELATED"}, "error")
    with pytest.raises(Problem, match="reason_missing"):
        move_members(desk, page, other, {page.members[1].individual_id: "NOT_RELATED"}, " ")


def test_a_family_is_split_and_nobody_arrives_twice(desk: Desk, tmp_path) -> None:
    page = whole(desk)
    grandmother, girl = page.members[3], page.members[2]

    made = split_group(
        desk,
        page,
        {grandmother.individual_id: FOCAL_POINT, girl.individual_id: "GRANDDAUGHER_GRANDSON"},
        grandmother.individual_id,
        "siguen por separado",
    )

    new, old = group_page(desk, made.group_id), group_page(desk, page.group_id)
    assert (new.declared_size, old.declared_size) == (2, 2)
    assert new.focal_point_id == grandmother.individual_id
    assert {member.relationship for member in new.members} == {FOCAL_POINT, "GRANDDAUGHER_GRANDSON"}
    day = summarise(desk, TODAY, "24:00")
    assert (day.arrivals, day.groups) == (4, 2)
    take_over(desk, Role.SUPERVISOR)
    assert export_people(desk, tmp_path / "people.csv") == 4


def test_a_move_is_undone_with_what_everybody_was_before(desk: Desk) -> None:
    page, other = whole(desk), counted(desk)
    grandmother = page.members[3].individual_id
    move_members(desk, page, other, {grandmother: "AUNT_UNCLE"}, "viaja con su otra hija")

    undo_move(desk, page, other.group_id, (grandmother,), "se deshizo")

    again = group_page(desk, page.group_id)
    assert [member.relationship for member in again.members] == [member.relationship for member in page.members]
    assert (again.declared_size, group_page(desk, other.group_id).declared_size) == (4, 3)
    assert "se deshizo" in [line.reason for line in again.members[3].history]
    assert summarise(desk, TODAY, "24:00").arrivals == 7
    assert check(desk).ok


def test_an_undo_that_would_take_more_back_than_the_move_is_refused(desk: Desk) -> None:
    page, other = whole(desk), counted(desk)
    grandmother = page.members[3].individual_id
    move_members(desk, page, other, {grandmother: "MOTHER_FATHER"}, "viaja con su otra hija")
    change_focal_point(desk, group_page(desk, other.group_id), {}, grandmother, "la abuela responde")

    with pytest.raises(Problem, match="undo_too_late"):
        undo_move(desk, page, other.group_id, (grandmother,), "se deshizo")


def test_a_split_is_undone_and_the_empty_family_counts_nowhere(desk: Desk) -> None:
    page = whole(desk)
    grandmother = page.members[3].individual_id
    made = split_group(desk, page, {grandmother: FOCAL_POINT}, grandmother, "siguen por separado")

    undo_split(desk, page, made.group_id, made.member_ids, "se deshizo")

    again, empty = group_page(desk, page.group_id), group_page(desk, made.group_id)
    assert (len(again.members), again.declared_size, again.members[3].relationship) == (4, 4, "MOTHER_FATHER")
    assert (empty.members, empty.declared_size) == ((), 0)
    day = summarise(desk, TODAY, "24:00")
    assert (day.arrivals, day.groups, todays_figures(desk).to_complete) == (4, 1, 0)
    assert check(desk).ok


def test_a_split_stays_once_its_slip_is_in_somebodys_hand(desk: Desk) -> None:
    page = whole(desk)
    grandmother = page.members[3].individual_id
    made = split_group(desk, page, {grandmother: FOCAL_POINT}, grandmother, "siguen por separado")
    issue_slip(desk, made.group_id, "es")

    with pytest.raises(Problem, match="undo_too_late"):
        undo_split(desk, page, made.group_id, made.member_ids, "se deshizo")


def test_a_change_of_focal_point_is_undone_with_all_relationships(desk: Desk) -> None:
    page = whole(desk)
    change_focal_point(desk, page, {}, page.members[3].individual_id, "la abuela responde")

    undo_focal_point(desk, page, page.members[3].individual_id, "se deshizo")

    again = group_page(desk, page.group_id)
    assert again.focal_point_id == page.focal_point_id
    assert [member.relationship for member in again.members] == [member.relationship for member in page.members]


def test_the_focal_point_changes_and_old_relationships_are_not_kept_by_mistake(desk: Desk) -> None:
    page = whole(desk)
    mother, grandmother = page.members[0], page.members[3]

    change_focal_point(
        desk, page, {mother.individual_id: "SON_DAUGHTER"}, grandmother.individual_id, "la abuela responde"
    )

    page = group_page(desk, page.group_id)
    assert page.focal_point_id == grandmother.individual_id
    assert [member.relationship for member in page.members] == ["SON_DAUGHTER", "UNKNOWN", "UNKNOWN", FOCAL_POINT]


def test_what_is_withdrawn_counts_no_more_and_can_be_taken_back(desk: Desk) -> None:
    page = whole(desk)
    with pytest.raises(NotAllowed):
        withdraw(desk, page.group_id, "registrada dos veces")
    take_over(desk, Role.SUPERVISOR)

    withdraw(desk, page.group_id, "registrada dos veces")

    assert group_page(desk, page.group_id).withdrawn
    assert (summarise(desk, TODAY, "24:00").arrivals, todays_figures(desk).present) == (0, 0)

    reinstate(desk, page.group_id, "no era la misma")

    assert not group_page(desk, page.group_id).withdrawn
    assert summarise(desk, TODAY, "24:00").arrivals == 4


def test_a_family_that_comes_back_arrives_again_and_is_registered_once(desk: Desk, clock: TestClock) -> None:
    page = whole(desk)
    record_movement(desk, page.group_id, MovementKind.DEPARTURE, "San Cristóbal")
    assert todays_figures(desk).present == 0
    clock.forward(days=2)

    record_return(desk, group_page(desk, page.group_id), crossing_kind="trocha")

    figures = todays_figures(desk)
    assert (figures.arrivals, figures.present, figures.groups) == (4, 4, 1)
    assert summarise(desk, TODAY, "24:00").arrivals == 4
    assert [move.kind for move in group_page(desk, page.group_id).movements] == ["arrival", "departure", "arrival"]


def test_some_of_a_family_come_back(desk: Desk, clock: TestClock) -> None:
    page = whole(desk)
    record_movement(desk, page.group_id, MovementKind.DEPARTURE, "San Cristóbal")
    clock.forward(days=2)
    page = group_page(desk, page.group_id)

    record_return(desk, page, [page.members[0].individual_id, page.members[1].individual_id])

    figures = todays_figures(desk)
    assert (figures.arrivals, figures.present) == (2, 2)
    day = summarise(desk, desk.today(), "24:00")
    assert (day.arrivals, sum(day.by_sex_and_age.values())) == (2, 2)


def test_after_all_of_this_the_register_is_in_order(desk: Desk) -> None:
    page, other = whole(desk), counted(desk)
    add_member(desk, page, AUNT)
    move_members(desk, page, other, {page.members[3].individual_id: "MOTHER_FATHER"}, "otra hija")
    record_return(desk, group_page(desk, page.group_id))
    take_over(desk, Role.SUPERVISOR)
    withdraw(desk, other.group_id, "prueba")

    assert check(desk).ok


def test_every_change_of_membership_stands_in_the_history(desk: Desk) -> None:
    page = whole(desk)
    change_focal_point(desk, page, {}, page.members[3].individual_id, "la abuela responde")

    line = next(line for line in group_page(desk, page.group_id).history if line.kind == Kind.GROUP_EDITED)

    assert (line.fields, line.reason) == (("focal_point",), "la abuela responde")
