"""People looked up at the hub by number and by id, as its command shows them."""

import subprocess
import sys
from getpass import getuser

import pytest

from fieldapp.domain.registration_number import parse
from fieldapp.hub import identity
from fieldapp.hub.folding import fold_next
from fieldapp.hub.look_up import NobodyFound, look_up, look_ups
from fieldapp.services.register import register_group
from fieldapp.services.synchronise import synchronise
from tests.desks import family, person
from tests.hub.conftest import Operation


def folded(operation: Operation, engine) -> None:
    while fold_next(engine, identity.load(operation.hub.folder).root_public):
        pass


def test_a_number_and_an_id_find_one_person_and_a_familys_number_its_members(operation: Operation) -> None:
    done = register_group(
        operation.one, family(person("Delia", "Uzcátegui"), person("Luis", "Uzcátegui", relationship="SON_DAUGHTER"))
    )
    synchronise(operation.one, operation.hub.address)
    second = str(parse(done.number).of_member(2))
    with operation.hub.database() as engine:
        folded(operation, engine)
        assert [one.subject for one in look_up(engine, done.number, "ana", 1)] == list(done.member_ids)
        for typed in (second, second.lower().replace("-", " ", 1), str(done.member_ids[1])):
            (found,) = look_up(engine, typed, "ana", 2)
            assert (found.number, found.post, found.withdrawn) == (second, "PSB", False)
        for nobody in (str(parse(done.number).of_member(3)), str(done.group_id), "Uzcátegui", "PSB-A7-00042-X"):
            with pytest.raises(NobodyFound):
                look_up(engine, nobody, "ana", 3)
        kept = look_ups(engine, 9)
        assert [(one.at_ms, one.found) for one in kept] == [(3, 0), (3, 0), (2, 1), (2, 1), (2, 1), (1, 2)]
        assert {one.asked for one in kept} & {"Uzcátegui", "PSB-A7-00042-X"} == set(), "what is no number may be a name"

    shown = operation.hub.command("find", operation.hub.folder, done.number)

    assert shown.splitlines()[1].split("\t")[:2] == [second, "PSB"]
    assert "Uzc" not in shown
    last = operation.hub.command("lookups", operation.hub.folder, "--most", "1").split("\t")
    assert last[1:] == [getuser(), done.number, "2\n"]


def test_whoever_is_not_there_is_said_not_to_be(operation: Operation) -> None:
    command = [sys.executable, "-m", "fieldapp", "hub", "find", str(operation.hub.folder), "PSB-A7-99999-1"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode != 0
    assert "PSB-A7-99999-1" in done.stderr
