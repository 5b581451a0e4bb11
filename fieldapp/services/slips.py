"""Issue, print again and void slips. A slip is made only of what is durably registered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.fields import bytes_of, consent_of, text_of, texts_of, uuid_of
from fieldapp.domain.fold import SubjectState
from fieldapp.domain.ids import uuid7
from fieldapp.domain.names import tidy
from fieldapp.domain.people import SlipState
from fieldapp.domain.problems import NotFound, Problem
from fieldapp.domain.record import GroupEntry
from fieldapp.domain.slip import PRACTICE_ISSUER, SlipContent, SlipMember
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.desk import Desk
from fieldapp.services.entry_check import agrees_to_photo
from fieldapp.services.slip_members import slip_members
from fieldapp.services.slip_terms import expiry
from fieldapp.storage import records
from fieldapp.storage.slip_terms import slip_days
from fieldapp.storage.units import ReadUnit, WriteUnit

_ISSUER_LENGTH = 16


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """A slip that the log knows of: its content and the texts of its QR codes, signed by this laptop.

    `portrait` is a JPEG of the focal point for paper alone: neither content nor codes ever have it.
    """

    content: SlipContent
    codes: tuple[str, ...]
    portrait: bytes = b""


def issue_slip(desk: Desk, group_id: UUID, slip_language: str, *, with_portrait: bool = False) -> IssuedSlip:
    """Issue a family's slip, or its next copy if it has one that is good; durable when this returns.

    A portrait goes with it only where it is asked for and the family agrees that its data is shared. Raises NotFound for a group that is not registered here.
    """
    with desk.database.write() as unit:
        state, members = _record(unit, group_id)
        current = _current(desk, state)
        kind = Kind.SLIP_REPRINTED if current else Kind.SLIP_ISSUED
        content = _content(desk, unit, state, members, slip_language, current)
        issued = _issue(desk, unit, content, kind)
    return replace(issued, portrait=_portrait_of(state, members) if with_portrait else b"")


def reissue_slip(
    desk: Desk, group_id: UUID, slip_language: str, reason: str, *, with_portrait: bool = False
) -> IssuedSlip:
    """Void a family's slip for a reason and issue a new one in the same step. Raises NotAllowed, NotFound, Problem."""
    desk.require(*ANSWERABLE, doing="reissue_slip")
    if not tidy(reason):
        raise Problem("reason_missing")
    with desk.database.write() as unit:
        state, members = _record(unit, group_id)
        voids = [
            ChangeDraft(Kind.SLIP_VOIDED, group_id, {"slip": slip.slip_id.bytes, "reason": tidy(reason)})
            for slip in state.slips
            if not slip.voided
        ]
        unit.record(desk.author, voids)
        kind = Kind.SLIP_REISSUED if voids else Kind.SLIP_ISSUED
        issued = _issue(desk, unit, _content(desk, unit, state, members, slip_language, None), kind)
    return replace(issued, portrait=_portrait_of(state, members) if with_portrait else b"")


def _issue(desk: Desk, unit: WriteUnit, content: SlipContent, kind: Kind) -> IssuedSlip:
    from fieldapp.exchange.credential import encode_credential  # noqa: PLC0415 - start-up needs no codes

    payload: dict[str, object] = {
        "slip": content.slip_id.bytes, "number": content.number, "language": content.language, "copy": content.copy,
    }  # fmt: skip
    if content.expires_at_ms:
        payload["expires_at_ms"] = content.expires_at_ms
    unit.record(desk.author, [ChangeDraft(kind, content.group_id, payload)])
    return IssuedSlip(content, encode_credential(content, desk.sign_key.sign, desk.device.kid, issuer_name(desk)))


def _current(desk: Desk, state: SubjectState) -> SlipState | None:
    """Return the latest slip that is neither void nor over: a copy of it is printed, and no new one issued."""
    now_ms = desk.now_ms()
    return next((slip for slip in reversed(state.slips) if not slip.voided and not slip.is_expired(now_ms)), None)


def void_slip(desk: Desk, group_id: UUID, slip_id: UUID, reason: str) -> None:
    """Void a slip with a reason; the next one that is issued for the family is new. Raises NotAllowed, Problem."""
    desk.require(*ANSWERABLE, doing="void_slip")
    if not tidy(reason):
        raise Problem("reason_missing")
    with desk.database.write() as unit:
        payload = {"slip": slip_id.bytes, "reason": tidy(reason)}
        unit.record(desk.author, [ChangeDraft(Kind.SLIP_VOIDED, group_id, payload)])


def slip_not_printed(desk: Desk, group_id: UUID, slip_id: UUID, reason: str) -> None:
    """Say that the copy issued last never reached paper, with the code of the reason; the next one has its number."""
    with desk.database.write() as unit:
        payload = {"slip": slip_id.bytes, "reason": reason}
        unit.record(desk.author, [ChangeDraft(Kind.SLIP_NOT_PRINTED, group_id, payload)])


def issuer_name(desk: Desk) -> str:
    """Return how this operation's credentials name their issuer: an opaque id, the same on all of its laptops."""
    return PRACTICE_ISSUER if desk.is_practice else desk.operation.operation_id.hex[:_ISSUER_LENGTH]


def slip_pdf(issued: IssuedSlip, layout: str, zone: str = "America/Bogota") -> bytes:
    """Return one slip as a PDF in a layout (`a6`, `a4`, `letter`); `zone` tells the day it was issued at the post."""
    return several_slips_pdf([issued], layout, zone)


def several_slips_pdf(issued: Sequence[IssuedSlip], layout: str, zone: str = "America/Bogota") -> bytes:
    """Return several slips as one PDF, each in its own language."""
    from fieldapp.documents.slip import render_slips  # noqa: PLC0415 - reportlab takes a third of a second to import

    portraits = {slip.content.group_id: slip.portrait for slip in issued if slip.portrait}
    return render_slips([(slip.content, slip.codes) for slip in issued], layout, zone=zone, portraits=portraits)


def slip_of_record(desk: Desk, group_id: UUID, slip_language: str, *, with_portrait: bool = False) -> IssuedSlip:
    """Return a family's slip for looking at, not issued and without codes. Raises NotFound."""
    with desk.database.read() as unit:
        state, members = _record(unit, group_id)
        content = _content(desk, unit, state, members, slip_language, _current(desk, state))
    return IssuedSlip(content, (), _portrait_of(state, members) if with_portrait else b"")


def preview_slip(desk: Desk, entry: GroupEntry, slip_language: str, *, with_portrait: bool = False) -> IssuedSlip:
    """Return how the slip of a family that is still being entered will look: no number yet, no codes."""
    members = tuple(
        SlipMember(
            ordinal, tidy(member.given_names), tidy(member.surnames), member.sex, member.birth, member.relationship,
            member.nationalities[0] if member.nationalities else "",
        )
        for ordinal, member in enumerate(entry.members, start=1)
    )  # fmt: skip
    content = SlipContent(
        UUID(int=0), UUID(int=0), f"{desk.device.post}-{desk.device.code}-·····", members, entry.declared_size,
        entry.arrival.post, desk.local_date(entry.arrival.at_ms), desk.now_ms(), desk.operation.organisation,
        desk.operation.contact, desk.operation.country, slip_language, practice=desk.is_practice,
    )  # fmt: skip
    is_shown = with_portrait and entry.members and agrees_to_photo(entry.consent, entry.consent_shares)
    return IssuedSlip(content, (), _on_paper(entry.members[0].portrait) if is_shown else b"")


def _record(unit: ReadUnit, group_id: UUID) -> tuple[SubjectState, list[SubjectState]]:
    state = records.state_of(unit, group_id)
    if state.registration is None:
        raise NotFound
    return state, [records.state_of(unit, member) for member in records.members_of(unit, group_id)]


def _content(
    desk: Desk,
    unit: ReadUnit,
    state: SubjectState,
    members: list[SubjectState],
    slip_language: str,
    current: SlipState | None,
) -> SlipContent:
    payload = dict(state.registration.payload or {}) if state.registration else {}
    arrival = state.movements[0] if state.movements else None
    here = _here(members)
    registered_at = state.registration.wall_ms if state.registration else desk.now_ms()
    return SlipContent(
        current.slip_id if current else uuid7(desk.now_ms(), desk.random_bytes),
        state.subject,
        text_of(payload, "number"),
        slip_members(state.subject, uuid_of(state.value("focal_point")), here),
        _size(state, here),
        arrival.post if arrival else desk.device.post,
        desk.local_date(arrival.at_ms if arrival else registered_at),
        desk.now_ms(),
        desk.operation.organisation,
        desk.operation.contact,
        desk.operation.country,
        slip_language,
        (current.copies if current else 0) + 1,
        desk.is_practice,
        current.expires_at_ms if current else expiry(desk, slip_days(unit)),
    )


def _size(state: SubjectState, members: list[SubjectState]) -> int:
    """Return how many a family is now: as declared until it is complete, and whoever joined it later."""
    later = sum(member.joined_later for member in members)
    return len(members) if state.value("complete") else max(state.declared_size + later, len(members))


def _here(members: list[SubjectState]) -> list[SubjectState]:
    return [member for member in members if member.registration is not None and not member.is_withdrawn]


def _portrait_of(state: SubjectState, members: list[SubjectState]) -> bytes:
    """Return the portrait of the focal point, where all that was written of the consent says that they agree to it."""
    focal_point = uuid_of(state.value("focal_point"))
    portrait = next((bytes_of(one.value("portrait")) for one in _here(members) if one.subject == focal_point), b"")
    agrees = all(
        agrees_to_photo(consent_of(consent), texts_of(shares))
        for consent in _all_values(state, "consent")
        for shares in _all_values(state, "consent_shares")
    )
    return _on_paper(portrait) if agrees else b""


def _all_values(state: SubjectState, name: str) -> list[object]:
    field = state.fields.get(name)
    return [sibling.value for sibling in field.values] if field else [""]


def _on_paper(portrait: bytes) -> bytes:
    from fieldapp.exchange.portraits import portrait_on_paper  # noqa: PLC0415 - start-up needs no pictures

    return portrait_on_paper(portrait) if portrait else b""
