"""A long list that is shared out among processes has the pairs that one process finds."""

from datetime import date

import pytest

from fieldapp.domain.birth import Birth
from fieldapp.domain.matching.comparable import Comparable, comparable
from fieldapp.domain.matching.scoring import frequencies
from fieldapp.services.joining_workers import Task, joined
from fieldapp.services.matching import model

NAMES = ("Ana", "Rosa", "Luz", "Zoraida", "Wilmer", "Yesenia", "Omar", "Ines")
SURNAMES = ("Quispe Mora", "Rojas Paz", "Chávez Luna", "Peña Díaz", "Tovar")
SHORT, LONG = 100, 1_000_000


def people() -> list[Comparable]:
    return [
        comparable(name, surnames, birth=Birth.exact(date(1950 + 7 * place, 3, 10 + place)))
        for place, name in enumerate(NAMES)
        for surnames in SURNAMES
    ]


def as_it_is(person: Comparable) -> Comparable:
    return person


def test_processes_find_what_one_process_finds_in_the_same_order() -> None:
    mine, words = people(), {word for person in people() for word in person.words}
    task = Task(mine, model(), 100, 3, 0.001, as_it_is)
    theirs = list(enumerate([*reversed(people()), *people()]))
    frequency = frequencies(dict.fromkeys(words, 5), 100)

    alone = joined(task, frequency, lambda: words, theirs, SHORT)
    shared_out = joined(task, frequency, lambda: words, theirs, LONG)

    assert shared_out == alone
    assert len(alone[0]) == 3 * len(mine)


def test_what_stops_the_reading_stops_the_processes() -> None:
    class Stopped(Exception):
        pass

    def theirs() -> "list[tuple[int, Comparable]]":
        raise Stopped

    task = Task(people(), model(), 100, 3, 0.5, as_it_is)

    with pytest.raises(Stopped):
        joined(task, frequencies({}, 100), tuple, (each for _ in range(1) for each in theirs()), LONG)
