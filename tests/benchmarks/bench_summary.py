"""How long the page of the daily summary takes, with the largest day, against an empty page of the same canvas.

Run by hand: `python -m tests.benchmarks.bench_summary`. Counting is measured with the services, drawing here.
"""

import io
import time
from collections.abc import Callable

from fieldapp.documents import fonts
from fieldapp.documents.drawing import new_canvas
from fieldapp.documents.summary import render_summary
from fieldapp.i18n import language
from tests.documents.papers import empty_summary, largest_summary, usual_summary


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the best time of a few."""
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def bare_page() -> bytes:
    """Return a page with one line in the bundled font."""
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, (612, 792), title="bare", author="", language="en")
    canvas.setFont("NotoSans-Regular", 10)
    canvas.drawString(50, 700, "one line")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def main() -> None:
    """Print the figures."""
    began = time.perf_counter()
    fonts.preload()
    print(f"preload: {1000 * (time.perf_counter() - began):.0f} ms")
    spanish = language("es")
    began = time.perf_counter()
    render_summary(largest_summary(), spanish)
    print(f"first summary after it: {1000 * (time.perf_counter() - began):.0f} ms")
    bare = seconds(bare_page)
    for name, summary in (("usual", usual_summary()), ("largest", largest_summary()), ("empty", empty_summary())):
        taken = seconds(lambda summary=summary: render_summary(summary, spanish))  # type: ignore[misc]
        size = len(render_summary(summary, spanish)) / 1024
        print(f"{name}: {1000 * taken:.0f} ms, {size:.0f} KB, {taken / bare:.1f} times a bare page")


if __name__ == "__main__":
    main()
