"""Broken variants of the exchange, each of which once lost data silently somewhere; the simulator must notice each."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from fieldapp.domain import fold as fold_module
from fieldapp.domain.people import FieldState
from fieldapp.services import bundles
from fieldapp.storage import exchange_rows, ingest, journal, projection
from fieldapp.trust import intake
from fieldapp.trust.envelopes import SealedChange, decode

Plant = Callable[[pytest.MonkeyPatch], None]


def receipt_is_the_largest_seq(patch: pytest.MonkeyPatch) -> None:
    right = bundles.write_receipt
    vector = journal.vector

    def with_waiting(connection):
        held = dict(vector(connection))
        for row in connection.execute(text("SELECT envelope FROM waiting")):
            change = decode(row.envelope, None)
            key = change.device, change.epoch
            if change.seq > held.get(key, (0, b""))[0]:
                held[key] = change.seq, SealedChange(row.envelope, b"", None, None).hash
        return held

    def write(device, epoch, level, held, key):
        return right(device, epoch, level, write.held, key)

    def header(desk, unit):
        write.held = with_waiting(unit.connection)
        return right_header(desk, unit)

    right_header = bundles.written_header
    patch.setattr(bundles, "write_receipt", write)
    patch.setattr(bundles, "written_header", header)


def receipt_without_hash(patch: pytest.MonkeyPatch) -> None:
    right = exchange_rows.journal.hash_at

    class Journal:
        def __getattr__(self, name):
            return getattr(journal, name)

    blind = Journal()
    blind.hash_at = lambda connection, device, epoch, seq: Any_() if right(connection, device, epoch, 1) else None
    patch.setattr(exchange_rows, "journal", blind)


class Any_(bytes):
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


def same_number_is_the_same_change(patch: pytest.MonkeyPatch) -> None:
    right = intake.Judged.put_aside

    def drop(self, change, sealed, reason):
        if reason != "fork":
            right(self, change, sealed, reason)

    patch.setattr(intake.Judged, "put_aside", drop)


def serial_cursor(patch: pytest.MonkeyPatch) -> None:
    sent: dict[str, int] = {}

    def since_last_export(unit, readers):
        file = unit.connection.exec_driver_sql("PRAGMA database_list").first()[2]
        rows = unit.connection.exec_driver_sql(
            "SELECT c.rowid, envelope, signature, salt, body FROM change c LEFT JOIN payload p USING (device, epoch, seq)"
            " WHERE c.rowid > ? ORDER BY c.rowid", (sent.get(file, 0),),
        ).all()  # fmt: skip
        sent[file] = max((row[0] for row in rows), default=sent.get(file, 0))
        return [SealedChange(*row[1:]) for row in rows]

    patch.setattr(bundles, "_not_held", since_last_export)


def last_write_wins(patch: pytest.MonkeyPatch) -> None:
    right = fold_module._fields

    def latest(changes):
        return {name: FieldState(state.values[:1], quiet=state.quiet) for name, state in right(changes).items()}

    patch.setattr(fold_module, "_fields", latest)


def arrival_order(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(fold_module, "sorted", lambda items, key=None: list(items), raising=False)
    patch.setattr(projection, "sorted", lambda items, key=None: sorted_stably(items, key), raising=False)


def sorted_stably(items, key):
    return sorted(items, key=key) if key else sorted(items)


def erasure_is_not_absorbing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ingest._Intake, "erase", lambda self, arrived, before_erasing: set())
    patch.setattr(projection, "erased", lambda connection: set())
    patch.setattr(projection, "_write", _without_erasure(projection._write))


def _without_erasure(right):
    def write(connection, changes, known, gone, *rest):
        kept, done = projection.erase, []

        def once(connection, subject, order):
            here = connection.execute(text("SELECT 1 FROM erasure WHERE subject = :s"), {"s": subject.bytes}).first()
            if here is None:
                kept(connection, subject, order)
            done.append(subject)

        projection.erase = once
        try:
            right(connection, changes, known, set(), *rest)
        finally:
            projection.erase = kept

    return write


MUTANTS: tuple[Plant, ...] = (
    receipt_is_the_largest_seq,
    receipt_without_hash,
    same_number_is_the_same_change,
    serial_cursor,
    last_write_wins,
    arrival_order,
    erasure_is_not_absorbing,
)
