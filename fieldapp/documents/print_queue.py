"""The queues of the system's printers, asked through CUPS' own library, which Qt prints with as well (Linux, macOS).

`lpstat` does not tell a cancelled job from a printed one, and the binding for Python has no wheel; so the few calls
that are needed are made here. Source: the API reference of CUPS 2.4, cups/cups.h. Elsewhere there is no library, and
`is_known` says so.
"""

import ctypes
import ctypes.util
from dataclasses import dataclass
from functools import cache
from typing import Any

from fieldapp.domain.print_jobs import QUEUE_STOPPED, JobState, QueueLook

_ALL_JOBS = -1
_MINE = 1


class _Option(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("value", ctypes.c_char_p))


class _Destination(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p), ("instance", ctypes.c_char_p), ("is_default", ctypes.c_int),
        ("option_count", ctypes.c_int), ("options", ctypes.POINTER(_Option)),
    )  # fmt: skip


class _Job(ctypes.Structure):
    _fields_ = (
        ("id", ctypes.c_int), ("queue", ctypes.c_char_p), ("title", ctypes.c_char_p), ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p), ("state", ctypes.c_int), ("size", ctypes.c_int), ("priority", ctypes.c_int),
        ("completed_at", ctypes.c_long), ("made_at", ctypes.c_long), ("begun_at", ctypes.c_long),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job of ours in a queue."""

    job_id: int
    state: JobState


@cache
def _library() -> Any:
    name = ctypes.util.find_library("cups")
    if name is None:
        return None
    try:
        cups = ctypes.CDLL(name)
        cups.cupsGetNamedDest.restype = ctypes.POINTER(_Destination)
        cups.cupsGetNamedDest.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)
        cups.cupsFreeDests.argtypes = (ctypes.c_int, ctypes.POINTER(_Destination))
        cups.cupsGetJobs2.argtypes = (
            ctypes.c_void_p, ctypes.POINTER(ctypes.POINTER(_Job)), ctypes.c_char_p, ctypes.c_int, ctypes.c_int,
        )  # fmt: skip
        cups.cupsFreeJobs.argtypes = (ctypes.c_int, ctypes.POINTER(_Job))
        cups.cupsCancelJob2.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int)
    except (OSError, AttributeError):  # a library that is no longer like this
        return None
    return cups


def is_known(queue: str) -> bool:
    """Tell whether the system's print server is at hand and has a queue of this name."""
    return bool(queue) and _library() is not None and _options(queue) is not None


def look_at(queue: str, title: str) -> QueueLook:
    """Return how things stand with the job of ours that has this title, and with its printer."""
    job = find_job(queue, title)
    state = job.state if job else None
    options = _options(queue)
    if options is None:
        return QueueLook(state, is_there=False)
    reasons = tuple(reason for reason in options.get("printer-state-reasons", "").split(",") if reason)
    is_stopped = options.get("printer-state") == str(QUEUE_STOPPED) or "paused" in reasons
    return QueueLook(state, is_stopped, options.get("printer-is-accepting-jobs") != "false", reasons)


def cancel(queue: str, title: str) -> None:
    """Take a job of ours out of a queue, if it is still there."""
    job = find_job(queue, title)
    if job is not None and job.state not in {JobState.COMPLETED, JobState.CANCELLED, JobState.ABORTED}:
        _library().cupsCancelJob2(None, queue.encode(), job.job_id, 0)


def find_job(queue: str, title: str) -> QueuedJob | None:
    """Return the latest job of ours with this title, None for none."""
    cups = _library()
    if cups is None:
        return None
    jobs = ctypes.POINTER(_Job)()
    count = cups.cupsGetJobs2(None, ctypes.byref(jobs), queue.encode(), _MINE, _ALL_JOBS)
    if count <= 0:
        return None
    try:
        found = [
            QueuedJob(jobs[place].id, JobState(jobs[place].state))
            for place in range(count)
            if jobs[place].title == title.encode() and jobs[place].state in set(JobState)
        ]
    finally:
        cups.cupsFreeJobs(count, jobs)
    return max(found, key=lambda job: job.job_id, default=None)


def _options(queue: str) -> dict[str, str] | None:
    cups = _library()
    found = cups.cupsGetNamedDest(None, queue.encode(), None)
    if not found:
        return None
    try:
        options = found.contents.options
        return {
            options[place].name.decode(): (options[place].value or b"").decode("utf-8", "replace")
            for place in range(found.contents.option_count)
        }
    finally:
        cups.cupsFreeDests(1, found)
