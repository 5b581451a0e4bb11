"""A laptop that an erasure comes to clears its own files and drafts as the one that ordered it, also after a crash."""

import errno
import random
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from fieldapp.domain.problems import Problem
from fieldapp.services import exports
from fieldapp.services.bundles import export_bundles, import_bundles, import_in_steps
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.drafts import drafts, save_draft
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.erase import can_erase, erase, erase_all
from fieldapp.services.erasures import clear_files, look_at
from fieldapp.services.find import PeopleQuery, group_page, individuals, person_page
from fieldapp.services.lists import export_people
from fieldapp.services.membership import split_group
from fieldapp.services.register import Registered, register_group
from fieldapp.services.sign_in import sign_in
from fieldapp.services.slip_files import save_slips
from fieldapp.services.slips import issue_slip, several_slips_pdf
from tests.desks import TestClock, family, make_desk, person
from tests.laptops import PASSWORD, STAFF, enrolled, first_laptop
from tests.services.test_bundles import carry

GROUND = "withdrawn consent"


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(3).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "enrolment")
    yield one, other
    one.close()
    other.close()


def opened(folder: Path) -> Desk:
    return sign_in(folder, STAFF, PASSWORD, clock=TestClock(), random_bytes=random.Random(5).randbytes)


def written(desk: Desk, stick: Path) -> Path:
    stick.mkdir(exist_ok=True)
    export_bundles(desk, stick)
    return stick


def slip(desk: Desk, path: Path, *families: Registered) -> Path:
    issued = [issue_slip(desk, each.group_id, "es") for each in families]
    save_slips(desk, [each.group_id for each in families], path, several_slips_pdf(issued, "a6"))
    return path


@pytest.fixture
def petra(laptops: tuple[Desk, Desk], tmp_path: Path) -> Registered:
    """Registered at the first laptop, and known at the other."""
    done = register_group(
        laptops[0], family(person("Petra", "Guanipa"), person("Luz", "Rincón", relationship="BROTHER_SISTER"))
    )
    carry(*laptops, tmp_path / "there")
    return done


def test_the_laptop_it_comes_to_deletes_its_slips_and_bundles_and_names_the_rest(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    kept = register_group(other, family(person("Norma", "Luna")))
    own, both = slip(other, tmp_path / "petra.pdf", petra), slip(other, tmp_path / "both.pdf", petra, kept)
    of_norma = slip(other, tmp_path / "norma.pdf", kept)
    stick = written(other, tmp_path / "of the other")
    bundle_files = set(stick.iterdir())
    export_people(other, tmp_path / "people.csv")

    erase(one, petra.member_ids[0], GROUND)
    done = import_bundles(other, [written(one, tmp_path / "order")])

    assert set(done.cleared.removed) == bundle_files
    assert done.cleared.slips == (own,)
    assert set(done.cleared.left) == {tmp_path / "people.csv", both}
    assert list(stick.iterdir()) == []
    assert [path.exists() for path in (own, both, of_norma)] == [False, True, True]
    assert set(elsewhere(other).left) == set(done.cleared.left), "they stay known until somebody looked at them"
    look_at(other, done.cleared.left)
    assert elsewhere(other).left == ()
    assert not import_bundles(other, [tmp_path / "order"]).cleared


def test_drafts_there_that_name_the_person_go_and_others_stay(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    save_draft(other, uuid4(), {"people": [{"given_names": "petra", "surnames": "guanipa"}]})
    save_draft(other, uuid4(), {"individual": str(petra.member_ids[0])})
    kept = uuid4()
    save_draft(other, kept, {"people": [{"given_names": "Petra", "surnames": "Luna"}]})

    erase(one, petra.member_ids[0], GROUND)
    carry(one, other, tmp_path / "order")

    assert [draft.draft_id for draft in drafts(other)] == [kept]


def test_a_laptop_that_never_had_the_person_keeps_its_files(laptops: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, other = laptops
    never_seen = register_group(one, family(person("Petra", "Guanipa")))
    register_group(other, family())
    stick = written(other, tmp_path / "of the other")

    erase(one, never_seen.member_ids[0], GROUND)
    done = import_bundles(other, [written(one, tmp_path / "order")])

    assert not done.cleared
    assert len(list(stick.iterdir())) == 1


def test_its_own_bundles_on_the_stick_that_is_being_read_are_deleted_last(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    stick = written(other, tmp_path / "stick of both")
    (own,) = stick.iterdir()
    own = own.rename(stick / f"zzz{own.name}")
    with other.database.write() as unit:
        exports.remember(unit, exports.BUNDLE, [own], other.now_ms())
    erase(one, petra.member_ids[0], GROUND)
    written(one, stick)

    done = import_bundles(other, [stick])

    assert (done.files, done.refused) == (2, [])
    assert done.cleared.removed == (own,)
    assert not own.exists()


def test_an_own_bundle_that_an_erasure_by_the_hub_took_meanwhile_stops_nothing(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    _, other = laptops
    (own,) = written(other, tmp_path / "of the other").iterdir()
    own.unlink()
    assert not import_bundles(other, [own]).refused
    with pytest.raises(Problem, match="path_missing"):
        import_bundles(other, [tmp_path / "never there.bundle"])


def test_after_a_crash_between_the_erasure_and_the_files_the_next_opening_clears_them(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    own, gone = slip(other, tmp_path / "petra.pdf", petra), slip(other, tmp_path / "gone.pdf", petra)
    gone.unlink()
    stick = written(other, tmp_path / "of the other")
    erase(one, petra.member_ids[0], GROUND)
    (order,) = written(one, tmp_path / "order").iterdir()

    for _step in import_in_steps(other, order):  # and then the power goes, before anything is cleared
        pass
    other.database.close()
    other.lock.release()
    assert own.exists()

    again = opened(other.folder)
    assert not own.exists()
    assert list(stick.iterdir()) == []
    assert elsewhere(again).left == (gone,), "somebody must look for it: it may be on a stick"
    again.close()


def test_what_a_crash_left_is_cleared_by_the_next_import_too(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    own = slip(other, tmp_path / "petra.pdf", petra)
    erase(one, petra.member_ids[0], GROUND)
    (order,) = written(one, tmp_path / "order").iterdir()
    for _step in import_in_steps(other, order):
        pass

    register_group(one, family())
    done = import_bundles(other, [written(one, tmp_path / "more")])

    assert done.cleared.slips == (own,)
    assert not own.exists()


def test_bundles_on_a_stick_that_was_away_are_deleted_once_it_is_there_again(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    stick = written(other, tmp_path / "stick")
    stick.rename(tmp_path / "in a pocket")
    erase(one, petra.member_ids[0], GROUND)
    assert not import_bundles(other, [written(one, tmp_path / "order")]).cleared
    assert elsewhere(other).left == ()

    (tmp_path / "in a pocket").rename(stick)
    done = import_bundles(other, [stick])

    assert len(done.cleared.removed) == 1
    assert list(stick.iterdir()) == []


def test_a_bundle_that_cannot_be_deleted_is_named(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = laptops
    (own,) = written(other, tmp_path / "stick").iterdir()
    erase(one, petra.member_ids[0], GROUND)
    order = written(one, tmp_path / "order")

    def read_only(path: Path, **_more: bool) -> None:
        raise OSError(errno.EROFS, "read-only", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", read_only)
        done = import_bundles(other, [order])

    assert done.cleared.left == (own,)
    assert elsewhere(other).left == (own,)


def test_a_crash_of_the_laptop_that_orders_is_mended_by_its_next_opening(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = laptops
    own = slip(one, tmp_path / "petra.pdf", petra)
    with monkeypatch.context() as patch:
        patch.setattr("fieldapp.services.erase.clear_files", lambda _desk: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            erase(one, petra.member_ids[0], GROUND)
    assert own.exists()
    one.database.close()
    one.lock.release()

    opened(one.folder).close()
    assert not own.exists()


def test_a_slip_that_takes_the_place_of_one_to_be_cleared_stays(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    path = slip(other, tmp_path / "slip.pdf", petra)
    erase(one, petra.member_ids[0], GROUND)
    (order,) = written(one, tmp_path / "order").iterdir()
    for _step in import_in_steps(other, order):
        pass

    slip(other, path, petra)  # of those who stay

    assert path not in clear_files(other).slips
    assert path.exists()


def test_slips_of_a_family_that_somebody_left_before_are_deleted_too(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    before = slip(other, tmp_path / "before.pdf", petra)
    page = group_page(one, petra.group_id, audited=False)
    leaves = petra.member_ids[1]
    split_group(one, page, {leaves: "HEAD"}, leaves, "they travel apart")
    carry(one, other, tmp_path / "split")

    erase(one, petra.member_ids[1], GROUND)
    done = import_bundles(other, [written(one, tmp_path / "order")])

    assert done.cleared.slips == (before,)


def test_a_whole_family_is_erased_in_one_step_and_everywhere(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    own = slip(one, tmp_path / "petra.pdf", petra)

    done = erase_all(one, [*petra.member_ids, petra.group_id], GROUND)
    carry(one, other, tmp_path / "order")

    assert done.slips == (own,)
    for desk in laptops:
        assert individuals(desk, PeopleQuery(), 0, 9) == []
        assert check(desk).ok
        with pytest.raises(Problem, match=r"^not_found"):
            group_page(desk, petra.group_id)


def test_only_who_can_open_the_root_key_can_erase(laptops: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, _ = laptops
    assert can_erase(one)
    (tmp_path / "apart").mkdir()
    without = make_desk(tmp_path / "apart")
    assert not can_erase(without)
    without.close()


def test_an_export_during_which_somebody_is_erased_begins_again_without_them(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path
) -> None:
    one, other = laptops
    stick, orders = tmp_path / "stick", [petra.member_ids[0]]
    stick.mkdir()
    register_group(one, family())

    def meanwhile(_done: int, _whole: int) -> None:
        if orders:
            erase(one, orders.pop(), GROUND)

    done = export_bundles(one, stick, meanwhile)

    assert sorted(stick.iterdir()) == sorted(done.files)
    import_bundles(other, [stick])
    with pytest.raises(Problem, match=r"^not_found"):
        person_page(other, petra.member_ids[0])


def test_an_erasure_follows_an_export_that_was_broken_off(
    laptops: tuple[Desk, Desk], petra: Registered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = laptops
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr("fieldapp.exchange.bundle.MOST_INSIDE", 3000)
    for _ in range(4):
        register_group(one, family())
    with pytest.raises(Problem, match="cancelled"):
        export_bundles(one, stick, cancelled=lambda: any(stick.iterdir()))
    assert len(list(stick.iterdir())) == 1

    erase(one, petra.member_ids[0], GROUND)

    assert list(stick.iterdir()) == []
