"""A page is printed only when its queue says so; what keeps it from paper has a name."""

import pytest

from fieldapp.domain.print_jobs import Course, JobState, QueueLook, judge
from fieldapp.words import MESSAGES


@pytest.mark.parametrize(
    ("look", "course", "reason"),
    [
        (QueueLook(JobState.COMPLETED), Course.PRINTED, ""),
        (QueueLook(JobState.COMPLETED, is_stopped=True), Course.PRINTED, ""),
        (QueueLook(JobState.PROCESSING), Course.GOES, ""),
        (QueueLook(JobState.PENDING), Course.GOES, ""),
        (QueueLook(JobState.PENDING, is_stopped=True), Course.FAILED, "print_stopped"),
        (QueueLook(JobState.HELD), Course.FAILED, "print_held"),
        (QueueLook(JobState.CANCELLED), Course.FAILED, "print_cancelled"),
        (QueueLook(JobState.ABORTED), Course.FAILED, "print_aborted"),
        (QueueLook(JobState.PENDING, is_there=False), Course.FAILED, "print_gone"),
        (QueueLook(JobState.PROCESSING, reasons=("media-empty-error",)), Course.WAITS, "print_no_paper"),
        (QueueLook(JobState.PROCESSING, reasons=("media-empty", "media-needed")), Course.WAITS, "print_wrong_paper"),
        (QueueLook(JobState.PROCESSING, reasons=("cover-open-report",)), Course.WAITS, "print_open"),
        (QueueLook(JobState.PROCESSING, reasons=("toner-empty-warning", "none")), Course.GOES, ""),
        (QueueLook(None, is_accepting=False), Course.FAILED, "print_not_taken"),
    ],
)
def test_what_the_queue_says_is_judged(look: QueueLook, course: Course, reason: str) -> None:
    assert judge(look, seen_before=False) == (course, reason)
    assert not reason or reason in MESSAGES


def test_a_job_that_the_queue_forgot_was_printed() -> None:
    assert judge(QueueLook(None), seen_before=True) == (Course.PRINTED, "")
