"""Work off the main thread: one writer thread with short jobs, urgent ones first, and two threads that read.

A job that is not urgent also waits while somebody types, for all threads share one interpreter.

`query` reads, `change` writes. What they return comes back on the main thread; an error is shown by the shell unless
the caller takes it. A callback whose owner (given, or the widget its method is bound to) is gone is dropped.
"""

import itertools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import PriorityQueue, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from fieldapp.domain.problems import Problem
from fieldapp.ui.hands import Hands

log = logging.getLogger(__name__)
T = TypeVar("T")
READERS = 2
_URGENT, _STOP, _BACKGROUND = range(3)
_ERRAND_ENDS_S = 3.0
"""So long an errand may take to end; one that hangs in a network is left, and finds the register closed."""
_LOOK_S = 0.01
"""So often a waiting job looks whether it may go, and whether an urgent one came in before it."""


@dataclass(order=True)
class _Job:
    """One piece of work and what to do with its outcome. Ordered by urgency, then by when it was asked for."""

    urgency: int
    number: int
    function: Callable[[], Any] | None = field(compare=False, default=None)
    done: Callable[[Any], object] | None = field(compare=False, default=None)
    failed: Callable[[Exception], object] | None = field(compare=False, default=None)
    owner: QObject | None = field(compare=False, default=None)
    changes: str = field(compare=False, default="")
    result: Any = field(compare=False, default=None)
    error: Exception | None = field(compare=False, default=None)

    @property
    def is_wanted(self) -> bool:
        return self.owner is None or isValid(self.owner)


def _owner_of(owner: QObject | None, *callbacks: object) -> QObject | None:
    if owner is not None:
        return owner
    bound = (getattr(callback, "__self__", None) for callback in callbacks)
    return next((target for target in bound if isinstance(target, QObject)), None)


class Work(QObject):
    """The threads of one window. `changed` says what kind of thing changed: groups, people, slips, staff, drafts,
    settings. `failed` carries an error that no caller took."""

    changed = Signal(str)
    failed = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count()
        self._writes: PriorityQueue[_Job] = PriorityQueue()
        self._reads: SimpleQueue[_Job] = SimpleQueue()
        self._open = True
        self._errand: Thread | None = None
        self._unfinished = 0
        self._hands = Hands(self)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._threads = [
            Thread(
                target=self._run,
                args=(self._writes,),
                name="fieldapp writer",
                daemon=True,
            )
        ]
        self._threads += [
            Thread(
                target=self._run,
                args=(self._reads,),
                name=f"fieldapp reader {number}",
                daemon=True,
            )
            for number in range(READERS)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether something was asked for that has not come back yet."""
        return self._unfinished > 0

    def query(
        self,
        function: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Read something in the background, then call `done` with it on the main thread."""
        job = _Job(
            _URGENT,
            next(self._numbers),
            function,
            done,
            failed,
            _owner_of(owner, done, failed),
        )
        self._ask(self._reads, job)

    def change(
        self,
        function: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        changes: str = "groups",
        urgent: bool = True,
        owner: QObject | None = None,
    ) -> None:
        """Write something on the writer thread, then call `done` and say what changed (nothing if `changes` is "").

        `urgent` jobs (a save) go before the others (an import, a back-up), which must come in short pieces: each waits
        until no key came for a moment, but not for long.
        """
        urgency = _URGENT if urgent else _BACKGROUND
        job = _Job(
            urgency,
            next(self._numbers),
            function,
            done,
            failed,
            _owner_of(owner, done, failed),
            changes,
        )
        self._ask(self._writes, job)

    @property
    def is_open(self) -> bool:
        """Whether the window still works; long errands look at it and end."""
        return self._open

    def errand(
        self,
        function: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        *,
        owner: QObject,
    ) -> None:
        """Do something that waits for others, such as a network, on a thread of its own; it holds nobody up."""
        self._unfinished += 1
        job = _Job(_URGENT, next(self._numbers), function, done, failed, owner)
        self._errand = Thread(target=self._run_errand, args=(job,), name="fieldapp errand", daemon=True)
        self._errand.start()

    def _run_errand(self, job: _Job) -> None:
        try:
            job.result = job.function() if job.function is not None else None
        except Exception as error:  # noqa: BLE001 - whatever it is, it is shown or logged on the main thread
            job.error = error
        try:
            self._finished.emit(job)
        except RuntimeError:  # the window is gone
            return

    def _ask(self, queue: "PriorityQueue[_Job] | SimpleQueue[_Job]", job: _Job) -> None:
        if not self._open:
            log.info("work asked for after the end was dropped")
            return
        self._unfinished += 1
        if job.urgency == _BACKGROUND:
            self._hands.watch()
        queue.put(job)

    def _next(self, queue: "PriorityQueue[_Job] | SimpleQueue[_Job]") -> _Job:
        """Wait for a job. One that is not urgent goes back behind the urgent ones for as long as somebody types."""
        held_since: float | None = None
        while True:
            job = queue.get()
            if job.urgency != _BACKGROUND:
                return job
            now = time.monotonic()
            held_since = now if held_since is None else held_since
            pause = self._hands.pause(now - held_since)
            if not pause:
                return job
            queue.put(job)
            time.sleep(min(pause, _LOOK_S))

    def _run(self, queue: "PriorityQueue[_Job] | SimpleQueue[_Job]") -> None:
        while True:
            job = self._next(queue)
            if job.function is None:
                return
            try:
                job.result = job.function()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is shown or logged on the main thread
                job.error = error
            try:
                self._finished.emit(job)
            except RuntimeError:  # the window is gone; the work itself is done
                return

    @Slot(object)
    def _on_finished(self, job: _Job) -> None:
        self._unfinished -= 1
        try:
            self._hand_over(job)
        finally:
            if job.urgency == _BACKGROUND:  # only now: what follows it has been asked for
                self._hands.rest()

    def _hand_over(self, job: _Job) -> None:
        if job.error is None:
            if job.done is not None and job.is_wanted:
                job.done(job.result)
            if job.changes:
                self.changed.emit(job.changes)
            return
        if not isinstance(job.error, Problem):
            log.error("work failed", exc_info=job.error)
        if job.failed is not None and job.is_wanted:
            job.failed(job.error)
        elif job.is_wanted or job.changes:
            self.failed.emit(job.error)

    def shut_down(self) -> None:
        """End the threads. Waits for the running job and every urgent write; background writes not begun are dropped.

        Blocks the caller for that long. What comes back afterwards calls nobody.
        """
        if not self._open:
            return
        self._open = False
        self._writes.put(_Job(_STOP, next(self._numbers)))
        for _ in range(READERS):
            self._reads.put(_Job(_STOP, next(self._numbers)))
        for thread in self._threads:
            thread.join()
        if self._errand is not None:
            self._errand.join(_ERRAND_ENDS_S)
        self._finished.disconnect(self._on_finished)
