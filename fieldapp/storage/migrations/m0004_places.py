"""Where people come from and were taken to, so that places find them; the pairs that the review has found so far."""

from sqlalchemy import Connection

_STATEMENTS = (
    "ALTER TABLE registration_group ADD COLUMN moved_to VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE individual ADD COLUMN origin VARCHAR NOT NULL DEFAULT ''",
    """
    CREATE TABLE suspect (
        one BLOB NOT NULL, other BLOB NOT NULL, probability FLOAT NOT NULL, PRIMARY KEY (one, other)
    )
    """,
    "CREATE INDEX suspect_other ON suspect (other)",
    "CREATE INDEX suspect_probability ON suspect (probability)",
    "INSERT OR REPLACE INTO local (name, value) VALUES ('search_index_stale', x'01')",
)


def migrate(connection: Connection) -> None:
    """Add the columns and the table; whoever opens the register fills them before the transaction ends."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
