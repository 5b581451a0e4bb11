"""Search, hints and the index over many people: times, recall, sizes and memory.

Run by hand: `python -m tests.benchmarks.bench_search [PEOPLE] [FOLDER]` (100,000 unless told otherwise). A folder is
filled once and used again. Queries are made with the seed for judging, the register with the one for tuning.
"""

import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from fieldapp.domain.birth import Birth
from fieldapp.domain.fields import birth_of
from fieldapp.domain.record import Document, IndividualEntry, Role, Sex
from fieldapp.services.desk import Desk
from fieldapp.services.hints import hints
from fieldapp.services.match_lists import match_register
from fieldapp.services.search import search, search_every_row
from tests.benchmarks.bench_people_list import memory_mb, reopen
from tests.benchmarks.people import JUDGING, TODAY, TUNING, Invented, again, population, registered, slip
from tests.benchmarks.registers import build
from tests.desks import take_over

QUERIES = 300


def _times(label: str, work: list[Callable[[], object]], target: str) -> None:
    for warm in work[:5]:
        warm()
    taken = []
    for each in work:
        began = time.perf_counter()
        each()
        taken.append(1000 * (time.perf_counter() - began))
    taken.sort()
    print(
        f"{label:44} p50 {taken[len(taken) // 2]:7.1f}  p95 {taken[len(taken) * 95 // 100]:7.1f}"
        f"  worst {taken[-1]:7.1f} ms   ({target})",
        flush=True,
    )


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
    documents = (Document("VE_CED_V", person.document, "VEN"),) if person.document else ()
    return IndividualEntry(
        person.given, person.surnames, Sex(person.sex), person.birth, ("VEN",), documents, phone=person.phone
    )


def measure(desk: Desk, count: int) -> None:
    """Print everything."""
    rng = random.Random(JUDGING)
    chosen = []
    with desk.database.read() as unit:
        for _ in range(QUERIES):
            row = unit.connection.exec_driver_sql(
                'SELECT given_names, surnames, sex, birth, documents, number FROM individual WHERE "row" = ?',
                (rng.randrange(1, count + 1),),
            ).one()
            chosen.append((Invented(row[0], row[1], row[2], birth_of(row[3]), row[4], "", 0), row[5]))
    print(f"memory before the first search: {memory_mb():.0f} MB")
    began = time.perf_counter()
    search(desk, "ana perez")
    print(f"first search, which reads the words: {1000 * (time.perf_counter() - began):.0f} ms")
    presses = [text for person, _ in chosen[:40] for text in _key_presses(person)]
    _times("search, each key press", [lambda t=t: search(desk, t) for t in presses], "30, worst 100")  # type: ignore[misc]
    slips = [_two(person, rng) for person, _ in chosen]
    _times("search, two mistyped names", [lambda t=t: search(desk, t) for t in slips], "30, worst 100")  # type: ignore[misc]
    papers = [person.document for person, _ in chosen if person.document]
    _times("search, document", [lambda t=t: search(desk, t) for t in papers], "5")  # type: ignore[misc]
    _times("search, number", [lambda t=t: search(desk, t) for _, t in chosen], "5")  # type: ignore[misc]
    entries = [_entry(again(person, rng)) for person, _ in chosen]
    _times("hints", [lambda e=e: hints(desk, e) for e in entries], "50")  # type: ignore[misc]
    _times("search every row", [lambda t=t: search_every_row(desk, t) for t in slips[:10]], "400")  # type: ignore[misc]
    print(f"memory after searches and hints: {memory_mb():.0f} MB, at most {memory_mb('VmHWM'):.0f} MB")
    _list(desk, count)
    queries = [(_two(person, rng), number) for person, number in chosen]
    with_more, without_namesakes = [], []
    for (text, number), (person, _) in zip(queries, chosen, strict=True):
        more = _more(person, rng)
        if more:
            with_more.append((f"{text} {more}", number))
            if _namesakes(desk, person, more) < 10:
                without_namesakes.append(with_more[-1])
    _recall(desk, with_more, "two mistyped names and year, age or digits")
    label = f"  the {len(without_namesakes)} of {len(with_more)} without ten namesakes"
    _recall(desk, without_namesakes, label)
    mine = _recall(desk, queries[:100], "two mistyped names alone")
    scan = _scan(desk, queries[:100])
    print(f"share of the scan: {mine / max(scan, 0.01):.3f}")
    print(f"memory: {memory_mb():.0f} MB, at most {memory_mb('VmHWM'):.0f} MB (with the judge's scan)")


def _namesakes(desk: Desk, person: Invented, more: str) -> int:
    """How many people answer what was meant, before it was mistyped: more than ten of them cannot all be in ten."""
    meant = f"{person.given.split()[0]} {person.surnames.split()[-1]} {more}"
    return sum(found.closeness > 0.98 for found in search(desk, meant, 50))


def _list(desk: Desk, count: int) -> None:
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
        began = time.perf_counter()
        report = match_register(desk, left, out)
        taken = time.perf_counter() - began
        with out.open(encoding="utf-8", newline="") as file:
            pairs = list(csv.DictReader(file))
    found = {row["left_row"] for row in pairs if mine.get(row["left_row"]) == row["registration_number"]}
    right = sum(mine.get(row["left_row"]) == row["registration_number"] for row in pairs)
    strong = [mine.get(row["left_row"]) == row["registration_number"] for row in pairs if row["grade"] == "strong"]
    print(f"a list of 10,000 against {count}: {taken:.0f} s (60), {report.compared} pairs compared, recall"
          f" {len(found) / len(mine):.3f}, precision {right / max(1, len(pairs)):.3f},"
          f" strong {len(strong)} of which right {sum(strong) / max(1, len(strong)):.4f}", flush=True)  # fmt: skip
    print(f"memory after it: at most {memory_mb('VmHWM'):.0f} MB")


def _more(person: Invented, rng: random.Random) -> str:
    year = person.birth.likely_year
    choices = [str(year), str(Birth.age_on(person.birth, TODAY))] if year else []
    if person.document:
        choices.append(person.document[-3:])
    return rng.choice(choices) if choices else ""


def sizes(desk: Desk) -> None:
    """Print what the index and the whole register weigh."""
    with desk.database.read() as unit:
        page = unit.connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        pages = unit.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        blocks = unit.connection.exec_driver_sql("SELECT sum(length(block)) FROM individual_search_data").scalar_one()
        words = unit.connection.exec_driver_sql("SELECT count(*) FROM name_word").scalar_one()
        people = unit.connection.exec_driver_sql("SELECT count(*) FROM individual").scalar_one()
    print(
        f"people {people}, words of names {words}, index {blocks / 1e6:.0f} MB, file without log {int(page) * int(pages) / 1e6:.0f} MB"
    )


def main() -> None:
    """Fill a register where there is none, then measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary) / "register"
        folder.mkdir(exist_ok=True, parents=True)
        if not (folder / "register.db").exists():
            command = [sys.executable, "-m", "tests.benchmarks.bench_search", "--fill", str(count), str(folder)]
            subprocess.run(command, check=True)
        scratch = Path(temporary) / "scratch"
        scratch.mkdir()
        desk = reopen(folder, scratch)
        sizes(desk)
        measure(desk, count)
        desk.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        opened, spent = build(Path(sys.argv[3]), registered(int(sys.argv[2]), TUNING))
        print({step: f"{seconds:.0f} s" for step, seconds in spent.items()})
        opened.close()
    else:
        main()
