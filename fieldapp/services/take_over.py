"""Take a family over from its slip: what the slip tells stands in the register until its own record arrives.

Group and members get the ids of their registration, so that both become one when the record comes, in whatever order.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import time
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.fields import individual_fields
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Consent, IndividualEntry, MovementKind
from fieldapp.domain.registration_number import NotARegistrationNumber, parse
from fieldapp.domain.slip import SlipMember, SlipReading
from fieldapp.services.desk import Desk
from fieldapp.services.scanned_slip import ScannedSlip, id_of, scanned_slip
from fieldapp.storage.units import WriteUnit

__all__ = ["CannotTakeOver", "take_over", "take_over_all"]


class CannotTakeOver(Problem):
    """The slip's family is here already, was erased, or the slip is not one to rely on."""

    code = "cannot_take_over"


def take_over(desk: Desk, text: str) -> UUID:
    """Take over whom a slip's code names and who is not here yet, and return the family; durable when this returns.

    Raises CannotTakeOver.
    """
    slip = scanned_slip(desk, text)
    reading = slip.reading
    if not slip.can_take_over or reading.group_id is None:
        raise CannotTakeOver
    with desk.database.write() as unit:
        _write(unit, desk, slip)
    return reading.group_id


def take_over_all(desk: Desk, texts: Sequence[str]) -> UUID:
    """Take over from several codes, as of a large family's slip, and return the family of the first.

    Raises CannotTakeOver for the first; of the others, whatever says nothing new is passed over.
    """
    group_id = take_over(desk, texts[0])
    for text in texts[1:]:
        with suppress(CannotTakeOver):
            take_over(desk, text)
    return group_id


def _write(unit: WriteUnit, desk: Desk, slip: ScannedSlip) -> None:
    reading, missing = slip.reading, set(slip.missing)
    group_id = reading.group_id
    assert group_id is not None
    drafts = [ChangeDraft(Kind.GROUP_FROM_SLIP, group_id, _group(desk, reading))]
    for member in reading.members:
        individual = id_of(group_id, member)
        if individual in missing:
            drafts.append(ChangeDraft(Kind.INDIVIDUAL_FROM_SLIP, individual, _individual(reading, member, group_id)))
    unit.record(desk.author, drafts)


def _slip(reading: SlipReading) -> dict[str, object]:
    slip = reading.slip_id.bytes if reading.slip_id else b""
    return {
        "slip": slip,
        "issued_at_ms": reading.issued_at_ms,
        "expires_at_ms": reading.expires_at_ms,
        "kid": reading.kid,
        "issuer": reading.issuer,
    }


def _group(desk: Desk, reading: SlipReading) -> dict[str, object]:
    group_id = reading.group_id
    assert group_id is not None
    named = [id_of(group_id, member).bytes for member in reading.members]
    fields: dict[str, object] = {
        "focal_point": named[0],
        "others": [],
        "declared": reading.group_size,
        "complete": False,
        "consent": str(Consent.NOT_ASKED),
        "phone": "",
        "destination": "",
        "note": "",
    }
    arrival = {
        "kind": str(MovementKind.ARRIVAL),
        "at_ms": _arrived_at(desk, reading),
        "post": reading.post,
        "crossing_kind": "",
        "origin_state": "",
    }
    return {
        **_slip(reading),
        "number": reading.number,
        "named": named,
        "arrival": arrival,
        "fields": fields,
    }


def _arrived_at(desk: Desk, reading: SlipReading) -> int:
    """Return when a family arrived: the slip tells the day, and when it was issued, mostly soon after."""
    day = reading.arrived_on
    if day is None or desk.local_date(reading.issued_at_ms) == day:
        return reading.issued_at_ms
    return desk.at(day, time(12))


def _individual(reading: SlipReading, member: SlipMember, group_id: UUID) -> dict[str, object]:
    entry = IndividualEntry(
        member.given_names,
        member.surnames,
        member.sex,
        member.birth,
        (member.nationality,) if member.nationality else (),
        relationship=member.relationship,
    )
    return {
        **_slip(reading),
        "number": _number_of(reading.number, member.ordinal),
        "ordinal": member.ordinal,
        "fields": individual_fields(entry, group_id),
    }


def _number_of(number: str, ordinal: int) -> str:
    try:
        return str(parse(number).of_member(ordinal))
    except NotARegistrationNumber:
        return f"{number}-{ordinal}"
