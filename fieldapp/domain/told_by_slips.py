"""What slips told of a family that another laptop registered, until its own record arrives.

A family that was taken over from its slip has the ids of its registration. The slip was made from that registration,
so whoever wrote having seen what the slip told had seen what it was made from: this module puts the changes of one
subject so that the fold need not know of slips. It depends on the set of changes alone.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from fieldapp.domain.changes import Change, Kind, Seen
from fieldapp.domain.record import MovementKind

TOLD_BY_SLIPS = frozenset({Kind.GROUP_FROM_SLIP, Kind.INDIVIDUAL_FROM_SLIP})
_REGISTERS = frozenset({Kind.GROUP_REGISTERED, Kind.INDIVIDUAL_REGISTERED})
_ISSUES = frozenset({Kind.SLIP_ISSUED, Kind.SLIP_REISSUED})
_MOVEMENT = "movement"
_SECOND_MS = 999
"""A slip says the second it was issued in."""


def without_slips(changes: list[Change]) -> list[Change]:
    """Return the readable changes of one subject, in order, as if nothing had been taken over from a slip.

    Where its registration is here, what slips told says nothing any more. Where it is not, the slip that was issued
    last speaks for it: once, whoever scanned it and however often.
    """
    told = [change for change in changes if change.kind in TOLD_BY_SLIPS]
    if not told:
        return changes
    said = [change for change in changes if change.kind not in TOLD_BY_SLIPS]
    speaking = None if any(change.kind in _REGISTERS for change in said) else _speaking(told)
    if speaking is not None:
        said += [speaking, *_arrival(speaking)]
    said += _issued(told, said)
    meant = {change.change_id: change for change in told}
    return sorted((_with_meant(change, meant, said) for change in said), key=lambda change: change.order)


def _number(change: Change, name: str) -> int:
    value = (change.payload or {}).get(name)
    return value if type(value) is int else 0


def _fields(change: Change) -> dict[str, object]:
    fields = (change.payload or {}).get("fields")
    return dict(fields) if isinstance(fields, dict) else {}


def _issued_at(change: Change) -> int:
    return _number(change, "issued_at_ms")


def _speaking(told: Iterable[Change]) -> Change:
    """Return the first of what the slip that was issued last told, knowing whom all of its codes name."""
    told = list(told)
    newest = max((_issued_at(change), _slip(change)) for change in told)
    its = [change for change in told if (_issued_at(change), _slip(change)) == newest]
    first = min(its, key=lambda change: change.order)
    if first.kind != Kind.GROUP_FROM_SLIP:
        return first
    named = {member for change in its for member in _named(change)}
    fields = _fields(first)
    declared = fields.get("declared")
    left = declared - len(named) if type(declared) is int else 0
    fields["others"] = [["U", "other", left]] if left > 0 else []
    return replace(first, payload={**(first.payload or {}), "fields": fields})


def _slip(change: Change) -> bytes:
    value = (change.payload or {}).get("slip")
    return value if isinstance(value, bytes) else b""


def _named(change: Change) -> list[bytes]:
    members = (change.payload or {}).get("named")
    return [one for one in members if isinstance(one, bytes)] if isinstance(members, list | tuple) else []


def _arrival(told: Change) -> list[Change]:
    """Return the arrival that a slip tells of, as the movement it was."""
    arrival = (told.payload or {}).get("arrival")
    if not isinstance(arrival, dict):
        return []
    return [replace(told, kind=Kind.MOVEMENT_RECORDED, payload=arrival, seen={})]


def _issued(told: list[Change], said: list[Change]) -> list[Change]:
    """Return the issue of slips in a family's hands whose own lines are not here."""
    known = {_slip(change) for change in said if change.kind in _ISSUES}
    issued: dict[bytes, Change] = {}
    for change in sorted(told, key=lambda change: change.order):
        slip = _slip(change)
        if change.kind == Kind.GROUP_FROM_SLIP and slip and slip not in known and slip not in issued:
            said_of_it = change.payload or {}
            payload = {
                "slip": slip, "number": said_of_it.get("number", ""), "language": "",
                "expires_at_ms": _number(change, "expires_at_ms"),
            }  # fmt: skip
            issued[slip] = replace(change, kind=Kind.SLIP_ISSUED, wall_ms=_issued_at(change), payload=payload, seen={})
    return list(issued.values())


def _with_meant(change: Change, told: dict[UUID, Change], said: list[Change]) -> Change:
    """Return a change that had seen what a slip told, as one that had seen what the slip was made from."""
    seen: Seen = {
        name: tuple(dict.fromkeys(one for each in ids for one in (each, *_meant(name, each, change, told, said))))
        for name, ids in change.seen.items()
    }
    return replace(change, seen=seen) if seen != change.seen else change


def _meant(name: str, seen: UUID, by: Change, told: dict[UUID, Change], said: list[Change]) -> list[UUID]:
    slip = told.get(seen)
    if slip is None:
        return []
    until_ms = _issued_at(slip) + _SECOND_MS
    others = [change for change in said if change.change_id != by.change_id]
    before = [change for change in others if change.wall_ms <= until_ms or change.change_id in told]
    if name == _MOVEMENT:
        moves = (change for change in before if change.kind == Kind.MOVEMENT_RECORDED)
        return [
            move.change_id
            for move in moves
            if (move.payload or {}).get("kind") == MovementKind.ARRIVAL and not move.seen.get(_MOVEMENT)
        ]
    fields = _fields(slip)
    if name not in fields:
        return []
    return [change.change_id for change in before if _fields(change).get(name, _NOTHING) == fields[name]]


_NOTHING = object()
