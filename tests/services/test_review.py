"""Pairs that may be one person, and what is decided of them."""

import pytest

from fieldapp.domain.matching.scoring import Grade
from fieldapp.domain.matching.verdicts import Verdict
from fieldapp.domain.problems import NotAllowed, NotFound
from fieldapp.domain.record import Document, Role
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.services.register import register_group
from fieldapp.services.review import Said, judge, review, same_person, take_back, verdicts
from fieldapp.services.review_walk import walk_all
from tests.desks import NOBODY, family, person, take_over

PAPER = (Document("VE_CED_V", "V-17.345.221", "VEN"),)


@pytest.fixture
def twice(desk: Desk):
    """A mother registered on three days, once with her children; a supervisor sits down at the desk."""
    first = register_group(desk, family()).member_ids[0]
    second = register_group(desk, family(person("Maria", "Villalovos González", documents=PAPER))).member_ids[0]
    third = register_group(desk, family(person("María Ángeles", "Villalobos", documents=PAPER))).member_ids[0]
    register_group(desk, family(person("Wilmer", "Rojas", born="1979")))
    take_over(desk, Role.SUPERVISOR)
    return first, second, third


def waiting(desk: Desk) -> list[frozenset]:
    walk_all(desk)
    return [frozenset({pair.one.individual_id, pair.other.individual_id}) for pair in review(desk).waiting]


def test_pairs_wait_the_likeliest_first(desk: Desk, twice) -> None:
    steps: list[tuple[int, int]] = []

    walk_all(desk, progress=lambda done, total: steps.append((done, total)))
    found = review(desk)

    assert {frozenset({p.one.individual_id, p.other.individual_id}) for p in found.waiting} == {
        frozenset(twice[:2]), frozenset(twice[1:]), frozenset(twice[::2]),
    }  # fmt: skip
    assert found.waiting[0].grade is Grade.STRONG
    assert [p.probability for p in found.waiting] == sorted((p.probability for p in found.waiting), reverse=True)
    assert found.waiting[0].reasons[0].code == "document_exact"
    assert steps[-1] == (7, 7)


def test_what_is_decided_waits_no_more_and_can_be_taken_back(desk: Desk, twice) -> None:
    pair = judge(desk, twice[0], twice[1], Verdict.SAME, "Same card, same mother")
    judge(desk, twice[2], twice[1], Verdict.DIFFERENT)

    assert waiting(desk) == [frozenset(twice[::2])]
    assert review(desk).decided == 2
    assert verdicts(desk)[pair].reason == "Same card, same mother"
    assert person_page(desk, twice[0]).given_names == "María de los Ángeles"
    assert person_page(desk, twice[1]).surnames == "Villalovos González"

    take_back(desk, pair)

    assert frozenset(twice[:2]) in waiting(desk)
    assert pair not in verdicts(desk)
    assert check(desk).ok


def test_three_records_of_one_person_are_one_cluster(desk: Desk, twice) -> None:
    judge(desk, twice[0], twice[1], Verdict.SAME)
    pair = judge(desk, twice[1], twice[2], Verdict.SAME)

    assert set(same_person(desk, twice[0])) == set(twice[1:])

    take_back(desk, pair)

    assert same_person(desk, twice[0]) == (twice[1],)
    assert same_person(desk, twice[2]) == ()


def test_what_a_registrar_is_unsure_of_waits_first(desk: Desk, twice) -> None:
    take_over(desk, Role.REGISTRAR)
    judge(desk, twice[0], twice[2], Verdict.UNSURE)
    take_over(desk, Role.SUPERVISOR)

    first = review(desk).waiting[0]

    assert first.judged is not None
    assert frozenset({first.one.individual_id, first.other.individual_id}) == frozenset(twice[::2])


def test_same_is_for_those_who_answer_for_it(desk: Desk, twice) -> None:
    pair = judge(desk, twice[0], twice[1], Verdict.SAME)
    take_over(desk, Role.REGISTRAR)

    with pytest.raises(NotAllowed):
        judge(desk, twice[0], twice[2], Verdict.SAME)
    with pytest.raises(NotAllowed):
        review(desk)
    with pytest.raises(NotAllowed):
        take_back(desk, pair)
    judge(desk, twice[0], twice[1], Verdict.DIFFERENT)
    assert verdicts(desk)[pair].in_conflict
    take_over(desk, Role.SUPERVISOR)
    assert review(desk).waiting[0].pair == pair


def test_only_two_people_of_the_register_are_a_pair(desk: Desk, twice) -> None:
    for one, other in ((twice[0], twice[0]), (twice[0], NOBODY)):
        with pytest.raises(NotFound):
            judge(desk, one, other, Verdict.DIFFERENT)


def test_what_was_said_while_registering_is_there_with_the_family_or_not_at_all(desk: Desk, twice) -> None:
    done = register_group(
        desk,
        family(),
        said=(Said(1, twice[0], Verdict.UNSURE), Said(0, NOBODY, Verdict.DIFFERENT), Said(9, twice[0], Verdict.SAME)),
    )

    (said,) = verdicts(desk).values()
    assert {said.one, said.other} == {done.member_ids[1], twice[0]}
    assert said.verdict is Verdict.UNSURE
    assert check(desk).ok
