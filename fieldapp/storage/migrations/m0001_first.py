"""The first schema."""

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE change (
        device BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, change_id BLOB NOT NULL,
        hlc INTEGER NOT NULL, wall_ms INTEGER NOT NULL, staff BLOB NOT NULL, kind VARCHAR NOT NULL,
        subject BLOB NOT NULL, hash BLOB NOT NULL, envelope BLOB NOT NULL, signature BLOB NOT NULL,
        PRIMARY KEY (device, epoch, seq)
    )
    """,
    "CREATE INDEX change_subject ON change (subject)",
    "CREATE INDEX change_hlc ON change (hlc)",
    "CREATE INDEX change_kind ON change (kind, wall_ms)",
    """
    CREATE TABLE payload (
        device BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, salt BLOB NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY (device, epoch, seq)
    )
    """,
    "CREATE TABLE erasure (subject BLOB NOT NULL, change_id BLOB NOT NULL, PRIMARY KEY (subject))",
    "CREATE TRIGGER change_is_kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the log only grows'); END",
    "CREATE TRIGGER change_is_fixed BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the log only grows'); END",
    "CREATE TRIGGER payload_is_fixed BEFORE UPDATE ON payload BEGIN SELECT RAISE(ABORT, 'the log only grows'); END",
    """
    CREATE TRIGGER payload_is_kept BEFORE DELETE ON payload
    WHEN NOT EXISTS (
        SELECT 1 FROM change JOIN erasure ON erasure.subject = change.subject
        WHERE change.device = OLD.device AND change.epoch = OLD.epoch AND change.seq = OLD.seq
          AND change.kind <> 'erasure.ordered'
    )
    BEGIN SELECT RAISE(ABORT, 'only an erasure removes a payload'); END
    """,
    "CREATE TRIGGER erasure_is_kept BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'an erasure is final'); END",
    """
    CREATE TABLE registration_group (
        id BLOB NOT NULL, number VARCHAR NOT NULL, focal_point BLOB NOT NULL, declared_size INTEGER NOT NULL,
        others VARCHAR NOT NULL, other_adults INTEGER NOT NULL, complete BOOLEAN NOT NULL, consent VARCHAR NOT NULL,
        destination VARCHAR NOT NULL, post VARCHAR NOT NULL, registered_at_ms INTEGER NOT NULL,
        arrived_at_ms INTEGER NOT NULL, arrival_post VARCHAR NOT NULL, crossing_kind VARCHAR NOT NULL,
        origin_state VARCHAR NOT NULL, state VARCHAR NOT NULL, state_hlc INTEGER NOT NULL,
        slips_issued INTEGER NOT NULL, slip_valid BOOLEAN NOT NULL, conflict BOOLEAN NOT NULL,
        needs_update BOOLEAN NOT NULL, withdrawn BOOLEAN NOT NULL, PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX group_registered ON registration_group (registered_at_ms)",
    "CREATE INDEX group_arrived ON registration_group (arrived_at_ms)",
    "CREATE INDEX group_number ON registration_group (number)",
    """
    CREATE TABLE individual (
        "row" INTEGER NOT NULL, id BLOB NOT NULL, group_id BLOB NOT NULL, ordinal INTEGER NOT NULL,
        number VARCHAR NOT NULL, given_names VARCHAR NOT NULL, surnames VARCHAR NOT NULL, name_key VARCHAR NOT NULL,
        sex VARCHAR NOT NULL, birth VARCHAR NOT NULL, minor BOOLEAN NOT NULL, nationality VARCHAR NOT NULL,
        relationship VARCHAR NOT NULL, documents VARCHAR NOT NULL, document_kinds VARCHAR NOT NULL,
        registered_at_ms INTEGER NOT NULL, state VARCHAR NOT NULL, state_hlc INTEGER NOT NULL,
        joined_later BOOLEAN NOT NULL, conflict BOOLEAN NOT NULL, needs_update BOOLEAN NOT NULL,
        withdrawn BOOLEAN NOT NULL,
        PRIMARY KEY ("row"), UNIQUE (id)
    )
    """,
    "CREATE INDEX individual_group ON individual (group_id, ordinal)",
    "CREATE INDEX individual_registered ON individual (registered_at_ms, number)",
    "CREATE INDEX individual_name ON individual (name_key, number)",
    "CREATE INDEX individual_number ON individual (number)",
    """
    CREATE VIRTUAL TABLE individual_search USING fts5 (
        words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2"
    )
    """,
    "INSERT INTO individual_search (individual_search, rank) VALUES ('secure-delete', 1)",
    """
    CREATE TABLE need (
        subject BLOB NOT NULL, code VARCHAR NOT NULL, protection BOOLEAN NOT NULL, PRIMARY KEY (subject, code)
    )
    """,
    """
    CREATE TABLE slip (
        id BLOB NOT NULL, subject BLOB NOT NULL, number VARCHAR NOT NULL, issued_at_ms INTEGER NOT NULL,
        copies INTEGER NOT NULL, voided BOOLEAN NOT NULL, PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX slip_subject ON slip (subject)",
    """
    CREATE TABLE movement (
        id BLOB NOT NULL, subject BLOB NOT NULL, kind VARCHAR NOT NULL, at_ms INTEGER NOT NULL, post VARCHAR NOT NULL,
        crossing_kind VARCHAR NOT NULL, PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX movement_subject ON movement (subject)",
    "CREATE INDEX movement_at ON movement (kind, at_ms)",
    """
    CREATE TABLE turn (
        subject BLOB NOT NULL, day VARCHAR NOT NULL, label VARCHAR NOT NULL, given_at_ms INTEGER NOT NULL,
        called_at_ms INTEGER NOT NULL, PRIMARY KEY (subject, day)
    )
    """,
    "CREATE INDEX turn_day ON turn (day, given_at_ms)",
    """
    CREATE TABLE referral (
        subject BLOB NOT NULL, at_ms INTEGER NOT NULL, "to" VARCHAR NOT NULL, PRIMARY KEY (subject, at_ms)
    )
    """,
    "CREATE TABLE token (token VARCHAR NOT NULL, subject BLOB NOT NULL, PRIMARY KEY (token, subject))",
    """
    CREATE TABLE draft (
        id BLOB NOT NULL, staff BLOB NOT NULL, saved_at_ms INTEGER NOT NULL, content VARCHAR NOT NULL, PRIMARY KEY (id)
    )
    """,
    "CREATE TABLE local (name VARCHAR NOT NULL, value BLOB NOT NULL, PRIMARY KEY (name))",
)


def migrate(connection: Connection) -> None:
    """Make the log, the fold and the laptop's own tables in an empty file."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
