"""Who is registered already with the number of a document: a hint for whoever types it, never a wall."""

import re

from fieldapp.domain.people import IndividualRow, PeopleQuery
from fieldapp.services.desk import Desk
from fieldapp.services.find import individuals

_SHORTEST = 5
"""Characters; fewer are not yet a number that says who somebody is."""
_MOST = 20
_LETTERS_BEFORE = re.compile(r"^[VEJP]{1,2}(?=\d)")


def holders_of(desk: Desk, number: str) -> tuple[IndividualRow, ...]:
    """Return the people who have a document with this number, however its dots, dashes and letter are written."""
    wanted = bare_number(number)
    if len(wanted) < _SHORTEST:
        return ()
    spellings = dict.fromkeys((wanted, number.strip(), *(f"{letter}{wanted}" for letter in "VE" if wanted.isdigit())))
    found: dict[object, IndividualRow] = {}
    for text in spellings:
        for row in individuals(desk, PeopleQuery(text=text), 0, _MOST):
            if wanted in {bare_number(each) for each in row.document_numbers.split(";")}:
                found[row.individual_id] = row
    return tuple(found.values())


def bare_number(number: str) -> str:
    """Return a number without punctuation and without the letter that a Venezuelan card writes before it."""
    bare = "".join(letter for letter in number.upper() if letter.isalnum())
    return _LETTERS_BEFORE.sub("", bare)
