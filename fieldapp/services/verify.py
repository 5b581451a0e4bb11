"""Verify slips: from what a scanner read, from a photo, from a PDF; with the register at hand or without one.

With a register, the laptops it knows are the trusted issuers, and a slip that was voided is told from a valid one.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.domain.slip import SlipReading, Verdict
from fieldapp.exchange.credential import LONGEST_TEXT, IssuerKey, may_be_credential, read_credential
from fieldapp.exchange.issuer_file import issuer_json, read_issuers
from fieldapp.exchange.reading import CannotReadCodes, codes_in_file

if TYPE_CHECKING:  # a slip is verified without a register too, and that should not load the database
    from fieldapp.services.desk import Desk

__all__ = ["IssuerKey", "issuers_file", "known_issuers", "read_issuers", "verify_file", "verify_text"]

SIGNATURE_HOLDS = frozenset(
    {Verdict.VALID, Verdict.VOID, Verdict.EXPIRED, Verdict.ISSUER_UNCONFIRMED, Verdict.ISSUER_REVOKED}
)
"""Verdicts that say that the content is what the issuer signed."""

_NOT_READ = frozenset({Verdict.NOT_A_SLIP, Verdict.ALTERED})
_TEXT_FILE_LIMIT = 16 * LONGEST_TEXT


def verify_text(desk: "Desk | None", text: str, trusted: Sequence[IssuerKey] = ()) -> SlipReading:
    """Verify the text of one code. `trusted` are issuers beside those the register knows. Never raises for a text."""
    issuers = [*(known_issuers(desk) if desk else ()), *trusted]
    return _as_of_now(desk, read_credential(text, issuers))


def first_read(desk: "Desk", texts: Iterable[str]) -> tuple[SlipReading, str] | None:
    """Return the reading of the first of these texts that is a code which was signed whole, None where none is.

    What a scanner may have meant is a few thousand texts: they are told apart before the register is asked.
    """
    issuers: tuple[IssuerKey, ...] | None = None
    for text in texts:
        if not may_be_credential(text) or read_credential(text, ()).verdict in _NOT_READ:
            continue
        issuers = issuers or known_issuers(desk)
        reading = read_credential(text, issuers)
        if reading.verdict not in _NOT_READ:
            return _as_of_now(desk, reading), text
    return None


def verify_file(desk: "Desk | None", path: Path, trusted: Sequence[IssuerKey] = ()) -> tuple[SlipReading, ...]:
    """Verify every code in a picture, a PDF or a text file (one code a line); none gives an empty result.

    The codes of one large family's slip are one reading. Raises the problems of `codes_in_file`.
    """
    issuers = [*(known_issuers(desk) if desk else ()), *trusted]
    readings = (_as_of_now(desk, read_credential(text, issuers)) for text in _codes(path))
    return merged(readings)


def known_issuers(desk: "Desk") -> tuple[IssuerKey, ...]:
    """Return the issuers that the register knows: its laptops, each epoch with its own key, and trusted others."""
    from fieldapp.services.issuers import known_keys  # noqa: PLC0415 - see above

    return known_keys(desk)


def issuers_file(desk: "Desk") -> bytes:
    """Return the key of this laptop as the content of a file that others verify its slips with."""
    from fieldapp.services.slips import issuer_name  # noqa: PLC0415 - see above

    device = desk.device
    return issuer_json([IssuerKey(device.kid, device.sign_public, issuer=issuer_name(desk))])


def merged(readings: Iterable[SlipReading]) -> tuple[SlipReading, ...]:
    """Put the readings of several codes of one slip together: the same slip, issuer and verdict."""
    found: dict[object, SlipReading] = {}
    for place, reading in enumerate(readings):
        key: object = place
        if reading.slip_id is not None and reading.group_id is not None:
            key = (reading.slip_id, reading.group_id, reading.kid, reading.verdict, reading.issued_at_ms)
        before = found.get(key)
        if before is None:
            found[key] = reading
        else:
            members = {member.ordinal: member for member in (*before.members, *reading.members)}
            found[key] = replace(before, members=tuple(members[ordinal] for ordinal in sorted(members)))
    return tuple(found.values())


def _codes(path: Path) -> list[str]:
    try:
        return codes_in_file(path)
    except CannotReadCodes as problem:
        lines = _lines(path)
        if problem.code != CannotReadCodes.code or not lines:
            raise
        return lines


def _lines(path: Path) -> list[str]:
    """Return the lines of a small ASCII file, none of another file."""
    with path.open("rb") as file:
        content = file.read(_TEXT_FILE_LIMIT + 1)
    if len(content) > _TEXT_FILE_LIMIT or not content.isascii() or b"\0" in content:
        return []
    return [line for line in content.decode("ascii").splitlines() if line.strip()]


def _as_of_now(desk: "Desk | None", reading: SlipReading) -> SlipReading:
    """Say whether a slip that was good when it was signed is void or its term is over."""
    reading = _with_voids(desk, reading)
    now_ms = desk.now_ms() if desk else int(time.time() * 1000)
    is_over = 0 < reading.expires_at_ms <= now_ms
    if is_over and reading.verdict in {Verdict.VALID, Verdict.ISSUER_UNCONFIRMED}:
        return replace(reading, verdict=Verdict.EXPIRED)
    return reading


def _with_voids(desk: "Desk | None", reading: SlipReading) -> SlipReading:
    if desk is None or reading.verdict not in {Verdict.VALID, Verdict.ISSUER_UNCONFIRMED} or reading.group_id is None:
        return reading
    from fieldapp.storage import records  # noqa: PLC0415 - see above

    with desk.database.read() as unit:
        slips = records.state_of(unit, reading.group_id).slips
        elsewhere = records.voided_elsewhere(unit, reading.group_id)
    void = next((slip for slip in slips if slip.slip_id == reading.slip_id and slip.voided), None)
    if void is None and reading.slip_id in elsewhere:
        reason, at_ms = elsewhere[reading.slip_id]
        return replace(reading, verdict=Verdict.VOID, void_reason=reason, voided_at_ms=at_ms)
    if void is None:
        return reading
    return replace(
        reading,
        verdict=Verdict.VOID,
        void_reason=void.void_reason,
        voided_at_ms=void.voided_at_ms,
        replaced_at_ms=max((slip.issued_at_ms for slip in slips if slip.is_on_paper), default=0),
    )
