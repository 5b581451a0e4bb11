"""The model of comparison that the program comes with, and the names' frequencies of a register."""

import csv
from functools import cache, lru_cache

from fieldapp import paths
from fieldapp.domain.matching.scoring import Frequency, Model, frequencies, read_model
from fieldapp.storage import search_queries
from fieldapp.storage.units import ReadUnit

_MOST_COUNTED = 20_000
_SAMPLE = 1 << 14


@cache
def model() -> Model:
    """Return the model of `resources/matching/parameters.csv`."""
    with (paths.resources() / "matching" / "parameters.csv").open(encoding="utf-8", newline="") as file:
        return read_model(csv.DictReader(file))


def register_frequency(unit: ReadUnit, people: int) -> Frequency:
    """Return how common names are in the register, counted when asked; very common ones are not counted to the end."""

    @lru_cache(maxsize=_SAMPLE)
    def frequency(word: str) -> float:
        count = search_queries.count_matching(unit, word, _MOST_COUNTED) if word else 0
        return frequencies({word: count}, people)(word)

    return frequency
