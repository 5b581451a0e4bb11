"""What a scanned slip answers: its verdict, and whether its family is in this register, in full or as a slip told it."""

from dataclasses import dataclass, replace
from uuid import UUID

from fieldapp.domain.ids import member_id
from fieldapp.domain.papers.layouts import undo
from fieldapp.domain.slip import SlipMember, SlipReading, Verdict
from fieldapp.services.desk import Desk
from fieldapp.services.verify import SIGNATURE_HOLDS, first_read, verify_text
from fieldapp.storage import records
from fieldapp.storage.units import ReadUnit

RELIABLE = frozenset({Verdict.VALID, Verdict.EXPIRED, Verdict.ISSUER_UNCONFIRMED})
"""Verdicts with which a family is taken over from its slip."""
_NOTHING_READ = frozenset({Verdict.NOT_A_SLIP, Verdict.ALTERED})


@dataclass(frozen=True, slots=True)
class ScannedSlip:
    """A slip as scanned; `text` is its code as its signature proved it.

    `is_here` says that this register has its family, `from_slip` that it only has what slips told of it, `to_complete`
    that members are missing, `erased` that it was erased. `missing` are those whom the code names and who are not here.
    """

    reading: SlipReading
    is_here: bool = False
    to_complete: bool = False
    from_slip: bool = False
    erased: bool = False
    missing: tuple[UUID, ...] = ()
    text: str = ""

    @property
    def can_take_over(self) -> bool:
        """Whether the family, or more of it, can be taken over from the slip."""
        return bool(self.missing) and not self.erased and self.reading.verdict in RELIABLE

    @property
    def is_foreign(self) -> bool:
        """Whether it is a credential of another system, of one person; the form can be filled from it."""
        return self.reading.group_id is None and self.reading.verdict in SIGNATURE_HOLDS


def scanned_slip(desk: Desk, text: str) -> ScannedSlip:
    """Verify what a scanner typed, also with another keyboard layout than ours. Never raises for a text."""
    reading, meant = _verified(desk, text)
    slip = ScannedSlip(reading, text=meant)
    if reading.group_id is None or reading.verdict not in SIGNATURE_HOLDS:
        return slip
    with desk.database.read() as unit:
        return _in_register(unit, slip, reading.group_id)


def id_of(group_id: UUID, member: SlipMember) -> UUID:
    """Return the id of a member whom a slip names."""
    return member.individual_id or member_id(group_id, member.ordinal)


def _in_register(unit: ReadUnit, slip: ScannedSlip, group_id: UUID) -> ScannedSlip:
    state = records.state_of(unit, group_id)
    if state.erased:
        return replace(slip, erased=True)
    missing: tuple[UUID, ...] = ()
    if state.registration is None or state.is_from_slip:
        named = [id_of(group_id, member) for member in slip.reading.members]
        folded = records.states_with_history(unit, named)
        missing = tuple(one for one in named if folded[one][0].registration is None and not folded[one][0].erased)
    if state.registration is None:
        return replace(slip, missing=missing)
    to_complete = not state.value("complete") and not state.is_withdrawn
    return replace(slip, is_here=True, to_complete=to_complete, from_slip=state.is_from_slip, missing=missing)


def _verified(desk: Desk, text: str) -> tuple[SlipReading, str]:
    first = verify_text(desk, text)
    if first.verdict not in _NOTHING_READ:
        return first, text
    return first_read(desk, undo(text)) or (first, text)
