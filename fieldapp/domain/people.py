"""The record as it is shown: rows of lists, and one person's or family's page with its marks and history."""

from dataclasses import dataclass, field
from uuid import UUID

from fieldapp.domain.backlog import Pressure
from fieldapp.domain.birth import Birth
from fieldapp.domain.record import Consent, Document, HeadCount, Sex


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """What a list of people shows: a search text, filters that all must hold, and an order (`number`, `name`, or `best` of a search)."""

    text: str = ""
    today_only: bool = False
    child_alone: bool = False
    not_printed: bool = False
    to_complete: bool = False
    order: str = "number"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished registration as the form keeps it."""

    draft_id: UUID
    content: dict[str, object]
    saved_at_ms: int
    staff_id: UUID


@dataclass(frozen=True, slots=True)
class TodayFigures:
    """The day at a glance, in individuals unless said otherwise; `only_here` counts those without a copy elsewhere.

    `next_to_complete` is the group that has waited longest for its members in full, and since when (ms).
    `pressure` is how urgent it is that what lies only here comes elsewhere.
    """

    arrivals: int
    present: int
    groups: int
    children_alone: int
    to_complete: int
    only_here: int
    oldest_only_here_ms: int | None
    drafts: int
    last_backup_ms: int | None = None
    pressure: Pressure = Pressure.NONE
    next_to_complete: UUID | None = None
    next_to_complete_since_ms: int | None = None


@dataclass(frozen=True, slots=True)
class IndividualRow:
    """One row of the people list, ready to show; `state` is the latest movement's kind.

    `from_slip` says that the family is only known from its slip. `origin` is the municipality or state somebody comes
    from, `moved_to` where the family was last taken; where it wants to go is its `destination`. `documents` are the
    numbers as people read them; `document_kinds` and `nationalities` are codes with spaces between,
    `document_numbers` one number for each kind, parted by `; `.
    """

    individual_id: UUID
    group_id: UUID
    number: str
    given_names: str
    surnames: str
    sex: Sex
    birth: Birth
    nationality: str
    relationship: str
    documents: str
    post: str
    arrived_at_ms: int
    origin_state: str
    group_size: int
    state: str
    slip_printed: bool
    has_conflict: bool
    group_number: str = ""
    document_kinds: str = ""
    document_numbers: str = ""
    nationalities: str = ""
    withdrawn: bool = False
    from_slip: bool = False
    origin: str = ""
    destination: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A value of a field with who said it and when (ms since 1970)."""

    change_id: UUID
    value: object
    staff: UUID
    at_ms: int


@dataclass(frozen=True, slots=True)
class FieldState:
    """A field's visible values, latest first. More than one is a conflict, unless the field is a quiet one."""

    values: tuple[Sibling, ...]
    quiet: bool = False

    @property
    def shown(self) -> Sibling:
        """The latest value."""
        return self.values[0]

    @property
    def in_conflict(self) -> bool:
        """Whether a person must choose between values."""
        return not self.quiet and len({repr(sibling.value) for sibling in self.values}) > 1


@dataclass(frozen=True, slots=True)
class NeedState:
    """A specific need of a person, with the changes that recorded it."""

    code: str
    protection: bool
    recorded_by: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class MovementState:
    """A movement as recorded."""

    change_id: UUID
    kind: str
    at_ms: int
    post: str
    crossing_kind: str
    origin_state: str
    destination: str


@dataclass(frozen=True, slots=True)
class SlipState:
    """A slip of a group: how many copies reached paper, whether it was voided and why, and until when it is good (ms).

    `unprinted` counts the copies that a printer failed to print; `expires_at_ms` is 0 where the operation sets no term,
    `voided_at_ms` where the slip is not void.
    """

    slip_id: UUID
    number: str
    issued_at_ms: int
    language: str
    copies: int
    voided: bool
    void_reason: str = ""
    unprinted: int = 0
    expires_at_ms: int = 0
    voided_at_ms: int = 0

    @property
    def is_on_paper(self) -> bool:
        """Whether a family holds it: it is not void, and a copy of it was printed."""
        return not self.voided and self.copies > 0

    def is_expired(self, now_ms: int) -> bool:
        """Tell whether its term is over at a moment (ms since 1970)."""
        return 0 < self.expires_at_ms <= now_ms


@dataclass(frozen=True, slots=True)
class TurnState:
    """A turn in the queue of a day (ISO date): its label, and when it was called (ms), None while it waits."""

    day: str
    label: str
    given_at_ms: int
    called_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn in the call list: whose it is, its label, when it was given, and when called (ms), None while it waits."""

    group_id: UUID
    label: str
    number: str
    given_names: str
    surnames: str
    group_size: int
    given_at_ms: int
    called_at_ms: int | None


@dataclass(frozen=True, slots=True)
class TracingNote:
    """Whom somebody is looking for: name, relation, where and when last seen, and whether the data may be shared."""

    name: str
    relation: str
    last_place: str
    last_seen: str
    may_share: bool
    noted_at_ms: int


@dataclass(frozen=True, slots=True)
class Referral:
    """To whom a child alone was referred, and when (ms)."""

    to: str
    note: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class ChildAlone:
    """A child on the referral list: who, where registered, since when (ms), and when referred, None while it waits.

    `said` says that a need for it was recorded; otherwise the family has nobody of age.
    """

    individual_id: UUID
    group_id: UUID
    number: str
    given_names: str
    surnames: str
    sex: Sex
    birth: Birth
    group_size: int
    arrived_at_ms: int
    said: bool
    referred_at_ms: int | None
    referred_to: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a record's history: who did what when; `fields` are the names of the fields it set."""

    change_id: UUID
    kind: str
    at_ms: int
    staff_name: str
    role: str
    device_code: str
    fields: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything of one individual, folded from the log."""

    individual_id: UUID
    group_id: UUID
    number: str
    ordinal: int
    given_names: str
    surnames: str
    sex: Sex
    birth: Birth
    nationalities: tuple[str, ...]
    documents: tuple[Document, ...]
    relationship: str
    phone: str
    language: str
    needs: tuple[NeedState, ...]
    fields: dict[str, FieldState]
    history: tuple[HistoryLine, ...]
    needs_update: bool = False
    marital_status: str = ""
    education: str = ""
    occupation: str = ""
    ethnic_group: str = ""
    origin: str = ""
    address: str = ""
    functioning: tuple[tuple[str, int], ...] = ()
    portrait: bytes = b""
    movements: tuple[MovementState, ...] = ()
    tracing: tuple[TracingNote, ...] = ()
    referrals: tuple[Referral, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A family with its members, its movements, its slips and its history; `others` counts who is not entered yet.

    `from_slip` says that its record is at another laptop and here is what its slip told.
    """

    group_id: UUID
    number: str
    focal_point_id: UUID
    declared_size: int
    complete: bool
    consent: Consent
    phone: str
    destination: str
    note: str
    post: str
    members: tuple[PersonPage, ...]
    movements: tuple[MovementState, ...]
    slips: tuple[SlipState, ...]
    history: tuple[HistoryLine, ...]
    fields: dict[str, FieldState] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    consent_language: str = ""
    consent_shares: tuple[str, ...] = ()
    others: tuple[HeadCount, ...] = ()
    turns: tuple[TurnState, ...] = ()
    tokens: tuple[str, ...] = ()
    withdrawn: bool = False
    from_slip: bool = False
    shelter_place: str = ""

    @property
    def size_difference(self) -> int:
        """How many more people the family said it is than are entered; 0 until it is marked complete."""
        return self.declared_size - sum(not member.withdrawn for member in self.members) if self.complete else 0
