"""Indexes of the few among very many: what waits for a decision or for its members, and whoever is counted apart."""

from sqlalchemy import Connection

_STATEMENTS = (
    "CREATE INDEX group_conflict ON registration_group (number) WHERE conflict",
    "CREATE INDEX individual_conflict ON individual (number) WHERE conflict",
    "CREATE INDEX group_to_complete ON registration_group (arrived_at_ms) WHERE NOT complete",
    "CREATE INDEX individual_moved ON individual (state) WHERE state_hlc > 0",
    """
    CREATE INDEX group_here ON registration_group (arrived_at_ms)
    WHERE state NOT IN ('departure', 'transfer_out', 'death')
    """,
)


def migrate(connection: Connection) -> None:
    """Add the indexes."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
