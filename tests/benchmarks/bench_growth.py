"""How everything grows with the register, log and all, from 10,000 people to 1,000,000: a table and a plot.

Run by hand: `python -m tests.benchmarks.bench_growth FOLDER [PEOPLE...]` (10,000, 100,000 and 1,000,000 unless told
otherwise). Each register lies in a folder of its own in there, filled once (a million takes ten minutes and 2.5 GB) and
measured in processes of its own. The table is printed for a document; the plot is FOLDER/growth.pdf.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.lineplots import LinePlot
from reportlab.graphics.renderPDF import drawToFile
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import HexColor

from fieldapp.domain.people import PeopleQuery
from fieldapp.services.check import rebuild_index
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.find import count_individuals, individuals
from fieldapp.services.register import register_group
from fieldapp.services.summarise import summarise, todays_figures
from fieldapp.storage import rows, search_index
from fieldapp.storage.search_words import NOTHING_INDEXED
from tests.benchmarks.bench_search import Figures, filled
from tests.desks import family

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 100
MB = 1e6
COLOURS = ("#1B5E8A", "#B3541E", "#3E7B3E", "#7A3E8C", "#8A7A1B", "#555555")
PLOTTED = (
    "search, each key press, p95 ms", "search, two mistyped names, p95 ms", "hints, p95 ms", "search every row, p95 ms",
    "save of a family of four, median ms", "first page of the list, ms",
)  # fmt: skip


def sizes(desk: Desk) -> Figures:
    """Return what the log, the tables and the index weigh."""
    with desk.database.read() as unit:
        ask = unit.connection.exec_driver_sql
        people = int(ask("SELECT count(*) FROM individual").scalar_one())
        file = int(ask("PRAGMA page_size").scalar_one()) * int(ask("PRAGMA page_count").scalar_one())
        index = int(ask("SELECT sum(length(block)) FROM individual_search_data").scalar_one())
        log = int(ask("SELECT sum(length(envelope) + length(signature) + length(hash)) FROM change").scalar_one())
        log += int(ask("SELECT sum(length(salt) + length(body)) FROM payload").scalar_one())
        words = int(ask("SELECT count(*) FROM name_word").scalar_one())
        changes = int(ask("SELECT count(*) FROM change").scalar_one())
    return {
        "people": people, "changes in the log": changes, "words of names": words, "file, MB": file / MB,
        "index, MB": index / MB, "log (envelopes and payloads), MB": log / MB, "log, bytes a person": log / people,
    }  # fmt: skip


def lists(desk: Desk) -> Figures:
    """Return how long the list, the figures of the day and what is only here take."""
    everybody, today = PeopleQuery(), desk.today()
    total = count_individuals(desk, everybody)
    work: dict[str, Callable[[], object]] = {
        "first page of the list, ms": lambda: individuals(desk, everybody, 0, 200),
        "last page of the list, ms": lambda: individuals(desk, everybody, total - 200, 200),
        "count of the list, ms": lambda: count_individuals(desk, everybody),
        "figures of the status line, ms": lambda: todays_figures(desk),
        "summary of a day, ms": lambda: summarise(desk, today),
        "what is only here, ms": lambda: elsewhere(desk),
    }
    figures: Figures = {}
    for name, action in work.items():
        taken = []
        for _ in range(5):
            began = time.perf_counter()
            action()
            taken.append(1000 * (time.perf_counter() - began))
        figures[name] = statistics.median(taken)
    return figures


def saves(desk: Desk) -> Figures:
    """Return how long a save of a family of four takes, and which share of it the index has.

    In turns a save is made with the index and one without: most of what the index costs falls due at the commit.
    """
    add, indexed = search_index.add, rows.indexed  # type: ignore[attr-defined]
    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * ROUNDS):
        with_index = turn % 2 == 0
        search_index.add = add if with_index else lambda *_people: None
        rows.indexed = indexed if with_index else lambda *_row, **_more: NOTHING_INDEXED  # type: ignore[attr-defined]
        desk.clock.forward(minutes=1)  # type: ignore[attr-defined]
        began = time.perf_counter()
        register_group(desk, family())
        taken[with_index].append(1000 * (time.perf_counter() - began))
    search_index.add, rows.indexed = add, indexed  # type: ignore[attr-defined]
    whole, without = statistics.median(taken[True]), statistics.median(taken[False])
    return {
        "save of a family of four, median ms": whole,
        "share of the index in a save, %": 100 * (whole - without) / whole,
    }


def rest(count: int, folder: Path) -> Figures:
    """Return what is not a search: sizes, lists, saves, and the index made anew."""
    with tempfile.TemporaryDirectory() as temporary:
        desk = filled(count, folder, Path(temporary))
        figures = sizes(desk) | lists(desk) | saves(desk)
        began, spent = time.perf_counter(), time.process_time()
        rebuild_index(desk)
        figures["index made anew, s"] = time.perf_counter() - began
        figures["index made anew, processor s"] = time.process_time() - spent
        desk.close()
    return figures


def table(columns: dict[int, Figures]) -> str:
    """Return the figures as a table for a document, with how often the last column is the first."""
    first, last = min(columns), max(columns)
    lines = [
        f"| | {' | '.join(f'{size:,}' for size in columns)} | grows |",
        f"|---|{'---:|' * (len(columns) + 1)}",
    ]
    for name in columns[last]:
        cells = " | ".join(_short(figures.get(name)) for figures in columns.values())
        base = columns[first].get(name)
        lines.append(f"| {name} | {cells} | {f'x{columns[last][name] / base:.1f}' if base else ''} |")
    return "\n".join(lines)


def _short(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three figures are enough


def plot(columns: dict[int, Figures], path: Path) -> None:
    """Draw times over people, both in powers of ten."""
    from math import log10  # noqa: PLC0415

    drawing, chart, legend = Drawing(520, 340), LinePlot(), Legend()
    chart.x, chart.y, chart.width, chart.height = 50, 45, 260, 260
    chart.data = [
        [(log10(size), log10(max(figures[name], 0.01))) for size, figures in columns.items()] for name in PLOTTED
    ]
    for place, colour in enumerate(COLOURS):
        chart.lines[place].strokeColor, chart.lines[place].strokeWidth = HexColor(colour), 1.8
    for axis, low, high in ((chart.xValueAxis, 4, 6), (chart.yValueAxis, -1, 3)):
        axis.valueMin, axis.valueMax, axis.valueStep = low, high, 1
        axis.labelTextFormat = lambda power: f"{10**power:,.0f}" if power >= 0 else f"{10**power:g}"
        axis.visibleGrid, axis.gridStrokeColor = True, HexColor("#DDDDDD")
    legend.x, legend.y, legend.fontSize, legend.deltay, legend.columnMaximum = 325, 290, 8.5, 18, len(PLOTTED)
    legend.alignment = "right"
    legend.colorNamePairs = [(HexColor(colour), name) for colour, name in zip(COLOURS, PLOTTED, strict=True)]
    drawing.add(chart)
    drawing.add(legend)
    drawing.add(String(50, 322, "Milliseconds over people in the register", fontSize=11))
    drawToFile(drawing, str(path))


def main() -> None:
    """Measure each register that is not measured yet, and print and draw them all."""
    folder = Path(sys.argv[1])
    columns: dict[int, Figures] = {}
    for size in [int(argument) for argument in sys.argv[2:]] or SIZES:
        found = folder / f"{size}.json"
        its = folder / str(size)
        if not found.exists():
            command = [sys.executable, "-m", "tests.benchmarks.bench_search", str(size), str(its), "--json", str(found)]
            subprocess.run(command, check=True)
            found.write_text(json.dumps(json.loads(found.read_text("utf-8")) | rest(size, its)), "utf-8")
        columns[size] = json.loads(found.read_text("utf-8"))
    print(table(columns))
    plot(columns, folder / "growth.pdf")


if __name__ == "__main__":
    main()
