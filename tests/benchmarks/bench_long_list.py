"""A list of very many rows against another: how long it takes and how much memory, and that Ctrl+C ends it at once.

Run by hand: `python -m tests.benchmarks.bench_long_list [ROWS] [AGAINST]` (1,000,000 and 10,000 unless told otherwise).
"""

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from fieldapp.services.match_lists import match_two
from tests.benchmarks.bench_people_list import memory_mb
from tests.benchmarks.people import JUDGING, TODAY, Invented, again, population

HEAD = ("given_names", "surnames", "sex", "birth_date", "document_number", "phone")


def write(path: Path, people: Iterable[Invented]) -> None:
    """Write a list as a partner would."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for each in people:
            birth = each.birth.likely_year if each.birth.age is not None else each.birth
            writer.writerow((each.given, each.surnames, each.sex, birth, each.document, each.phone))


def main() -> None:
    """Write two lists, every twentieth of the short one a double of somebody on the long one, and compare them."""
    numbers = [int(argument) for argument in sys.argv[1:]]
    rows, against = (*numbers, *(1_000_000, 10_000)[len(numbers) :])
    rng = random.Random(JUDGING)
    with tempfile.TemporaryDirectory() as folder:
        long, short, out = (Path(folder) / name for name in ("long.csv", "short.csv", "pairs.csv"))
        everybody = list(population(rows, JUDGING))
        doubles = [again(rng.choice(everybody), rng) for _ in range(against // 20)]
        write(long, everybody)
        del everybody
        write(short, [*doubles, *population(against - len(doubles), JUDGING + 1)])
        before = memory_mb()
        began = time.perf_counter()
        report = match_two(short, long, out, TODAY)
        taken = time.perf_counter() - began
        spent = sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(
            f"{against} rows against {rows}: {taken:.0f} s, processor {spent:.0f} s in all, {report.compared} pairs compared,"
            f" {report.written} written, {report.strong} strong; memory {before:.0f} MB before, at most"
            f" {memory_mb('VmHWM'):.0f} MB with the lists made"
        )


if __name__ == "__main__":
    main()
