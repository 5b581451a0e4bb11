"""Figures for Prometheus about requests and changes; none is about a person."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import Engine

from fieldapp.hub import store
from fieldapp.hub.ingest import Taken
from fieldapp.hub.tables import LOGS, QUARANTINE, WAITING

_BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Metrics:
    """Counts since the hub was started, and what its tables hold when asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._registry = engine, CollectorRegistry()
        self._requests = Counter("fieldapp_hub_requests", "Requests.", ["method", "status"], registry=self._registry)
        self._seconds = Histogram(
            "fieldapp_hub_seconds", "Time of an answer.", ["method"], registry=self._registry, buckets=_BUCKETS
        )
        self._changes = Counter(
            "fieldapp_hub_changes", "Changes by what came of them.", ["what"], registry=self._registry
        )
        self._rows = Gauge("fieldapp_hub_rows", "Rows in the hub's tables.", ["table"], registry=self._registry)

    def answered(self, method: str, status: int, seconds: float) -> None:
        """Count an answer."""
        known = method if method in {"GET", "POST"} else "other"
        self._requests.labels(known, str(status)).inc()
        self._seconds.labels(known).observe(seconds)

    def took(self, taken: Taken) -> None:
        """Count what came of a bundle."""
        for what in ("added", "known", "put_aside"):
            self._changes.labels(what).inc(getattr(taken, what))

    def text(self) -> bytes:
        """Return the figures as Prometheus reads them."""
        tables = {"device_log": LOGS, "waiting": WAITING, "quarantine": QUARANTINE}
        with self._engine.connect() as connection:
            for name, count in store.counts(connection, tables).items():
                self._rows.labels(name).set(count)
        return generate_latest(self._registry)
