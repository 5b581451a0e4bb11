"""Whoever is erased is in no hint, pair, draft or index any more, here and where the order comes to."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.domain.ids import uuid7
from fieldapp.domain.matching.verdicts import Verdict
from fieldapp.domain.record import Document
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.drafts import drafts, save_draft
from fieldapp.services.erase import erase
from fieldapp.services.find import group_page, person_page
from fieldapp.services.hints import hints
from fieldapp.services.register import register_group
from fieldapp.services.review import Said, judge, review, same_person, verdicts
from fieldapp.services.review_walk import walk_all
from fieldapp.services.search import search
from fieldapp.services.slip_files import save_slips
from fieldapp.services.slips import issue_slip, several_slips_pdf
from tests.desks import TestClock, family, person
from tests.laptops import enrolled, first_laptop
from tests.services.test_bundles import carry

MOTHER = person("Zoraida", "Güipe Parra", documents=(Document("VE_CED_V", "V-17.345.221", "VEN"),))


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    clock, chance = TestClock(), random.Random(3)
    one = first_laptop(tmp_path / "one", clock, chance.randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "stick")
    yield one, other
    one.close()
    other.close()


def payloads(desk: Desk) -> bytes:
    with desk.database.read() as unit:
        return b"".join(unit.connection.exec_driver_sql("SELECT body FROM payload").scalars())


def test_what_was_said_of_a_pair_goes_with_either_of_the_two(laptops: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, other = laptops
    first, second = (register_group(one, family(MOTHER)).member_ids[0] for _ in range(2))
    walk_all(one)
    assert len(review(one).waiting) == 1
    judge(one, first, second, Verdict.SAME, "Both cards say Güipe")
    carry(one, other, tmp_path / "before")
    assert same_person(other, first) == (second,)

    erase(one, second, "withdrawn consent")
    carry(one, other, tmp_path / "after")

    for desk in laptops:
        assert verdicts(desk) == {}
        assert same_person(desk, first) == ()
        assert review(desk).waiting == ()
        assert b"Both cards say" not in payloads(desk)
        assert [its.person.individual_id for its in search(desk, "zoraida")] == [first]
        assert [hint.person.individual_id for hint in hints(desk, MOTHER)] == [first]
        assert check(desk).ok


def test_drafts_of_others_stay_without_what_was_said_of_the_erased(laptops: tuple[Desk, Desk]) -> None:
    one, _ = laptops
    erased = register_group(one, family(MOTHER)).member_ids[0]
    kept = register_group(one, family(person("Rosa", "Parra"))).member_ids[0]
    remarks = [
        {"is_focal": True, "names": ["ana"], "other": str(each), "verdict": "different"} for each in (erased, kept)
    ]
    save_draft(one, uuid7(1, one.random_bytes), {"people": [{"given_names": "Ana"}], "remarks": remarks})

    erase(one, erased, "withdrawn consent")

    (draft,) = drafts(one)
    assert draft.content == {"people": [{"given_names": "Ana"}], "remarks": remarks[1:]}
    said = (Said(0, erased, Verdict.DIFFERENT), Said(0, kept, Verdict.DIFFERENT))
    register_group(one, family(person("Ana", "Luna")), draft.draft_id, said)
    assert len(verdicts(one)) == 1


def test_numbers_of_both_keep_working_after_they_were_said_to_be_one(laptops: tuple[Desk, Desk]) -> None:
    one, _ = laptops
    families = [register_group(one, family(MOTHER)) for _ in range(2)]
    judge(one, *(each.member_ids[0] for each in families), Verdict.SAME)

    for each in families:
        assert search(one, each.number)[0].person.group_id == each.group_id
        assert group_page(one, each.group_id).number == each.number
        assert person_page(one, each.member_ids[0]).number.startswith(each.number)


def test_a_family_that_is_erased_leaves_its_places_in_no_index(laptops: tuple[Desk, Desk]) -> None:
    one, _ = laptops
    done = register_group(one, family(MOTHER, destination="Pamplona"))
    assert len(search(one, "zoraida pamplona")[0].places) == 1

    erase(one, done.group_id, "withdrawn consent")

    assert search(one, "pamplona") == ()
    assert check(one).ok


def test_a_slip_in_a_file_goes_with_the_family_and_one_among_others_is_named(
    laptops: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, _ = laptops
    erased, kept = (register_group(one, family(person(name, "Guanipa"))) for name in ("Petra", "Norma"))
    slips = [issue_slip(one, group.group_id, "es") for group in (erased, kept)]
    names = tmp_path / "petra.pdf", tmp_path / "norma.pdf", tmp_path / "gone.pdf", tmp_path / "both.pdf"
    groups = [erased.group_id], [kept.group_id], [erased.group_id], [erased.group_id, kept.group_id]
    for path, its in zip(names, groups, strict=True):
        save_slips(one, its, path, several_slips_pdf(slips, "a6"))
    names[2].unlink()

    done = erase(one, erased.member_ids[0], "withdrawn consent")

    assert done.slips == (names[0],)
    assert done.left == (names[2], names[3]), "somebody must look for it: it may be on a stick"
    assert [path.exists() for path in names] == [False, True, False, True]


def test_what_was_saved_in_the_place_of_a_slip_is_named_and_not_deleted(
    laptops: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, _ = laptops
    erased, kept = (register_group(one, family(person(name, "Guanipa"))) for name in ("Petra", "Norma"))
    path = tmp_path / "slip.pdf"
    for group in (erased, kept):
        save_slips(one, [group.group_id], path, several_slips_pdf([issue_slip(one, group.group_id, "es")], "a6"))

    done = erase(one, erased.member_ids[0], "withdrawn consent")

    assert (done.slips, done.left) == ((), (path,))
    assert path.exists()
