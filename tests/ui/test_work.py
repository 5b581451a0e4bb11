"""Work runs beside the window: saves first, answers on the main thread, errors never lost, no save cut off."""

import functools
import logging
import threading
import time

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.ui.work import Work


def test_an_answer_comes_back_on_the_main_thread(qtbot: QtBot, work: Work) -> None:
    got: list[tuple[str, str]] = []
    work.query(
        lambda: threading.current_thread().name, lambda name: got.append((name, threading.current_thread().name))
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0].startswith("fieldapp reader")
    assert got[0][1] == "MainThread"


def test_a_change_says_what_changed_after_its_own_answer(qtbot: QtBot, work: Work) -> None:
    seen: list[str] = []
    work.changed.connect(seen.append)
    work.change(lambda: "PSB-A7-00042-K", lambda number: seen.append(f"done {number}"), changes="groups")
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["done PSB-A7-00042-K", "groups"]


def test_saves_go_before_an_import_that_was_asked_for_earlier(qtbot: QtBot, work: Work) -> None:
    order: list[str] = []
    gate = threading.Event()
    work.change(gate.wait)
    for number in range(5):
        work.change(functools.partial(order.append, f"import {number}"), urgent=False)
    work.change(lambda: order.append("save 1"))
    work.change(lambda: order.append("save 2"))
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 7)
    assert order == ["save 1", "save 2", "import 0", "import 1", "import 2", "import 3", "import 4"]


def test_two_queries_run_side_by_side_and_none_waits_for_a_change(qtbot: QtBot, work: Work) -> None:
    meeting = threading.Barrier(2, timeout=5)
    gate = threading.Event()
    got: list[int] = []
    work.change(gate.wait)
    for _ in range(2):
        work.query(meeting.wait, got.append)
    qtbot.waitUntil(lambda: len(got) == 2)
    gate.set()


def test_the_main_thread_never_waits(work: Work) -> None:
    begun = time.perf_counter()
    for _ in range(4):
        work.query(lambda: time.sleep(0.2), lambda _none: None)
        work.change(lambda: time.sleep(0.05))
    assert time.perf_counter() - begun < 0.1


def test_a_problem_is_shown_unless_the_caller_takes_it(qtbot: QtBot, work: Work) -> None:
    shown: list[Exception] = []
    taken: list[Exception] = []
    work.failed.connect(shown.append)

    def fail() -> None:
        raise EnvironmentProblem("disk_full")

    work.change(fail)
    work.query(fail, lambda _none: None, taken.append)
    qtbot.waitUntil(lambda: bool(shown and taken))
    assert [error.code for error in shown if isinstance(error, Problem)] == ["disk_full"]
    assert len(taken) == 1


def test_a_failed_change_changed_nothing(qtbot: QtBot, work: Work) -> None:
    seen: list[str] = []
    work.changed.connect(seen.append)
    work.failed.connect(lambda _error: seen.append("failed"))

    def fail() -> None:
        raise Problem("not_allowed")

    work.change(fail)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["failed"]


def test_an_error_of_ours_is_logged(qtbot: QtBot, work: Work, caplog: pytest.LogCaptureFixture) -> None:
    shown: list[Exception] = []
    work.failed.connect(shown.append)
    with caplog.at_level(logging.ERROR, "fieldapp.ui.work"):
        work.query(lambda: 1 // 0, lambda _number: None)
        qtbot.waitUntil(lambda: bool(shown))
    assert "ZeroDivisionError" in caplog.text
    caplog.clear()


def test_an_answer_for_a_page_that_is_gone_is_dropped(qtbot: QtBot, work: Work) -> None:
    called: list[object] = []
    owner = QObject()
    gate = threading.Event()
    work.query(lambda: gate.wait(5), called.append, owner=owner)
    owner.deleteLater()
    qtbot.wait(20)
    gate.set()
    qtbot.waitUntil(lambda: not work.is_busy)
    assert called == []


def test_the_end_waits_for_saves_and_drops_what_was_not_begun_of_an_import(qtbot: QtBot) -> None:
    work = Work()
    done: list[str] = []

    def slow_save(name: str) -> None:
        time.sleep(0.05)
        done.append(name)

    work.change(lambda: slow_save("save 1"))
    work.change(lambda: done.append("import"), urgent=False)
    work.change(lambda: slow_save("save 2"))
    work.shut_down()
    assert done == ["save 1", "save 2"]
    work.change(lambda: done.append("too late"))
    work.shut_down()
    assert done == ["save 1", "save 2"]
