"""Search, hints and lists over many people: times, recall, sizes and memory.

Run by hand: `python -m tests.benchmarks.bench_search [PEOPLE] [FOLDER]` (100,000 unless told otherwise). A folder is
filled once and used again. Queries are made with the seed for judging, the register with the one for tuning.

Each time stands with what the processor spent on it, for on a machine that others use the clock says little.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from fieldapp.domain.birth import Birth
from fieldapp.domain.fields import birth_of
from fieldapp.domain.record import IndividualEntry, Role
from fieldapp.services.desk import Desk
from fieldapp.services.hints import hints
from fieldapp.services.match_lists import match_register
from fieldapp.services.search import search, search_every_row
from tests.benchmarks.bench_people_list import memory_mb, reopen
from tests.benchmarks.people import JUDGING, TUNING, Invented, again, population, registered, slip
from tests.benchmarks.registers import build, entry_of
from tests.desks import take_over

Figures = dict[str, float]

QUERIES = 300
NAMESAKES = 10


def _times(figures: Figures, label: str, work: list[Callable[[], object]], target: str) -> None:
    for warm in work[:5]:
        warm()
    clock, processor = [], []
    for each in work:
        began, spent = time.perf_counter(), time.process_time()
        each()
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - spent))
    p50, p95, worst = (_at(clock, share) for share in (0.5, 0.95, 1))
    figures |= {f"{label}, p95 ms": p95, f"{label}, worst ms": worst}
    print(
        f"{label:44} p50 {p50:7.1f}  p95 {p95:7.1f}  worst {worst:7.1f} ms   processor p95 {_at(processor, 0.95):7.1f}"
        f"  worst {max(processor):7.1f}   ({target})",
        flush=True,
    )


def _at(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def _key_presses(person: Invented) -> list[str]:
    text = f"{person.given.split()[0]} {person.surnames.split()[-1]}".lower()
    return [text[:length] for length in range(1, len(text) + 1)]


def _two(person: Invented, rng: random.Random) -> str:
    return f"{slip(person.given.split()[0], rng)} {slip(person.surnames.split()[-1], rng)}"


def _recall(desk: Desk, queries: list[tuple[str, str]], label: str, find: Callable[..., object] = search) -> float:
    hits = 0
    for text, number in queries:
        hits += number in [found.person.number for found in find(desk, text, 10)]  # type: ignore[attr-defined]
    print(f"{label:44} recall at 10: {hits / len(queries):.3f}", flush=True)
    return hits / len(queries)


def _scan(desk: Desk, queries: list[tuple[str, str]]) -> float:
    """What a scan of all rows with the better of three scorers finds."""
    with desk.database.read() as unit:
        rows = unit.connection.exec_driver_sql("SELECT number, name_key FROM individual").all()
    names = [row.name_key for row in rows]
    hits = 0
    scorers: list[Callable[..., float]] = [
        fuzz.token_sort_ratio,
        fuzz.token_set_ratio,
        JaroWinkler.normalized_similarity,
    ]
    best = 0.0
    for scorer in scorers:
        hits = 0
        for text, number in queries:
            found = process.extract(text.lower(), names, scorer=scorer, limit=10)
            hits += number in [rows[hit[2]].number for hit in found]
        best = max(best, hits / len(queries))
    print(f"{'scan of all rows, best of three scorers':44} recall at 10: {best:.3f}")
    return best


def _entry(person: Invented) -> IndividualEntry:
    return replace(entry_of(person), phone=person.phone)


def some_people(desk: Desk, count: int, rng: random.Random) -> list[tuple[Invented, str, str]]:
    """Return people of the register by chance, each with their number and where their family goes."""
    statement = (
        "SELECT given_names, surnames, sex, birth, documents, i.number, g.destination FROM individual i"
        ' JOIN registration_group g ON g.id = i.group_id WHERE i."row" = ?'
    )
    chosen = []
    with desk.database.read() as unit:
        for _ in range(QUERIES):
            row = unit.connection.exec_driver_sql(statement, (rng.randrange(1, count + 1),)).one()
            chosen.append((Invented(row[0], row[1], row[2], birth_of(row[3]), row[4], "", 0), row[5], row[6]))
    return chosen


def measure(desk: Desk, count: int) -> Figures:
    """Print everything, and return it by name."""
    rng = random.Random(JUDGING)
    everything = some_people(desk, count, rng)
    chosen = [(person, number) for person, number, _ in everything]
    figures: Figures = {"memory before the first search, MB": memory_mb()}
    began = time.perf_counter()
    search(desk, "ana perez")
    figures["first search, which reads the words, ms"] = 1000 * (time.perf_counter() - began)
    presses = [text for person, _ in chosen[:40] for text in _key_presses(person)]
    _times(figures, "search, each key press", [lambda t=t: search(desk, t) for t in presses], "30, worst 100")  # type: ignore[misc]
    slips = [_two(person, rng) for person, _ in chosen]
    _times(figures, "search, two mistyped names", [lambda t=t: search(desk, t) for t in slips], "30, worst 100")  # type: ignore[misc]
    places = [f"{person.given.split()[0]} {town}".lower() for person, _, town in everything if town]
    _times(figures, "search, name and town", [lambda t=t: search(desk, t) for t in places], "30, worst 100")  # type: ignore[misc]
    papers = [person.document for person, _ in chosen if person.document]
    _times(figures, "search, document", [lambda t=t: search(desk, t) for t in papers], "5")  # type: ignore[misc]
    _times(figures, "search, number", [lambda t=t: search(desk, t) for _, t in chosen], "5")  # type: ignore[misc]
    entries = [_entry(again(person, rng)) for person, _ in chosen]
    _times(figures, "hints", [lambda e=e: hints(desk, e) for e in entries], "50")  # type: ignore[misc]
    figures["memory at most, searches and hints, MB"] = memory_mb("VmHWM")
    _times(figures, "search every row", [lambda t=t: search_every_row(desk, t) for t in slips[:30]], "400")  # type: ignore[misc]
    figures["memory at most, every row searched, MB"] = memory_mb("VmHWM")
    for name in [name for name in figures if "memory" in name or "first" in name]:
        print(f"{name}: {figures[name]:.0f}")
    queries = [(_two(person, rng), number) for person, number in chosen]
    with_more, without_namesakes = [], []
    for (text, number), (person, _) in zip(queries, chosen, strict=True):
        if more := _more(person, desk.today(), rng):
            with_more.append((f"{text} {more}", number))
            if _namesakes(desk, person, more) < NAMESAKES:
                without_namesakes.append(with_more[-1])
    figures["recall at 10, two slips and year, age or digits"] = _recall(
        desk, with_more, "two mistyped names and year, age or digits"
    )
    label = f"  the {len(without_namesakes)} of {len(with_more)} without ten namesakes"
    figures["  of those without ten namesakes"] = _recall(desk, without_namesakes, label)
    mine = _recall(desk, queries[:100], "two mistyped names alone")
    scan = _scan(desk, queries[:100])
    figures["recall at 10, two slips alone"], figures["  the same by a scan of all rows"] = mine, scan
    print(f"share of the scan: {mine / max(scan, 0.01):.3f}", flush=True)
    return figures


def _namesakes(desk: Desk, person: Invented, more: str) -> int:
    """How many people answer what was meant, before it was mistyped: more than ten of them cannot all be in ten."""
    meant = f"{person.given.split()[0]} {person.surnames.split()[-1]} {more}"
    return sum(found.closeness > 0.98 for found in search(desk, meant, 50))


def measure_list(desk: Desk, count: int) -> Figures:
    """Compare a list of 10,000, half of them in the register, with the register."""
    rng = random.Random(JUDGING + 1)
    take_over(desk, Role.SUPERVISOR)
    with tempfile.TemporaryDirectory() as folder:
        left, out = Path(folder) / "left.csv", Path(folder) / "pairs.csv"
        mine = {}
        with left.open("w", encoding="utf-8", newline="") as file, desk.database.read() as unit:
            writer = csv.writer(file)
            writer.writerow(("given_names", "surnames", "sex", "birth_date", "document_number", "phone"))
            for place, stranger in enumerate(population(10_000, JUDGING), 1):
                person = stranger
                if place % 2:
                    row = unit.connection.exec_driver_sql(
                        'SELECT given_names, surnames, sex, birth, documents, number FROM individual WHERE "row" = ?',
                        (rng.randrange(1, count + 1),),
                    ).one()
                    person = again(Invented(row[0], row[1], row[2], birth_of(row[3]), row[4], "", 0), rng)
                    mine[str(place)] = row[5]
                birth = person.birth.likely_year if person.birth.age is not None else person.birth
                writer.writerow((person.given, person.surnames, person.sex, birth, person.document, person.phone))
        began, spent = time.perf_counter(), _processor()
        report = match_register(desk, left, out)
        taken, spent = time.perf_counter() - began, _processor() - spent
        with out.open(encoding="utf-8", newline="") as file:
            pairs = list(csv.DictReader(file))
    is_right = [mine.get(row["left_row"]) == row["registration_number"] for row in pairs]
    found = {row["left_row"] for row, right in zip(pairs, is_right, strict=True) if right}
    strong = [right for row, right in zip(pairs, is_right, strict=True) if row["grade"] == "strong"]
    print(
        f"a list of 10,000 against {count}: {taken:.0f} s (60), processor {spent:.0f} s, {report.compared} pairs compared,"
        f" recall {len(found) / len(mine):.3f}, precision {sum(is_right) / max(1, len(pairs)):.3f},"
        f" strong {len(strong)} of which right {sum(strong) / max(1, len(strong)):.4f}", flush=True,
    )  # fmt: skip
    return {"list of 10,000, s": taken, "list of 10,000, processor s": spent}


def _processor() -> float:
    """Return the seconds of the processor that this process and those it ended have spent."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _more(person: Invented, today: date, rng: random.Random) -> str:
    year = person.birth.likely_year
    choices = [str(year), str(Birth.age_on(person.birth, today))] if year else []
    if person.document:
        choices.append(person.document[-3:])
    return rng.choice(choices) if choices else ""


def main() -> None:
    """Fill a register where there is none, then measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary) / "register"
        desk = filled(count, folder, Path(temporary))
        figures = measure(desk, count)
        if "--no-list" not in sys.argv:
            figures |= measure_list(desk, count)
        if "--json" in sys.argv:
            Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(figures), encoding="utf-8")
        desk.close()


def filled(count: int, folder: Path, temporary: Path) -> Desk:
    """Open the register in a folder; where there is none, another process fills it, which is no part of the memory."""
    folder.mkdir(exist_ok=True, parents=True)
    if not (folder / "register.db").exists():
        command = [sys.executable, "-m", "tests.benchmarks.bench_search", "--fill", str(count), str(folder)]
        subprocess.run(command, check=True)
    scratch = temporary / "scratch"
    scratch.mkdir()
    return reopen(folder, scratch)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        began = time.perf_counter()
        build(Path(sys.argv[3]), registered(int(sys.argv[2]), TUNING)).close()
        print(f"filled in {time.perf_counter() - began:.0f} s")
    else:
        main()
