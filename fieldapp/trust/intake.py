"""How a change from elsewhere is judged against the log it belongs to: on a laptop and at the hub alike.

Pure: who calls it has gathered what the log has, and writes down what is decided here. A change joins the log when it
follows the line before it and its laptop's key signed it. What lacks something waits. What contradicts the log or its
own signature is put aside with the reason. What comes out depends on the set of changes alone, never on their order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from uuid import UUID

from fieldapp.domain.changes import NO_PREVIOUS, Change, Kind
from fieldapp.trust.envelopes import MalformedEnvelope, SealedChange, commits_to, decode, is_signed_by

NOBODY = UUID(int=0)
FORK, FOLLOWS_FORK = "fork", "follows_fork"
"""Why a line is put aside: its log has another line in that place; or it follows such a line, and would wait for ever."""
SIGNATURE_WRONG, DIFFERS = "signature_wrong", "payload_differs"
OF_A_BRANCH = (FORK, FOLLOWS_FORK)
REVOKED = "device_revoked_line"
"""Why a line is put aside that a laptop wrote after what its revocation lets count."""

Arrived = tuple[Change, SealedChange]
LogKey = tuple[UUID, int]
"""A device and its epoch: each such pair has a log of its own."""


@dataclass
class LogState:
    """What is here of one log: where it ends, hash and signature by seq of the part in question, the other branch put aside.

    `key` is the device's public key, None while nobody vouches for it; `ends` the last seq that counts of a revoked
    laptop, None for others; `most` the last seq that may join now, None for no limit: good lines beyond it wait.
    """

    head: int
    last: bytes
    present: dict[int, tuple[bytes, bytes]]
    branch: set[bytes]
    key: bytes | None
    ends: int | None = None
    most: int | None = None


@dataclass
class Judged:
    """What becomes of changes that arrived; each is in one of these, or known."""

    added: list[Arrived] = field(default_factory=list)
    waiting: list[Arrived] = field(default_factory=list)
    aside: dict[tuple[bytes, bytes], tuple[Change | None, SealedChange, str]] = field(default_factory=dict)
    known: int = 0

    def put_aside(self, change: Change | None, sealed: SealedChange, reason: str) -> None:
        """Put a change in quarantine."""
        self.aside[sealed.hash, sealed.signature] = (change, sealed, reason)


def read(
    sealed_changes: Iterable[SealedChange],
    root_public: bytes,
    judged: Judged,
    before: Mapping[tuple[bytes, bytes], Arrived] | None = None,
) -> dict[tuple[bytes, bytes], Arrived]:
    """Decode what came, by hash and signature; what is no envelope, or not the payload it commits to, is put aside.

    It is returned with what was read `before`.
    """
    found = dict(before or {})
    for sealed in sealed_changes:
        key = sealed.hash, sealed.signature
        same = found.get(key)
        if same is not None and (sealed.body is None or sealed == same[1]):
            continue
        try:
            change = decode(sealed.envelope, sealed.body, root_public)
        except MalformedEnvelope:
            judged.put_aside(*_unreadable(sealed))
            continue
        if commits_to(change, sealed):
            found[key] = change, sealed
        else:
            judged.put_aside(_silent(change), sealed, DIFFERS)
    return found


def _unreadable(sealed: SealedChange) -> tuple[Change | None, SealedChange, str]:
    """Tell whether it is the envelope that cannot be read, or a payload that is not its own."""
    try:
        change = decode(sealed.envelope, None)
    except MalformedEnvelope:
        return None, sealed, "envelope_malformed"
    differs = not commits_to(change, sealed)
    return (change, sealed, DIFFERS) if differs else (None, sealed, "envelope_malformed")


def judge(
    lines: Iterable[Arrived],
    log: LogState,
    erased: set[UUID],
    root_public: bytes,
    judged: Judged,
    is_signed: Callable[[bytes, SealedChange], bool] = is_signed_by,
) -> None:
    """Decide for every change of one log: it joins, is known, waits, or is put aside. The log state moves on with it."""
    ordered = sorted(
        ((change.seq, sealed.hash, sealed.signature, change, sealed) for change, sealed in lines),
        key=itemgetter(0, 1, 2),
    )
    for seq, digest, _, change, sealed in ordered:
        here, signature = log.present.get(seq, (b"", b""))
        if here == digest:
            # The true line with another signature is somebody's work, and shown whichever of the two came first.
            forged = signature != sealed.signature and log.key is not None and not is_signed(log.key, sealed)
            if forged:
                judged.put_aside(change, sealed, SIGNATURE_WRONG)
            else:
                judged.known += 1
            continue
        reason = _contradicts(change, sealed, log, root_public, is_signed)
        if not reason and log.key is not None and log.ends is not None and change.seq > log.ends:
            reason = REVOKED
        if not reason and log.key is not None and change.previous in log.branch:
            reason = FOLLOWS_FORK
        if reason:
            if reason in OF_A_BRANCH:
                log.branch.add(digest)
            judged.put_aside(change, sealed, reason)
            continue
        gone = change.subject in erased and change.kind != Kind.ERASURE_ORDERED
        has_turn = change.seq <= log.head + 1 and (log.most is None or change.seq <= log.most)
        if log.key is None or not has_turn or (sealed.body is None and not gone):
            judged.waiting.append((change, sealed))
            continue
        log.head, log.last = seq, digest
        log.present[seq] = digest, sealed.signature
        bare = SealedChange(sealed.envelope, sealed.signature, None, None)
        judged.added.append((_silent(change), bare) if gone else (change, sealed))


def ordered_erasures(arrived: Iterable[Arrived]) -> Mapping[UUID, Change]:
    """Return the erasures the root ordered among what came: they count as soon as they are seen."""
    return {
        change.subject: change for change, _ in arrived if change.kind == Kind.ERASURE_ORDERED and change.root_signed
    }


def _contradicts(
    change: Change,
    sealed: SealedChange,
    log: LogState,
    root_public: bytes,
    is_signed: Callable[[bytes, SealedChange], bool],
) -> str:
    """Return why a change can never join the log that ends so, empty where it may or where that is not known."""
    if log.key is None:
        return ""
    if not is_signed(log.key, sealed):
        return SIGNATURE_WRONG
    follows = change.seq > log.head + 1 or change.previous == (log.last if log.head else NO_PREVIOUS)
    if change.seq <= log.head or not follows:
        return FORK
    said = (change.payload or {}).get("root_public")
    foreign = change.kind == Kind.OPERATION_DESCRIBED and said is not None and said != root_public
    return "other_operation" if foreign else ""


def _silent(change: Change) -> Change:
    return replace(change, payload=None, root_signed=False)
