"""Lines that wait say where their place is, so that those whose turn has come are found among very many."""

from sqlalchemy import Connection

from fieldapp.trust.envelopes import decode

_STATEMENTS = (
    """
    CREATE TABLE waiting_placed (
        hash BLOB NOT NULL, signature BLOB NOT NULL, device BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        kind VARCHAR NOT NULL, subject BLOB NOT NULL, envelope BLOB NOT NULL, salt BLOB, body BLOB,
        PRIMARY KEY (hash, signature)
    )
    """,
    "DROP TABLE waiting",
    "ALTER TABLE waiting_placed RENAME TO waiting",
    "CREATE INDEX waiting_place ON waiting (device, epoch, seq)",
    "CREATE INDEX waiting_kind ON waiting (kind)",
)
_BEFORE = "SELECT hash, signature, subject, envelope, salt, body FROM waiting"
_INSERT = "INSERT INTO waiting_placed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def migrate(connection: Connection) -> None:
    """Make the table anew, with what waits now."""
    first, *rest = _STATEMENTS
    connection.exec_driver_sql(first)
    for row in connection.exec_driver_sql(_BEFORE).all():
        change = decode(row.envelope, None)
        place = (change.device.bytes, change.epoch, change.seq, change.kind)
        values = (row.hash, row.signature, *place, row.subject, row.envelope, row.salt, row.body)
        connection.exec_driver_sql(_INSERT, values)
    for statement in rest:
        connection.exec_driver_sql(statement)
