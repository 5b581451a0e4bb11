"""What becomes of a page that waits in a printer's queue, judged from what the queue says of it: pure, no queue here.

States and reasons are those of IPP (RFC 8011, 5.3.7 and 5.4.12), as every system queue of Linux and macOS tells them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class JobState(IntEnum):
    """The states of a job, with the numbers of IPP."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELLED = 7
    ABORTED = 8
    COMPLETED = 9


QUEUE_STOPPED = 5
"""The state of a printer that prints nothing, as a number of IPP."""


@dataclass(frozen=True, slots=True)
class QueueLook:
    """A job and its printer at one moment; `state` is None where the queue does not know the job (any more)."""

    state: JobState | None
    is_stopped: bool = False
    is_accepting: bool = True
    reasons: tuple[str, ...] = ()
    is_there: bool = True


class Course(StrEnum):
    """How things stand with a page."""

    PRINTED = "printed"
    GOES = "goes"
    WAITS = "waits"
    FAILED = "failed"


_ENDED = {
    JobState.HELD: "print_held",
    JobState.STOPPED: "print_stopped",
    JobState.CANCELLED: "print_cancelled",
    JobState.ABORTED: "print_aborted",
}
_TROUBLES = {
    "media-needed": "print_wrong_paper",
    "media-empty": "print_no_paper",
    "media-jam": "print_jam",
    "input-tray-missing": "print_open",
    "door-open": "print_open",
    "cover-open": "print_open",
    "interlock-open": "print_open",
    "output-area-full": "print_full",
    "toner-empty": "print_ink",
    "marker-supply-empty": "print_ink",
    "offline": "print_offline",
    "connecting-to-device": "print_offline",
    "timed-out": "print_offline",
    "shutdown": "print_offline",
}
"""What stops a printer until somebody comes; what only warns (a low toner) is not among them."""

_ONLY_A_WARNING = "-warning"


def judge(look: QueueLook, *, seen_before: bool) -> tuple[Course, str]:
    """Return how things stand and the code of the reason; `seen_before` says that the queue knew the job once.

    A queue that keeps no history forgets a job that is done, so one that is gone from a printer that works counts as
    printed.
    """
    if look.state is JobState.COMPLETED:
        return Course.PRINTED, ""
    if look.state in _ENDED:
        return Course.FAILED, _ENDED[look.state]
    if not look.is_there:
        return Course.FAILED, "print_gone"
    if look.state is None:
        if seen_before or (look.is_accepting and not look.is_stopped):
            return Course.PRINTED, ""
        return Course.FAILED, "print_not_taken"
    if look.is_stopped:
        return Course.FAILED, "print_stopped"
    trouble = _trouble(look.reasons)
    return (Course.WAITS, trouble) if trouble else (Course.GOES, "")


def _trouble(reasons: Iterable[str]) -> str:
    """Return the first thing that keeps the printer from printing, in the order of what staff can mend."""
    named = {reason.removesuffix("-error").removesuffix("-report") for reason in reasons}
    stopping = {reason for reason in named if not reason.endswith(_ONLY_A_WARNING)}
    return next((code for reason, code in _TROUBLES.items() if reason in stopping), "")
