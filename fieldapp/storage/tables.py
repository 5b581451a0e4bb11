"""The tables: the log with its payloads, the fold that lists read, and what belongs to this laptop alone.

The migrations make the real schema; a test keeps the two equal. Ids are the 16 bytes of a UUID.
"""

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

GONE = "('departure', 'transfer_out', 'death')"
"""The states of those who are no longer here, as statements name them."""


def _id(**options: bool) -> Column[bytes]:
    return Column(LargeBinary, nullable=False, **options)  # type: ignore[arg-type]


class ChangeRow(SQLModel, table=True):
    """One signed envelope, verbatim, beside the parts of it that are looked up."""

    __tablename__ = "change"
    __table_args__ = (
        Index("change_subject", "subject"),
        Index("change_hlc", "hlc"),
        Index("change_kind", "kind", "wall_ms"),
    )
    device: bytes = Field(sa_column=_id(primary_key=True))
    epoch: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    change_id: bytes = Field(sa_column=_id())
    hlc: int
    wall_ms: int
    staff: bytes = Field(sa_column=_id())
    kind: str
    subject: bytes = Field(sa_column=_id())
    hash: bytes = Field(sa_column=_id())
    envelope: bytes = Field(sa_column=_id())
    signature: bytes = Field(sa_column=_id())


class PayloadRow(SQLModel, table=True):
    """What a change says, with the salt of its commitment; gone once the subject is erased."""

    __tablename__ = "payload"
    device: bytes = Field(sa_column=_id(primary_key=True))
    epoch: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    salt: bytes = Field(sa_column=_id())
    body: bytes = Field(sa_column=_id())


class ErasureRow(SQLModel, table=True):
    """A subject whose erasure the operation's root key signed; the only key to deleting payloads."""

    __tablename__ = "erasure"
    subject: bytes = Field(sa_column=_id(primary_key=True))
    change_id: bytes = Field(sa_column=_id())


class GroupRow(SQLModel, table=True):
    """A registration group as lists and summaries read it."""

    __tablename__ = "registration_group"
    __table_args__ = (
        Index("group_registered", "registered_at_ms"),
        Index("group_arrived", "arrived_at_ms"),
        Index("group_number", "number"),
        Index("group_conflict", "number", sqlite_where=text("conflict")),
        Index("group_to_complete", "arrived_at_ms", sqlite_where=text("NOT complete")),
        Index("group_here", "arrived_at_ms", sqlite_where=text(f"state NOT IN {GONE}")),
    )
    id: bytes = Field(sa_column=_id(primary_key=True))
    number: str
    focal_point: bytes = Field(sa_column=_id())
    declared_size: int
    others: str
    other_adults: int
    complete: bool
    consent: str
    destination: str
    post: str
    registered_at_ms: int
    arrived_at_ms: int
    arrival_post: str
    crossing_kind: str
    origin_state: str
    state: str
    state_hlc: int
    slips_issued: int
    slip_valid: bool
    conflict: bool
    needs_update: bool
    withdrawn: bool
    moved_to: str = Field(sa_column_kwargs={"server_default": ""})


class IndividualRow(SQLModel, table=True):
    """An individual as lists and summaries read it. `minor` is 1 under 18 on the day of registration, 0 otherwise."""

    __tablename__ = "individual"
    __table_args__ = (
        Index("individual_group", "group_id", "ordinal"),
        Index("individual_registered", "registered_at_ms", "number"),
        Index("individual_name", "name_key", "number"),
        Index("individual_number", "number"),
        Index("individual_conflict", "number", sqlite_where=text("conflict")),
        Index("individual_moved", "state", sqlite_where=text("state_hlc > 0")),
    )
    row: int = Field(primary_key=True)
    id: bytes = Field(sa_column=_id(unique=True))
    group_id: bytes = Field(sa_column=_id())
    ordinal: int
    number: str
    given_names: str
    surnames: str
    name_key: str
    sex: str
    birth: str
    minor: bool
    nationality: str
    relationship: str
    documents: str
    document_kinds: str
    registered_at_ms: int
    state: str
    state_hlc: int
    joined_later: bool
    conflict: bool
    needs_update: bool
    withdrawn: bool
    origin: str = Field(sa_column_kwargs={"server_default": ""})


class NeedRow(SQLModel, table=True):
    """A specific need of a group or an individual."""

    __tablename__ = "need"
    subject: bytes = Field(sa_column=_id(primary_key=True))
    code: str = Field(primary_key=True)
    protection: bool


class SlipRow(SQLModel, table=True):
    """A slip of a group."""

    __tablename__ = "slip"
    __table_args__ = (Index("slip_subject", "subject"),)
    id: bytes = Field(sa_column=_id(primary_key=True))
    subject: bytes = Field(sa_column=_id())
    number: str
    issued_at_ms: int
    copies: int
    voided: bool


class MovementRow(SQLModel, table=True):
    """A movement of a group or an individual."""

    __tablename__ = "movement"
    __table_args__ = (Index("movement_subject", "subject"), Index("movement_at", "kind", "at_ms"))
    id: bytes = Field(sa_column=_id(primary_key=True))
    subject: bytes = Field(sa_column=_id())
    kind: str
    at_ms: int
    post: str
    crossing_kind: str


class TurnRow(SQLModel, table=True):
    """A group's turn in the queue of a day; `called_at_ms` is 0 while it waits."""

    __tablename__ = "turn"
    __table_args__ = (Index("turn_day", "day", "given_at_ms"),)
    subject: bytes = Field(sa_column=_id(primary_key=True))
    day: str = Field(primary_key=True)
    label: str
    given_at_ms: int
    called_at_ms: int


class ReferralRow(SQLModel, table=True):
    """A child's referral to the service that cares for children alone."""

    __tablename__ = "referral"
    subject: bytes = Field(sa_column=_id(primary_key=True))
    at_ms: int = Field(primary_key=True)
    to: str


class PhoneRow(SQLModel, table=True):
    """A phone of a group or an individual by its last digits, as it is looked up."""

    __tablename__ = "phone"
    __table_args__ = (Index("phone_number", "number"),)
    subject: bytes = Field(sa_column=_id(primary_key=True))
    number: str = Field(primary_key=True)


class NameWordRow(SQLModel, table=True):
    """A word that somebody's name is made of, once; what is typed is compared with these."""

    __tablename__ = "name_word"
    id: int = Field(primary_key=True)
    word: str = Field(unique=True)


class SuspectRow(SQLModel, table=True):
    """Two records that may be of one person, as far as the review has compared; `one` is the smaller id."""

    __tablename__ = "suspect"
    __table_args__ = (Index("suspect_other", "other"), Index("suspect_probability", "probability"))
    one: bytes = Field(sa_column=_id(primary_key=True))
    other: bytes = Field(sa_column=_id(primary_key=True))
    probability: float


class TokenRow(SQLModel, table=True):
    """A pre-printed slip that was handed to a group. No rule keeps two groups from one: that is a mark to resolve."""

    __tablename__ = "token"
    token: str = Field(primary_key=True)
    subject: bytes = Field(sa_column=_id(primary_key=True))


class DraftRow(SQLModel, table=True):
    """An unfinished registration; outside the log, on this laptop alone."""

    __tablename__ = "draft"
    id: bytes = Field(sa_column=_id(primary_key=True))
    staff: bytes = Field(sa_column=_id())
    saved_at_ms: int
    content: str


class LocalRow(SQLModel, table=True):
    """What belongs to this laptop alone: its private keys, its counters."""

    __tablename__ = "local"
    name: str = Field(primary_key=True)
    value: bytes = Field(sa_column=_id())


class WaitingRow(SQLModel, table=True):
    """A change from elsewhere that cannot join the log yet: one before it is missing, or its laptop is not known."""

    __tablename__ = "waiting"
    __table_args__ = (Index("waiting_place", "device", "epoch", "seq"), Index("waiting_kind", "kind"))
    hash: bytes = Field(sa_column=_id(primary_key=True))
    signature: bytes = Field(sa_column=_id(primary_key=True))
    device: bytes = Field(sa_column=_id())
    epoch: int
    seq: int
    kind: str
    subject: bytes = Field(sa_column=_id())
    envelope: bytes = Field(sa_column=_id())
    salt: bytes | None = Field(sa_column=Column(LargeBinary))
    body: bytes | None = Field(sa_column=Column(LargeBinary))


class AheadRow(SQLModel, table=True):
    """A line that is every laptop's concern and counts here, though lines before it are missing and may never come."""

    __tablename__ = "ahead"
    __table_args__ = (Index("ahead_subject", "subject"),)
    hash: bytes = Field(sa_column=_id(primary_key=True))
    signature: bytes = Field(sa_column=_id(primary_key=True))
    device: bytes = Field(sa_column=_id())
    epoch: int
    seq: int
    kind: str
    subject: bytes = Field(sa_column=_id())
    hlc: int
    wall_ms: int
    envelope: bytes = Field(sa_column=_id())
    salt: bytes | None = Field(sa_column=Column(LargeBinary))
    body: bytes | None = Field(sa_column=Column(LargeBinary))


class QuarantineRow(SQLModel, table=True):
    """A change from elsewhere that must not join the log, kept with the reason."""

    __tablename__ = "quarantine"
    hash: bytes = Field(sa_column=_id(primary_key=True))
    signature: bytes = Field(sa_column=_id(primary_key=True))
    device: bytes = Field(sa_column=_id())
    epoch: int
    seq: int
    subject: bytes = Field(sa_column=_id())
    reason: str
    found_at_ms: int
    envelope: bytes = Field(sa_column=_id())
    salt: bytes | None = Field(sa_column=Column(LargeBinary))
    body: bytes | None = Field(sa_column=Column(LargeBinary))


class ReceiptRow(SQLModel, table=True):
    """How far another laptop said to hold a log, with the hash it ends with; kept only where the hash is ours too."""

    __tablename__ = "receipt"
    holder: bytes = Field(sa_column=_id(primary_key=True))
    device: bytes = Field(sa_column=_id(primary_key=True))
    epoch: int = Field(primary_key=True)
    level: str = Field(primary_key=True)
    seq: int
    hash: bytes = Field(sa_column=_id())
