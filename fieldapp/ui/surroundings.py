"""Where and with what the window works: the data folder, the clock, the random source."""

from dataclasses import dataclass
from pathlib import Path

from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Passed in from the composition root, so that tests fix them."""

    folder: Path
    clock: Clock
    random_bytes: RandomBytes
