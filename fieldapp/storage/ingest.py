"""Taking in changes from elsewhere: in any order, twice or in part, what is here afterwards depends on the set alone.

A change joins the log when it follows the line before it, its laptop's key signed it, and its payload is the one it
commits to. What lacks something waits. What contradicts the log or its own signature is put aside with the reason:
nothing is ever dropped. Enrolments by the root's certificate and erasures by the root's signature prove themselves, so
they count as soon as they are seen, even where the line of the log they stand in still waits.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from fieldapp.domain.changes import NO_PREVIOUS, Change, Kind
from fieldapp.domain.permissions import Revoked
from fieldapp.storage import house, journal, projection, revocations
from fieldapp.storage.house import DeviceRecord
from fieldapp.storage.tables import QuarantineRow, WaitingRow
from fieldapp.storage.units import WriteUnit
from fieldapp.trust.envelopes import MalformedEnvelope, SealedChange, commits_to, decode, is_signed_by

WAITING: Any = WaitingRow.__table__  # type: ignore[attr-defined]
QUARANTINE: Any = QuarantineRow.__table__  # type: ignore[attr-defined]
_NOBODY = UUID(int=0)
_CHANGES_STANDING = frozenset({Kind.STAFF_GRANTED, Kind.STAFF_DISABLED, Kind.OPERATION_DESCRIBED})

FORK, FOLLOWS_FORK = "fork", "follows_fork"
"""Why a line is put aside: its log has another line in that place; or it follows such a line, and would wait for ever."""
_OF_A_BRANCH = (FORK, FOLLOWS_FORK)
REVOKED = "device_revoked_line"
"""Why a line is put aside that a laptop wrote after what its revocation lets count."""

Arrived = tuple[Change, SealedChange]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of it: how many joined the log, were here already, wait, and were newly put aside (device, epoch, seq, why).

    `own_lines_elsewhere` says that somebody else has lines of this laptop's log that it does not: it was restored from
    an old copy, or cloned, and must begin a new epoch before it writes again.
    """

    added: int
    known: int
    waiting: int
    put_aside: tuple[tuple[UUID, int, int, str], ...]
    own_lines_elsewhere: bool


class _Intake:
    """One bundle of changes on its way into the log."""

    def __init__(self, unit: WriteUnit, root_public: bytes, now_ms: int) -> None:
        self.unit, self.root_public, self.now_ms = unit, root_public, now_ms
        self.connection = unit.connection
        self.waited = {
            (row.hash, row.signature): SealedChange(row.envelope, row.signature, row.salt, row.body)
            for row in self.connection.execute(select(WAITING))
        }
        self.added: list[Arrived] = []
        self.waiting: list[Arrived] = []
        self.aside: dict[tuple[bytes, bytes], tuple[Change | None, SealedChange, str]] = {}
        self.known = 0
        self.newly_erased: set[UUID] = set()
        self.limits: Revoked = {}
        self.no_more: set[UUID] = set()

    def put_aside(self, change: Change | None, sealed: SealedChange, reason: str) -> None:
        self.aside[sealed.hash, sealed.signature] = (change, sealed, reason)

    def read(self, incoming: Iterable[SealedChange]) -> list[Arrived]:
        """Decode what came and what waited; what is not what it commits to is put aside."""
        found: dict[tuple[bytes, bytes], Arrived] = {}
        for sealed in (*self.waited.values(), *incoming):
            key = sealed.hash, sealed.signature
            before = found.get(key)
            if before is not None and (before[1].body is not None or sealed.body is None):
                continue
            try:
                change = decode(sealed.envelope, None)
                if not commits_to(change, sealed):
                    self.put_aside(change, sealed, "payload_differs")
                    continue
                found[key] = decode(sealed.envelope, sealed.body, self.root_public), sealed
            except MalformedEnvelope:
                self.put_aside(None, sealed, "envelope_malformed")
        return list(found.values())

    def erase(self, arrived: Iterable[Arrived]) -> set[UUID]:
        """Carry out the orders among what came at once, and return all erased subjects."""
        ordered = {
            change.subject: change
            for change, _ in arrived
            if change.kind == Kind.ERASURE_ORDERED and change.root_signed
        }
        before = projection.erased(self.connection)
        for subject, order in ordered.items():
            if subject not in before:
                projection.erase(self.connection, subject, order.change_id)
                for table in (WAITING, QUARANTINE):
                    kept = (table.c.subject == subject.bytes) & (table.c.envelope.not_in(
                        [sealed.envelope for change, sealed in arrived if change.kind == Kind.ERASURE_ORDERED]
                    ))  # fmt: skip
                    self.connection.execute(update(table).where(kept).values(salt=None, body=None))
                self.unit.has_erased = True
                self.newly_erased.add(subject)
        return before | set(ordered)

    def revoke(self, arrived: Iterable[Arrived]) -> None:
        """Carry out the revocations among what came at once; what counts no more is shown among what was put aside."""
        newly = revocations.note(self.connection, [change for change, _ in arrived])
        self.limits = revocations.revoked(self.connection)
        if not newly:
            return
        self.unit.standing.forget()
        self.no_more = revocations.subjects_beyond(self.connection, newly)
        for device in newly:
            for epoch in journal.epochs_of(self.connection, device):
                held = self.limits[device].get(epoch, 0)
                for sealed in journal.sealed_after(self.connection, device, epoch, held):
                    self.put_aside(decode(sealed.envelope, None), sealed, REVOKED)

    def keys(self, arrived: Iterable[Arrived]) -> dict[tuple[UUID, int], bytes]:
        """Return the keys of the laptops that the root certified or an earlier key of theirs endorsed."""
        known = (*house.devices(self.connection, self.root_public),
                 *(one for change, _ in arrived if (one := house.device_of(change)) is not None))  # fmt: skip
        trusted: dict[tuple[UUID, int], DeviceRecord] = {}
        for device in known:
            if house.is_certified(device, self.root_public):
                trusted[device.device_id, device.epoch] = device
        for device in sorted(known, key=lambda one: one.epoch):
            if (device.device_id, device.epoch) not in trusted and house.is_endorsed(device, tuple(trusted.values())):
                trusted[device.device_id, device.epoch] = device
        return {key: device.sign_public for key, device in trusted.items()}

    def sort_out(self, arrived: list[Arrived], keys: dict[tuple[UUID, int], bytes], erased: set[UUID]) -> None:
        """Decide for every change: it joins the log, is known, waits, or is put aside."""
        by_log: dict[tuple[UUID, int], list[Arrived]] = defaultdict(list)
        for change, sealed in arrived:
            by_log[change.device, change.epoch].append((change, sealed))
        for (device, epoch), lines in by_log.items():
            head, last = journal.last_of(self.connection, device, epoch)
            key = keys.get((device, epoch))
            present = journal.hashes(self.connection, device, epoch, min(change.seq for change, _ in lines))
            branch = self._other_branch(device, epoch)
            for change, sealed in sorted(lines, key=lambda one: (one[0].seq, one[1].hash, one[1].signature)):
                here = last if change.seq == head else present.get(change.seq)
                if here == sealed.hash:
                    self.known += 1
                    continue
                reason = self._contradicts(change, sealed, key, head, last)
                if not reason and key is not None and revocations.is_beyond(self.limits, device, epoch, change.seq):
                    reason = REVOKED
                if not reason and key is not None and change.previous in branch:
                    reason = FOLLOWS_FORK
                if reason:
                    if reason in _OF_A_BRANCH:
                        branch.add(sealed.hash)
                    self.put_aside(change, sealed, reason)
                    continue
                gone = change.subject in erased and change.kind != Kind.ERASURE_ORDERED
                if key is None or change.seq > head + 1 or (sealed.body is None and not gone):
                    self.waiting.append((change, sealed))
                    continue
                head, last = change.seq, sealed.hash
                present[head] = last
                bare = SealedChange(sealed.envelope, sealed.signature, None, None)
                self.added.append((_silent(change), bare) if gone else (change, sealed))

    def _other_branch(self, device: UUID, epoch: int) -> set[bytes]:
        """Return the hashes of the lines that were put aside because this log has others: what follows them can never join."""
        its = (QUARANTINE.c.device == device.bytes) & (QUARANTINE.c.epoch == epoch)
        found = select(QUARANTINE.c.hash).where(its, QUARANTINE.c.reason.in_(_OF_A_BRANCH))
        return {row.hash for row in self.connection.execute(found)}

    def _contradicts(self, change: Change, sealed: SealedChange, key: bytes | None, head: int, last: bytes) -> str:
        """Return why a change can never join the log that ends so, empty where it may or where that is not known."""
        if key is None:
            return ""
        if not is_signed_by(key, sealed):
            return "signature_wrong"
        follows = change.seq > head + 1 or change.previous == (last if head else NO_PREVIOUS)
        if change.seq <= head or not follows:
            return FORK
        return "other_operation" if self._is_of_another_operation(change) else ""

    def _is_of_another_operation(self, change: Change) -> bool:
        said = (change.payload or {}).get("root_public")
        return change.kind == Kind.OPERATION_DESCRIBED and said is not None and said != self.root_public

    def keep(self, erased: set[UUID]) -> None:
        """Write down what joined, what waits and what was put aside, and fold what it touches."""
        before = self.unit.standing.grants(self.connection)
        if self.added:
            journal.append(self.connection, self.added)
        if any(change.kind in _CHANGES_STANDING for change, _ in self.added):
            self.unit.standing.forget()
        grants = self.unit.standing.grants(self.connection)
        # An order that still waits for its place in the log has taken the payloads already.
        subjects = projection.subjects_of([change for change, _ in self.added]) | self.newly_erased | self.no_more
        subjects |= journal.subjects_by_staff(self.connection, grants.differing(before))
        projection.refold(self.connection, subjects, grants, self.unit.root_public or self.root_public)
        rows = [_row(change, sealed, erased) for change, sealed in self.waiting]
        still = {(row["hash"], row["signature"]) for row in rows}
        for digest, signature in set(self.waited) - still:
            self.connection.execute(delete(WAITING).where(WAITING.c.hash == digest, WAITING.c.signature == signature))
        if rows:
            self.connection.execute(insert(WAITING).prefix_with("OR REPLACE"), rows)
        quarantined = [
            _row(change, sealed, erased) | {
                "device": (change.device if change else _NOBODY).bytes, "epoch": change.epoch if change else 0,
                "seq": change.seq if change else 0, "reason": reason, "found_at_ms": self.now_ms,
            }
            for change, sealed, reason in self.aside.values()
        ]  # fmt: skip
        if quarantined:
            self.connection.execute(insert(QUARANTINE).prefix_with("OR IGNORE"), quarantined)


def take_in(
    unit: WriteUnit, incoming: Sequence[SealedChange], now_ms: int, own: tuple[UUID, int], root_public: bytes = b""
) -> TakenIn:
    """Take changes into the log, in the caller's transaction. `own` is the device and epoch of this laptop.

    `root_public` is the operation's root key for a register that does not know it yet.
    """
    own_head, _ = journal.last_of(unit.connection, *own)
    intake = _Intake(unit, unit.root_public or root_public, now_ms)
    arrived = intake.read(incoming)
    erased = intake.erase(arrived)
    intake.revoke(arrived)
    intake.sort_out(arrived, intake.keys(arrived), erased)
    before = {
        (row.hash, row.signature) for row in unit.connection.execute(select(QUARANTINE.c.hash, QUARANTINE.c.signature))
    }
    intake.keep(erased)
    aside = tuple(
        (change.device if change else _NOBODY, change.epoch if change else 0, change.seq if change else 0, reason)
        for key, (change, _, reason) in intake.aside.items()
        if key not in before
    )
    ours = [change for change, _ in (*intake.added, *intake.waiting) if (change.device, change.epoch) == own]
    forked = any(line[:2] == own and line[3] in _OF_A_BRANCH for line in aside)
    elsewhere = forked or any(change.seq > own_head for change in ours)
    return TakenIn(len(intake.added), intake.known, len(intake.waiting), aside, elsewhere)


def _silent(change: Change) -> Change:
    return replace(change, payload=None, root_signed=False)


def _row(change: Change | None, sealed: SealedChange, erased: set[UUID]) -> dict[str, Any]:
    gone = change is not None and change.subject in erased and change.kind != Kind.ERASURE_ORDERED
    return {
        "hash": sealed.hash, "signature": sealed.signature, "subject": (change.subject if change else _NOBODY).bytes,
        "envelope": sealed.envelope, "salt": None if gone else sealed.salt, "body": None if gone else sealed.body,
    }  # fmt: skip


def trusted_keys(
    unit: WriteUnit, control: Iterable[SealedChange], root_public: bytes = b""
) -> dict[tuple[UUID, int], bytes]:
    """Return the keys of laptops that the log and these changes prove to belong to the operation."""
    intake = _Intake(unit, unit.root_public or root_public, 0)
    return intake.keys(intake.read(control))
