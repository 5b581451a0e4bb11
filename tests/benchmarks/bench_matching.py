"""How well and how fast pairs of one human are told from pairs of two, beside splink and recordlinkage.

Run by hand: `python -m tests.benchmarks.bench_matching [PEOPLE] [DOUBLES] [JUDGES_PYTHON]`. The judges are given the
same lists in a Python of their own, for they are too large to be part of the program's; without one they are left out
with a word. The seed is the one for judging; `--tune` takes the one for tuning, and `--names fr_FR` other names.
"""

import csv
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from fieldapp.domain.matching.comparable import Comparable, comparable
from fieldapp.domain.matching.joining import Joining
from fieldapp.domain.matching.scoring import frequencies
from fieldapp.services.matching import model
from tests.benchmarks.people import JUDGING, TUNING, Invented, again, population

JUDGES = Path(__file__).with_name("judges.py")
COLUMNS = ("id", "given", "surnames", "sex", "birth", "document", "phone")


def lists(people: int, doubles: int, seed: int) -> tuple[list[Invented], list[Invented], list[int]]:
    """Return a list, a second one with doubles of some and strangers, and for each of the second its place in the first."""
    rng = random.Random(seed + 2)
    locale = sys.argv[sys.argv.index("--names") + 1] if "--names" in sys.argv else ""
    everybody = list(population(people + doubles, seed, locale))
    first, strangers = everybody[:people], everybody[people:]
    chosen = rng.sample(range(people), doubles)
    second = [(again(first[place], rng), place) for place in chosen] + [
        (again(person, rng), -1) for person in strangers
    ]
    rng.shuffle(second)
    return first, [person for person, _ in second], [place for _, place in second]


def of(person: Invented) -> Comparable:
    """Return an invented record for comparing."""
    return comparable(
        person.given, person.surnames, sex=person.sex, birth=person.birth,
        documents=[person.document] if person.document else [], phones=[person.phone] if person.phone else [],
    )  # fmt: skip


def _curve(pairs: list[tuple[float, bool]], true: int, name: str, seconds: float, compared: int) -> None:
    """Print the best recall at a precision of 0.99, and F1 at its best, for scored pairs."""
    pairs.sort(key=lambda pair: -pair[0])
    right = 0
    best_f1, at_99 = (0.0, 0.0, 0.0, 0.0), (0.0, 0.0)
    for taken, (probability, is_one) in enumerate(pairs, 1):
        right += is_one
        precision, recall = right / taken, right / true
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        best_f1 = max(best_f1, (f1, probability, precision, recall))
        if precision >= 0.99:
            at_99 = max(at_99, (recall, probability))
    per = 1000 * seconds / max(compared / 1000, 1e-9)
    print(
        f"{name:28} F1 {best_f1[0]:.4f} (precision {best_f1[2]:.4f}, recall {best_f1[3]:.4f}, from {best_f1[1]:.3f})"
        f"  recall at precision 0.99: {at_99[0]:.4f} (from {at_99[1]:.3f})  {compared} pairs, {per:.1f} ms per 1,000",
        flush=True,
    )


def ours(first: list[Invented], second: list[Invented], truth: list[int]) -> None:
    """Compare with our model and print how well it did, and how true its probabilities are."""
    began = time.perf_counter()
    mine, theirs = [of(person) for person in second], [of(person) for person in first]
    counts: Counter[str] = Counter()
    for person in (*mine, *theirs):
        counts.update(set(person.words))
    joining = Joining(mine, model(), frequencies(counts, len(mine) + len(theirs)), max(len(mine), len(theirs)), 5, 0.0)
    for place, person in enumerate(theirs):
        joining.take(place, person)
    seconds = time.perf_counter() - began
    found = [(pair.score, truth[pair.left] == pair.right, pair) for pair in joining.pairs()]
    true = sum(place >= 0 for place in truth)
    met = {pair.left for _, is_one, pair in found if is_one}
    print(f"doubles that met: {len(met) / true:.4f} of {true}; whole run {seconds:.1f} s")
    _curve([(its.bits, is_one) for its, is_one, _ in found], true, "fieldapp", seconds, joining.compared)
    strong = [is_one for its, is_one, _ in found if its.grade == "strong"]
    print(f"graded strong: {len(strong)}, of them right {sum(strong) / max(len(strong), 1):.4f}")
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.01)):
        band = [is_one for its, is_one, _ in found if low <= its.probability < high]
        if band:
            print(f"  said {low:.2f}-{min(high, 1):.2f}: {len(band):6} pairs, right {sum(band) / len(band):.3f}")
    if "--show" in sys.argv:
        _show(found, first, second, truth, met)


def _show(found, first, second, truth, met) -> None:  # type: ignore[no-untyped-def]
    for left, place in enumerate(truth):
        if place >= 0 and left not in met:
            print("  never met:", first[place], second[left])
    wrong = [(its, pair) for its, is_one, pair in found if not is_one and its.bits > 4][:12]
    for its, pair in wrong:
        print("  wrong:", round(its.bits, 1), first[pair.right], second[pair.left], [r.code for r in its.reasons])
    low = [(its, pair) for its, is_one, pair in found if is_one and its.bits < 0][:25]
    for its, pair in low:
        print(
            "  missed:",
            round(its.bits, 1),
            first[pair.right],
            second[pair.left],
            [(r.code, round(r.bits, 1)) for r in its.reasons],
        )


def _write(path: Path, people: list[Invented]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for place, person in enumerate(people):
            ready = of(person)
            writer.writerow((
                place, " ".join(ready.given), " ".join(ready.surnames), person.sex, str(person.birth),
                " ".join(ready.documents), " ".join(ready.phones),
            ))  # fmt: skip


def judged(python: str, first: list[Invented], second: list[Invented], truth: list[int]) -> None:
    """Give the lists to the judges and print how well they did."""
    true = sum(place >= 0 for place in truth)
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder) / "first.csv", first)
        _write(Path(folder) / "second.csv", second)
        for judge in ("splink", "recordlinkage"):
            done = subprocess.run([python, str(JUDGES), judge, folder], capture_output=True, text=True, check=False)
            result = Path(folder) / f"{judge}.csv"
            if done.returncode or not result.exists():
                print(f"{judge}: left out ({(done.stderr.strip().splitlines() or ['not there'])[-1]})")
                continue
            seconds, compared = (float(part) for part in done.stdout.split()[-2:])
            with result.open(newline="") as file:
                pairs = [(float(row[2]), truth[int(row[1])] == int(row[0])) for row in csv.reader(file)]
            _curve(pairs, true, judge, seconds, int(compared))


def _seed() -> int:
    """Return the seed: one of one's own with `--seed N`, that for tuning with `--tune`, else that for judging."""
    if "--seed" in sys.argv:
        return int(sys.argv[sys.argv.index("--seed") + 1])
    return TUNING if "--tune" in sys.argv else JUDGING


def main() -> None:
    """Compare and print."""
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    people, doubles = (
        (int(number) for number in (*numbers, "10000", "2000")[:2]) if len(numbers) != 1 else (int(numbers[0]), 2000)
    )
    first, second, truth = lists(people, doubles, _seed())
    print(f"{len(first)} people, {len(second)} on the second list, {doubles} of them doubles")
    ours(first, second, truth)
    python = next((argument for argument in sys.argv[1:] if argument.endswith("python")), "")
    if python:
        judged(python, first, second, truth)
    else:
        print("splink, recordlinkage: left out, no Python that has them was named")


if __name__ == "__main__":
    main()
