"""The search index as part of the fold: written in the transaction that changes a person, rebuilt when asked."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from fieldapp.domain.changes import Change
from fieldapp.domain.fold import fold
from fieldapp.domain.permissions import Grants
from fieldapp.storage import journal
from fieldapp.storage.inserts import add_rows
from fieldapp.storage.place_words import of_group
from fieldapp.storage.rows import rows_of
from fieldapp.storage.search_words import Indexed, indexed, placed

Progress = Callable[[int, int], None]
"""Called with how many of how many people are done; what it raises undoes the work."""

_ADD = "INSERT INTO individual_search (rowid, words) VALUES (:row, :words)"
_ADD_NAME = "INSERT OR IGNORE INTO name_word (word) VALUES (:word)"
_DROP = text("DELETE FROM individual_search WHERE rowid = :row")
_BATCH = 1000
_ROWS = (
    "SELECT i.*, g.arrival_post, g.origin_state, g.destination, g.moved_to FROM individual i"
    " LEFT JOIN registration_group g ON g.id = i.group_id"
)


def add(connection: Connection, people: Sequence[tuple[int, Indexed]]) -> None:
    """Index people by their rows."""
    add_rows(connection, _ADD, [{"row": row, "words": its.words} for row, its in people])
    if names := dict.fromkeys(name for _, its in people for name in its.names):
        add_rows(connection, _ADD_NAME, [{"word": name} for name in names])


def drop(connection: Connection, row: int) -> None:
    """Take a person out of the index."""
    connection.execute(_DROP, {"row": row})


def forget_erased(connection: Connection) -> None:
    """Write the index anew without what was dropped, and without words that nobody's name has any more.

    A dropped person's words would otherwise stay in the file until the index is next merged.
    """
    connection.exec_driver_sql("INSERT INTO individual_search (individual_search) VALUES ('optimize')")
    connection.exec_driver_sql(
        "DELETE FROM name_word WHERE NOT EXISTS (SELECT 1 FROM individual_search_vocab v WHERE v.term = name_word.word)"
    )


def rebuild(connection: Connection, root_public: bytes, grants: Grants, progress: Progress | None = None) -> int:
    """Make the index anew from the people as the fold has them; return how many they are."""
    connection.exec_driver_sql("INSERT INTO individual_search (individual_search) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM name_word")
    total = int(connection.exec_driver_sql("SELECT count(*) FROM individual").scalar_one())
    done = 0
    for rows in _batches(connection):
        add(connection, [(row["row"], _of_row(connection, row, root_public, grants)) for row in rows])
        done += len(rows)
        if progress:
            progress(done, total)
    return total


def again(connection: Connection, groups: Sequence[bytes], root_public: bytes, grants: Grants) -> None:
    """Index the members of groups anew, after what their group says of places has changed."""
    for start in range(0, len(groups), _BATCH):
        batch = groups[start : start + _BATCH]
        names = {f"g{place}": group for place, group in enumerate(batch)}
        where = text(f"{_ROWS} WHERE i.group_id IN ({', '.join(f':{name}' for name in names)})")
        for row in connection.execute(where, names).mappings().all():
            drop(connection, row["row"])
            add(connection, [(row["row"], _of_row(connection, row, root_public, grants))])


def is_stale(connection: Connection) -> bool:
    """Tell whether a migration left the index empty."""
    return connection.exec_driver_sql("SELECT 1 FROM local WHERE name = 'search_index_stale'").scalar() is not None


def fill_after_migration(connection: Connection, root_public: bytes, grants: Grants) -> None:
    """Fill what a migration left empty: the phones and places, which only the log has, and the index."""
    subjects = connection.exec_driver_sql("SELECT id FROM registration_group UNION ALL SELECT id FROM individual").all()
    for start in range(0, len(subjects), _BATCH):
        batch = [UUID(bytes=row.id) for row in subjects[start : start + _BATCH]]
        its: dict[UUID, list[Change]] = {}
        for change in journal.of_subjects(connection, batch, root_public):
            its.setdefault(change.subject, []).append(change)
        for subject, changes in its.items():
            rows = rows_of(fold(subject, changes, grants))
            for phone in rows.children.get("phone", ()):
                connection.execute(_ADD_PHONE, phone)
            if rows.group is not None and rows.group["moved_to"]:
                connection.execute(_SET_MOVED_TO, {"id": subject.bytes, "place": rows.group["moved_to"]})
            if rows.individual is not None and rows.individual["origin"]:
                connection.execute(_SET_ORIGIN, {"id": subject.bytes, "place": rows.individual["origin"]})
    rebuild(connection, root_public, grants)
    connection.exec_driver_sql("DELETE FROM local WHERE name = 'search_index_stale'")


_SET_MOVED_TO = text("UPDATE registration_group SET moved_to = :place WHERE id = :id")
_SET_ORIGIN = text("UPDATE individual SET origin = :place WHERE id = :id")
_ADD_PHONE = text("INSERT OR IGNORE INTO phone (subject, number) VALUES (:subject, :number)")


def _batches(connection: Connection) -> Iterator[Sequence[Any]]:
    statement = text(f'{_ROWS} WHERE i."row" > :last ORDER BY i."row" LIMIT :batch')
    last = 0
    while rows := connection.execute(statement, {"last": last, "batch": _BATCH}).mappings().all():
        yield rows
        last = rows[-1]["row"]


def _of_row(connection: Connection, row: Any, root_public: bytes, grants: Grants) -> Indexed:
    """What a row says, or what the log says where a row shows one of several values."""
    places = of_group(row if row["arrival_post"] is not None else None)
    if not row["conflict"]:
        return placed(indexed(row), places)
    subject = UUID(bytes=row["id"])
    changes = journal.of_subjects(connection, [subject], root_public)
    return placed(rows_of(fold(subject, changes, grants)).indexed, places)
