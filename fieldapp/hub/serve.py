"""Running the hub: its database, its workers, and the service over TLS, until it is told to stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from fieldapp.domain.clock import Clock
from fieldapp.hub import identity, store, workers
from fieldapp.hub.api import Hub, build
from fieldapp.hub.embedded import Embedded
from fieldapp.hub.identity import HubIdentity

_AT_ONCE = 200
"""Requests in work at once; more are asked to come again."""
_PATIENCE_S = 10


def database_url(folder: Path, given: str) -> tuple[str, Embedded | None]:
    """Return where the hub's database is: the one that was named, or its own, which is started. Raises DatabaseNotStarted."""
    if given:
        return given.replace("postgresql://", "postgresql+psycopg://", 1), None
    own = Embedded(folder)
    return own.start(), own


@contextmanager
def opened(folder: Path, url: str) -> Iterator[tuple[Engine, HubIdentity]]:
    """Open the hub's database beside a hub that may be running; one that was started for this is stopped again."""
    hub = identity.load(folder)
    ran = not url and Embedded(folder).is_running()
    reached, started = database_url(folder, url)
    try:
        engine = store.connect(reached, connections=2)
        try:
            yield engine, hub
        finally:
            engine.dispose()
    finally:
        if started is not None and not ran:
            started.stop()


def serve(folder: Path, host: str, port: int, url: str, count: int, clock: Clock) -> None:
    """Serve until a signal comes. Raises HubNotSetUp, DatabaseNotStarted, HubTooNew."""
    import uvicorn  # noqa: PLC0415 - the rest of the command line needs no server

    who = identity.load(folder)
    reached, own = database_url(folder, url)
    try:
        engine = store.connect(reached)
        folding = workers.start_folding(folder, reached)
        with workers.pool(folder, reached, count) as pool:
            uvicorn.run(
                build(Hub(who, engine, pool, clock)), host=host, port=port, log_level="warning", access_log=False,
                ssl_keyfile=str(folder / identity.TLS_KEY), ssl_certfile=str(folder / identity.TLS_CERTIFICATE),
                limit_concurrency=_AT_ONCE, timeout_graceful_shutdown=_PATIENCE_S, server_header=False,
            )  # fmt: skip
        folding.terminate()
        folding.join()
        engine.dispose()
    finally:
        if own is not None:
            own.stop()
