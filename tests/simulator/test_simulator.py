"""Seeds of a world with faults: nothing is lost, doubled or hidden - and a broken exchange is noticed.

`SIMULATOR_SEEDS=5000 SIMULATOR_STEPS=90 pytest -n0 tests/simulator` plays more of them, and longer ones.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.exchange import bundle
from fieldapp.services import epochs, exports, machine
from tests.desks import TestClock
from tests.laptops import enrolled, first_laptop
from tests.simulator.mutants import MUTANTS, Plant
from tests.simulator.world import play

SEEDS = int(os.environ.get("SIMULATOR_SEEDS", "20"))
STEPS = int(os.environ.get("SIMULATOR_STEPS", "36"))
MOST_SEEDS_FOR_A_MUTANT = 60
STEPS_FOR_A_MUTANT = 90
"""Long days, for a clone must be made, hear of the others, and write on before anything is amiss."""


@pytest.fixture(scope="module", autouse=True)
def whole_disks() -> Iterator[None]:
    """What is copied is the whole disk, with the machine's id and the folder's: only the exchange can notice it.

    And sticks are somewhere else when somebody is erased.
    """
    with pytest.MonkeyPatch.context() as patch:
        for room in (epochs, machine):
            patch.setattr(room, "mark_of", lambda _folder, _device: b"always the same")
        patch.setattr(exports, "clear_away", lambda _known: ((), ()))
        yield


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, whole_disks: None) -> Path:
    """Three laptops of one operation, enrolled and closed."""
    folder = tmp_path_factory.mktemp("origin") / "laptops"
    clock = TestClock()
    one = first_laptop(folder / "one", clock, random.Random(1).randbytes)
    for name, code in (("two", "B2"), ("three", "C3")):
        enrolled(one, folder / name, code, folder.parent / "stick").close()
    one.close()
    return folder


@pytest.fixture(autouse=True)
def _small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle of a few changes has several files, so that one can be lost."""
    monkeypatch.setattr(bundle, "MOST_INSIDE", 3000)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_doubled_or_hidden(origin: Path, tmp_path: Path, seed: int) -> None:
    assert play(origin, tmp_path, seed, STEPS) == []


@pytest.mark.parametrize("plant", MUTANTS, ids=lambda plant: plant.__name__)
def test_a_broken_exchange_is_noticed(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Plant
) -> None:
    plant(monkeypatch)
    for seed in range(MOST_SEEDS_FOR_A_MUTANT):
        folder = tmp_path / str(seed)
        folder.mkdir()
        if play(origin, folder, seed, STEPS_FOR_A_MUTANT, slips=False):
            return
    pytest.fail("nobody noticed")
