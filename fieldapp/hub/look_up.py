"""Looking one person up at the hub: by registration number or id, in what the worker folded."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, select

from fieldapp.domain.problems import NotFound
from fieldapp.domain.registration_number import NotARegistrationNumber, parse
from fieldapp.hub.tables import PEOPLE


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
    """Return who bears a number, as it may be typed, or an id; a family's number finds its members.

    Raises NotFound where nobody does, also where the text is neither.
    """
    columns = [PEOPLE.c[name] for name in FoundPerson.__slots__]
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).where(_bears(text)).order_by(PEOPLE.c.number)).all()
    if not rows:
        raise NotFound
    return [FoundPerson(*row) for row in rows]


def _bears(text: str):  # type: ignore[no-untyped-def]  # a condition, whose type differs by branch
    try:
        return PEOPLE.c.subject == UUID(text)
    except ValueError:
        pass
    try:
        number = parse(text)
    except NotARegistrationNumber as error:
        raise NotFound from error
    if number.member is not None:
        return PEOPLE.c.number == str(number)
    return (PEOPLE.c.number > f"{number}-") & (PEOPLE.c.number < f"{number}.")  # "." follows "-": its members alone
