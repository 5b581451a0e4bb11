"""A change: one signed line of the log, with one subject, and the kinds of change there are.

The log of changes is the truth; everything that screens show is its fold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

ENVELOPE_VERSION = 1
NO_PREVIOUS = bytes(32)
"""The previous hash of the first change of a device's epoch."""

Payload = Mapping[str, object]
Seen = Mapping[str, tuple[UUID, ...]]
"""For each field that a change sets: the changes whose value its writer saw."""


class Kind(StrEnum):
    """The kinds of change this version folds or records; others are kept, passed on and marked."""

    OPERATION_DESCRIBED = "operation.described"
    DEVICE_ENROLLED = "device.enrolled"
    DEVICE_REVOKED = "device.revoked"
    STAFF_GRANTED = "staff.granted"
    STAFF_DISABLED = "staff.disabled"
    ISSUER_TRUSTED = "issuer.trusted"
    ISSUER_REVOKED = "issuer.revoked"
    GROUP_REGISTERED = "group.registered"
    GROUP_EDITED = "group.edited"
    INDIVIDUAL_REGISTERED = "individual.registered"
    INDIVIDUAL_EDITED = "individual.edited"
    GROUP_FROM_SLIP = "group.from_slip"
    INDIVIDUAL_FROM_SLIP = "individual.from_slip"
    MOVEMENT_RECORDED = "movement.recorded"
    NEED_RECORDED = "need.recorded"
    NEED_REMOVED = "need.removed"
    NOTE_ADDED = "note.added"
    RECORD_WITHDRAWN = "record.withdrawn"
    RECORD_REINSTATED = "record.reinstated"
    TURN_GIVEN = "turn.given"
    TURN_CALLED = "turn.called"
    TOKEN_BOUND = "token.bound"  # noqa: S105 - the name of a change, no secret
    TRACING_NOTED = "tracing.noted"
    CHILD_REFERRED = "child.referred"
    PAIR_SAME = "pair.same"
    PAIR_DIFFERENT = "pair.different"
    PAIR_UNSURE = "pair.unsure"
    PAIR_REOPENED = "pair.reopened"
    SLIP_ISSUED = "slip.issued"
    SLIP_REPRINTED = "slip.reprinted"
    SLIP_REISSUED = "slip.reissued"
    SLIP_VOIDED = "slip.voided"
    SLIP_NOT_PRINTED = "slip.not_printed"
    SLIP_TERM_SET = "slip.term_set"
    CODE_SET = "code.set"
    ERASURE_ORDERED = "erasure.ordered"
    SIGNED_IN = "audit.signed_in"
    SIGNED_OUT = "audit.signed_out"
    SIGN_IN_REFUSED = "audit.sign_in_refused"
    REFUSED = "audit.refused"
    RECORD_VIEWED = "audit.record_viewed"
    LIST_EXPORTED = "audit.list_exported"
    SUMMARY_MADE = "audit.summary_made"
    BUNDLE_EXPORTED = "audit.bundle_exported"
    BUNDLE_IMPORTED = "audit.bundle_imported"
    BACKUP_MADE = "audit.backup_made"
    SLIP_PRESENTED = "audit.slip_presented"
    TOKENS_PRINTED = "audit.tokens_printed"
    RESTORED = "audit.restored"
    CLOCK_CONFIRMED = "audit.clock_confirmed"
    DRAFT_DISCARDED = "audit.draft_discarded"

    @property
    def is_audit(self) -> bool:
        """Whether a change of this kind only says what somebody did, and changes no record."""
        return self.value.startswith("audit.")


KNOWN_KINDS = frozenset(Kind)
EVERYBODYS_KINDS = frozenset(
    {Kind.OPERATION_DESCRIBED, Kind.DEVICE_ENROLLED, Kind.DEVICE_REVOKED, Kind.STAFF_GRANTED, Kind.STAFF_DISABLED}
    | {Kind.ISSUER_TRUSTED, Kind.ISSUER_REVOKED, Kind.SLIP_TERM_SET, Kind.SLIP_VOIDED, Kind.ERASURE_ORDERED}
    | {Kind.CODE_SET}
)
"""What every laptop of the operation must know, whichever post it was written at."""


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """A change before it is stamped and signed: what is said of whom, and what its writer saw."""

    kind: Kind
    subject: UUID
    payload: Payload
    seen: Seen = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A stamped change. (device, epoch, seq) is its key.

    `kind` is text, for a newer program may have made it. `payload` is None when it was erased or not understood.
    `root_signed` says that the payload carries a good signature of the operation's root key.
    """

    change_id: UUID
    device: UUID
    epoch: int
    seq: int
    hlc: int
    wall_ms: int
    staff: UUID
    role: str
    kind: str
    subject: UUID
    post: str
    commitment: bytes
    seen: Seen
    previous: bytes
    payload: Payload | None = None
    root_signed: bool = False
    version: int = ENVELOPE_VERSION

    @property
    def is_understood(self) -> bool:
        """Whether this program can fold the change; otherwise it is kept, passed on and shown as needing an update."""
        return self.version <= ENVELOPE_VERSION and self.kind in KNOWN_KINDS

    @property
    def order(self) -> tuple[int, UUID]:
        """What comes later, by the clock and then by id, on every laptop alike."""
        return self.hlc, self.change_id
