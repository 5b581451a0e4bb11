"""The hub killed, and its PostgreSQL stopped as by a power cut, under the load of many: afterwards exactly what was sent, once."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from fieldapp.domain.problems import Problem
from fieldapp.exchange.bundle import Header, pack
from fieldapp.exchange.hub_client import Caller, HubClient
from fieldapp.exchange.receipts import RECEIVED, read_receipt
from fieldapp.hub import identity
from fieldapp.hub.embedded import Embedded
from fieldapp.hub.tables import CHANGES, PAYLOADS
from tests.hub.conftest import Operation
from tests.hub.senders import Sender, senders

CLIENTS, FILES, LINES = 20, 6, 25
TRIES = 400


class Held:
    """What a receipt promised to each sender, kept before the next kill."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.seq: dict[object, int] = {}


def send_all(operation: Operation, sender: Sender, held: Held, files_sent: list[int]) -> None:
    who = identity.load(operation.hub.folder)
    address = operation.hub.address
    caller = Caller(sender.device, 1, sender.key, [sender.certificate])
    for number in range(FILES):
        lines = sender.lines[number * LINES : (number + 1) * LINES]
        header = Header(who.operation, sender.device, 1, 0)
        file = pack(header, [sender.enrolment], lines, sender.key, [who.receive_public])
        for _ in range(TRIES):
            try:
                with HubClient(address.url, address.certificate, caller) as client:
                    receipts = [read_receipt(one) for one in client.send(file).receipts]
            except Problem:
                threading.Event().wait(0.1)  # the hub is gone for a moment
                continue
            (receipt,) = (one for one in receipts if one and one.level == RECEIVED)
            with held.lock:
                held.seq[sender.device] = receipt.held[sender.device, 1][0]
                files_sent.append(number)
            break
        else:
            raise AssertionError("the hub never came back")


@pytest.mark.parametrize("how", ["kill the hub", "stop PostgreSQL at once"])
def test_exactly_what_was_sent_is_there_once(operation: Operation, tmp_path: Path, how: str) -> None:
    many = senders(operation.one, CLIENTS, FILES * LINES, random.Random(how).randbytes)
    held, sent = Held(), []
    with ThreadPoolExecutor(CLIENTS) as pool:
        jobs = [pool.submit(send_all, operation, sender, held, sent) for sender in many]
        for share in (0.2, 0.5, 0.8):
            while len(sent) < share * CLIENTS * FILES and not all(job.done() for job in jobs):
                threading.Event().wait(0.02)
            promised = dict(held.seq)
            operation.hub.kill()
            if how != "kill the hub":
                Embedded(operation.hub.folder).stop("immediate")
            operation.hub.start()
            with operation.hub.database() as engine, engine.connect() as connection:
                for device, seq in promised.items():
                    its = select(func.count()).where(CHANGES.c.device == device, CHANGES.c.seq <= seq)
                    assert connection.execute(its).scalar_one() == seq
        for job in jobs:
            job.result()
    with operation.hub.database() as engine, engine.connect() as connection:
        for sender in many:
            its = select(CHANGES.c.seq, CHANGES.c.hash).where(CHANGES.c.device == sender.device).order_by(CHANGES.c.seq)
            rows = connection.execute(its).all()
            assert [(row.seq, row.hash) for row in rows] == [
                (place, line.hash) for place, line in enumerate(sender.lines, start=1)
            ]
            bodies = select(func.count()).where(PAYLOADS.c.device == sender.device)
            assert connection.execute(bodies).scalar_one() == len(sender.lines)
