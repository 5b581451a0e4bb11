"""The hub's fold: people as the laptops show them, erased for good, and the same when it is made anew."""

from sqlalchemy import select

from fieldapp.hub import identity
from fieldapp.hub.folding import begin_anew, fold_next
from fieldapp.hub.tables import PEOPLE
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.erase import erase
from fieldapp.services.find import person_page
from fieldapp.services.register import register_group
from fieldapp.services.synchronise import synchronise
from tests.desks import family, person
from tests.hub.conftest import Operation


def people_at_hub(operation: Operation) -> list[tuple]:
    root_public = identity.load(operation.hub.folder).root_public
    with operation.hub.database() as engine:
        while fold_next(engine, root_public):
            pass
        with engine.connect() as connection:
            columns = (
                PEOPLE.c.subject,
                PEOPLE.c.number,
                PEOPLE.c.name_key,
                PEOPLE.c.birth,
                PEOPLE.c.state,
                PEOPLE.c.conflict,
            )
            return [(row[0].bytes, *row[1:]) for row in connection.execute(select(*columns).order_by(PEOPLE.c.subject))]


def people_at(desk: Desk) -> list[tuple]:
    with desk.database.read() as unit:
        rows = unit.connection.exec_driver_sql(
            "SELECT id, number, name_key, birth, state, conflict FROM individual ORDER BY id"
        ).all()
    return [(*row[:5], bool(row[5])) for row in rows]


def test_the_hub_shows_the_people_of_the_laptops(operation: Operation) -> None:
    one, two, address = operation.one, operation.two, operation.hub.address
    who = register_group(one, family()).member_ids[0]
    gone = register_group(one, family(person("Secundina", "Chacín"))).member_ids[0]
    synchronise(one, address)
    assert people_at_hub(operation) == people_at(one)
    synchronise(two, address)
    edit_individual(one, person_page(one, who), {"surnames": "Villalobos Peña"})
    edit_individual(two, person_page(two, who), {"surnames": "Villalobo"})
    erase(one, gone, "withdrawn consent")
    for desk in (two, one, two):
        synchronise(desk, address)

    shown = people_at_hub(operation)

    assert shown == people_at(one) == people_at(two)
    assert any(row[-1] for row in shown)
    assert gone.bytes not in {row[0] for row in shown}
    with operation.hub.database() as engine:
        begin_anew(engine)
    assert people_at_hub(operation) == shown
