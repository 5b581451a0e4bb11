"""Revoked laptops, expired certificates, new keys: what each says to the others, in whatever order they hear of it."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import Problem
from fieldapp.domain.slip import Verdict
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.epochs import begin_epoch
from fieldapp.services.find import PeopleQuery, count_individuals
from fieldapp.services.laptops import confirm, laptops, new_keys, renew, revoke
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip
from fieldapp.services.verify import verify_text
from fieldapp.storage import journal
from fieldapp.storage.exchange_rows import quarantined
from fieldapp.storage.ingest import take_in
from tests.desks import TestClock, family
from tests.laptops import enrolled, first_laptop

DAY_MS = 86_400_000


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[Desk, Desk, Desk]]:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    two = enrolled(one, tmp_path / "two", "B2", tmp_path / "stick")
    three = enrolled(one, tmp_path / "three", "C3", tmp_path / "stick")
    yield one, two, three
    for desk in (one, two, three):
        desk.close()


def write(sender: Desk, stick: Path) -> Path:
    stick.mkdir()
    export_bundles(sender, stick)
    return stick


def people(desk: Desk) -> int:
    return count_individuals(desk, PeopleQuery())


def reasons(desk: Desk) -> set[str]:
    with desk.database.read() as unit:
        return {line.reason for line in quarantined(unit)}


def test_what_a_stolen_laptop_writes_afterwards_counts_nowhere(three, tmp_path: Path) -> None:
    one, two, _three = three
    register_group(two, family())
    import_bundles(one, [write(two, tmp_path / "before")])
    revoke(one, two.device.device_id, "stolen at the bridge")
    register_group(two, family())

    imported = import_bundles(one, [write(two, tmp_path / "after")])

    assert people(one) == 4
    assert imported.put_aside
    assert reasons(one) == {"device_revoked_line"}
    assert check(one).ok


def test_who_had_more_of_it_before_hearing_of_the_revocation_shows_the_same_people(three, tmp_path: Path) -> None:
    one, two, third = three
    import_bundles(two, [write(one, tmp_path / "all")])
    register_group(two, family())
    import_bundles(one, [write(two, tmp_path / "before")])
    register_group(two, family())
    import_bundles(third, [write(two, tmp_path / "more")])
    assert people(third) == 8
    revoke(one, two.device.device_id, "stolen at the bridge")

    import_bundles(third, [write(one, tmp_path / "news")])

    assert people(third) == people(one) == 4
    assert reasons(third) == {"device_revoked_line"}
    assert check(third).ok


def test_nothing_is_written_for_a_revoked_laptop_and_it_writes_no_more(three, tmp_path: Path) -> None:
    one, two, _three = three
    before = write(one, tmp_path / "before")
    revoke(one, two.device.device_id, "lost")
    register_group(one, family())

    refused = import_bundles(two, [write(one, tmp_path / "after")]).refused
    assert [problem.code for _path, problem in refused] == ["bundle_not_for_us"]
    assert not import_bundles(two, [before]).refused
    assert people(two) == 0


def test_a_revoked_laptop_that_hears_of_it_says_so_instead_of_registering(three) -> None:
    one, two, _third = three
    revoke(one, two.device.device_id, "lost")
    with one.database.read() as unit:
        orders = journal.sealed_of_kinds(unit.connection, [Kind.DEVICE_REVOKED])
    with two.database.write() as writing:
        take_in(writing, orders, two.now_ms(), (two.device.device_id, two.device.epoch))

    with pytest.raises(Problem) as problem:
        register_group(two, family())
    assert problem.value.code == "device_revoked"


def test_its_slips_say_that_the_issuer_was_revoked(three, tmp_path: Path) -> None:
    one, two, _three = three
    group = register_group(two, family())
    (code, *_more) = issue_slip(two, group.group_id, "es").codes
    import_bundles(one, [write(two, tmp_path / "stick")])
    assert verify_text(one, code).verdict is Verdict.VALID

    revoke(one, two.device.device_id, "stolen")

    assert verify_text(one, code).verdict is Verdict.ISSUER_REVOKED


def test_only_the_root_key_revokes(three) -> None:
    one, two, _three = three
    with two.database.write() as unit:
        payload = {"held": [], "reason": "spite", "root_signature": bytes(64)}
        unit.record(two.author, [ChangeDraft(Kind.DEVICE_REVOKED, one.device.device_id, payload)])

    assert not any(laptop.revoked for laptop in laptops(two))


@pytest.mark.parametrize("wrong", ["own_laptop", "reason_needed"])
def test_a_revocation_says_why_and_never_cuts_the_branch_it_sits_on(three, wrong: str) -> None:
    one, two, _three = three
    target, reason = (one, "lost") if wrong == "own_laptop" else (two, " ")
    with pytest.raises(Problem) as problem:
        revoke(one, target.device.device_id, reason)
    assert problem.value.code == wrong


def test_after_a_certificate_ran_out_nothing_is_taken_until_it_is_renewed(three, tmp_path: Path) -> None:
    one, _two, third = three
    two = enrolled(one, tmp_path / "four", "D4", tmp_path / "enrolment", expires_ms=one.now_ms() + DAY_MS)
    device = two.device
    two.clock.forward(days=2)  # type: ignore[attr-defined]
    register_group(two, family(at_ms=two.now_ms()))

    refused = import_bundles(one, [write(two, tmp_path / "late")]).refused
    assert [problem.code for _path, problem in refused] == ["certificate_expired"]
    assert refused[0][1].values["laptop"] == "D4"

    renew(one, device.device_id, device.epoch)
    assert not import_bundles(one, [tmp_path / "late"]).refused
    assert people(one) == 4
    import_bundles(third, [write(one, tmp_path / "news")])
    assert people(third) == 4
    two.close()


def test_new_keys_are_certified_where_the_root_key_is(three) -> None:
    one, _two, _three = three
    old, epoch = one.device.code, one.device.epoch
    code = new_keys(one)
    register_group(one, family())

    assert code != old
    now = next(laptop for laptop in laptops(one) if laptop.is_this)
    assert (now.code, now.confirmed, now.epoch > epoch) == (code, True, True)
    assert next(laptop for laptop in laptops(one) if laptop.code == old).is_past
    assert check(one).ok


def test_an_epoch_that_began_without_the_root_key_is_confirmed_later(three, tmp_path: Path) -> None:
    one, two, _three = three
    with two.database.write() as unit:
        begin_epoch(unit, two)
    register_group(two, family())
    import_bundles(one, [write(two, tmp_path / "stick")])
    waits = next(laptop for laptop in laptops(one) if laptop.endorsed and not laptop.confirmed)

    confirm(one, waits.device_id, waits.epoch)
    import_bundles(two, [write(one, tmp_path / "back")])

    for desk in (one, two):
        assert next(laptop for laptop in laptops(desk) if laptop.epoch == waits.epoch).confirmed
