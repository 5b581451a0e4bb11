"""Following a page through the printer's queue until it is on paper, or until it is known that it will not be.

A page that counts as not printed is taken out of the queue, so that printing it again never gives two.
"""

import time
from collections.abc import Callable

from fieldapp.documents import print_queue
from fieldapp.domain.print_jobs import Course, JobState, QueueLook, judge
from fieldapp.domain.problems import EnvironmentProblem

__all__ = ["PATIENCE_S", "PATIENCE_S_A_PAGE", "follow", "followed", "has_queue"]

PATIENCE_S = 60.0
"""So long a printer may stand still for want of paper, or say nothing at all."""
PATIENCE_S_A_PAGE = 20.0
"""So long an old printer may take for a page."""
_LOOK_S = 0.3


def has_queue(printer: str) -> bool:
    """Tell whether what becomes of a page can be known: the system's queues are at hand, and this is one of them."""
    return print_queue.is_known(printer)


def followed(printer: str, title: str, pages: int, waits: Callable[[str], object]) -> EnvironmentProblem | None:
    """Follow the page with this title through a printer's queue; blocks, so call it in a thread of its own.

    Returns None once it is printed, and otherwise what it failed of. `waits` hears the code of what the printer waits
    for, and an empty text once it goes on.
    """
    return follow(
        printer,
        lambda: print_queue.look_at(printer, title),
        lambda: print_queue.cancel(printer, title),
        waits,
        patience_s=PATIENCE_S + PATIENCE_S_A_PAGE * pages,
    )


def follow(
    printer: str,
    look: Callable[[], QueueLook],
    cancel: Callable[[], object],
    waits: Callable[[str], object],
    *,
    patience_s: float,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], object] = time.sleep,
) -> EnvironmentProblem | None:
    """Look until it is decided. Standing still for `patience_s` is a failure; a page behind others waits as they do."""
    seen, told, since = False, "", clock()
    while True:
        now = look()
        course, reason = judge(now, seen_before=seen)
        if course is Course.PRINTED:
            return None
        seen = seen or now.state is not None
        if course is not Course.FAILED:
            if reason != told:
                told = reason
                since = clock()
                waits(told)
            if now.state is JobState.PENDING and not reason:
                since = clock()
            if clock() - since < patience_s:
                pause(_LOOK_S)
                continue
            reason = reason or "print_no_answer"
        cancel()
        if look().state is JobState.COMPLETED:  # it was quicker than we were
            return None
        return EnvironmentProblem(reason, printer=printer)
