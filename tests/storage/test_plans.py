"""What is asked at every key press and after every save looks at few rows, however many the register has."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from fieldapp.domain.people import PeopleQuery
from fieldapp.services.conflicts import conflicts
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.find import group_page, individuals
from fieldapp.services.hints import hints
from fieldapp.services.laptops import laptops
from fieldapp.services.register import register_group
from fieldapp.services.search import search
from fieldapp.services.summarise import summarise, todays_figures
from fieldapp.storage import counts
from tests.desks import TODAY, family, person

Asked = dict[str, Any]
_WHOLE = re.compile(r"^SCAN (change|c|payload|individual|i|registration_group|g|movement|m|need|n)$")
"""A plan that reads a table from its first row to its last, with no index."""
_ALL_OF_A_KIND = "change_kind (kind=?)"


@contextmanager
def listening() -> Iterator[Asked]:
    """Collect the statements that are run meanwhile, with the values of one run of each."""
    asked: Asked = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")) and not many:
            asked[statement] = values

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plan(desk: Desk, statement: str, values: Any) -> list[str]:
    with desk.database.read() as unit:
        return [row[3] for row in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk: search(desk, "ana perez"),
        lambda desk: search(desk, "PSB-A7-00001"),
        lambda desk: search(desk, "0412 5550101"),
        lambda desk: hints(desk, person("Ana", "Pérez Rojas")),
        lambda desk: individuals(desk, PeopleQuery(), 0, 200),
        todays_figures,
        lambda desk: summarise(desk, TODAY),
        elsewhere,
        conflicts,
        laptops,
    ],
    ids=["name", "number", "phone", "hints", "list", "figures", "summary", "elsewhere", "conflicts", "laptops"],
)
def test_no_table_is_read_from_end_to_end(desk: Desk, ask: Callable[[Desk], object]) -> None:
    register_group(desk, family())

    with listening() as asked:
        ask(desk)

    assert asked
    for statement, values in asked.items():
        steps = plan(desk, statement, values)
        assert not [step for step in steps if _WHOLE.match(step)], (statement, steps)


def test_whether_a_family_came_by_its_slip_is_asked_of_its_own_changes(desk: Desk) -> None:
    group = register_group(desk, family()).group_id

    with listening() as asked:
        individuals(desk, PeopleQuery(), 0, 200)
        group_page(desk, group)

    steps = [step for statement, values in asked.items() for step in plan(desk, statement, values)]
    assert not [step for step in steps if _ALL_OF_A_KIND in step]


def test_the_few_that_wait_have_indexes_of_their_own(desk: Desk) -> None:
    with listening() as asked, desk.database.read() as unit:
        counts.conflicts(unit)
        counts.groups_to_complete(unit)
        counts.oldest_to_complete(unit)

    steps = [step for statement, values in asked.items() for step in plan(desk, statement, values)]
    for index in ("individual_conflict", "group_conflict", "group_to_complete"):
        assert any(index in step for step in steps), (index, steps)
