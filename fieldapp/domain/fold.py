"""The fold: what is true of one subject, from the set of its changes, in whatever order they arrived.

A value is visible exactly when no valid change names it in `seen`. Needs are add-wins. An erasure signed by the
operation's root key absorbs everything before and after it. The result depends on the set of changes alone, so that
laptops with the same changes show the same record.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fields import QUIET_FIELDS, others_of, text_of
from fieldapp.domain.people import (
    FieldState,
    MovementState,
    NeedState,
    Referral,
    Sibling,
    SlipState,
    TracingNote,
    TurnState,
)
from fieldapp.domain.permissions import Grants
from fieldapp.domain.record import MovementKind, Role
from fieldapp.domain.told_by_slips import TOLD_BY_SLIPS, without_slips

_SETS_FIELDS = frozenset(
    {
        Kind.GROUP_REGISTERED,
        Kind.GROUP_EDITED,
        Kind.INDIVIDUAL_REGISTERED,
        Kind.INDIVIDUAL_EDITED,
    }
    | TOLD_BY_SLIPS
)
_JOINS = frozenset({MovementKind.ARRIVAL, MovementKind.TRANSFER_IN, MovementKind.BIRTH})
_ISSUES = frozenset({Kind.SLIP_ISSUED, Kind.SLIP_REISSUED})
_REGISTERS = frozenset({Kind.GROUP_REGISTERED, Kind.INDIVIDUAL_REGISTERED}) | TOLD_BY_SLIPS
MOVEMENT = "movement"
"""The name under which movements say what they saw."""
WITHDRAWAL = "withdrawal"
"""The name under which a reinstatement says which withdrawals it takes back."""


def need_field(code: str) -> str:
    """Return the name under which changes of a need say what they saw."""
    return f"need:{code}"


@dataclass(frozen=True, slots=True)
class SubjectState:
    """What is true of a group or an individual.

    `registration` is the earliest valid registration, None when there is none (then nothing is shown) or when the
    subject is erased. `movements` run from first to latest. `needs_update` says that a newer program wrote here.
    """

    subject: UUID
    registration: Change | None = None
    fields: dict[str, FieldState] = field(default_factory=dict)
    needs: tuple[NeedState, ...] = ()
    movements: tuple[MovementState, ...] = ()
    movement_hlc: int = 0
    slips: tuple[SlipState, ...] = ()
    notes: tuple[str, ...] = ()
    turns: tuple[TurnState, ...] = ()
    tokens: tuple[str, ...] = ()
    tracing: tuple[TracingNote, ...] = ()
    referrals: tuple[Referral, ...] = ()
    withdrawals: tuple[UUID, ...] = ()
    erased: bool = False
    needs_update: bool = False

    def value(self, name: str) -> object:
        """Return the shown value of a field, an empty text where it was never set."""
        state = self.fields.get(name)
        return state.shown.value if state else ""

    @property
    def declared_size(self) -> int:
        """How many people a group says came; who joined it later stands beside this number."""
        declared = self.value("declared")
        if isinstance(declared, int):
            return declared
        payload = dict(self.registration.payload or {}) if self.registration else {}
        members = payload.get("members")
        counted = sum(count.count for count in others_of(self.value("others")))
        return (members if isinstance(members, int) else 1) + counted

    @property
    def is_withdrawn(self) -> bool:
        """Whether the record was withdrawn and not reinstated; it stays in sight and counts no more."""
        return bool(self.withdrawals)

    @property
    def is_from_slip(self) -> bool:
        """Whether all that is known is what a slip told: the registration itself is at another laptop."""
        return self.registration is not None and self.registration.kind in TOLD_BY_SLIPS

    @property
    def joined_later(self) -> bool:
        """Whether an individual came or was born after the group: its own first movement brings it here."""
        return bool(self.movements) and self.movements[0].kind in _JOINS

    @property
    def in_conflict(self) -> bool:
        """Whether some field has values a person must choose between."""
        return any(state.in_conflict for state in self.fields.values())


def fold(subject: UUID, changes: Iterable[Change], grants: Grants) -> SubjectState:
    """Fold the changes of one subject. Changes that are not valid, not understood or not of the record are no part."""
    every = {change.change_id: change for change in changes if change.subject == subject}
    needs_update = any(not change.is_understood for change in every.values())
    valid = sorted(
        (change for change in every.values() if change.is_understood and grants.allow(change)),
        key=lambda change: change.order,
    )
    if any(change.kind == Kind.ERASURE_ORDERED for change in valid):
        return SubjectState(subject, erased=True)
    readable = [change for change in valid if change.payload is not None and not Kind(change.kind).is_audit]
    readable = without_slips(readable)
    movements, movement_hlc = _movements(readable)
    return SubjectState(
        subject,
        registration=next((change for change in readable if change.kind in _REGISTERS), None),
        fields=_fields(readable),
        needs=_needs(readable),
        movements=movements,
        movement_hlc=movement_hlc,
        slips=_slips(readable),
        notes=tuple(text_of(_body(change), "text") for change in readable if change.kind == Kind.NOTE_ADDED),
        turns=_turns(readable),
        tokens=tuple(dict.fromkeys(text_of(_body(c), "token") for c in readable if c.kind == Kind.TOKEN_BOUND)),
        tracing=tuple(_tracing(change) for change in readable if change.kind == Kind.TRACING_NOTED),
        referrals=tuple(
            Referral(text_of(_body(change), "to"), text_of(_body(change), "note"), change.wall_ms)
            for change in readable
            if change.kind == Kind.CHILD_REFERRED
        ),
        withdrawals=_withdrawals(readable),
        needs_update=needs_update,
    )


def _body(change: Change) -> dict[str, object]:
    return dict(change.payload or {})


def _set_by(change: Change) -> dict[str, object]:
    fields = _body(change).get("fields")
    return dict(fields) if isinstance(fields, dict) else {}


def _fields(changes: list[Change]) -> dict[str, FieldState]:
    superseded: set[tuple[str, UUID]] = set()
    written: dict[str, list[Sibling]] = {}
    for change in reversed(changes):
        if change.kind not in _SETS_FIELDS:
            continue
        superseded.update((name, seen) for name, ids in change.seen.items() for seen in ids)
        for name, value in _set_by(change).items():
            sibling = Sibling(change.change_id, value, change.staff, change.wall_ms)
            written.setdefault(name, []).append(sibling)
    visible: dict[str, FieldState] = {}
    for name, siblings in written.items():
        values = tuple(sibling for sibling in siblings if (name, sibling.change_id) not in superseded)
        # A damaged or hostile log may have changes that name one another; then all of them stay visible.
        visible[name] = FieldState(values or tuple(siblings), quiet=name in QUIET_FIELDS)
    return visible


def _needs(changes: list[Change]) -> tuple[NeedState, ...]:
    recorded: dict[str, dict[UUID, bool]] = {}
    for change in changes:
        if change.kind == Kind.NEED_RECORDED:
            body = _body(change)
            recorded.setdefault(text_of(body, "code"), {})[change.change_id] = bool(body.get("protection"))
    for change in changes:
        if change.kind != Kind.NEED_REMOVED:
            continue
        code = text_of(_body(change), "code")
        for seen in change.seen.get(need_field(code), ()):
            protection = recorded.get(code, {}).get(seen, False)
            if not protection or (change.role == Role.PROTECTION_OFFICER and text_of(_body(change), "reason")):
                recorded.get(code, {}).pop(seen, None)
    return tuple(
        NeedState(code, any(adds.values()), tuple(sorted(adds))) for code, adds in sorted(recorded.items()) if adds
    )


def _movements(changes: list[Change]) -> tuple[tuple[MovementState, ...], int]:
    """Order movements so that what was seen comes before what saw it, and otherwise by the clock."""
    waiting = {change.change_id: change for change in changes if change.kind == Kind.MOVEMENT_RECORDED}
    ordered: list[Change] = []
    while waiting:
        ready = [c for c in waiting.values() if not any(seen in waiting for seen in c.seen.get(MOVEMENT, ()))]
        first = min(ready or waiting.values(), key=lambda change: change.order)
        ordered.append(waiting.pop(first.change_id))
    return tuple(_movement(change) for change in ordered), ordered[-1].hlc if ordered else 0


def _movement(change: Change) -> MovementState:
    body = _body(change)
    at_ms = body.get("at_ms")
    return MovementState(
        change.change_id,
        text_of(body, "kind"),
        at_ms if isinstance(at_ms, int) else change.wall_ms,
        text_of(body, "post") or change.post,
        text_of(body, "crossing_kind"),
        text_of(body, "origin_state"),
        text_of(body, "destination"),
    )


def _turns(changes: list[Change]) -> tuple[TurnState, ...]:
    """One turn a day: the earliest given counts, and the last call for the turn of its day, or its being put back."""
    turns: dict[str, TurnState] = {}
    for change in changes:
        body = _body(change)
        day, label = text_of(body, "day"), text_of(body, "label")
        if change.kind == Kind.TURN_GIVEN:
            turns.setdefault(day, TurnState(day, label, change.wall_ms))
    for change in changes:
        day = text_of(_body(change), "day")
        if change.kind == Kind.TURN_CALLED and day in turns:
            turns[day] = replace(turns[day], called_at_ms=None if _body(change).get("waits") else change.wall_ms)
    return tuple(turns[day] for day in sorted(turns))


def _tracing(change: Change) -> TracingNote:
    body = _body(change)
    return TracingNote(
        text_of(body, "name"),
        text_of(body, "relation"),
        text_of(body, "last_place"),
        text_of(body, "last_seen"),
        bool(body.get("may_share")),
        change.wall_ms,
    )


def _withdrawals(changes: list[Change]) -> tuple[UUID, ...]:
    """Return the withdrawals that no reinstatement had seen; concurrent ones stay, whatever arrived first."""
    withdrawn = [change.change_id for change in changes if change.kind == Kind.RECORD_WITHDRAWN]
    taken_back = {
        seen for change in changes if change.kind == Kind.RECORD_REINSTATED for seen in change.seen.get(WITHDRAWAL, ())
    }
    return tuple(change_id for change_id in withdrawn if change_id not in taken_back)


def _slips(changes: list[Change]) -> tuple[SlipState, ...]:
    """Fold the slips. A copy that a printer failed to print is issued as any other, and taken off by a change."""
    issued: dict[bytes, Change] = {}
    copies, unprinted = Counter[bytes](), Counter[bytes]()
    voids: dict[bytes, Change] = {}
    for change in changes:
        slip = _body(change).get("slip")
        if not isinstance(slip, bytes):
            continue
        if change.kind in _ISSUES:
            issued.setdefault(slip, change)
            copies[slip] += 1
        elif change.kind == Kind.SLIP_REPRINTED:
            copies[slip] += 1
        elif change.kind == Kind.SLIP_NOT_PRINTED:
            unprinted[slip] += 1
        elif change.kind == Kind.SLIP_VOIDED:
            voids.setdefault(slip, change)
    return tuple(
        SlipState(
            UUID(bytes=slip), text_of(_body(change), "number"), change.wall_ms, text_of(_body(change), "language"),
            max(copies[slip] - unprinted[slip], 0), slip in voids,
            text_of(_body(voids[slip]), "reason") if slip in voids else "", unprinted[slip],
            _number(_body(change), "expires_at_ms"), voids[slip].wall_ms if slip in voids else 0,
        )
        for slip, change in issued.items()
    )  # fmt: skip


def _number(body: dict[str, object], name: str) -> int:
    value = body.get(name)
    return value if isinstance(value, int) else 0
