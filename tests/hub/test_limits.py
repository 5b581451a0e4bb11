"""What is too much for the hub: turned away at the door by a code, bounded, and nobody else's concern."""

import random
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from gzip import compress
from pathlib import Path

import pytest

from fieldapp.exchange.bundle import LARGEST_FILE
from fieldapp.exchange.hub_client import HubRefused
from fieldapp.exchange.signed_requests import NONCE_HEADER, sign_request
from fieldapp.hub import doorkeeper, identity
from fieldapp.hub.doorkeeper import BURST, NONCE_LIVES_S, RATE, Doorkeeper, TurnedAway
from fieldapp.services.synchronise import _caller
from tests.desks import START_MS
from tests.hub.conftest import Operation
from tests.hub.senders import Sender, senders
from tests.hub.test_hub import _announced, _nested, _zeros, conversation

MOST_MEMORY_MB = 300
LAPTOPS = 100


@dataclass
class Door:
    """A doorkeeper whose time a test moves on, and laptops that come to it."""

    keeper: Doorkeeper
    fingerprint: bytes
    laptops: list[Sender]
    seconds: float = 1000.0

    def header(self, laptop: Sender, nonce: bytes, target: str = "/receipts", body: bytes = b"") -> str:
        return sign_request(
            laptop.device, 1, [laptop.certificate], laptop.key, self.fingerprint, nonce, "GET", target, body
        )  # fmt: skip

    def comes_in(self, laptop: Sender, header: str | None = None, target: str = "/receipts", body: bytes = b"") -> None:
        request, said = self.keeper.look_at(header or self.header(laptop, self.keeper.give_nonce()))
        self.keeper.let_in(request, said, "GET", target, body)


@pytest.fixture(scope="module")
def crowd(operation: Operation) -> list[Sender]:
    return senders(operation.one, LAPTOPS, 1, random.Random(9).randbytes)


@pytest.fixture
def door(operation: Operation, crowd: list[Sender]) -> Iterator[Door]:
    who = identity.load(operation.hub.folder)
    with operation.hub.database() as engine:
        keeper = Doorkeeper(engine, who, lambda: START_MS, lambda: door.seconds)
        door = Door(keeper, who.fingerprint, crowd)
        yield door


def test_a_laptop_that_asks_too_often_waits_a_moment(door: Door) -> None:
    eager, other = door.laptops[:2]
    for _ in range(int(BURST)):
        door.comes_in(eager)
    with pytest.raises(TurnedAway, match="too_many_requests"):
        door.comes_in(eager)
    door.comes_in(other)
    door.seconds += 1.5 / RATE
    door.comes_in(eager)


def test_a_hundred_laptops_at_once_are_not_too_many(door: Door) -> None:
    for _ in range(int(BURST)):
        for laptop in door.laptops:
            door.comes_in(laptop)


def test_a_request_is_good_once_for_a_time_and_for_nothing_else(door: Door) -> None:
    laptop, other = door.laptops[:2]
    heard = door.header(laptop, door.keeper.give_nonce())
    door.comes_in(laptop, heard)
    with pytest.raises(TurnedAway, match="nonce_used"):
        door.comes_in(laptop, heard)
    for target, body in (("/bundles", b""), ("/receipts", b"more")):
        with pytest.raises(TurnedAway, match="signature_wrong"):
            door.comes_in(laptop, door.header(laptop, door.keeper.give_nonce()), target, body)
    borrowed = sign_request(
        laptop.device, 1, [laptop.certificate], other.key, door.fingerprint, door.keeper.give_nonce(), "GET",
        "/receipts", b"",
    )  # fmt: skip
    with pytest.raises(TurnedAway, match="signature_wrong"):
        door.comes_in(laptop, borrowed)
    old = door.header(laptop, door.keeper.give_nonce())
    door.seconds += NONCE_LIVES_S
    with pytest.raises(TurnedAway, match="nonce_used"):
        door.comes_in(laptop, old)


def test_nonces_that_nobody_uses_are_forgotten(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorkeeper, "_MOST_NONCES", 50)
    first = door.keeper.give_nonce()
    for _ in range(50):
        door.keeper.give_nonce()
    with pytest.raises(TurnedAway, match="nonce_used"):
        door.comes_in(door.laptops[0], door.header(door.laptops[0], first))


def test_a_body_without_a_length_is_cut_off_at_the_largest(operation: Operation) -> None:
    with conversation(operation) as client:
        caller = _caller(operation.one)
        nonce = b64decode(client._http.get("/nonce").headers[NONCE_HEADER])
        signed = sign_request(
            caller.device, caller.epoch, caller.certificates, caller.sign_key,
            identity.load(operation.hub.folder).fingerprint, nonce, "POST", "/bundles", b"",
        )  # fmt: skip
        pieces = (bytes(65536) for _ in range(LARGEST_FILE // 65536 + 1))
        headers = {"Authorization": signed, "Content-Type": "application/octet-stream"}
        answer = client._http.post("/bundles", content=pieces, headers=headers)
    assert (answer.status_code, answer.json()) == (413, {"code": "too_large"})


def test_bombs_leave_the_hub_small(operation: Operation) -> None:
    children = Path(f"/proc/{operation.hub.process.pid}/task/{operation.hub.process.pid}/children")
    if not children.is_file():
        pytest.skip("this system does not tell how much memory others use")
    with conversation(operation) as client:
        for bomb in (_zeros, _nested, _announced, lambda _: compress(bytes(64 * LARGEST_FILE))):
            with pytest.raises(HubRefused, match="bundle_damaged"):
                client.send(bomb(operation))
    for process in (operation.hub.process.pid, *children.read_text("ascii").split()):
        (line,) = (one for one in Path(f"/proc/{process}/status").read_text().splitlines() if one.startswith("VmHWM"))
        assert int(line.split()[1]) < MOST_MEMORY_MB * 1024, process
