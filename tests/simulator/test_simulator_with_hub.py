"""Seeds of a world with a hub: what it acknowledged is there, what it lost is given again, and all show the same.

`SIMULATOR_SEEDS=5000 pytest -n0 tests/simulator/test_simulator_with_hub.py` plays more of them.
"""

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.simulator.mutants import Plant
from tests.simulator.mutants_of_hub import MUTANTS_OF_HUB
from tests.simulator.world_with_hub import play_with_hub

SEEDS = int(os.environ.get("SIMULATOR_SEEDS", "20"))
STEPS = int(os.environ.get("SIMULATOR_STEPS", "36"))
MOST_SEEDS_FOR_A_MUTANT = 40
STEPS_FOR_A_MUTANT = 60


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_doubled_or_hidden(origin_with_hub: Path, engine: Engine, somewhere: Path, seed: int) -> None:
    assert play_with_hub(origin_with_hub, somewhere, seed, engine, STEPS) == []


@pytest.mark.parametrize("plant", MUTANTS_OF_HUB, ids=lambda plant: plant.__name__)
def test_a_broken_hub_is_noticed(
    origin_with_hub: Path, engine: Engine, somewhere: Path, monkeypatch: pytest.MonkeyPatch, plant: Plant
) -> None:
    plant(monkeypatch)
    for seed in range(MOST_SEEDS_FOR_A_MUTANT):
        folder = somewhere / str(seed)
        folder.mkdir()
        if play_with_hub(origin_with_hub, folder, seed, engine, STEPS_FOR_A_MUTANT):
            return
    pytest.fail("nobody noticed")
