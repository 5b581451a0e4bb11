"""Lines that came without a line before them, and which of them are looked at when something else comes.

Very many wait where the first file of a large stick is missing. Those whose laptop's key is known are found good when
they come, so afterwards only the next few of a log have a turn. All lines of a log are looked at when something new is
known of its laptop, and where the log's lines do not make up a single chain: then one of them may have to be put aside.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import cbor2
from sqlalchemy import ColumnElement, Connection, delete, func, select, text
from sqlalchemy.dialects.sqlite import insert

from fieldapp.domain.changes import NO_PREVIOUS, Kind
from fieldapp.storage import journal
from fieldapp.storage.tables import WaitingRow
from fieldapp.storage.units import ReadUnit, WriteUnit
from fieldapp.trust.envelopes import SealedChange
from fieldapp.trust.intake import Arrived, LogKey, LogState

WAITING: Any = WaitingRow.__table__  # type: ignore[attr-defined]
AT_ONCE = 400
"""So many places of a log are looked at, and can join it, in one transaction."""
Waited = dict[tuple[bytes, bytes], SealedChange]
"""Lines by hash and signature."""

_SAYS_OF_A_LAPTOP = (Kind.DEVICE_ENROLLED, Kind.DEVICE_REVOKED)
_SAID = text(
    "SELECT subject, hash FROM change JOIN payload USING (device, epoch, seq)"
    " WHERE kind IN ('device.enrolled', 'device.revoked')"
    " UNION ALL SELECT subject, hash FROM ahead"
    " WHERE kind IN ('device.enrolled', 'device.revoked') AND body IS NOT NULL"
    " UNION ALL SELECT subject, hash FROM waiting"
    " WHERE kind IN ('device.enrolled', 'device.revoked') AND body IS NOT NULL"
)
_TOLD = "told_of_laptops"
_ERASED = " WHERE subject = :subject AND kind <> 'erasure.ordered'"
_ERASE = (
    text(
        "INSERT OR IGNORE INTO waiting (hash, signature, device, epoch, seq, kind, subject, envelope)"
        f" SELECT hash, signature, device, epoch, seq, kind, subject, envelope FROM ahead{_ERASED}"
    ),
    text(f"DELETE FROM ahead{_ERASED}"),
    text(f"UPDATE waiting SET salt = NULL, body = NULL{_ERASED}"),
)
_LOWEST = text(
    "SELECT device, epoch, min(seq) AS seq FROM waiting GROUP BY device, epoch"
    " UNION ALL SELECT device, epoch, min(seq) AS seq FROM ahead GROUP BY device, epoch"
)


def newly_told(unit: ReadUnit, arrived: Sequence[Arrived]) -> tuple[set[bytes], set[UUID]]:
    """Return the lines that say something of laptops, by hash, and the laptops of which one of them says something new.

    New is what no waiting line was judged by, whether it arrived now or was written on this laptop itself.
    """
    kept = unit.get_local(_TOLD)
    before: set[bytes] = set(cbor2.loads(kept)) if kept else set()
    said = {bytes(row.hash): UUID(bytes=row.subject) for row in unit.connection.execute(_SAID)}
    said |= {
        sealed.hash: change.subject
        for change, sealed in arrived
        if change.kind in _SAYS_OF_A_LAPTOP and sealed.body is not None
    }
    return before | said.keys(), {device for digest, device in said.items() if digest not in before}


def keep_told(unit: WriteUnit, told: set[bytes]) -> None:
    """Keep what the waiting lines are judged by now."""
    packed = cbor2.dumps(sorted(told))
    if packed != unit.get_local(_TOLD):
        unit.put_local(_TOLD, packed)


def with_a_turn(
    connection: Connection, arrived: Sequence[Arrived], turn: Iterable[LogKey], devices: Iterable[UUID]
) -> Waited:
    """Return the waiting lines that may join now or say something that counts already, given what else arrived.

    `turn` are the logs whose next line is here; `devices` those of which something new is known.
    """
    found = _lines(connection, WAITING.c.kind == str(Kind.DEVICE_ENROLLED))
    for device in devices:
        found |= _lines(connection, WAITING.c.device == device.bytes)
    for log in {(change.device, change.epoch) for change, _ in arrived}.union(turn):
        head, _ = journal.last_of(connection, *log)
        found |= _lines(connection, _of(log) & (WAITING.c.seq <= head + AT_ONCE))
    return found


def ready(connection: Connection) -> set[LogKey]:
    """Return the logs whose next line is here: it waits, or counts already ahead of them."""
    lowest = [((UUID(bytes=row.device), row.epoch), row.seq) for row in connection.execute(_LOWEST)]
    return {log for log, seq in lowest if seq <= journal.last_of(connection, *log)[0] + 1}


def of_log(connection: Connection, log: LogKey) -> Waited:
    """Return every line of a log that waits."""
    return _lines(connection, _of(log))


def is_one_chain(lines: Iterable[Arrived], log: LogState) -> bool:
    """Tell whether lines continue a log, or agree with it, without another line in any place."""
    if log.branch:
        return False
    hashes = {seq: digest for seq, (digest, _) in log.present.items()} | {0: NO_PREVIOUS, log.head: log.last}
    ordered = sorted(lines, key=lambda one: one[0].seq)
    for change, sealed in ordered:
        if hashes.setdefault(change.seq, sealed.hash) != sealed.hash:
            return False
    return all(hashes.get(change.seq - 1, change.previous) == change.previous for change, _ in ordered)


def keep(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Let lines wait; a payload that came later joins its line, and one that is here stays."""
    if rows:
        statement = insert(WAITING)
        fuller = {name: func.coalesce(statement.excluded[name], WAITING.c[name]) for name in ("salt", "body")}
        key = (WAITING.c.hash, WAITING.c.signature)
        connection.execute(statement.on_conflict_do_update(index_elements=key, set_=fuller), rows)


def erase(connection: Connection, subject: UUID) -> None:
    """Take the payloads of somebody who is erased; what counted ahead of its log for them only waits for its place."""
    for statement in _ERASE:
        connection.execute(statement, {"subject": subject.bytes})


def drop(connection: Connection, keys: Iterable[tuple[bytes, bytes]]) -> None:
    """Take lines out that wait no more."""
    for digest, signature in keys:
        connection.execute(delete(WAITING).where(WAITING.c.hash == digest, WAITING.c.signature == signature))


def _of(log: LogKey) -> ColumnElement[bool]:
    its: ColumnElement[bool] = (WAITING.c.device == log[0].bytes) & (WAITING.c.epoch == log[1])
    return its


def _lines(connection: Connection, its: ColumnElement[bool]) -> Waited:
    return {
        (row.hash, row.signature): SealedChange(row.envelope, row.signature, row.salt, row.body)
        for row in connection.execute(select(WAITING).where(its))
    }
