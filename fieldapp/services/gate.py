"""The gate before the register: a password is tried against a slot, and wrong ones are counted and slowed down.

A try is counted before it is looked at, so that killing the program in between gains nobody a free one.
"""

from dataclasses import replace
from pathlib import Path

from fieldapp.domain.clock import Clock
from fieldapp.domain.problems import Problem
from fieldapp.trust import access_file
from fieldapp.trust.access import Access
from fieldapp.trust.refusals import Refusal, seal_refusal
from fieldapp.trust.slots import KeySlot, WrongSecret, open_slot
from fieldapp.trust.tries import Tries


class NotSetUp(Problem):
    """There is no register in this folder yet."""

    code = "not_set_up"


class UnknownStaff(Problem):
    """No staff member of this laptop has this short name."""

    code = "unknown_staff"


class StaffDisabled(Problem):
    """The staff member was disabled."""

    code = "staff_disabled"


class SignInRefused(Problem):
    """The sign-in is refused; `wait_seconds` must pass before the next try is looked at."""

    def __init__(self, wait_seconds: int, tries: int, left: int) -> None:
        super().__init__(wait_seconds=wait_seconds, tries=tries, left=left)
        self.wait_seconds = wait_seconds
        self.tries = tries
        self.left = left


class WrongPassword(SignInRefused):
    """The password is not right. `tries` were wrong in a row; `left` more before the name is locked for minutes."""

    code = "wrong_password"


class SignInLocked(SignInRefused):
    """Too many wrong passwords: nothing is tried for `wait_seconds`."""

    code = "sign_in_locked"


def pass_gate(folder: Path, short_name: str, password: str, clock: Clock) -> tuple[KeySlot, str]:
    """Return the staff member's slot and the private key in it.

    Raises UnknownStaff, WrongPassword, SignInLocked, and what reading and writing the access file raises.
    """
    access, now_ms = access_file.load(folder), clock()
    slot = access.slot_of(short_name)
    if slot is None:
        access_file.save(folder, refused(access, now_ms, "", "unknown_staff"))
        raise UnknownStaff(short_name=short_name)
    before = access.tries_of(slot)
    tries = before.seen_at(now_ms)
    if wait := tries.seconds_left(now_ms):
        if tries != before:
            access_file.save(folder, access.with_tries(slot, tries))
        raise SignInLocked(wait, tries.wrong, tries.left)
    counted = tries.one_more(now_ms)
    access_file.save(folder, refused(access, now_ms, slot.short_name, "wrong_password").with_tries(slot, counted))
    try:
        identity = open_slot(slot, password)
    except WrongSecret:
        wait = counted.seconds_left(now_ms)
        problem = SignInLocked if counted.left == 0 else WrongPassword
        raise problem(wait, counted.wrong, counted.left) from None
    except Problem:
        access_file.save(folder, access)  # not the password's fault
        raise
    access_file.save(folder, access.with_tries(slot, Tries()))
    return slot, identity


def refused(access: Access, now_ms: int, short_name: str, reason: str) -> Access:
    """Return the access with a refused sign-in to be logged at the next opening."""
    refusal = Refusal(access.refused_count + 1, now_ms, short_name, reason)
    try:
        return access.with_refusal(seal_refusal(refusal, access.device_receive))
    except ValueError:  # the receive key in the file was tampered with; the count alone still tells
        return replace(access, refused_count=access.refused_count + 1)
