"""Where the rows of the people list come from: the register page by page, or the answers of a search, found once."""

from collections.abc import Sequence
from functools import partial

from fieldapp.domain.people import PeopleQuery
from fieldapp.services import find
from fieldapp.services.desk import Desk
from fieldapp.services.search import Found
from fieldapp.ui.models.people_model import PeopleSource


def listed_source(desk: Desk, query: PeopleQuery) -> PeopleSource:
    """Return everybody whom the filters leave, however many, read as they are looked at."""
    return PeopleSource(partial(find.count_individuals, desk, query), partial(find.individuals, desk, query))


def found_source(desk: Desk, query: PeopleQuery) -> PeopleSource:
    """Return who answers what was typed; counting them looks for them anew."""
    answers: tuple[Found, ...] = ()

    def count() -> int:
        nonlocal answers
        answers = find.found(desk, query)
        return len(answers)

    def rows(offset: int, limit: int) -> Sequence[Found]:
        return answers[offset : offset + limit]

    return PeopleSource(count, rows)
