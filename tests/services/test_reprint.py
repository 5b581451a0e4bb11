"""After a flood every family that is here has its slip again: the same number, the next copy."""

import pytest

from fieldapp.domain.problems import NotAllowed, NotFound
from fieldapp.domain.record import Role
from fieldapp.services.correct import edit_group
from fieldapp.services.desk import Desk
from fieldapp.services.find import group_page
from fieldapp.services.register import register_group
from fieldapp.services.reprint import families_with_slips, reprint_slips
from fieldapp.services.slips import issue_slip, void_slip
from tests.desks import family, take_over


def test_valid_slips_are_printed_again_by_number_and_no_other(desk: Desk) -> None:
    take_over(desk, Role.SUPERVISOR)
    groups = [register_group(desk, family()) for _ in range(4)]
    issued = [issue_slip(desk, group.group_id, "es") for group in groups[:3]]
    void_slip(desk, groups[1].group_id, issued[1].content.slip_id, "nombre equivocado")

    again = reprint_slips(desk, "es")

    assert [slip.content.number for slip in again] == [groups[0].number, groups[2].number]
    assert [(slip.content.slip_id, slip.content.copy) for slip in again] == [
        (issued[0].content.slip_id, 2), (issued[2].content.slip_id, 2),
    ]  # fmt: skip


def test_slips_come_as_one_walks_through_the_shelter(desk: Desk) -> None:
    take_over(desk, Role.SUPERVISOR)
    groups = []
    for place in ("Carpa 10", "", "Carpa 2", "Auditorio", "carpa 2"):
        group = register_group(desk, family()).group_id
        edit_group(desk, group_page(desk, group), {"shelter_place": place})
        issue_slip(desk, group, "es")
        groups.append(group)
    tent_10, nowhere, tent_2, auditorium, also_tent_2 = groups
    assert families_with_slips(desk) == (auditorium, tent_2, also_tent_2, tent_10, nowhere)


def test_where_nobody_has_a_slip_it_is_said(desk: Desk) -> None:
    take_over(desk, Role.SUPERVISOR)
    register_group(desk, family())
    with pytest.raises(NotFound):
        reprint_slips(desk, "es", "PFPS")


def test_a_registrar_does_not_print_for_everybody(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        reprint_slips(desk, "es")
