"""Look a family up by the number in its wristband's code, or as it is read aloud."""

from dataclasses import replace
from uuid import UUID

from fieldapp.domain.registration_number import NotARegistrationNumber, parse
from fieldapp.services.desk import Desk
from fieldapp.storage import number_queries


def holder_of_number(desk: Desk, number: str) -> tuple[UUID, UUID | None] | None:
    """Return the family with this number, and the member where it is a member's; None where nobody here has it."""
    try:
        read = parse(number)
    except NotARegistrationNumber:
        return None
    member = str(read) if read.member is not None else ""
    with desk.database.read() as unit:
        return number_queries.holder_of(unit, str(replace(read, member=None)), member)
