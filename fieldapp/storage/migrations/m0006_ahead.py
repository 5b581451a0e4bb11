"""Lines of every laptop's concern that came without the lines before them: of posts whose records are not for this laptop."""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE ahead (
        hash BLOB NOT NULL, signature BLOB NOT NULL, device BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        kind VARCHAR NOT NULL, subject BLOB NOT NULL, hlc INTEGER NOT NULL, wall_ms INTEGER NOT NULL,
        envelope BLOB NOT NULL, salt BLOB, body BLOB, PRIMARY KEY (hash, signature)
    )
    """,
    "CREATE INDEX ahead_subject ON ahead (subject)",
)


def migrate(connection: Connection) -> None:
    """Add the table."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
