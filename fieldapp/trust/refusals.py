"""A refused sign-in while the register is closed: sealed to this laptop, so that the log can take it once it is open.

What was typed as an unknown short name is not kept: it may be a password typed into the wrong field.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from fieldapp.trust.sealing import CannotUnseal, seal, unseal


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused sign-in: its number on this laptop, when (ms since 1970), whose name was tried, and why."""

    number: int
    at_ms: int
    short_name: str
    reason: str


def seal_refusal(refusal: Refusal, device_receive: str) -> bytes:
    """Return the refusal sealed to the laptop's receive key."""
    return seal(json.dumps(asdict(refusal)).encode(), [device_receive])


def read_refusals(sealed: Iterable[bytes], receive_identity: str) -> tuple[Refusal, ...]:
    """Return the refusals that can be read; a damaged one must not keep anybody from signing in."""
    found = []
    for one in sealed:
        try:
            found.append(Refusal(**json.loads(unseal(one, receive_identity))))
        except (CannotUnseal, ValueError, TypeError):
            continue
    return tuple(found)
