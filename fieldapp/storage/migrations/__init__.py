"""Numbered migrations of the register's schema, each self-contained, each in one transaction with its number.

Written by hand rather than with a migration tool: SQLite can change its schema inside a transaction, so that a
migration that fails leaves nothing behind; tools that copy tables outside one do not give that.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from fieldapp.storage.errors import DatabaseTooNew
from fieldapp.storage.migrations import (
    m0001_first,
    m0002_search,
    m0003_exchange,
    m0004_places,
    m0005_few,
    m0006_ahead,
    m0007_waiting,
)

APPLICATION_ID = 0x66696C64
"""Marks the file as a register of this program (`PRAGMA application_id`)."""

MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    m0001_first.migrate,
    m0002_search.migrate,
    m0003_exchange.migrate,
    m0004_places.migrate,
    m0005_few.migrate,
    m0006_ahead.migrate,
    m0007_waiting.migrate,
)
"""In order; the version of a register is how many of them it has seen (`PRAGMA user_version`)."""


def version_of(connection: Connection) -> int:
    """Return the schema version of a register, 0 for an empty file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection) -> None:
    """Bring a register to this program's version, inside the caller's transaction. Raises DatabaseTooNew."""
    version = version_of(connection)
    if version > len(MIGRATIONS):
        raise DatabaseTooNew(found=version, known=len(MIGRATIONS))
    for step in MIGRATIONS[version:]:
        step(connection)
    if version < len(MIGRATIONS):
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS)}")
