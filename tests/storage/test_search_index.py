"""The search index is in step with the log, is made anew from it, and forgets whom an erasure takes out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.record import Role
from fieldapp.services.check import Cancelled, check, rebuild_index
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.services.register import register_group
from fieldapp.services.search import search
from fieldapp.storage.database import Database
from fieldapp.trust.envelopes import root_statement
from fieldapp.trust.signing import SigningKey
from tests.desks import family, make_desk, person, take_over

ROOT = SigningKey.generate(bytes)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = make_desk(tmp_path, root=ROOT)
    yield opened
    opened.close()


def terms(desk: Desk) -> dict[str, int]:
    with desk.database.read() as unit:
        rows = unit.connection.exec_driver_sql("SELECT term, doc FROM individual_search_vocab").all()
        words = unit.connection.exec_driver_sql("SELECT word FROM name_word").scalars()
        return {row.term: row.doc for row in rows} | {f"word {word}": 1 for word in words}


def erase(desk: Desk, subject) -> None:
    payload: dict[str, object] = {"ground": "withdrawn consent"}
    payload["root_signature"] = ROOT.sign(root_statement(Kind.ERASURE_ORDERED, subject, payload))
    take_over(desk, Role.ADMINISTRATOR)
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.ERASURE_ORDERED, subject, payload)])


def test_made_anew_it_is_what_it_was(desk: Desk) -> None:
    done = register_group(desk, family())
    edit_individual(desk, person_page(desk, done.member_ids[1]), {"surnames": "Quintero"})
    with desk.database.write() as unit:
        unit.connection.exec_driver_sql("INSERT INTO individual_search (individual_search) VALUES ('optimize')")
    before = terms(desk)
    with desk.database.write() as unit:
        unit.connection.exec_driver_sql("INSERT INTO individual_search (individual_search) VALUES ('delete-all')")
    assert search(desk, "quintero") == ()

    steps: list[tuple[int, int]] = []
    assert rebuild_index(desk, lambda done, total: steps.append((done, total))) == 4

    assert terms(desk) == before
    assert steps == [(4, 4)]
    assert search(desk, "kintero jose")[0].person.given_names == "José Gregorio"
    assert check(desk).ok


def test_stopping_leaves_the_index_as_it_was(desk: Desk) -> None:
    register_group(desk, family())

    with pytest.raises(Cancelled):
        rebuild_index(desk, cancelled=lambda: True)

    assert len(search(desk, "villalobos")) == 4


def test_an_erased_person_is_in_no_index(desk: Desk) -> None:
    erased = register_group(desk, family(person("Zoraida", "Güipe", phone="0414 765 4321")))
    kept = register_group(desk, family(person("Rosa", "Parra")))

    erase(desk, erased.member_ids[0])

    left = terms(desk)
    assert not {"zoraida", "guipe", "word zoraida", "word guipe"} & left.keys()
    assert {"rosa", "word parra"} <= left.keys()
    assert search(desk, "zoraida") == ()
    with desk.database.read() as unit:
        assert unit.connection.exec_driver_sql("SELECT number FROM phone").scalars().all() == ["125550101", "125550101"]
        blocks = unit.connection.exec_driver_sql("SELECT block FROM individual_search_data").scalars().all()
    assert not any(b"oraida" in block for block in blocks)
    assert search(desk, "rosa")[0].person.individual_id == kept.member_ids[0]
    assert check(desk).ok


def test_opening_an_older_register_fills_the_index(desk: Desk, tmp_path: Path) -> None:
    register_group(desk, family(person("Wilmer", "Rojas", phone="0414 765 4321")))
    with desk.database.write() as unit:
        for statement in (
            "DROP TABLE individual_search_vocab", "DROP TABLE individual_search", "DROP TABLE name_word",
            "DROP TABLE phone", "DROP TABLE waiting", "DROP TABLE quarantine", "DROP TABLE receipt",
            "DROP TABLE suspect", "ALTER TABLE individual DROP COLUMN origin",
            "ALTER TABLE registration_group DROP COLUMN moved_to",
            "CREATE VIRTUAL TABLE individual_search USING fts5 (words, content='', contentless_delete=1)",
            "DROP INDEX group_conflict", "DROP INDEX individual_conflict", "DROP INDEX group_to_complete",
            "DROP INDEX individual_moved", "DROP INDEX group_here", "DROP TABLE ahead",
            "PRAGMA user_version = 1",
        ):  # fmt: skip
            unit.connection.exec_driver_sql(statement)
    key = desk.database._key
    desk.database.close()

    desk.database = Database.open(tmp_path / "register.db", key)

    assert search(desk, "guilmer")[0].person.surnames == "Rojas"
    assert len(search(desk, "04147654321")) == 1
    assert check(desk).ok
