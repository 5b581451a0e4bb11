"""A family taken over from its slip and its full record become one, whichever came first, and count once."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from fieldapp.domain.record import HeadCount, IndividualEntry, MovementKind, Sex
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.check import check
from fieldapp.services.correct import edit_group, edit_individual, record_movement
from fieldapp.services.desk import Desk
from fieldapp.services.erase import erase
from fieldapp.services.find import PeopleQuery, count_individuals, group_page, individuals
from fieldapp.services.membership import add_member, change_focal_point, mark_complete, split_group
from fieldapp.services.numbers import holder_of_number
from fieldapp.services.register import Registered, register_group
from fieldapp.services.scanned_slip import scanned_slip
from fieldapp.services.slip_terms import set_slip_term
from fieldapp.services.slips import issue_slip, reissue_slip, void_slip
from fieldapp.services.summarise import summarise, todays_figures
from fieldapp.services.take_over import CannotTakeOver, take_over
from tests.desks import TODAY, TestClock, family, make_desk, person
from tests.laptops import enrolled, first_laptop

Posts = tuple[Desk, Desk]
EVERYBODY = PeopleQuery()


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    """A bridge, where families are registered, and a shelter of the same operation, an hour later."""
    clock = TestClock()
    bridge = first_laptop(tmp_path / "bridge", clock, random.Random(1).randbytes)
    shelter = enrolled(bridge, tmp_path / "shelter", "B2", tmp_path / "stick")
    yield bridge, shelter
    bridge.close()
    shelter.close()


@pytest.fixture
def carry(tmp_path: Path) -> Callable[[Desk, Desk], None]:
    """Carry all that one laptop has to another on a new stick."""
    trips = iter(range(99))

    def go(sender: Desk, receiver: Desk) -> None:
        stick = tmp_path / f"trip{next(trips)}"
        stick.mkdir()
        export_bundles(sender, stick)
        imported = import_bundles(receiver, [stick])
        assert not imported.refused
        assert not imported.put_aside

    return go


def slip_of(desk: Desk, registered: Registered) -> tuple[str, ...]:
    return issue_slip(desk, registered.group_id, "es").codes


def large(count: int) -> tuple[IndividualEntry, ...]:
    """Return a mother and her many."""
    others = [
        person(f"Niño {n}", "Rivas Luna", Sex.MALE, str(2000 + n), relationship="SON_DAUGHTER")
        for n in range(2, count + 1)
    ]
    return person("Carmen", "Luna de Rivas"), *others


def figures(desk: Desk) -> tuple[object, ...]:
    """Return what is counted of the day, of all that arrived."""
    summary, today = summarise(desk, TODAY, "24:00"), todays_figures(desk)
    return (
        summary.arrivals, summary.groups, summary.cumulative, summary.by_sex_and_age, summary.individuals_in_full,
        summary.by_nationality, today.present, today.arrivals, today.groups,
    )  # fmt: skip


def lines(desk: Desk) -> list[object]:
    """Return the numbers of the people in the list."""
    return sorted(row.number for row in individuals(desk, EVERYBODY, 0, 99))


def test_a_laptop_that_never_met_the_family_has_it_from_the_slip(posts: Posts) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family())
    code = slip_of(bridge, registered)[0]
    seen = scanned_slip(shelter, code)
    assert (seen.is_here, seen.can_take_over) == (False, True)

    assert take_over(shelter, code) == registered.group_id

    page, original = group_page(shelter, registered.group_id), group_page(bridge, registered.group_id)
    assert page.from_slip
    assert not page.complete
    assert (page.number, page.focal_point_id, page.declared_size) == (registered.number, registered.member_ids[0], 4)
    assert [m.individual_id for m in page.members] == list(registered.member_ids)
    assert [m.number for m in page.members] == [m.number for m in original.members]
    assert [m.surnames for m in page.members] == [m.surnames for m in original.members]
    assert page.others == ()
    assert [(move.kind, move.post) for move in page.movements] == [("arrival", "PSB")]
    assert [slip.slip_id for slip in page.slips] == [slip.slip_id for slip in original.slips]
    rows = individuals(shelter, EVERYBODY, 0, 9)
    assert all(row.from_slip and row.slip_printed for row in rows)
    assert count_individuals(shelter, PeopleQuery(to_complete=True)) == 4
    assert todays_figures(shelter).next_to_complete == registered.group_id
    assert figures(shelter) == figures(bridge)
    assert check(shelter).ok
    again = scanned_slip(shelter, code)
    assert (again.is_here, again.from_slip, again.to_complete, again.can_take_over) == (True, True, True, False)


@pytest.mark.parametrize("record_first", [False, True])
def test_the_slip_and_the_record_become_one_in_either_order(posts: Posts, carry, record_first: bool) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family())
    code = slip_of(bridge, registered)[0]
    if record_first:
        carry(bridge, shelter)
        with pytest.raises(CannotTakeOver):
            take_over(shelter, code)
    else:
        take_over(shelter, code)
        carry(bridge, shelter)

    page = group_page(shelter, registered.group_id)
    assert not page.from_slip
    assert page.complete
    assert [m.documents for m in page.members] == [m.documents for m in group_page(bridge, page.group_id).members]
    assert lines(shelter) == lines(bridge)
    assert not any(row.from_slip or row.has_conflict for row in individuals(shelter, EVERYBODY, 0, 9))
    assert len(page.movements) == len(page.slips) == 1
    assert figures(shelter) == figures(bridge)
    carry(shelter, bridge)
    assert group_page(bridge, page.group_id).fields == page.fields
    assert figures(shelter) == figures(bridge)
    assert check(shelter).ok
    assert check(bridge).ok


def test_what_a_third_laptop_hears_first_does_not_matter(posts: Posts, carry, tmp_path: Path) -> None:
    bridge, shelter = posts
    town = enrolled(bridge, tmp_path / "town", "C3", tmp_path / "stick")
    carry(bridge, shelter)  # who works at the other laptops
    registered = register_group(bridge, family())
    take_over(shelter, slip_of(bridge, registered)[0])
    carry(shelter, town)
    assert group_page(town, registered.group_id).from_slip
    carry(bridge, town)
    assert not group_page(town, registered.group_id).from_slip
    assert figures(town) == figures(bridge)
    town.close()


def test_what_was_completed_meanwhile_stays_and_only_what_differs_is_a_conflict(posts: Posts, carry) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family())
    take_over(shelter, slip_of(bridge, registered)[0])
    page = group_page(shelter, registered.group_id)
    mother, son = page.members[:2]
    edit_individual(shelter, mother, {"surnames": "Villalobos de Peña", "address": "Maracaibo"})
    edit_individual(shelter, son, {"relationship": "GRANDDAUGHER_GRANDSON"})
    edit_group(shelter, page, {"destination": "Bogotá"})
    mark_complete(shelter, page)
    shelter.clock.forward(hours=2)  # type: ignore[attr-defined]
    record_movement(shelter, registered.group_id, MovementKind.DEPARTURE, "Bogotá")

    carry(bridge, shelter)
    carry(shelter, bridge)

    for desk in posts:
        page = group_page(desk, registered.group_id)
        mother, son = page.members[:2]
        # The slip was made from the registration: who corrected the one had seen the other.
        assert (mother.surnames, mother.fields["surnames"].in_conflict) == ("Villalobos de Peña", False)
        assert (mother.address, len(mother.documents)) == ("Maracaibo", 1)
        assert (son.relationship, son.fields["relationship"].in_conflict) == ("GRANDDAUGHER_GRANDSON", False)
        assert (page.destination, page.phone, page.complete) == ("Bogotá", "+58 412 5550101", True)
        assert [move.kind for move in page.movements] == ["arrival", "departure"]
        assert not any(row.has_conflict for row in individuals(desk, EVERYBODY, 0, 9))
    assert figures(bridge) == figures(shelter)
    assert todays_figures(bridge).present == 0


def test_a_correction_after_the_slip_and_another_from_the_slip_are_a_conflict(posts: Posts, carry) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family())
    take_over(shelter, slip_of(bridge, registered)[0])
    bridge.clock.forward(minutes=5)  # type: ignore[attr-defined]
    edit_individual(bridge, group_page(bridge, registered.group_id).members[0], {"surnames": "Villalobos Peña"})
    edit_individual(shelter, group_page(shelter, registered.group_id).members[0], {"surnames": "Villalobo"})
    carry(bridge, shelter)
    assert group_page(shelter, registered.group_id).members[0].fields["surnames"].in_conflict


@pytest.mark.parametrize("scanned", [(0,), (1,), (0, 1), (1, 0)])
def test_a_slip_in_two_codes_from_either_and_both(posts: Posts, carry, scanned: tuple[int, ...]) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family(*large(14)))
    codes = slip_of(bridge, registered)
    assert len(codes) == 2
    for which in scanned:
        assert scanned_slip(shelter, codes[which]).reading.codes == 2
        take_over(shelter, codes[which])

    page = group_page(shelter, registered.group_id)
    assert page.declared_size == 14
    assert len(page.members) + sum(count.count for count in page.others) == 14
    assert (len(page.members) == 14) == (len(scanned) == 2)
    assert todays_figures(shelter).present == 14
    assert scanned_slip(shelter, codes[1 - scanned[0]]).can_take_over == (len(scanned) == 1)
    assert check(shelter).ok

    carry(bridge, shelter)
    assert [m.individual_id for m in group_page(shelter, registered.group_id).members] == list(registered.member_ids)
    assert figures(shelter) == figures(bridge)


def test_two_laptops_that_take_over_the_same_slip_agree(posts: Posts, carry, tmp_path: Path) -> None:
    bridge, shelter = posts
    town = enrolled(bridge, tmp_path / "town", "C3", tmp_path / "stick")
    registered = register_group(bridge, family(*large(14)))
    codes = slip_of(bridge, registered)
    take_over(shelter, codes[0])
    town.clock.forward(minutes=3)  # type: ignore[attr-defined]
    take_over(town, codes[1])
    edit_individual(shelter, group_page(shelter, registered.group_id).members[0], {"surnames": "Luna"})
    carry(bridge, shelter)  # the laptop in town is known now
    carry(shelter, town)
    page = group_page(town, registered.group_id)
    assert len(page.members) == 14
    assert page.members[0].surnames == "Luna"
    assert not any(row.has_conflict for row in individuals(town, EVERYBODY, 0, 20))
    assert page.others == ()
    town.close()


def test_who_joined_later_or_leads_now_is_the_same_person_there(posts: Posts, carry) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family())
    page = group_page(bridge, registered.group_id)
    add_member(bridge, page, person("Luis", "Peña", Sex.MALE, "1985", relationship="WIFE_HUSBAND"))
    page = group_page(bridge, registered.group_id)
    change_focal_point(bridge, page, {}, page.members[4].individual_id, "she left")
    page = group_page(bridge, registered.group_id)
    children = {page.members[1].individual_id: "SON_DAUGHTER", page.members[3].individual_id: "HEAD"}
    apart = split_group(bridge, page, children, page.members[3].individual_id, "on their own")

    for group in (registered.group_id, apart.group_id):
        take_over(shelter, issue_slip(bridge, group, "es").codes[0])
        original, taken = group_page(bridge, group), group_page(shelter, group)
        assert {m.individual_id: m.given_names for m in taken.members} == {
            m.individual_id: m.given_names for m in original.members
        }
        assert taken.focal_point_id == original.focal_point_id
    carry(bridge, shelter)
    assert lines(shelter) == lines(bridge)
    assert figures(shelter) == figures(bridge)


def test_members_still_to_be_entered_take_the_place_of_those_only_counted(posts: Posts) -> None:
    bridge, shelter = posts
    entry = family(person("Ana", "Luna"), others=(HeadCount(Sex.FEMALE, "5_11", 2),), complete=False)
    take_over(shelter, slip_of(bridge, register_group(bridge, entry))[0])
    page = group_page(shelter, individuals(shelter, EVERYBODY, 0, 1)[0].group_id)
    assert page.others == (HeadCount(Sex.UNKNOWN, "other", 2),)
    add_member(shelter, page, person("Bea", "Luna", relationship="SON_DAUGHTER"), instead_of=page.others[0])
    page = group_page(shelter, page.group_id)
    assert (page.declared_size, page.others[0].count) == (3, 1)


def test_a_slip_that_is_void_altered_or_of_a_stranger_is_not_taken_over(posts: Posts, carry, tmp_path: Path) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family())
    issued = issue_slip(bridge, registered.group_id, "es")
    (tmp_path / "other").mkdir()
    other = make_desk(tmp_path / "other", seed=9, code="B7")
    strange = issue_slip(other, register_group(other, family()).group_id, "es").codes[0]
    other.close()
    for code in (strange, issued.codes[0][:-9], "https://example.org"):
        with pytest.raises(CannotTakeOver):
            take_over(shelter, code)
    void_slip(bridge, registered.group_id, issued.content.slip_id, "wet")
    carry(bridge, shelter)
    assert not scanned_slip(shelter, issued.codes[0]).can_take_over


def test_an_erased_family_does_not_come_back_by_its_slip(posts: Posts, carry) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family())
    code = slip_of(bridge, registered)[0]
    take_over(shelter, code)
    erase(bridge, registered.group_id, "request")
    for member in registered.member_ids:
        erase(bridge, member, "request")
    carry(bridge, shelter)
    assert count_individuals(shelter, EVERYBODY) == 0
    assert scanned_slip(shelter, code).erased
    with pytest.raises(CannotTakeOver):
        take_over(shelter, code)
    assert check(shelter).ok


def test_a_slip_printed_on_another_day_tells_the_day_of_arrival(posts: Posts) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family())
    bridge.clock.forward(days=2)  # type: ignore[attr-defined]
    take_over(shelter, slip_of(bridge, registered)[0])
    row = individuals(shelter, EVERYBODY, 0, 1)[0]
    assert shelter.local_date(row.arrived_at_ms) == date(2026, 1, 5)


def test_a_slip_issued_anew_with_a_term_is_the_same_slip_on_both(posts: Posts, carry) -> None:
    bridge, shelter = posts
    set_slip_term(bridge, 30)
    registered = register_group(bridge, family())
    slip_of(bridge, registered)
    codes = reissue_slip(bridge, registered.group_id, "es", "wet").codes
    take_over(shelter, codes[0])
    (taken,) = group_page(shelter, registered.group_id).slips
    assert taken.expires_at_ms > shelter.now_ms()
    carry(bridge, shelter)
    slips = group_page(shelter, registered.group_id).slips
    assert slips == group_page(bridge, registered.group_id).slips
    assert [(slip.copies, slip.voided) for slip in slips] == [(1, True), (1, False)]


def test_another_copy_is_printed_where_the_family_is_now(posts: Posts, carry) -> None:
    bridge, shelter = posts
    registered = register_group(bridge, family())
    first = issue_slip(bridge, registered.group_id, "es")
    take_over(shelter, first.codes[0])
    again = issue_slip(shelter, registered.group_id, "es")
    assert (again.content.slip_id, again.content.copy) == (first.content.slip_id, 2)
    assert again.content.members[1].given_names == "José Gregorio"
    carry(shelter, bridge)
    assert [slip.copies for slip in group_page(bridge, registered.group_id).slips] == [2]


def test_wristbands_carry_each_persons_own_number_and_find_them(posts: Posts) -> None:
    bridge, _shelter = posts
    registered = register_group(bridge, family())
    page = group_page(bridge, registered.group_id)
    change_focal_point(bridge, page, {}, page.members[3].individual_id, "she left")
    for member in issue_slip(bridge, registered.group_id, "es").content.members:
        found = holder_of_number(bridge, member.number)
        assert found is not None
        assert found[0] == registered.group_id
        person = next(one for one in page.members if one.individual_id == found[1])
        assert person.given_names == member.given_names
