"""Pre-printed slips: numbered blank codes printed ahead of time, and bound to a family later by scanning one.

Any laptop may bind what any other printed: without a network nobody knows all tokens, so the shape and the check
character decide. A token that two families got at two laptops opens neither by itself, and both are named.
"""

from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import NotFound, Problem
from fieldapp.domain.token import new_token, read_token
from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.storage import records, token_queries

MOST_AT_ONCE = 5000
__all__ = ["MOST_AT_ONCE", "NotAToken", "TokenTaken", "bind_token", "families_with", "print_tokens", "read_token"]


class NotAToken(Problem):
    """The text is no token, or it was mistyped."""

    code = "not_a_token"


class TokenTaken(Problem):
    """The pre-printed slip belongs to another family already."""

    code = "token_taken"


def print_tokens(desk: Desk, count: int, language: Language, paper: str = "letter") -> bytes:
    """Return so many new pre-printed slips as a PDF on `letter` or `a4`, and log how many. Raises Problem `token_count`."""
    from fieldapp.documents.tokens import render_tokens  # noqa: PLC0415 - reportlab is slow to import

    if not 1 <= count <= MOST_AT_ONCE:
        raise Problem("token_count", value=str(count), limit=str(MOST_AT_ONCE))
    tokens = [new_token(desk.random_bytes) for _token in range(count)]
    pdf = render_tokens(tokens, desk.operation.organisation, desk.operation.contact, language, paper=paper)
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.TOKENS_PRINTED, desk.device.device_id, {"count": count})])
    return pdf


def bind_token(desk: Desk, group_id: UUID, text: str) -> str:
    """Bind a pre-printed slip to a family and return it as it is kept; one the family has already changes nothing.

    Raises NotAToken, TokenTaken with the number of the family that has it, and NotFound.
    """
    token = read_token(text)
    if token is None:
        raise NotAToken(value=text.strip()[:40])
    with desk.database.write() as unit:
        if records.state_of(unit, group_id).registration is None:
            raise NotFound
        found = token_queries.holders(unit, token)
        if any(holder == group_id for holder, _number in found):
            return token
        if found:
            raise TokenTaken(value=token, known=", ".join(number for _holder, number in found))
        unit.record(desk.author, [ChangeDraft(Kind.TOKEN_BOUND, group_id, {"token": token})])
    return token


def families_with(desk: Desk, text: str) -> tuple[tuple[UUID, str], ...]:
    """Return the families (id and number) that a pre-printed slip was handed to; none for one that is still blank.

    Raises NotAToken.
    """
    token = read_token(text)
    if token is None:
        raise NotAToken(value=text.strip()[:40])
    with desk.database.read() as unit:
        return tuple(token_queries.holders(unit, token))
