"""Seeds of a world with faults: nothing is lost, doubled or hidden - and a broken exchange is noticed.

`SIMULATOR_SEEDS=5000 SIMULATOR_STEPS=90 pytest -n0 tests/simulator` plays more of them, and longer ones.
"""

import os
from pathlib import Path

import pytest

from tests.simulator.mutants import MUTANTS, Plant
from tests.simulator.world import play

SEEDS = int(os.environ.get("SIMULATOR_SEEDS", "200"))
STEPS = int(os.environ.get("SIMULATOR_STEPS", "36"))
MOST_SEEDS_FOR_A_MUTANT = 60
STEPS_FOR_A_MUTANT = 90
"""Long days, for a clone must be made, hear of the others, and write on before anything is amiss."""


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_doubled_or_hidden(origin: Path, somewhere: Path, seed: int) -> None:
    assert play(origin, somewhere, seed, STEPS) == []


@pytest.mark.parametrize("plant", MUTANTS, ids=lambda plant: plant.__name__)
def test_a_broken_exchange_is_noticed(
    origin: Path, somewhere: Path, monkeypatch: pytest.MonkeyPatch, plant: Plant
) -> None:
    plant(monkeypatch)
    for seed in range(MOST_SEEDS_FOR_A_MUTANT):
        folder = somewhere / str(seed)
        folder.mkdir()
        if play(origin, folder, seed, STEPS_FOR_A_MUTANT, slips=False):
            return
    pytest.fail("nobody noticed")
