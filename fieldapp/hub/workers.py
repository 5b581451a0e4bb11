"""The work that takes a processor: opening and judging bundles, making them. Processes of their own, one a processor.

They end with the hub, also where it was killed; what they had not committed then never happened.
"""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from fieldapp.exchange.bundle import unpack
from fieldapp.hub import identity, store
from fieldapp.hub.deliver import Delivery, Held, deliver, receipts
from fieldapp.hub.folding import fold_next
from fieldapp.hub.identity import HubIdentity
from fieldapp.hub.ingest import Taken, take_bundle
from fieldapp.trust.certificates import DeviceStatement

_CONNECTIONS = 2
_REST_S = 2.0
_here: dict[str, Any] = {}
"""What a worker process opened when it began: its connections and the hub's keys."""


def pool(folder: Path, url: str, workers: int) -> Executor:
    """Start the workers of a hub; at least one. They begin at once, that the first laptop need not wait for them."""
    count = max(workers or os.cpu_count() or 1, 1)
    executor = ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin, initargs=(folder, url))
    for _ in range(count):
        executor.submit(os.getpid)
    return executor


def _begin(folder: Path, url: str) -> None:
    _here["engine"], _here["hub"] = store.connect(url, _CONNECTIONS), identity.load(folder)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def start_folding(folder: Path, url: str) -> BaseProcess:
    """Start the worker that folds what arrives, beside the others."""
    worker = get_context("spawn").Process(target=_fold, args=(folder, url), daemon=True)
    worker.start()
    return worker


def _fold(folder: Path, url: str) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)  # laptops wait for receipts, nobody for the fold
    root_public, engine = identity.load(folder).root_public, store.connect(url, 1)
    while True:
        try:
            folded = fold_next(engine, root_public)
        except OperationalError:  # the database is being started anew
            folded = 0
        if not folded:
            time.sleep(_REST_S)


def _run(work: Callable[..., Any], *arguments: Any) -> Any:
    return work(_here["engine"], _here["hub"], *arguments)


def in_worker(work: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    """Return what to hand to the pool: the work with the worker's own database and keys before its arguments."""
    return partial(_run, work, *arguments)


def receive(engine: Engine, hub: HubIdentity, file: bytes, now_ms: int) -> tuple[Taken, list[bytes]]:
    """Take a file in and answer with receipts. Raises what unpacking and taking in raise."""
    taken = take_bundle(engine, hub, unpack(file, hub.receive_identity), now_ms)
    return taken, receipts(engine, hub)


def give(engine: Engine, hub: HubIdentity, reader: DeviceStatement, held: Held, now_ms: int) -> Delivery | None:
    """Make the next bundle for a laptop."""
    return deliver(engine, hub, reader, held, now_ms)
