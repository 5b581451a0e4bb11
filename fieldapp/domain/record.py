"""The record as staff give it: an individual, a registration group, its arrival.

Codes are those of the lists in `resources/code_lists`. Times are milliseconds since 1970 (UTC); days are days at the
post.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from fieldapp.domain.backlog import BacklogLimits
from fieldapp.domain.birth import Birth

FOCAL_POINT = "HEAD"
"""The relationship code of a group's focal point."""

LARGEST_GROUP = 99


class Sex(StrEnum):
    """Sex as given; the codes of the list `sex`."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "X"
    UNKNOWN = "U"


class Role(StrEnum):
    """What a staff member may do; the codes of the list `roles`."""

    REGISTRAR = "registrar"
    SUPERVISOR = "supervisor"
    PROTECTION_OFFICER = "protection_officer"
    ADMINISTRATOR = "administrator"


class Consent(StrEnum):
    """Whether the family agrees that its data is shared; refusal never blocks a registration."""

    AGREES = "yes"
    REFUSES = "no"
    NOT_ASKED = "not_asked"


class MovementKind(StrEnum):
    """What a movement is."""

    ARRIVAL = "arrival"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    DEPARTURE = "departure"
    BIRTH = "birth"
    DEATH = "death"


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: its kind (list `documents`), number as typed, issuing country (alpha-3), and whether it was seen."""

    kind: str
    number: str = ""
    country: str = ""
    seen: bool = True


@dataclass(frozen=True, slots=True)
class IndividualEntry:
    """One person as entered in the form. An empty `documents` means no document, which is normal.

    `origin` is the P-code of a Venezuelan municipality or state; `address` is where the person lived, in words;
    `functioning` pairs a domain of the Washington Group's short set (list `functioning`) with the answer, 1 to 4;
    `portrait` is a JPEG picture.
    """

    given_names: str
    surnames: str
    sex: Sex = Sex.UNKNOWN
    birth: Birth = field(default_factory=Birth)
    nationalities: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    relationship: str = FOCAL_POINT
    needs: tuple[str, ...] = ()
    phone: str = ""
    language: str = ""
    marital_status: str = ""
    education: str = ""
    occupation: str = ""
    ethnic_group: str = ""
    origin: str = ""
    address: str = ""
    functioning: tuple[tuple[str, int], ...] = ()
    portrait: bytes = b""


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many people of a sex and an age group (list `age_groups`; `other` is age not known)."""

    sex: Sex
    age_group: str
    count: int


@dataclass(frozen=True, slots=True)
class ArrivalEntry:
    """An arrival: when (ms since 1970), over which post, how (list `crossing_kinds`), from which state (P-code)."""

    at_ms: int
    post: str
    crossing_kind: str
    origin_state: str = ""


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A family as entered: the focal point first, then the members.

    `others` counts people not entered one by one; the group counts by its declared size until `complete`.
    `consent_language` is the one it was explained in, `consent_shares` says to whom data may go (list `consent_shares`).
    `shelter_place` is where in the shelter they sleep, as staff call it (`Carpa 12`).
    """

    members: tuple[IndividualEntry, ...]
    arrival: ArrivalEntry
    others: tuple[HeadCount, ...] = ()
    consent: Consent = Consent.NOT_ASKED
    phone: str = ""
    destination: str = ""
    complete: bool = True
    note: str = ""
    consent_language: str = ""
    consent_shares: tuple[str, ...] = ()
    shelter_place: str = ""

    @property
    def declared_size(self) -> int:
        """The number of people the family says it is."""
        return len(self.members) + sum(count.count for count in self.others)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of an entry: member index (0 the focal point, None the group), field, code.

    `value` and `limit` help the words: what was typed, and what would be right.
    """

    member: int | None
    field: str
    code: str
    value: str = ""
    limit: str = ""
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """The staff member in whose name something is done."""

    staff_id: UUID
    short_name: str
    display_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Operation:
    """The operation a laptop belongs to, as printed on slips and summaries; `root_public` is its Ed25519 key.

    `limits` say from when on records that lie on one laptop only are a warning and a danger.
    """

    operation_id: UUID
    name: str
    organisation: str
    contact: str
    country: str
    root_public: bytes
    time_zone: str = "America/Bogota"
    limits: BacklogLimits = field(default_factory=BacklogLimits)


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """This laptop: id, epoch, the code in its numbers, its post and shelter, its public keys, who certified it."""

    device_id: UUID
    epoch: int
    code: str
    post: str
    shelter: str
    sign_public: bytes
    receive_public: str
    confirmed: bool = True

    @property
    def kid(self) -> bytes:
        """The key id in a slip's signature: it names device and epoch by the device code."""
        return self.code.encode()


@dataclass(frozen=True, slots=True)
class Day:
    """A day at the post with the local times (ms since 1970) it begins and ends."""

    day: date
    begins_ms: int
    ends_ms: int
