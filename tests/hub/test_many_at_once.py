"""Many laptops at once: bundles wait for none but their own log, and a hub that is full asks to come again."""

import random
import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from fieldapp.exchange.bundle import CONTROL_KINDS, Bundle, Header, pack, unpack
from fieldapp.exchange.hub_client import HubUnreachable
from fieldapp.hub import identity, serve
from fieldapp.hub.ingest import take_bundle
from fieldapp.hub.tables import LOGS
from fieldapp.services.synchronise import synchronise
from fieldapp.storage import journal
from tests.desks import START_MS
from tests.hub.conftest import Operation
from tests.hub.senders import senders

PATIENCE_S, TRIES = 60, 300


def as_laptops_send_it(operation: Operation, seed: str) -> Bundle:
    """A bundle with lines of a new laptop and, as all bundles, with the enrolments of the operation."""
    who = identity.load(operation.hub.folder)
    (sender,) = senders(operation.one, 1, 5, random.Random(seed).randbytes)
    with operation.one.database.read() as unit:
        control = journal.sealed_of_kinds(unit.connection, CONTROL_KINDS)
    header = Header(who.operation, sender.device, 1, 0)
    return unpack(pack(header, control, sender.lines, sender.key, [who.receive_public]), who.receive_identity)


def test_bundles_of_different_laptops_do_not_wait_for_each_other(operation: Operation) -> None:
    synchronise(operation.one, operation.hub.address)
    who, bundle = identity.load(operation.hub.folder), as_laptops_send_it(operation, "apart")
    its = select(LOGS.c.device).where(LOGS.c.device == operation.one.device.device_id).with_for_update()
    with operation.hub.database() as engine, ThreadPoolExecutor(1) as pool, engine.begin() as somebody_else:
        assert somebody_else.execute(its).all(), "the log of the enrolments is being written"
        taken = pool.submit(take_bundle, engine, who, bundle, START_MS).result(PATIENCE_S)
    assert (taken.added, taken.waiting, taken.put_aside) == (5, 0, 0)
    assert taken.known == len(bundle.control)


def test_a_hub_that_is_full_is_one_to_come_back_to(operation: Operation) -> None:
    where = urlsplit(operation.hub.address.url)
    trusting = ssl.create_default_context(cadata=operation.hub.address.certificate.decode())
    with ExitStack() as others:
        for _ in range(serve._AT_ONCE):
            plain = socket.create_connection((where.hostname, where.port), PATIENCE_S)
            others.enter_context(trusting.wrap_socket(plain, server_hostname=where.hostname))
        with pytest.raises(HubUnreachable):
            synchronise(operation.one, operation.hub.address)
    for _ in range(TRIES):
        try:
            assert synchronise(operation.one, operation.hub.address).given == 0
            break
        except HubUnreachable:
            threading.Event().wait(0.1)  # those who left are still being counted
    else:
        raise AssertionError("the hub stays full")
