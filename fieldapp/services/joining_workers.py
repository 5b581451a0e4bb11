"""The comparison of a long list shared out among the processors, each with the left list made ready in a process.

Records go to the processes through pipes and pairs come back: nothing is written anywhere. A short list is compared
in this process, for starting others takes longer.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import nlargest
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from fieldapp.domain.matching.comparable import Comparable
from fieldapp.domain.matching.joining import Joining, Pair
from fieldapp.domain.matching.scoring import Frequency, Model

Raw = TypeVar("Raw")

_LONG = 100_000
"""From so many records on, processes are worth their start."""
_MOST_PROCESSES = 4
_CRUMB = 500


@dataclass(frozen=True, slots=True)
class Task(Generic[Raw]):
    """What is compared: the left list, and how a record of the right is read from what comes through the pipe."""

    left: Sequence[Comparable]
    model: Model
    people: int
    top: int
    least: float
    read: Callable[[Raw], Comparable]

    def begin(self, frequency: Frequency) -> Joining:
        """Return the joining that this task describes."""
        return Joining(self.left, self.model, frequency, self.people, self.top, self.least)


def joined(
    task: Task[Raw],
    frequency: Frequency,
    words: Callable[[], Iterable[str]],
    right: Iterable[tuple[int, Raw]],
    size: int,
) -> tuple[list[Pair], int]:
    """Compare the left list with each record of the right, and return the pairs and how many were compared.

    `words` returns the words of all names, for processes are told beforehand how common each is.
    """
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if size < _LONG or processes < 2:  # noqa: PLR2004 - one processor has nothing to share out
        joining = task.begin(frequency)
        for place, raw in right:
            joining.take(place, task.read(raw))
        return list(joining.pairs()), joining.compared
    shares = {word: frequency(word) for word in words()}
    with _workers((task, shares, frequency("")), processes) as pipes:
        for turn, crumb in enumerate(_crumbs(right)):
            pipes[turn % processes].send(crumb)
        for pipe in pipes:
            pipe.send(None)
        answers = [pipe.recv() for pipe in pipes]
    return _best(task, [pair for pairs, _ in answers for pair in pairs]), sum(compared for _, compared in answers)


def _best(task: Task[Any], pairs: list[Pair]) -> list[Pair]:
    """Return the best of what all processes found, in the order of one."""
    by_left: dict[int, list[Pair]] = {}
    for pair in pairs:
        by_left.setdefault(pair.left, []).append(pair)
    return [
        pair
        for _, its in sorted(by_left.items())
        for pair in nlargest(task.top, its, key=lambda pair: (pair.score.bits, -pair.right))
    ]


@contextmanager
def _workers(work: tuple[Task[Any], dict[str, float], float], count: int) -> Iterator[list[Connection]]:
    context = get_context("spawn")
    pipes: list[Connection] = []
    running = []
    try:
        for _ in range(count):
            mine, its = context.Pipe()
            process = context.Process(target=_work, args=(its,), daemon=True)
            process.start()
            its.close()
            running.append(process)
            pipes.append(mine)
            mine.send(work)
        yield pipes
    finally:
        for pipe in pipes:
            pipe.close()
        for process in running:
            process.terminate()
            process.join()
            process.close()


def _work(pipe: Connection) -> None:
    """Compare what comes through the pipe until nothing more does; Ctrl+C is for the process that began."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    task, shares, usual = pipe.recv()
    joining = task.begin(lambda word: shares.get(word, usual))
    while (crumb := pipe.recv()) is not None:
        for place, raw in crumb:
            joining.take(place, task.read(raw))
    pipe.send((list(joining.pairs()), joining.compared))


def _crumbs(right: Iterable[tuple[int, Raw]]) -> Iterator[list[tuple[int, Raw]]]:
    crumb: list[tuple[int, Raw]] = []
    for each in right:
        crumb.append(each)
        if len(crumb) == _CRUMB:
            yield crumb
            crumb = []
    yield crumb
