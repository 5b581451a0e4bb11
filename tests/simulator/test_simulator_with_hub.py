"""Seeds of a world with a hub: what it acknowledged is there, what it lost is given again, and all show the same.

`SIMULATOR_SEEDS=5000 pytest -n0 tests/simulator/test_simulator_with_hub.py` plays more of them.
"""

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.simulator.world_with_hub import play_with_hub

SEEDS = int(os.environ.get("SIMULATOR_SEEDS", "20"))
STEPS = int(os.environ.get("SIMULATOR_STEPS", "36"))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_doubled_or_hidden(origin_with_hub: Path, engine: Engine, tmp_path: Path, seed: int) -> None:
    assert play_with_hub(origin_with_hub, tmp_path, seed, engine, STEPS) == []
