"""Looking one person up at the hub: by registration number or id, in what the worker folded."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, select

from fieldapp.domain.problems import Problem
from fieldapp.domain.registration_number import NotARegistrationNumber, parse
from fieldapp.hub.tables import PEOPLE

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


def look_up(engine: Engine, text: str) -> list[FoundPerson]:
    """Return who bears a number, as it may be typed, or a person's id; a family's number finds its members.

    Raises NobodyFound, also where the text is neither.
    """
    columns = [PEOPLE.c[name] for name in FoundPerson.__slots__]
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).where(_bears(text)).order_by(PEOPLE.c.number)).all()
    if not rows:
        raise NobodyFound(number=text)
    return [FoundPerson(*row) for row in rows]


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
