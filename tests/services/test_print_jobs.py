"""A page is followed until it is on paper: step by step, and through a real print server where there is one."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from fieldapp.domain.print_jobs import JobState, QueueLook
from fieldapp.services.print_jobs import follow, followed, has_queue
from tests.print_server import CUPSD, WHY_NOT, PrintServer, print_server

GOES = QueueLook(JobState.PROCESSING)
NO_PAPER = QueueLook(JobState.PROCESSING, reasons=("media-empty-error",))


class Queue:
    """What a queue says, look by look; the last look stays. Each pause is a second."""

    def __init__(self, *looks: QueueLook, after_cancel: QueueLook = QueueLook(JobState.CANCELLED)) -> None:
        self.looks, self.after_cancel = list(looks), after_cancel
        self.seconds = 0.0
        self.waits: list[str] = []
        self.cancelled = False

    def look(self) -> QueueLook:
        return self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]

    def cancel(self) -> None:
        self.cancelled = True
        self.looks = [self.after_cancel]

    def pause(self, _seconds: float) -> None:
        self.seconds += 1

    def reason(self, patience_s: float = 60) -> str:
        problem = follow(
            "Desk", self.look, self.cancel, self.waits.append, patience_s=patience_s,
            clock=lambda: self.seconds, pause=self.pause,
        )  # fmt: skip
        return problem.code if problem else ""


def test_a_page_is_printed_once_its_job_is_complete() -> None:
    queue = Queue(QueueLook(JobState.PENDING), GOES, GOES, QueueLook(JobState.COMPLETED))
    assert (queue.reason(), queue.cancelled, queue.waits) == ("", False, [])


def test_paper_that_is_put_in_in_time_ends_the_waiting() -> None:
    queue = Queue(GOES, *[NO_PAPER] * 50, GOES, QueueLook(JobState.COMPLETED))
    assert (queue.reason(), queue.waits) == ("", ["print_no_paper", ""])


def test_a_page_that_waits_too_long_is_taken_out_and_not_printed() -> None:
    queue = Queue(NO_PAPER)
    assert (queue.reason(), queue.cancelled) == ("print_no_paper", True)
    assert 59 <= queue.seconds <= 61


def test_a_printer_that_says_nothing_does_not_answer() -> None:
    assert Queue(GOES).reason() == "print_no_answer"


def test_a_page_behind_others_waits_as_long_as_they_take() -> None:
    queue = Queue(*[QueueLook(JobState.PENDING)] * 1000, GOES, QueueLook(JobState.COMPLETED))
    assert queue.reason() == ""


def test_a_page_that_came_out_while_it_was_cancelled_is_printed() -> None:
    queue = Queue(QueueLook(JobState.PENDING, is_stopped=True), after_cancel=QueueLook(JobState.COMPLETED))
    assert (queue.reason(), queue.cancelled) == ("", True)


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    if not CUPSD or os.geteuid() != 0:
        pytest.skip(WHY_NOT)
    with tempfile.TemporaryDirectory(prefix="cups") as folder, print_server(Path(folder)) as running:
        running.add_queue("Desk")
        yield running


@pytest.fixture
def queue(server: PrintServer, monkeypatch: pytest.MonkeyPatch) -> PrintServer:
    monkeypatch.setenv("CUPS_SERVER", server.address)
    server.run("cupsenable", "Desk")
    server.run("cupsaccept", "Desk")
    return server


def in_its_thread(work: Callable[[], object]) -> None:
    """Run something as a page is followed: in a thread of its own, which asks for its print server anew."""
    thread = Thread(target=work)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()


def outcome(server: PrintServer, title: str, *options: str) -> str:
    subprocess.run(  # noqa: S603 - a fixed command
        ["lp", "-d", "Desk", "-t", title, *options, "-"],  # noqa: S607
        input=b"slip", env={**os.environ, "CUPS_SERVER": server.address}, check=True, capture_output=True,
    )  # fmt: skip
    said: list[str] = []

    def ask() -> None:
        problem = followed("Desk", title, 1, said.append)
        said.append(problem.code if problem else "")

    in_its_thread(ask)
    return said[-1]


def test_a_real_queue_prints(queue: PrintServer) -> None:
    assert outcome(queue, "one") == ""


def test_a_real_queue_that_is_disabled_prints_nothing_and_keeps_nothing(queue: PrintServer) -> None:
    queue.run("cupsdisable", "Desk")
    assert outcome(queue, "two") == "print_stopped"
    assert queue.run("lpstat", "-o", "Desk") == ""


def test_a_real_job_that_is_held_is_not_printed(queue: PrintServer) -> None:
    assert outcome(queue, "three", "-H", "indefinite") == "print_held"
    assert queue.run("lpstat", "-o", "Desk") == ""


def test_a_real_job_that_was_cancelled_is_not_printed(queue: PrintServer) -> None:
    queue.run("cupsdisable", "Desk")
    subprocess.run(  # noqa: S603 - a fixed command
        ["lp", "-d", "Desk", "-t", "four", "-"],  # noqa: S607
        input=b"slip", env={**os.environ, "CUPS_SERVER": queue.address}, check=True, capture_output=True,
    )  # fmt: skip
    queue.run("cancel", "-a", "Desk")
    said: list[object] = []
    in_its_thread(lambda: said.append(followed("Desk", "four", 1, said.append)))
    assert "print_cancelled" in str(said[-1])


def test_a_real_queue_that_is_shut_takes_nothing(queue: PrintServer) -> None:
    queue.run("cupsreject", "Desk")
    said: list[object] = []
    in_its_thread(lambda: said.append(followed("Desk", "never sent", 1, said.append)))
    assert "print_not_taken" in str(said[-1])


def test_a_queue_that_does_not_exist_is_not_followed(queue: PrintServer) -> None:
    said: list[bool] = []
    in_its_thread(lambda: said.append(has_queue("Nowhere")))
    in_its_thread(lambda: said.append(has_queue("Desk")))
    assert said == [False, True]
