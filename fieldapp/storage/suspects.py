"""Pairs that the review has found so far, and how far it has come: kept on this laptop, beside the log."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from fieldapp.domain.changes import Kind
from fieldapp.storage.units import ReadUnit, WriteUnit

_STATE = "review_walk"
_PUT = "INSERT OR REPLACE INTO suspect (one, other, probability) VALUES (?1, ?2, ?3)"
_BEST = text("SELECT one, other FROM suspect ORDER BY probability DESC, one, other LIMIT :limit")
_IDS = text('SELECT "row", id FROM individual WHERE "row" IN (SELECT value FROM json_each(:rows))')
_EDITED = text(
    'SELECT DISTINCT i."row" FROM change c JOIN individual i ON i.id = c.subject'
    " WHERE c.rowid > :mark AND c.kind = :kind"
)


Spans = tuple[tuple[int, int], ...]
"""Rows, as spans from a first to a last, in order and apart."""


@dataclass(frozen=True, slots=True)
class Walked:
    """How far the comparison has come: spans of rows (first, last) that are compared with all before them.

    `mark` is the last line of the log that was looked at for corrections; `left` are the spans now being compared with
    all up to the row `right`, of which those up to `at` are done.
    """

    spans: Spans = ()
    mark: int = 0
    left: Spans = ()
    right: int = 0
    at: int = 0


def walked(unit: ReadUnit) -> Walked:
    """Return how far the comparison has come; what cannot be read begins anew."""
    kept = unit.get_local(_STATE)
    try:
        state = json.loads(kept) if kept else {}
        spans, left = (
            tuple((int(first), int(last)) for first, last in state.get(name, ())) for name in ("spans", "left")
        )
        return Walked(spans, int(state.get("mark", 0)), left, int(state.get("right", 0)), int(state.get("at", 0)))
    except (ValueError, TypeError, AttributeError):
        return Walked()


def keep(unit: WriteUnit, state: Walked, pairs: Iterable[tuple[UUID, UUID, float]]) -> None:
    """Keep how far the comparison has come, and pairs found since the last time."""
    found = [(*sorted((one.bytes, other.bytes)), probability) for one, other, probability in pairs]
    if found:
        unit.connection.exec_driver_sql(_PUT, found)
    kept = {"spans": state.spans, "mark": state.mark, "left": state.left, "right": state.right, "at": state.at}
    unit.put_local(_STATE, json.dumps(kept).encode())


def best(unit: ReadUnit, limit: int) -> list[tuple[UUID, UUID]]:
    """Return the likeliest pairs found so far."""
    return [(UUID(bytes=one), UUID(bytes=other)) for one, other in unit.connection.execute(_BEST, {"limit": limit})]


def count(unit: ReadUnit) -> int:
    """Return how many pairs were found so far."""
    return int(unit.connection.exec_driver_sql("SELECT count(*) FROM suspect").scalar_one())


def last_line(unit: ReadUnit) -> int:
    """Return the last line of the log."""
    return int(unit.connection.exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM change").scalar_one())


def edited_since(unit: ReadUnit, mark: int) -> Sequence[int]:
    """Return the rows of people who were corrected after a line of the log, whenever that was."""
    return sorted(unit.connection.execute(_EDITED, {"mark": mark, "kind": str(Kind.INDIVIDUAL_EDITED)}).scalars())


def ids_of(unit: ReadUnit, rows: Iterable[int]) -> dict[int, UUID]:
    """Return people by their rows."""
    found = unit.connection.execute(_IDS, {"rows": json.dumps(list(rows))})
    return {row: UUID(bytes=individual_id) for row, individual_id in found}
