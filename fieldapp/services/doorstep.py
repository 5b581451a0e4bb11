"""What can be known in front of the locked register: whether there is one, who may come in, what was left undone.

Reads only the access file beside the register. It loads neither the database nor the keys' libraries, so that the
sign-in window stands before they are needed.
"""

from dataclasses import dataclass
from pathlib import Path

from fieldapp.trust import access_file

PENDING = "enrolment.keys"
"""The keys of a laptop that asked to be enrolled, until it joins."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A staff member of this laptop: the short name, and until when (ms since 1970) it is locked, 0 if it is not."""

    short_name: str
    locked_until_ms: int


def has_register(folder: Path) -> bool:
    """Tell whether a register was set up in a folder. Raises FileProblem."""
    return access_file.exists(folder)


def wants_to_join(folder: Path) -> bool:
    """Tell whether this laptop asked to be enrolled and waits for the reply."""
    return (folder / PENDING).is_file()


def staff_at_door(folder: Path, now_ms: int) -> tuple[Badge, ...]:
    """Return who can open the register. Raises what reading the access file raises."""
    access = access_file.load(folder)
    found = []
    for slot in access.slots:
        tries = access.tries_of(slot)
        is_locked = tries.left == 0 and tries.seconds_left(now_ms) > 0
        found.append(Badge(slot.short_name, tries.until_ms if is_locked else 0))
    return tuple(found)


def is_recovery_confirmed(folder: Path) -> bool:
    """Tell whether the recovery key was typed back from its paper. Raises what reading the access file raises."""
    return access_file.load(folder).recovery_confirmed
