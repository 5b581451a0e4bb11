"""Turns: a number a family waits with, called out by number and never by name; and whose day it is by the last digit."""

from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.fields import documents_of, uuid_of
from fieldapp.domain.fold import SubjectState
from fieldapp.domain.names import tidy
from fieldapp.domain.people import Turn
from fieldapp.domain.problems import NotFound, Problem
from fieldapp.services.desk import Desk
from fieldapp.storage import records, turn_queries
from fieldapp.storage.units import ReadUnit, WriteUnit

NEXT_SHOWN = 5
_MOST_LISTED = 500
_DAYS = 7


class NotTheirDay(Problem):
    """The rule by the last digit of the document gives today to others; a turn is given all the same with a reason."""

    code = "not_their_day"


@dataclass(frozen=True, slots=True)
class CallList:
    """The turns of today: who waits, first come first, and who was called, latest first. `waiting_count` is of all."""

    waiting: tuple[Turn, ...] = ()
    called: tuple[Turn, ...] = ()
    waiting_count: int = 0

    @property
    def serving(self) -> Turn | None:
        """Who was called last."""
        return self.called[0] if self.called else None


def read_rule(rule: str) -> tuple[frozenset[str], ...]:
    """Return the last digits served on each day from Monday to Sunday; an empty set is everybody.

    The rule is seven groups of digits parted by `;`, for example `12;34;56;78;90;;`. One that cannot be read is no rule.
    """
    days = [frozenset(group.strip()) for group in rule.split(";")]
    if len(days) != _DAYS or any(not digit.isdigit() for digits in days for digit in digits):
        return (frozenset(),) * _DAYS
    return tuple(days)


def give_turn(desk: Desk, group_id: UUID, rule: str = "", reason: str = "") -> str:
    """Give a family its turn of today and return the label on it; one it has already is returned again.

    Raises NotFound, and NotTheirDay where the rule gives the day to others and no reason is said.
    """
    with desk.database.write() as unit:
        state = records.state_of(unit, group_id)
        if state.registration is None:
            raise NotFound
        day = desk.today().isoformat()
        own = next((turn.label for turn in state.turns if turn.day == day), None)
        if own is not None:
            return own
        served = read_rule(rule)[desk.today().weekday()]
        digit = _last_digit(unit, state)
        if served and digit and digit not in served and not tidy(reason):
            raise NotTheirDay(value=digit, known=" ".join(sorted(served)))
        label = _next_label(unit, desk, day)
        payload = {"day": day, "label": label, "reason": tidy(reason)}
        unit.record(desk.author, [ChangeDraft(Kind.TURN_GIVEN, group_id, payload)])
    return label


def _last_digit(unit: ReadUnit, state: SubjectState) -> str:
    """Return the last digit of the focal point's first numbered document, nothing where there is none."""
    focal = uuid_of(state.value("focal_point"))
    papers = documents_of(records.state_of(unit, focal).value("documents")) if focal else ()
    return next((digit for paper in papers for digit in reversed(paper.number) if digit.isdigit()), "")


def _next_label(unit: WriteUnit, desk: Desk, day: str) -> str:
    """Count on within the day. The device code stands before it, so that two laptops at one post never give the same."""
    name = "turns"
    before_day, _, counted = (unit.get_local(name) or b"").decode().partition(" ")
    number = int(counted or "0") + 1 if before_day == day else 1
    unit.put_local(name, f"{day} {number}".encode())
    return f"{desk.device.code}-{number}"


def call_list(desk: Desk) -> CallList:
    """Return the turns of today."""
    day = desk.today().isoformat()
    with desk.database.read() as unit:
        return CallList(
            tuple(turn_queries.waiting(unit, day, _MOST_LISTED)),
            tuple(turn_queries.called(unit, day, NEXT_SHOWN)),
            turn_queries.count_waiting(unit, day),
        )


def call_next(desk: Desk) -> Turn | None:
    """Call the turn that has waited longest and return it; None where nobody waits."""
    day = desk.today().isoformat()
    with desk.database.write() as unit:
        found = turn_queries.waiting(unit, day, 1)
        if found:
            unit.record(desk.author, [_called(found[0].group_id, day)])
    return found[0] if found else None


def call_turn(desk: Desk, group_id: UUID) -> None:
    """Call a certain family's turn of today, also once more."""
    with desk.database.write() as unit:
        unit.record(desk.author, [_called(group_id, desk.today().isoformat())])


def put_back(desk: Desk, group_id: UUID) -> None:
    """Let a family that was called wait again, at its old place."""
    with desk.database.write() as unit:
        unit.record(desk.author, [_called(group_id, desk.today().isoformat(), waits=True)])


def _called(group_id: UUID, day: str, *, waits: bool = False) -> ChangeDraft:
    return ChangeDraft(Kind.TURN_CALLED, group_id, {"day": day, "waits": waits})
