"""The hub's tables in PostgreSQL. What laptops sent is kept verbatim; `person` alone is a fold, made by a worker.

Every key begins with the device, so that the tables can be spread by it (Citus, YugabyteDB); no serial number orders anything.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, MetaData, Table, Text, Uuid

METADATA = MetaData()


def _key() -> tuple[Column[object], ...]:
    return (
        Column("device", Uuid, primary_key=True),
        Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    )


LOGS = Table(
    "device_log",
    METADATA,
    *_key(),
    Column("code", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("sign_public", LargeBinary, nullable=False),
    Column("receive_public", Text, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("confirmed", Boolean, nullable=False),
)
"""The devices whose enrolment is proven, one row an epoch; its lock is the lock of the log."""

REVOCATIONS = Table(
    "revocation",
    METADATA,
    Column("device", Uuid, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("held", LargeBinary),
)
"""Devices that are turned away. `held` says (CBOR) up to which line of each epoch their logs count, by the root's word;
it is null where only whoever runs the hub said so, and then all that came counts."""

CHANGES = Table(
    "change",
    METADATA,
    *_key(),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("staff", Uuid, nullable=False),
    Column("hlc", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("change_subject", "subject"),
    Index("change_kind", "kind"),
)

PAYLOADS = Table(
    "payload",
    METADATA,
    *_key(),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

ERASURES = Table(
    "erasure", METADATA, Column("subject", Uuid, primary_key=True), Column("change_id", Uuid, nullable=False)
)


def _kept_apart(name: str, *more: Column[object]) -> Table:
    return Table(
        name,
        METADATA,
        Column("hash", LargeBinary, primary_key=True),
        Column("signature", LargeBinary, primary_key=True),
        Column("device", Uuid, nullable=False),
        Column("epoch", BigInteger, nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("subject", Uuid, nullable=False),
        Column("envelope", LargeBinary, nullable=False),
        Column("salt", LargeBinary),
        Column("body", LargeBinary),
        *more,
        Index(f"{name}_log", "device", "epoch"),
    )


WAITING = _kept_apart("waiting")
"""Changes that cannot join yet: one before them is missing, or nobody vouches for their device."""

QUARANTINE = _kept_apart(
    "quarantine", Column("reason", Text, nullable=False), Column("found_at_ms", BigInteger, nullable=False)
)
"""Changes that must not join, kept with the reason."""

DURABLE = Table(
    "durable", METADATA, *_key(), Column("seq", BigInteger, nullable=False), Column("hash", LargeBinary, nullable=False)
)
"""How far each log is in the last back-up that was written and read back."""

FOLDED = Table("folded", METADATA, *_key(), Column("seq", BigInteger, nullable=False))
"""How far the worker has folded each log: a version vector, never a serial number."""

PEOPLE = Table(
    "person",
    METADATA,
    Column("subject", Uuid, primary_key=True),
    Column("group_id", Uuid),
    Column("number", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("sex", Text, nullable=False),
    Column("birth", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("conflict", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Index("person_number", "number"),
    Index("person_name", "name_key"),
)

LOOK_UPS = Table(
    "look_up",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("account", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("found", BigInteger, nullable=False),
    Index("look_up_time", "at_ms"),
)
"""Who looked whom up here: the account on the hub's computer, the number or id asked for, how many were shown."""

STATE = Table("hub_state", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
"""`schema`: the version of these tables. `erasing`: locked shared by whoever takes in, alone by whoever erases or revokes. `folding`: locked by the
one worker that folds."""

SCHEMA = 1
