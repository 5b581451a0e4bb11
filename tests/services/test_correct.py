"""Correcting records."""

import pytest

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import InvalidEntry, NotAllowed, Problem
from fieldapp.domain.record import Document, Role
from fieldapp.services.correct import add_note, edit_group, edit_individual, record_need, remove_need
from fieldapp.services.desk import Desk
from fieldapp.services.find import PeopleQuery, group_page, individuals, person_page
from fieldapp.services.register import register_group
from tests.desks import family, person, take_over


@pytest.fixture
def mother(desk: Desk):
    return register_group(desk, family()).member_ids[0]


def test_a_correction_shows_everywhere_and_in_the_history(desk: Desk, mother) -> None:
    edit_individual(desk, person_page(desk, mother), {"surnames": "Villasmil González"}, "mal escrito")

    page = person_page(desk, mother, audited=False)
    assert page.surnames == "Villasmil González"
    line = next(line for line in page.history if line.kind == Kind.INDIVIDUAL_EDITED)
    assert (line.fields, line.reason, line.role) == (("surnames",), "mal escrito", "registrar")
    assert [row.given_names for row in individuals(desk, PeopleQuery("villasmil"), 0, 5)] == ["María de los Ángeles"]
    assert "María de los Ángeles" not in [
        row.given_names for row in individuals(desk, PeopleQuery("villalobos gonzalez"), 0, 5)
    ]


def test_values_that_did_not_change_make_no_change(desk: Desk, mother) -> None:
    page = person_page(desk, mother)

    edit_individual(desk, page, {"surnames": page.surnames, "birth": page.birth, "documents": page.documents})

    assert Kind.INDIVIDUAL_EDITED not in [line.kind for line in person_page(desk, mother).history]


def test_a_bad_correction_is_refused(desk: Desk, mother) -> None:
    with pytest.raises(InvalidEntry):
        edit_individual(desk, person_page(desk, mother), {"given_names": "", "surnames": ""})
    with pytest.raises(InvalidEntry):
        edit_individual(desk, person_page(desk, mother), {"documents": (Document("NO_SUCH", "1"),)})


def test_two_who_did_not_see_each_other_leave_a_conflict_that_a_supervisor_resolves(desk: Desk, mother) -> None:
    before = person_page(desk, mother)
    edit_individual(desk, before, {"surnames": "Villasmil"})
    edit_individual(desk, before, {"surnames": "Villarreal"})
    page = person_page(desk, mother)
    assert page.fields["surnames"].in_conflict
    assert {sibling.value for sibling in page.fields["surnames"].values} == {"Villasmil", "Villarreal"}
    with pytest.raises(NotAllowed):
        edit_individual(desk, page, {"surnames": "Villasmil"})

    take_over(desk, Role.SUPERVISOR)
    edit_individual(desk, page, {"surnames": "Villasmil"})

    resolved = person_page(desk, mother)
    assert not resolved.fields["surnames"].in_conflict
    assert resolved.surnames == "Villasmil"


def test_the_latest_phone_wins_quietly(desk: Desk, mother) -> None:
    before = person_page(desk, mother)
    edit_individual(desk, before, {"phone": "3001112233"})
    edit_individual(desk, before, {"phone": "3009998877"})

    page = person_page(desk, mother)

    assert page.phone == "3009998877"
    assert not page.fields["phone"].in_conflict
    assert len(page.fields["phone"].values) == 2


def test_a_protection_need_is_set_and_removed_only_by_its_role_with_a_reason(desk: Desk, mother) -> None:
    with pytest.raises(NotAllowed):
        record_need(desk, mother, "CR-AF")
    take_over(desk, Role.PROTECTION_OFFICER)
    record_need(desk, mother, "CR-AF")
    page = person_page(desk, mother)
    with pytest.raises(Problem, match="reason_missing"):
        remove_need(desk, page, "CR-AF", " ")
    take_over(desk, Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        remove_need(desk, page, "CR-AF", "no aplica")

    take_over(desk, Role.PROTECTION_OFFICER)
    remove_need(desk, page, "CR-AF", "no aplica")

    assert person_page(desk, mother).needs == ()


def test_a_removal_forged_without_the_role_does_not_fold(desk: Desk, mother) -> None:
    take_over(desk, Role.PROTECTION_OFFICER)
    record_need(desk, mother, "CR-AF")
    seen = person_page(desk, mother).needs[0].recorded_by
    take_over(desk, Role.REGISTRAR)
    with desk.database.write() as unit:
        payload = {"code": "CR-AF", "reason": "forged"}
        unit.record(desk.author, [ChangeDraft(Kind.NEED_REMOVED, mother, payload, {"need:CR-AF": seen})])

    take_over(desk, Role.PROTECTION_OFFICER)

    assert [need.code for need in person_page(desk, mother).needs] == ["CR-AF"]


def test_the_group_is_corrected_too(desk: Desk) -> None:
    registered = register_group(desk, family(person("Ana", "Luna")))
    add_note(desk, registered.group_id, "Perdió la maleta")

    edit_group(desk, group_page(desk, registered.group_id), {"destination": "Cali", "complete": True})

    page = group_page(desk, registered.group_id)
    assert (page.destination, page.notes) == ("Cali", ("Perdió la maleta",))
    with pytest.raises(InvalidEntry):
        edit_group(desk, page, {"note": "x" * 3000})
    with pytest.raises(InvalidEntry):
        add_note(desk, registered.group_id, "  ")
