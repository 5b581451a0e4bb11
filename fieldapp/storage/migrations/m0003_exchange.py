"""What travels: changes that wait for others, changes put aside with the reason, and who said to hold what."""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE waiting (
        hash BLOB NOT NULL, signature BLOB NOT NULL, subject BLOB NOT NULL, envelope BLOB NOT NULL, salt BLOB,
        body BLOB, PRIMARY KEY (hash, signature)
    )
    """,
    """
    CREATE TABLE quarantine (
        hash BLOB NOT NULL, signature BLOB NOT NULL, device BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        subject BLOB NOT NULL, reason VARCHAR NOT NULL, found_at_ms INTEGER NOT NULL, envelope BLOB NOT NULL, salt BLOB,
        body BLOB, PRIMARY KEY (hash, signature)
    )
    """,
    """
    CREATE TABLE receipt (
        holder BLOB NOT NULL, device BLOB NOT NULL, epoch INTEGER NOT NULL, level VARCHAR NOT NULL, seq INTEGER NOT NULL,
        hash BLOB NOT NULL, PRIMARY KEY (holder, device, epoch, level)
    )
    """,
)


def migrate(connection: Connection) -> None:
    """Make the tables of the exchange between laptops."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
