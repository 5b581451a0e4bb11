"""What a slip says: the content that is printed in clear and signed in its QR code, and nothing else.

Never in it: needs, notes, document numbers, phone, photo.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from fieldapp.domain.birth import Birth
from fieldapp.domain.record import Sex


@dataclass(frozen=True, slots=True)
class SlipMember:
    """A member as the slip shows it; `ordinal` 1 is the focal point.

    `individual_id` is None where it follows from the group and the ordinal, as for all of a first registration.
    `number` is their own registration number, for wristbands; the code does not tell it.
    """

    ordinal: int
    given_names: str
    surnames: str
    sex: Sex
    birth: Birth
    relationship: str
    nationality: str = ""
    individual_id: UUID | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class SlipContent:
    """One family's slip. `group_size` is the declared size; `language` (ISO 639-1) is the slip's own.

    `practice` marks a slip of the practice register. `copy` is 1 for the first print. `issued_at_ms` is when it was issued, in milliseconds since 1970;
    `expires_at_ms` when it stops being good, 0 for never.
    """

    slip_id: UUID
    group_id: UUID
    number: str
    members: tuple[SlipMember, ...]
    group_size: int
    post: str
    arrived_on: date
    issued_at_ms: int
    organisation: str
    contact: str
    country: str
    language: str = "es"
    copy: int = 1
    practice: bool = False
    expires_at_ms: int = 0


PRACTICE_ISSUER = "PRUEBA"
"""How the credentials of every practice register name their issuer; none of them is ever told as valid."""


class Verdict(StrEnum):
    """What a scan answers."""

    VALID = "valid"
    VOID = "void"
    EXPIRED = "expired"
    ISSUER_UNKNOWN = "issuer_unknown"
    ISSUER_UNCONFIRMED = "issuer_unconfirmed"
    ISSUER_REVOKED = "issuer_revoked"
    PRACTICE = "practice"
    ALTERED = "altered"
    NOT_A_SLIP = "not_a_slip"


@dataclass(frozen=True, slots=True)
class SlipReading:
    """What was read from a code: the verdict, who signed it (`kid`, as text), and the content when it could be read.

    Of a void slip it has why and when that was, and when the slip was issued that took its place (ms, 0 for none).
    """

    verdict: Verdict
    kid: str = ""
    issuer: str = ""
    slip_id: UUID | None = None
    group_id: UUID | None = None
    number: str = ""
    members: tuple[SlipMember, ...] = ()
    group_size: int = 0
    post: str = ""
    arrived_on: date | None = None
    issued_at_ms: int = 0
    country: str = ""
    full_name: str = ""
    codes: int = 1
    expires_at_ms: int = 0
    void_reason: str = ""
    voided_at_ms: int = 0
    replaced_at_ms: int = 0
