"""The hub of the small world: its real ingest, delivery, fold and back-up on a real PostgreSQL, behind a door that fails.

Only the wire is left out (TLS, HTTP and signed requests have tests of their own), for what goes wrong on a wire must be
drawn from the seed: requests and answers that are lost, a hub that dies before or after it committed, and one that is
set back to its last back-up in the middle of a conversation.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, event, text

from fieldapp.exchange.hub_client import Caller, HubRefused, HubUnreachable, Sent
from fieldapp.exchange.receipts import DURABLE, RECEIVED, read_receipt
from fieldapp.exchange.signed_requests import SignedRequest, proven_by
from fieldapp.hub import deliver, identity, store, workers
from fieldapp.hub.backup import back_up, restore
from fieldapp.hub.embedded import Embedded
from fieldapp.hub.identity import HubIdentity
from fieldapp.hub.tables import METADATA
from fieldapp.services.desk import Desk
from fieldapp.services.enrol import certify_laptop, read_reply, read_request, request_enrolment

FAULTS = ("request lost", "dies before it commits", "answer lost", "set back")


class Died(Exception):
    """The hub ended, as by a power cut."""


def enrol_hub(administrator: Desk, folder: Path, stick: Path) -> None:
    """Make the hub's keys in a folder, as its commands do."""
    stick.mkdir()
    by = {"clock": administrator.clock, "random_bytes": administrator.random_bytes}
    request_enrolment(folder, stick / "request", "H1", "PSB", "", **by)
    identity.make_tls(folder, ["127.0.0.1"])
    certify_laptop(administrator, read_request(stick / "request"), stick)
    keys, (_, operation, root_public, certificate, recovery_public, wrapped, *_) = read_reply(folder, stick)
    identity.keep(folder, keys, operation, root_public, certificate, (recovery_public, wrapped))
    shutil.rmtree(stick)


@contextmanager
def a_server(where: Path | None) -> Iterator[Engine]:
    """One PostgreSQL for many days: a day begins with empty tables, which costs milliseconds."""
    top = Path(tempfile.mkdtemp(prefix="fieldapp-hub-", dir=where))
    if os.geteuid() == 0:
        top.chmod(0o711)
    folder = top / "hub"
    folder.mkdir()
    server = Embedded(folder)
    try:
        engine = store.connect(f"{server.start()}&options=-csynchronous_commit%3Doff", connections=2)
        yield engine
        engine.dispose()
    finally:
        server.stop("immediate")
        shutil.rmtree(top)


@dataclass
class SimulatedHub:
    """The hub on one day. What it may never say or lose is written down in `broken`."""

    engine: Engine
    identity: HubIdentity
    backups: Path
    now_ms: int
    broken: list[str] = field(default_factory=list)
    set_back: int = 0

    def __post_init__(self) -> None:
        self.empty()
        self.backups.mkdir()

    def empty(self) -> None:
        tables = ", ".join(name for name in METADATA.tables if name != "hub_state")
        with self.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables}"))

    def back_up(self) -> None:
        back_up(self.engine, self.identity, self.backups / f"{len(list(self.backups.iterdir())):03}", self.now_ms)

    def go_back_to_yesterday(self) -> None:
        """Lose all since the last back-up; without one, everything. What was promised as durable must be there again."""
        before = self.vector(DURABLE)
        self.empty()
        if kept := sorted(self.backups.iterdir()):
            restore(self.engine, self.identity, kept[-1], self.now_ms)
        self.set_back += 1
        held = self.vector(RECEIVED)
        if any(held.get(key, (0, b""))[0] < seq for key, (seq, _) in before.items()):
            self.broken.append("hub: what was durable is lost")

    def vector(self, level: str) -> store.Vector:
        with self.engine.connect() as connection:
            return store.vector(connection) if level == RECEIVED else store.durable_vector(connection)

    def judge(self, written: tuple[bytes, ...]) -> tuple[bytes, ...]:
        """Note a receipt that says more than the lines that are here without a gap, or another end than theirs."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT device, epoch, count(*), max(seq), (array_agg(hash ORDER BY seq)) FROM change GROUP BY 1, 2"
                )
            ).all()
        here = {(UUID(str(device)), epoch): hashes for device, epoch, count, last, hashes in rows if count == last}
        for receipt in map(read_receipt, written):
            for key, (seq, last) in receipt.held.items():
                lines = here.get(key, [])
                if seq > len(lines) or bytes(lines[seq - 1]) != last:
                    self.broken.append(f"hub: a receipt ({receipt.level}) says more than it holds")
        return written


class Door:
    """Stands where a laptop's conversation with the hub stands; at its `at`-th request the fault befalls it."""

    def __init__(self, hub: SimulatedHub, caller: Caller, fault: str, at: int) -> None:
        self._hub, self._fault, self._left = hub, fault, at
        request = SignedRequest(caller.device, caller.epoch, tuple(caller.certificates), b"", b"")
        said = proven_by(request, hub.identity.root_public)
        if said is None:
            raise HubRefused(reason="device_unknown")
        self._said = said

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def certificate(self) -> bytes:
        return self._hub.identity.certificate

    def receipts(self) -> tuple[bytes, ...]:
        with self._wire():
            return self._hub.judge(tuple(deliver.receipts(self._hub.engine, self._hub.identity)))

    def send(self, bundle: bytes) -> Sent:
        with self._wire():
            taken, written = workers.receive(self._hub.engine, self._hub.identity, bundle, self._hub.now_ms)
            return Sent(self._hub.judge(tuple(written)), taken.put_aside)

    def fetch(
        self, has: Mapping[tuple[UUID, int], int], told: Mapping[tuple[UUID, int], int]
    ) -> tuple[bytes, bool] | None:
        with self._wire():
            made = workers.give(
                self._hub.engine, self._hub.identity, self._said, deliver.Held(dict(has), dict(told)), self._hub.now_ms
            )
            return None if made is None else (made.bundle, made.more)

    @contextmanager
    def _wire(self) -> Iterator[None]:
        fault = self._fault if self._left == 0 else ""
        self._left -= 1
        if fault == "set back":
            self._hub.go_back_to_yesterday()
        if fault == "request lost":
            raise HubUnreachable(url="")
        if fault == "dies before it commits":
            event.listen(self._hub.engine, "commit", _die)
        try:
            yield
        except Died as died:
            raise HubUnreachable(url="") from died
        finally:
            if fault == "dies before it commits":
                event.remove(self._hub.engine, "commit", _die)
        if fault == "answer lost":
            raise HubUnreachable(url="")


def _die(_connection: object) -> None:
    raise Died


def a_fault(chance: random.Random) -> tuple[str, int]:
    """Draw what befalls a conversation, and at which of its requests; most go well."""
    return chance.choice((*FAULTS, "", "", "", "")), chance.randrange(5)
