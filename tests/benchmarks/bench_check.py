"""How long listing, searching, summarising and checking take on a register of many families.

Run by hand: `python -m tests.benchmarks.bench_check [GROUPS]`. Prints milliseconds and the growth against a tenth.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fieldapp.services.check import check
from fieldapp.services.find import PeopleQuery, count_individuals, individuals
from fieldapp.services.register import register_group
from fieldapp.services.summarise import summarise, todays_figures
from tests.desks import TODAY, family, make_desk

_ROUNDS = 5


def _median_ms(action: Callable[[], object]) -> float:
    spent = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        action()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def main() -> None:
    """Measure at a tenth and at the whole size, and print both."""
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else 1250
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        actions: dict[str, Callable[[], object]] = {
            "count everybody": lambda: count_individuals(desk, PeopleQuery()),
            "first page of 200": lambda: individuals(desk, PeopleQuery(), 0, 200),
            "last page of 200": lambda: individuals(
                desk, PeopleQuery(), count_individuals(desk, PeopleQuery()) - 200, 200
            ),
            "search two words": lambda: individuals(desk, PeopleQuery("maria villa"), 0, 200),
            "summary of the day": lambda: summarise(desk, TODAY),
            "figures of the status line": lambda: todays_figures(desk),
            "check everything": lambda: check(desk),
        }
        measured: list[dict[str, float]] = []
        done = 0
        for size in (groups // 10, groups):
            start = time.perf_counter()
            for _ in range(size - done):
                register_group(desk, family())
            print(f"{size} families, {4 * size} people; {(size - done) / (time.perf_counter() - start):.0f} families/s")
            done = size
            measured.append({name: _median_ms(action) for name, action in actions.items()})
        for name in actions:
            small, large = measured[0][name], measured[1][name]
            print(f"{name:28} {small:8.1f} ms {large:8.1f} ms   {large / small:5.1f}x for 10x people")
        desk.close()


if __name__ == "__main__":
    main()
