"""The limits of an operation travel; only the root's signature describes it."""

import random
from pathlib import Path

import pytest

from fieldapp.domain.backlog import BacklogLimits, Pressure
from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import Problem
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.describe import set_limits
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.register import register_group
from fieldapp.services.sign_in import sign_in
from tests.desks import TestClock, family
from tests.laptops import PASSWORD, STAFF, enrolled, first_laptop


def test_the_limits_reach_the_other_laptops(tmp_path: Path) -> None:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "stick")
    set_limits(one, BacklogLimits(2, 1, 4, 2))
    register_group(one, family())
    assert elsewhere(one).pressure is Pressure.DANGER
    (tmp_path / "stick").mkdir()
    export_bundles(one, tmp_path / "stick")
    import_bundles(other, [tmp_path / "stick"])
    other.close()

    other = sign_in(other.folder, STAFF, PASSWORD, clock=one.clock, random_bytes=one.random_bytes)

    assert other.operation == one.operation
    register_group(other, family())
    assert elsewhere(other).pressure is Pressure.DANGER
    with pytest.raises(Problem) as problem:
        set_limits(one, BacklogLimits(5, 1, 4, 2))
    assert problem.value.code == "bad_limits"
    one.close()
    other.close()


def test_a_description_without_the_roots_signature_changes_nothing(tmp_path: Path) -> None:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    before = one.operation
    payload = {"name": "Mine now", "root_public": before.root_public, "root_signature": bytes(64)}
    with one.database.write() as unit:
        unit.record(one.author, [ChangeDraft(Kind.OPERATION_DESCRIBED, before.operation_id, payload)])
    with one.database.read() as unit:
        assert unit.operation() == before
    one.close()
