"""The register's file: made, opened, given a new key, copied, and its units of work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from fieldapp.domain.problems import Problem
from fieldapp.storage import search_index
from fieldapp.storage.connections import connect, reading_engine, writing_engine
from fieldapp.storage.errors import DatabaseMissing, DatabaseTooNew, DatabaseUnreadable, FolderReadOnly, told_apart
from fieldapp.storage.migrations import APPLICATION_ID, MIGRATIONS, migrate
from fieldapp.storage.units import ReadUnit, Standing, WriteUnit

FILE_NAME = "register.db"
_SMALLEST_FILE = 512


class Database:
    """An open register: one connection that writes, two that only read. Safe to use from several threads."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._standing = Standing()
        self._is_closed = False
        self._open_engines(key)

    def _open_engines(self, key: bytes) -> None:
        self._key = key
        self._writer: Engine = writing_engine(self.path, key)
        self._readers: Engine = reading_engine(self.path, key)

    @classmethod
    def create(cls, path: Path, key: bytes) -> "Database":
        """Make a new, empty register, readable for its owner alone. Raises FolderReadOnly, DiskFull."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            raise FolderReadOnly(folder=str(path.parent)) from error
        database = cls(path, key)
        try:
            with told_apart(), database._writer.begin() as connection:
                migrate(connection)
                database._fill_index(connection)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Database":
        """Open a register and bring it to this version.

        Raises DatabaseMissing, DatabaseUnreadable (damaged, cut short, or not its key), DatabaseTooNew.
        """
        if not path.is_file():
            raise DatabaseMissing(folder=str(path.parent))
        if path.stat().st_size < _SMALLEST_FILE:
            raise DatabaseUnreadable(file=path.name)
        _look_before_writing(path, key)
        database = cls(path, key)
        try:
            with told_apart(), database._writer.begin() as connection:
                migrate(connection)
                database._fill_index(connection)
        except BaseException:
            database.close()
            raise
        return database

    def _fill_index(self, connection: Connection) -> None:
        if search_index.is_stale(connection):
            root_public = self._standing.root_public(connection)
            search_index.fill_after_migration(connection, root_public, self._standing.grants(connection))

    def close(self) -> None:
        """Close all connections; what was committed stays, and nothing is read or written any more."""
        self._is_closed = True
        self._dispose()

    def _dispose(self) -> None:
        self._readers.dispose()
        self._writer.dispose()

    @contextmanager
    def write(self) -> Iterator[WriteUnit]:
        """One transaction, durable when the block ends, undone if it raises. Raises DiskFull and its like."""
        self._require_open()
        try:
            with told_apart(), self._writer.begin() as connection:
                unit = WriteUnit(connection, self._standing)
                yield unit
        except BaseException:
            self._standing.forget()
            raise
        if unit.has_erased:
            self.checkpoint()

    @contextmanager
    def read(self) -> Iterator[ReadUnit]:
        """A read of one consistent state."""
        self._require_open()
        with told_apart(), self._readers.begin() as connection:
            yield ReadUnit(connection, self._standing)

    def _require_open(self) -> None:
        """An engine that was disposed of would connect anew, beside whoever opened the register since."""
        if self._is_closed:
            raise Problem("register_closed")

    def rekey(self, key: bytes) -> None:
        """Encrypt the file under a new 32-byte key, in one transaction of the file itself."""
        self._dispose()
        with told_apart():
            connection = connect(self.path, self._key)
            try:
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
            finally:
                connection.close()
        self._open_engines(key)

    def copy_to(self, path: Path) -> None:
        """Write a consistent, durable copy under the same key to a new file."""
        with told_apart():
            source = connect(self.path, self._key)
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
                target = connect(path, self._key)
                try:
                    source.backup(target)
                finally:
                    target.close()
            finally:
                source.close()
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file and cut it to nothing, so that nothing erased stays in it."""
        with told_apart(), self._writer.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]


def _look_before_writing(path: Path, key: bytes) -> None:
    """Refuse, before a byte is written, a file that is not ours to open."""
    with told_apart():
        connection = connect(path, key)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        finally:
            connection.close()
    if version > len(MIGRATIONS):
        raise DatabaseTooNew(found=version, known=len(MIGRATIONS))
    if application != APPLICATION_ID:
        raise DatabaseUnreadable(file=path.name)
