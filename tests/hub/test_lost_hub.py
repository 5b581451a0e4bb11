"""A hub that is lost with its machine and its keys: a new one takes its place, and the recovery key opens the back-up."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.domain.problems import Problem
from fieldapp.exchange.receipts import DURABLE, RECEIVED
from fieldapp.hub import identity
from fieldapp.hub.backup import opened_by
from fieldapp.services.demo import demo_plan
from fieldapp.services.register import register_group
from fieldapp.services.set_up import SetUpDone, set_up
from fieldapp.services.synchronise import synchronise
from fieldapp.storage import exchange_rows, journal
from fieldapp.trust.recovery_key import new_recovery_key
from tests.desks import TestClock, family, person
from tests.hub.hubs import make_hub, need_postgresql, remove
from tests.laptops import CHEAP, PASSWORD, STAFF


@pytest.fixture
def first(tmp_path: Path) -> Iterator[SetUpDone]:
    need_postgresql()
    plan, chance = demo_plan(STAFF, PASSWORD), random.Random(5)
    done = set_up(tmp_path / "one", plan, clock=TestClock(), random_bytes=chance.randbytes, cost=CHEAP)
    yield done
    done.desk.close()


def test_the_recovery_key_alone_brings_the_records_to_a_new_hub(
    first: SetUpDone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, backup = first.desk, tmp_path / "backup"
    register_group(desk, family())
    lost = make_hub(desk)
    try:
        lost.start()
        register_group(desk, family(person("Delia", "Uzcátegui")))
        synchronise(desk, lost.address)
        lost.command("backup", lost.folder, backup)
    finally:
        remove(lost)

    with pytest.raises(Problem, match="recovery_key_wrong"):
        opened_by(backup, new_recovery_key())
    new = make_hub(desk, "H2")
    monkeypatch.setenv("FIELDAPP_RECOVERY_KEY", first.recovery_key)
    try:
        new.command("restore", new.folder, backup, "--with-recovery-key")
        new.start()
        register_group(desk, family(person("Petra", "Colmenares")))
        synchronise(desk, new.address)
        who = identity.load(new.folder)
        with desk.database.read() as unit:
            heads = {key: seq for key, (seq, _) in journal.vector(unit.connection).items()}
            assert exchange_rows.held_by(unit, (who.device, who.epoch), RECEIVED) == heads
            assert exchange_rows.held_by(unit, (who.device, who.epoch), DURABLE) == {}, (
                "it has no back-up of its own yet"
            )
        new.command("backup", new.folder, tmp_path / "anew")
        synchronise(desk, new.address)
        with desk.database.read() as unit:
            assert exchange_rows.held_by(unit, (who.device, who.epoch), DURABLE) == heads
    finally:
        remove(new)
