"""Connections to the encrypted file: one that writes, two that only read."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

KEY_BYTES = 32
READERS = 2
_BUSY_SECONDS = 10
_READER_CACHE_KIB = 16_000
"""Pages that need not be deciphered anew: searches among a million people take a sixth less time than with 2,000."""


def connect(path: Path, key: bytes) -> Any:
    """Open the file with its 32-byte key, ready for use. Raises the driver's errors."""
    if len(key) != KEY_BYTES:
        raise ValueError("the key of a register has 32 bytes")
    connection = sqlcipher.connect(
        str(path), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for pragma in (
        "cipher_log_level = NONE",  # a wrong key is told in words, not on the terminal
        f"key = \"x'{key.hex()}'\"",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",  # no plain temporary files with personal data
        "synchronous = FULL",  # a slip prints only after the change is durable
        "wal_autocheckpoint = 1000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def writing_engine(path: Path, key: bytes) -> Engine:
    """Return an engine with one connection whose transactions take the write lock at once.

    Parameters are hidden in its errors: they are people's data, and errors are printed and logged.
    """
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: _wal(connect(path, key)), poolclass=QueuePool,
        hide_parameters=True, pool_size=1,
        max_overflow=0,
    )  # fmt: skip
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def reading_engine(path: Path, key: bytes) -> Engine:
    """Return an engine with two connections that can only read."""
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: _read_only(connect(path, key)), poolclass=QueuePool,
        hide_parameters=True,
        pool_size=READERS, max_overflow=0,
    )  # fmt: skip
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _wal(connection: Any) -> Any:
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


def _read_only(connection: Any) -> Any:
    connection.execute("PRAGMA query_only = ON")
    connection.execute(f"PRAGMA cache_size = -{_READER_CACHE_KIB}")
    return connection
