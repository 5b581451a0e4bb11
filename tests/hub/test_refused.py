"""What a hub will not take, and in what words that reaches whoever sits at the laptop."""

import random
from pathlib import Path

import pytest

from fieldapp.domain.problems import Problem
from fieldapp.exchange.bundle import Header, pack
from fieldapp.exchange.hub_client import HubClient, HubRefused
from fieldapp.hub import identity
from fieldapp.i18n import language
from fieldapp.services.desk import Desk
from fieldapp.services.laptops import renew
from fieldapp.services.register import register_group
from fieldapp.services.synchronise import _caller, synchronise
from fieldapp.storage import journal
from fieldapp.words import say
from tests.desks import TestClock, family, person
from tests.hub.conftest import Operation
from tests.laptops import enrolled, first_laptop

YEAR_MS = 365 * 24 * 3600 * 1000


def in_words(problem: Problem) -> tuple[str, str]:
    """Return what the Sync place shows, in both languages."""
    said = [say(language(code), problem.code, **problem.values) for code in ("en", "es")]
    assert said[0] != said[1], "not translated"
    return said[0], said[1]


def bundle_of(desk: Desk, operation: Operation) -> bytes:
    """Pack what a laptop wrote, to the hub, as it would now."""
    with desk.database.read() as unit:
        lines = journal.sealed_after(unit.connection, desk.device.device_id, desk.device.epoch, 0)
    header = Header(desk.operation.operation_id, desk.device.device_id, desk.device.epoch, desk.now_ms())
    return pack(header, (), lines, desk.sign_key, [identity.load(operation.hub.folder).receive_public])


def test_a_bundle_made_after_the_certificate_ran_out_is_refused_whoever_brings_it(
    operation: Operation, tmp_path: Path
) -> None:
    clock = operation.one.clock
    assert isinstance(clock, TestClock)
    short = enrolled(operation.one, tmp_path / "short", "E5", tmp_path / "stick", clock() + 3_600_000)
    register_group(short, family(person("Antes", "Del Vencimiento")))
    synchronise(operation.one, operation.hub.address)
    before = bundle_of(short, operation)
    clock.forward(hours=2)
    try:
        after = bundle_of(short, operation)
        with HubClient(operation.hub.address.url, operation.hub.address.certificate, _caller(operation.one)) as client:
            with pytest.raises(HubRefused, match="certificate_expired"):
                client.send(after)
            assert client.send(before).put_aside == 0
    finally:
        clock.forward(hours=-2)
        short.close()


def test_a_laptop_whose_certificate_ran_out_is_told_what_to_do(operation: Operation, tmp_path: Path) -> None:
    """The hub goes by its own clock, which is years ahead of the stopped clock of this test."""
    old = enrolled(operation.one, tmp_path / "old", "E6", tmp_path / "stick", operation.one.clock() + 3_600_000)
    with pytest.raises(HubRefused) as refused:
        synchronise(old, operation.hub.address)
    assert "the administrator renew it" in in_words(refused.value)[0]
    old.close()


def test_a_renewed_certificate_comes_from_the_hub_by_itself(operation: Operation, tmp_path: Path) -> None:
    """The hub's clock is years ahead here: only a certificate without an end is good there."""
    old = enrolled(operation.one, tmp_path / "old", "E7", tmp_path / "stick", operation.one.clock() + 3_600_000)
    register_group(old, family(person("Antes", "De Renovar")))
    with pytest.raises(HubRefused):
        synchronise(old, operation.hub.address)
    renew(operation.one, old.device.device_id, 1, operation.one.clock() + 7_200_000)
    synchronise(operation.one, operation.hub.address)
    with pytest.raises(HubRefused):  # this one ran out as well
        synchronise(old, operation.hub.address)
    renew(operation.one, old.device.device_id, 1)
    synchronise(operation.one, operation.hub.address)

    done = synchronise(old, operation.hub.address)

    assert done.given > 0
    with old.database.read() as unit:
        assert [one.expires_ms for one in unit.devices() if one.device_id == old.device.device_id] == [0]
    assert synchronise(old, operation.hub.address).given == 0
    old.close()


def test_the_hub_of_another_operation_is_named(operation: Operation, tmp_path: Path) -> None:

    stranger = first_laptop(tmp_path / "other", TestClock(), random.Random(99).randbytes)
    with pytest.raises(Problem) as refused:
        synchronise(stranger, operation.hub.address)
    assert "another operation" in in_words(refused.value)[0] or "until the administrator" in in_words(refused.value)[0]
    stranger.close()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("device_revoked", "The administrator revoked this laptop"),
        ("bundle_too_new", "older version of the program"),
        ("too_many_requests", "much to do"),
        ("signature_wrong", "The hub refused: signature_wrong"),
    ],
)
def test_every_reason_a_laptop_may_meet_has_words(reason: str, words: str) -> None:
    assert words in in_words(HubRefused(reason=reason, url="https://10.0.0.1:8443"))[0]
