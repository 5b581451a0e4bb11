"""Rows added the quick way: a table's insert spelled out once, so that no row pays for it again at each save."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.dialects import sqlite

_DIALECT = sqlite.dialect(paramstyle="named")


def insert_into(table: Any, or_what: str = "") -> str:
    """Return the SQL that adds a row with all columns of a table, each a named parameter; `or_what` as in `IGNORE`."""
    statement = insert(table)
    return str((statement.prefix_with(f"OR {or_what}") if or_what else statement).compile(dialect=_DIALECT))


def add_rows(connection: Connection, sql: str, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows whose values the driver takes as they are: numbers, text, bytes."""
    connection.exec_driver_sql(sql, list(rows))
