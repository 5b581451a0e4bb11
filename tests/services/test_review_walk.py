"""Everybody is compared with everybody, in portions; what was stopped goes on; later people and corrections count."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.domain.birth import read_typed
from fieldapp.domain.matching.verdicts import Verdict
from fieldapp.domain.record import Document, Role, Sex
from fieldapp.services.check import check
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.services.register import register_group
from fieldapp.services.review import judge, review, same_person
from fieldapp.services.review_walk import Walk, walk_all
from fieldapp.storage import suspects
from tests.desks import TODAY, family, make_desk, person, take_over
from tests.storage.test_search_index import ROOT, erase

NAMES = ("Zoraida", "Wilmer", "Yesenia", "Kevin", "Nusta", "Eulogio", "Belkis", "Dario")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = make_desk(tmp_path, root=ROOT)
    for place, name in enumerate(NAMES):
        paper = (Document("VE_CED_V", f"1734{place}22{place}", "VEN"),)
        register_group(
            opened, family(person(name, f"Urdaneta{place} Leal", born=f"{place + 1}/3/1980", documents=paper))
        )
    for place in (0, 3):
        paper = (Document("VE_CED_V", f"1734{place}22{place}", "VEN"),)
        register_group(
            opened, family(person(NAMES[place], f"Urdaneta{place} Leal", born=f"{place + 1}/3/1980", documents=paper))
        )
    take_over(opened, Role.SUPERVISOR)
    yield opened
    opened.close()


def found(desk: Desk) -> list[str]:
    return sorted(pair.one.given_names for pair in review(desk).waiting)


def walk_on(desk: Desk, steps: int | None = None) -> Walk:
    """Walk in portions of three with steps of two."""
    walk = Walk(desk, portion=3, step=2)
    while steps is None or steps > 0:
        if walk.step().is_over:
            break
        steps = steps - 1 if steps is not None else None
    return walk


def test_portions_leave_nobody_out_however_small(desk: Desk) -> None:
    walk_on(desk)

    assert found(desk) == ["Kevin", "Zoraida"]
    with desk.database.read() as unit:
        assert suspects.walked(unit).spans == ((1, 10),)


@pytest.mark.parametrize("steps", range(1, 14))
def test_what_was_stopped_goes_on_and_finds_the_same(desk: Desk, steps: int) -> None:
    walk_on(desk, steps)
    walk_on(desk)

    assert found(desk) == ["Kevin", "Zoraida"]


def test_progress_only_grows_and_ends_with_everybody(desk: Desk) -> None:
    walk, done = Walk(desk, portion=3, step=2), []
    while not (step := walk.step()).is_over:
        done.append(step.done)

    assert done == sorted(done)
    assert (step.done, step.total) == (10, 10)


def test_a_finished_walk_is_short_and_takes_up_later_people_and_corrections(desk: Desk) -> None:
    walk_on(desk)
    assert Walk(desk).step().is_over

    take_over(desk, Role.REGISTRAR)
    paper = (Document("VE_CED_V", "17341221", "VEN"),)
    register_group(desk, family(person("Guilmer", "Urdaneta1 Leal", Sex.FEMALE, "2/3/1980", documents=paper)))
    other = register_group(desk, family(person("Nadia", "Ortega", born="1/5/2001")))
    take_over(desk, Role.SUPERVISOR)
    walk_on(desk)
    assert found(desk) == ["Kevin", "Wilmer", "Zoraida"]

    page = person_page(desk, other.member_ids[0])
    papers = (Document("VE_CED_V", "17346226", "VEN"),)
    edit_individual(
        desk,
        page,
        {
            "given_names": "Belkis",
            "surnames": "Urdaneta6 Leal",
            "birth": read_typed("7/3/1980", TODAY),
            "documents": papers,
        },
    )
    walk_on(desk)
    assert found(desk) == ["Belkis", "Kevin", "Wilmer", "Zoraida"]


def test_what_looks_alike_no_more_waits_no_more(desk: Desk) -> None:
    walk_all(desk)
    pair = next(pair for pair in review(desk).waiting if pair.one.given_names == "Kevin")
    page = person_page(desk, pair.other.individual_id)
    edit_individual(
        desk,
        page,
        {"given_names": "Rosa", "surnames": "Parra", "birth": read_typed("9/1/1950", TODAY), "documents": ()},
    )

    assert found(desk) == ["Zoraida"]


def test_an_erased_person_is_in_no_pair(desk: Desk) -> None:
    walk_all(desk)
    pair = next(pair for pair in review(desk).waiting if pair.one.given_names == "Kevin")
    judge(desk, pair.one.individual_id, pair.other.individual_id, Verdict.SAME, "Kevin's card")

    erase(desk, pair.other.individual_id)
    take_over(desk, Role.SUPERVISOR)

    assert found(desk) == ["Zoraida"]
    assert same_person(desk, pair.one.individual_id) == ()
    with desk.database.read() as unit:
        assert suspects.count(unit) == 1
    assert check(desk).ok
