"""Seeds of a world with a hub: what it acknowledged is there, what it lost is given again, and all show the same.

`SIMULATOR_SEEDS=5000 pytest -n0 tests/simulator/test_simulator_with_hub.py` plays more of them.
"""

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine

from fieldapp.exchange.receipts import RECEIVED
from tests.simulator.mutants import Plant
from tests.simulator.mutants_of_hub import MUTANTS_OF_HUB, hub_receipt_before_the_commit
from tests.simulator.world_with_hub import WorldWithHub, play_with_hub

SEEDS = int(os.environ.get("SIMULATOR_SEEDS", "100"))
STEPS = int(os.environ.get("SIMULATOR_STEPS", "36"))
MOST_SEEDS_FOR_A_MUTANT = 40
STEPS_FOR_A_MUTANT = 60


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_doubled_or_hidden(origin_with_hub: Path, engine: Engine, somewhere: Path, seed: int) -> None:
    assert play_with_hub(origin_with_hub, somewhere, seed, engine, STEPS) == []


def test_a_day_is_the_same_each_time_it_is_played(origin_with_hub: Path, engine: Engine, somewhere: Path) -> None:
    """What went wrong on a day can be looked at again, also where a laptop has a double, which draws a new key."""
    days = []
    for turn in ("first", "second"):
        (somewhere / turn).mkdir()
        world = WorldWithHub(origin_with_hub, somewhere / turn, 8, engine)
        world.copy("two")
        world.go_back("two")
        world.live(STEPS)
        days.append(world.hub.vector(RECEIVED))
    assert days[0] == days[1]


def test_a_laptop_that_hears_of_its_double_while_it_gives_gives_the_rest_all_the_same(
    origin_with_hub: Path, engine: Engine, somewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = WorldWithHub(origin_with_hub, somewhere, 1, engine)
    for _ in range(6):
        world.register("two")
    hub_receipt_before_the_commit(monkeypatch)  # from the second file on, the hub says to hold a line that is not here
    world.converse("two")
    assert world.desks["two"].device.epoch > 1
    world.close()


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
