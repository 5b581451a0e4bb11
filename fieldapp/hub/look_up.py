"""Looking one person up at the hub: by registration number or id, in what the worker folded. Each look-up is kept."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine, insert, select

from fieldapp.domain.problems import Problem
from fieldapp.domain.registration_number import NotARegistrationNumber, parse
from fieldapp.hub.tables import LOOK_UPS, PEOPLE

_MOST_MEMBERS = 99
"""What a number can say."""


class NobodyFound(Problem):
    """Nobody at the hub bears the number or id, or it is none."""

    code = "hub_nobody_found"


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Where somebody was registered and what is known of the record, without a name; `state` is the last movement."""

    subject: UUID
    number: str
    post: str
    state: str
    conflict: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class LookUp:
    """That somebody with an `account` on the hub's computer asked for a number or id, and how many were shown."""

    at_ms: int
    account: str
    asked: str
    found: int


def look_up(engine: Engine, text: str, account: str, now_ms: int) -> list[FoundPerson]:
    """Return who bears a number, as it may be typed, or a person's id; a family's number finds its members.

    It is kept that `account` asked before anything is shown. Raises NobodyFound, also where the text is neither.
    """
    columns = [PEOPLE.c[name] for name in FoundPerson.__slots__]
    meant = _bears(text)
    with engine.begin() as connection:
        rows = connection.execute(select(*columns).where(meant).order_by(PEOPLE.c.number)).all()
        kept = {"id": uuid4(), "at_ms": now_ms, "account": account, "asked": text.strip(), "found": len(rows)}
        connection.execute(insert(LOOK_UPS).values(kept))
    if not rows:
        raise NobodyFound(number=text)
    return [FoundPerson(*row) for row in rows]


def look_ups(engine: Engine, most: int) -> list[LookUp]:
    """Return who looked whom up, the latest first."""
    columns = [LOOK_UPS.c[name] for name in LookUp.__slots__]
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).order_by(LOOK_UPS.c.at_ms.desc(), LOOK_UPS.c.id).limit(most))
        return [LookUp(*row) for row in rows]


def _bears(text: str) -> ColumnElement[bool]:
    try:
        subject = UUID(text)
    except ValueError:
        return _numbered(text)
    return PEOPLE.c.subject == subject


def _numbered(text: str) -> ColumnElement[bool]:
    try:
        number = parse(text)
    except NotARegistrationNumber as error:
        raise NobodyFound(number=text) from error
    if number.member is not None:
        return PEOPLE.c.number == str(number)
    return PEOPLE.c.number.in_([str(number.of_member(ordinal)) for ordinal in range(1, _MOST_MEMBERS + 1)])
