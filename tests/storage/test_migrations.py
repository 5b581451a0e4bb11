"""The schema that migrations make is the schema of the tables."""

from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import SQLModel

from fieldapp.storage import tables
from fieldapp.storage.connections import writing_engine
from fieldapp.storage.database import Database

KEY = bytes(32)


def _columns(connection: Connection, table: str) -> list[tuple[object, ...]]:
    return [tuple(row)[1:] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]


def _indexes(connection: Connection, table: str) -> set[tuple[object, ...]]:
    found = set()
    for row in connection.exec_driver_sql(f'PRAGMA index_list("{table}")').all():
        columns = tuple(column[2] for column in connection.exec_driver_sql(f'PRAGMA index_info("{row[1]}")'))
        found.add((row[1] if row[3] == "c" else "", row[2], columns))
    return found


def test_migrations_and_tables_agree(tmp_path: Path) -> None:
    assert tables.ChangeRow.__tablename__ == "change"
    migrated = Database.create(tmp_path / "migrated.db", KEY)
    declared = writing_engine(tmp_path / "declared.db", KEY)
    SQLModel.metadata.create_all(declared)
    with migrated._writer.connect() as one, declared.connect() as other:
        for table in SQLModel.metadata.tables:
            assert _columns(one, table) == _columns(other, table), table
            assert _indexes(one, table) == _indexes(other, table), table
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'individual_search%' ORDER BY 1"
        assert one.exec_driver_sql(names).all() == other.exec_driver_sql(names).all()
    migrated.close()
    declared.dispose()
