"""Sign in and out, unlock, and ask about a clock that cannot be right."""

from dataclasses import dataclass, replace
from pathlib import Path

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.clock import Clock, wall_of
from fieldapp.domain.ids import RandomBytes
from fieldapp.services.back_up import sweep
from fieldapp.services.desk import Desk
from fieldapp.services.epochs import go_on_apart
from fieldapp.services.erasures import clear_files
from fieldapp.services.gate import NotSetUp, SignInLocked, StaffDisabled, UnknownStaff, WrongPassword, pass_gate
from fieldapp.services.opening import OpenedDesk, actor_of, make_desk, open_register, settle
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust import access_file
from fieldapp.trust.refusals import read_refusals

__all__ = [
    "ClockQuestion",
    "NotSetUp",
    "SignInLocked",
    "StaffDisabled",
    "UnknownStaff",
    "WrongPassword",
    "check_password",
    "clock_question",
    "confirm_clock",
    "sign_in",
    "sign_out",
]

_LOGGED_REFUSALS = "logged_refusals"
_FAR_MS = 24 * 3600 * 1000
_BEHIND_MS = 60 * 1000
"""A minute behind the last change is no news: clocks are set by hand."""


@dataclass(frozen=True, slots=True)
class ClockQuestion:
    """A clock that cannot be right: `clock_behind` or `clock_ahead`, the last change and now (ms since 1970)."""

    code: str
    last_ms: int
    now_ms: int


def sign_in(folder: Path, short_name: str, password: str, *, clock: Clock, random_bytes: RandomBytes) -> Desk:
    """Open the register of a folder for a staff member; it stays locked to this program until signed out.

    Raises NotSetUp, UnknownStaff, WrongPassword, SignInLocked, StaffDisabled, FolderInUse and what opening raises.
    """
    if not folder.is_dir() or not access_file.exists(folder):
        raise NotSetUp
    lock = FolderLock.take(folder)
    try:
        sweep(folder)
        slot, identity = pass_gate(folder, short_name, password, clock)
        database, keys = open_register(folder, access_file.load(folder), identity)
        try:
            actor = actor_of(database, slot)
            keys = settle(folder, database, keys)
            desk = make_desk(folder, lock, database, keys, actor, clock, random_bytes)
            go_on_apart(desk)
            clear_files(desk)
            _log_opening(desk)
        except BaseException:
            database.close()
            raise
    except BaseException:
        lock.release()
        raise
    return desk


def _log_opening(desk: OpenedDesk) -> None:
    """Log the refused sign-ins since the last opening, then this sign-in, then forget the refusals."""
    access = access_file.load(desk.folder)
    refusals = read_refusals(access.refused, desk.receive_identity)
    with desk.database.write() as unit:
        logged = int(unit.get_local(_LOGGED_REFUSALS) or b"0")
        fresh = [refusal for refusal in refusals if refusal.number > logged]
        drafts = [
            ChangeDraft(
                Kind.SIGN_IN_REFUSED,
                desk.device.device_id,
                {"at_ms": one.at_ms, "short_name": one.short_name, "reason": one.reason},
            )
            for one in fresh
        ]
        unit.record(desk.author, [*drafts, ChangeDraft(Kind.SIGNED_IN, desk.actor.staff_id, {})])
        if fresh:
            unit.put_local(_LOGGED_REFUSALS, str(max(one.number for one in fresh)).encode())
    if access.refused:
        access_file.save(desk.folder, replace(access, refused=()))


def check_password(desk: Desk, password: str) -> bool:
    """Tell whether the password is that of who is signed in, for the idle lock.

    Wrong ones count as at sign-in. Raises WrongPassword, SignInLocked.
    """
    pass_gate(desk.folder, desk.actor.short_name, password, desk.clock)
    return True


def clock_question(desk: Desk) -> ClockQuestion | None:
    """Return what to ask about the clock: is it behind the last change, or a day or more ahead of it?"""
    now_ms = desk.now_ms()
    with desk.database.read() as unit:
        # This sign-in is itself the last change, so the one before it tells.
        row = unit.connection.exec_driver_sql(
            "SELECT max(hlc) FROM change WHERE hlc < (SELECT max(hlc) FROM change WHERE kind = ?)",
            (str(Kind.SIGNED_IN),),
        ).scalar()
    if row is None:
        return None
    last_ms = wall_of(int(row))
    if now_ms < last_ms - _BEHIND_MS:
        return ClockQuestion("clock_behind", last_ms, now_ms)
    if now_ms > last_ms + _FAR_MS:
        return ClockQuestion("clock_ahead", last_ms, now_ms)
    return None


def confirm_clock(desk: Desk) -> None:
    """Log that staff say the clock is right."""
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.CLOCK_CONFIRMED, desk.device.device_id, {"now_ms": desk.now_ms()})])


def sign_out(desk: Desk) -> None:
    """Log the sign-out and close the register; it is closed even when logging fails."""
    try:
        with desk.database.write() as unit:
            unit.record(desk.author, [ChangeDraft(Kind.SIGNED_OUT, desk.actor.staff_id, {})])
    finally:
        desk.close()
