"""An erasure signed by the root key takes what was said of somebody out of the register for good."""

import random
from pathlib import Path

import pytest

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import NotFound
from fieldapp.domain.record import Role
from fieldapp.services.check import check
from fieldapp.services.correct import edit_individual
from fieldapp.services.find import PeopleQuery, individuals, person_page
from fieldapp.services.register import register_group
from fieldapp.trust.envelopes import root_statement
from fieldapp.trust.signing import SigningKey
from tests.desks import family, make_desk, take_over

ROOT = SigningKey.generate(random.Random(1).randbytes)


def order(desk, subject, key: SigningKey) -> None:
    payload: dict[str, object] = {"ground": "withdrawn consent"}
    payload["root_signature"] = key.sign(root_statement(Kind.ERASURE_ORDERED, subject, payload))
    take_over(desk, Role.ADMINISTRATOR)
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.ERASURE_ORDERED, subject, payload)])
    take_over(desk, Role.REGISTRAR)


@pytest.fixture
def desk(tmp_path: Path):
    opened = make_desk(tmp_path, root=ROOT)
    yield opened
    opened.close()


def test_nothing_of_the_erased_person_is_left_and_the_chain_still_verifies(desk) -> None:
    registered = register_group(desk, family())
    mother = registered.member_ids[0]
    page = person_page(desk, mother)

    order(desk, mother, ROOT)

    with pytest.raises(NotFound):
        person_page(desk, mother)
    assert individuals(desk, PeopleQuery("gonzalez"), 0, 9) == []
    assert check(desk).ok
    edit_individual(desk, page, {"surnames": "Vuelve"})
    assert individuals(desk, PeopleQuery("vuelve"), 0, 9) == []
    with desk.database.read() as unit:
        bodies = unit.connection.exec_driver_sql("SELECT body FROM payload").scalars().all()
    assert not any("Ángeles".encode() in body or b"Vuelve" in body for body in bodies)
    assert check(desk).ok


def test_an_erasure_by_another_key_changes_nothing(desk) -> None:
    registered = register_group(desk, family())

    order(desk, registered.member_ids[0], SigningKey.generate(random.Random(2).randbytes))

    assert person_page(desk, registered.member_ids[0]).surnames == "Villalobos González"
    assert check(desk).ok
