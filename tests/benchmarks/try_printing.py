"""What becomes of slips in real print queues: every layout through CUPS-PDF, and queues that do not print.

Run by hand, as root, where CUPS is: `python -m tests.benchmarks.try_printing` (apt-get install cups cups-client
printer-driver-cups-pdf). It starts a print server of its own and stops it again.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from fieldapp.documents.layouts import LAYOUTS
from fieldapp.domain.problems import Problem
from fieldapp.services.desk import Desk
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip, slip_pdf
from fieldapp.services.verify import verify_file
from fieldapp.settings import Settings
from fieldapp.ui.printing import load_pdf, print_pdf
from tests.desks import family, make_desk
from tests.print_server import CUPSD, PPD, WHY_NOT, PrintServer, print_server

_LONGEST_S = 150


def outcome(page: QWidget, pdf: bytes, queue: str, copies: int = 1) -> tuple[str, float]:
    """Print through the window's own way and return the code of what failed, and after how long it was known."""
    answers: list[Problem | None] = []
    began = time.perf_counter()
    print_pdf(page, pdf, Settings(printer=queue), answers.append, copies=copies)
    while not answers and time.perf_counter() - began < _LONGEST_S:
        QApplication.processEvents()
        time.sleep(0.01)
    problem = answers[0] if answers else Problem("never told")
    return problem.code if problem else "printed", time.perf_counter() - began


def every_layout(page: QWidget, desk: Desk, out: Path) -> None:
    """Print each layout on the PDF printer and read the code back from what came out."""
    group = register_group(desk, family()).group_id
    for layout in LAYOUTS:
        pdf = slip_pdf(issue_slip(desk, group, "es"), layout, desk.zone)
        before = set(out.glob("*.pdf"))
        said, seconds = outcome(page, pdf, "Paper")
        (made,) = set(out.glob("*.pdf")) - before
        wanted, got = (load_pdf(each, page).pagePointSize(0) for each in (pdf, made.read_bytes()))
        pages = tuple(load_pdf(each, page).pageCount() for each in (pdf, made.read_bytes()))
        verdicts = ["-"] if layout == "wristband" else [reading.verdict.value for reading in verify_file(desk, made)]
        print(
            f"{layout:12} {said} in {seconds:4.1f} s, {wanted.width():.0f} x {wanted.height():.0f} became "
            f"{got.width():.0f} x {got.height():.0f} pt, pages {pages}, {verdicts}"
        )


def queues_that_fail(page: QWidget, desk: Desk, server: PrintServer) -> None:
    """Print where nothing comes out: each is known as not printed, and nothing stays in its queue."""
    group = register_group(desk, family()).group_id
    pdf = slip_pdf(issue_slip(desk, group, "es"), "a6", desk.zone)
    print(f"{'unplugged':12}", *outcome(page, pdf, "Gone"), repr(server.run("lpstat", "-o", "Gone")))
    for what, command in (("disabled", "cupsdisable"), ("shut", "cupsreject")):
        server.run(command, "Desk")
        print(f"{what:12}", *outcome(page, pdf, "Desk"), repr(server.run("lpstat", "-o", "Desk")))
        server.run("cupsenable", "Desk")
        server.run("cupsaccept", "Desk")
    server.run("lpadmin", "-p", "Desk", "-o", "job-hold-until-default=indefinite")
    print(f"{'held':12}", *outcome(page, pdf, "Desk"), repr(server.run("lpstat", "-o", "Desk")))


def main() -> None:
    """Run all of it."""
    if not CUPSD or not PPD.exists():
        sys.exit(WHY_NOT)
    with tempfile.TemporaryDirectory(prefix="cups") as folder, print_server(Path(folder)) as server:
        os.environ["CUPS_SERVER"] = server.address
        server.run("lpadmin", "-p", "Paper", "-E", "-v", "cups-pdf:/", "-P", str(PPD))
        server.add_queue("Desk")
        server.add_queue("Gone", "socket://127.0.0.1:9")
        app = QApplication([])
        page = QWidget()
        post = Path(folder) / "post"
        post.mkdir()
        desk = make_desk(post, seed=random.randrange(1000))
        every_layout(page, desk, Path.home() / "PDF")
        queues_that_fail(page, desk, server)
        desk.close()
        app.quit()


if __name__ == "__main__":
    main()
