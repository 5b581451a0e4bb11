"""Laptops and a hub, all real: what is given is held once, and what must not come in does not."""

import lzma
import shutil
from collections.abc import Callable
from pathlib import Path

import cbor2
import httpx
import pytest
from sqlalchemy import func, select

from fieldapp.domain.problems import Problem
from fieldapp.exchange.bundle import LARGEST_FILE, Header, pack
from fieldapp.exchange.hub_client import HubClient, HubRefused, NotTheHub
from fieldapp.exchange.receipts import DURABLE, RECEIVED, read_receipt
from fieldapp.hub import admin, identity
from fieldapp.hub.folding import fold_next
from fieldapp.hub.tables import CHANGES, PEOPLE
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.erase import erase
from fieldapp.services.laptops import revoke
from fieldapp.services.register import register_group
from fieldapp.services.sign_in import sign_in
from fieldapp.services.synchronise import HubAddress, _caller, synchronise
from fieldapp.storage import exchange_rows, journal
from fieldapp.trust.sealing import seal
from fieldapp.trust.signing import SigningKey
from fieldapp.trust.tls import make_tls_certificate
from tests.desks import family, person
from tests.hub.conftest import Operation
from tests.laptops import PASSWORD, STAFF, enrolled


def vector(desk: Desk):
    with desk.database.read() as unit:
        return journal.vector(unit.connection)


def held_at(hub) -> int:
    with hub.database() as engine, engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(CHANGES)).scalar_one()


def conversation(operation: Operation, desk: Desk | None = None) -> HubClient:
    return HubClient(operation.hub.address.url, operation.hub.address.certificate, _caller(desk or operation.one))


def bundle_of(desk: Desk, changes, operation: Operation, **more) -> bytes:
    header = Header(desk.operation.operation_id, desk.device.device_id, desk.device.epoch, desk.now_ms())
    who = identity.load(operation.hub.folder)
    return pack(header, (), changes, more.get("key", desk.sign_key), [who.receive_public])


def own_lines(desk: Desk, after: int = 0):
    with desk.database.read() as unit:
        return journal.sealed_after(unit.connection, desk.device.device_id, desk.device.epoch, after)


def test_both_end_with_the_records_of_each_other_once(operation: Operation) -> None:
    register_group(operation.one, family())
    register_group(operation.two, family(person("Yolanda", "Barrios")))

    synchronise(operation.one, operation.hub.address)
    synchronise(operation.two, operation.hub.address)
    synchronise(operation.one, operation.hub.address)

    assert vector(operation.one) == vector(operation.two)
    assert held_at(operation.hub) == sum(seq for seq, _ in vector(operation.one).values())
    assert check(operation.one).ok
    assert check(operation.two).ok
    again = synchronise(operation.one, operation.hub.address)
    assert (again.given, again.taken.added) == (0, 0)


def test_what_the_hub_holds_is_known_by_its_receipt(operation: Operation) -> None:
    register_group(operation.one, family(person("Delia", "Uzcátegui")))
    synchronise(operation.one, operation.hub.address)
    who = identity.load(operation.hub.folder)
    with operation.one.database.read() as unit:
        held = exchange_rows.held_by(unit, (who.device, who.epoch), RECEIVED)
    assert held == {key: seq for key, (seq, _) in vector(operation.one).items()}


def test_a_bundle_given_twice_is_held_once(operation: Operation) -> None:
    register_group(operation.one, family(person("Petra", "Colmenares")))
    file = bundle_of(operation.one, own_lines(operation.one), operation)
    with conversation(operation) as client:
        first = client.send(file)
        before = held_at(operation.hub)
        assert client.send(file).receipts == first.receipts
    assert held_at(operation.hub) == before


def test_a_request_heard_on_the_way_is_worth_nothing_a_second_time(operation: Operation) -> None:
    said = {}

    def listen(request: httpx.Request) -> None:
        said.update(request.headers)

    with conversation(operation) as client:
        client._http.event_hooks["request"].append(listen)
        client.receipts()
        heard = {"Authorization": said["authorization"]}
        again = client._http.get("/receipts", headers=heard)
    assert (again.status_code, again.json()) == (401, {"code": "nonce_used"})


def test_a_signature_for_one_request_does_not_fit_another_nor_another_laptop(operation: Operation) -> None:
    with conversation(operation) as client, conversation(operation, operation.two) as other:
        client.receipts()
        nonce, client._nonce = client._nonce, b""
        other._nonce = nonce
        right = other._caller
        other._caller = type(right)(right.device, right.epoch, client._caller.sign_key, right.certificates)
        with pytest.raises(HubRefused, match="signature_wrong"):
            other.receipts()
        other._caller = type(right)(client._caller.device, 1, right.sign_key, right.certificates)
        with pytest.raises(HubRefused, match="device_unknown"):
            other.receipts()


def test_a_stranger_is_turned_away(operation: Operation) -> None:
    with conversation(operation) as client:
        own = client._caller
        client._caller = type(own)(own.device, own.epoch, own.sign_key, ())
        with pytest.raises(HubRefused, match="device_unknown"):
            client.receipts()
        assert client._http.get("/receipts").status_code == 401
        assert client._http.get("/receipts", headers={"Authorization": "Bearer abc"}).status_code == 401


def test_another_certificate_is_not_spoken_to(operation: Operation) -> None:
    other = HubAddress(operation.hub.address.url, make_tls_certificate(["127.0.0.1"])[1])
    with pytest.raises(NotTheHub):
        synchronise(operation.one, other)


def _zeros(operation: Operation) -> bytes:
    who = identity.load(operation.hub.folder)
    return seal(lzma.compress(bytes(600 * 1024 * 1024), preset=0), [who.receive_public])


def _nested(operation: Operation) -> bytes:
    who = identity.load(operation.hub.folder)
    return seal(lzma.compress(b"\x81" * 1_000_000 + b"\x00"), [who.receive_public])


def _announced(operation: Operation) -> bytes:
    who = identity.load(operation.hub.folder)
    return seal(lzma.compress(cbor2.dumps(["x"])[:-2] + b"\x9b" + b"\xff" * 8), [who.receive_public])


@pytest.mark.parametrize("bomb", [_zeros, _nested, _announced])
def test_what_would_unpack_to_gigabytes_is_refused(operation: Operation, bomb: Callable[[Operation], bytes]) -> None:
    with conversation(operation) as client, pytest.raises(HubRefused, match="bundle_damaged"):
        client.send(bomb(operation))
    assert operation.hub.get("/health")[0] == 200


def test_too_large_a_body_and_another_type_are_refused_before_they_are_read(operation: Operation) -> None:
    with conversation(operation) as client, pytest.raises(HubRefused, match="too_large"):
        client.send(bytes(LARGEST_FILE + 1))
    with conversation(operation) as client:
        client.receipts()
        client._http.headers["Content-Type"] = "text/plain"
        original, client._http.stream = client._http.stream, None

        def as_text(method, target, *, content, headers):
            return original(method, target, content=content, headers={**headers, "Content-Type": "text/plain"})

        client._http.stream = as_text
        with pytest.raises(HubRefused, match="not_a_bundle"):
            client.send(b"hello")


def test_changes_that_somebody_else_signed_are_put_aside(operation: Operation) -> None:
    register_group(operation.one, family(person("Omaira", "Sulbarán")))
    synchronise(operation.one, operation.hub.address)
    last = own_lines(operation.one)[-1]
    register_group(operation.one, family(person("Norma", "Sulbarán")))
    (forged, *_) = own_lines(operation.one, vector(operation.one)[operation.one.device.device_id, 1][0] - 1)
    bad = type(forged)(forged.envelope, last.signature, forged.salt, forged.body)

    with conversation(operation, operation.two) as client:
        sent = client.send(bundle_of(operation.two, [bad], operation))

    assert sent.put_aside == 1
    with operation.hub.database() as engine:
        assert "signature_wrong" in {one.reason for one in admin.quarantined(engine)}
    synchronise(operation.one, operation.hub.address)
    assert held_at(operation.hub) >= sum(seq for seq, _ in vector(operation.one).values())


def test_a_bundle_that_its_maker_did_not_sign_is_refused(operation: Operation) -> None:
    file = bundle_of(operation.one, own_lines(operation.one), operation, key=SigningKey.from_bytes(bytes(32)))
    with conversation(operation) as client, pytest.raises(HubRefused, match="bundle_damaged"):
        client.send(file)


def test_a_gap_waits_and_the_receipt_ends_before_it(operation: Operation) -> None:
    synchronise(operation.two, operation.hub.address)
    device = operation.two.device.device_id
    before, _ = vector(operation.two)[device, 1]
    register_group(
        operation.two, family(person("Zoraida", "Quintero"), person("Luis", "Quintero", relationship="SON_DAUGHTER"))
    )
    lines = own_lines(operation.two, before)

    with conversation(operation, operation.two) as client:
        written = client.send(bundle_of(operation.two, lines[1:], operation)).receipts
        held = {one.level: one.held for one in map(read_receipt, written) if one}[RECEIVED]
        assert held[device, 1][0] == before
        written = client.send(bundle_of(operation.two, lines[:1], operation)).receipts
        held = {one.level: one.held for one in map(read_receipt, written) if one}[RECEIVED]
    assert held[device, 1] == vector(operation.two)[device, 1]


def test_a_clone_is_noticed_and_goes_on_in_a_new_epoch(
    operation: Operation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole disk was copied, so that signing in could not tell."""
    monkeypatch.setattr("fieldapp.services.sign_in.go_on_apart", lambda desk: None)
    two = operation.two
    synchronise(two, operation.hub.address)
    two.close()
    shutil.copytree(two.folder, tmp_path / "clone")
    operation.two = sign_in(two.folder, STAFF, PASSWORD, clock=two.clock, random_bytes=two.random_bytes)
    clone = sign_in(tmp_path / "clone", STAFF, PASSWORD, clock=two.clock, random_bytes=two.random_bytes)
    register_group(operation.two, family(person("Original", "Márquez")))
    register_group(clone, family(person("Clonada", "Márquez")))
    synchronise(operation.two, operation.hub.address)

    done = synchronise(clone, operation.hub.address)

    assert done.taken.new_epoch
    assert clone.device.epoch > 1
    register_group(clone, family(person("Segunda", "Márquez")))
    synchronise(clone, operation.hub.address)
    synchronise(operation.one, operation.hub.address)
    with operation.one.database.read() as unit:
        shown = set(unit.connection.exec_driver_sql("SELECT given_names FROM individual").scalars())
    assert shown >= {"Original", "Segunda"}
    with operation.hub.database() as engine:
        assert "fork" in {one.reason for one in admin.quarantined(engine)}
    clone.close()


def test_the_erased_do_not_come_back(operation: Operation) -> None:
    who = register_group(operation.one, family(person("Secundina", "Chacín"))).member_ids[0]
    synchronise(operation.one, operation.hub.address)
    old = bundle_of(operation.one, own_lines(operation.one), operation)
    erase(operation.one, who, "withdrawn consent")
    synchronise(operation.one, operation.hub.address)
    with conversation(operation) as client:
        client.send(old)
    with operation.hub.database() as engine, engine.connect() as connection:
        bodies = [bytes(row.body) for row in connection.exec_driver_sql("SELECT body FROM payload")]
    assert bodies
    assert not any(b"Secundina" in body for body in bodies)


def test_a_restored_hub_is_given_again_what_came_after_its_backup(operation: Operation, tmp_path: Path) -> None:
    from tests.hub.hubs import TestHub

    register_group(operation.one, family(person("Antes", "Del Respaldo")))
    synchronise(operation.one, operation.hub.address)
    operation.hub.command("backup", operation.hub.folder, tmp_path / "backup")
    synchronise(operation.one, operation.hub.address)
    who = identity.load(operation.hub.folder)
    with operation.one.database.read() as unit:
        durable = exchange_rows.held_by(unit, (who.device, who.epoch), DURABLE)
    assert durable == {key: seq for key, (seq, _) in vector(operation.one).items()}
    register_group(operation.one, family(person("Después", "Del Respaldo")))
    synchronise(operation.one, operation.hub.address)

    restored = TestHub(operation.hub.folder.parent / "restored")
    restored.folder.mkdir()
    for name in (identity.IDENTITY, identity.TLS_KEY, identity.TLS_CERTIFICATE):
        shutil.copy2(operation.hub.folder / name, restored.folder)
    restored.command("restore", restored.folder, tmp_path / "backup")
    restored.start()
    try:
        done = synchronise(operation.one, restored.address)
        assert 0 < done.given < 20
        assert held_at(restored) == held_at(operation.hub)
    finally:
        restored.stop()


def test_what_a_revoked_laptop_wrote_afterwards_counts_no_more(operation: Operation, tmp_path: Path) -> None:
    three = enrolled(operation.one, tmp_path / "three", "C3", tmp_path / "stick")
    device = three.device.device_id
    register_group(three, family(person("Buena", "Revocada")))
    synchronise(three, operation.hub.address)
    synchronise(operation.one, operation.hub.address)
    register_group(three, family(person("Robada", "Revocada")))
    synchronise(three, operation.hub.address)
    counted = people_at_hub(operation, "revocada%")
    revoke(operation.one, device, "stolen")
    register_group(three, family(person("Tardía", "Revocada")))
    late = own_lines(three)

    synchronise(operation.one, operation.hub.address)

    assert (counted, people_at_hub(operation, "revocada%")) == (2, 1)
    with pytest.raises(HubRefused, match="device_revoked"):
        synchronise(three, operation.hub.address)
    with conversation(operation) as client:
        client.send(bundle_of(operation.one, late, operation))  # also where another laptop carries it
    assert people_at_hub(operation, "revocada%") == 1
    with operation.hub.database() as engine:
        assert "device_revoked_line" in {one.reason for one in admin.quarantined(engine)}
    three.close()


def people_at_hub(operation: Operation, name: str) -> int:
    with operation.hub.database() as engine:
        while fold_next(engine, identity.load(operation.hub.folder).root_public):
            pass
        with engine.connect() as connection:
            its = select(func.count()).select_from(PEOPLE).where(PEOPLE.c.name_key.like(name))
            return connection.execute(its).scalar_one()


def test_a_laptop_that_the_hub_turns_away_leaves_what_it_sent(operation: Operation) -> None:
    """The last of this file, for the second laptop stays out."""
    synchronise(operation.two, operation.hub.address)
    before = held_at(operation.hub)
    operation.hub.command("revoke", operation.hub.folder, operation.two.device.code)
    with pytest.raises(Problem, match="device_revoked"):
        synchronise(operation.two, operation.hub.address)
    assert held_at(operation.hub) == before
