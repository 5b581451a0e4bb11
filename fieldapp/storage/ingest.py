"""Taking in changes from elsewhere: in any order, twice or in part, what is here afterwards depends on the set alone.

A change joins the log when it follows the line before it, its laptop's key signed it, and its payload is the one it
commits to. What lacks something waits. What contradicts the log or its own signature is put aside with the reason:
nothing is ever dropped. Enrolments by the root's certificate and erasures by the root's signature prove themselves, so
they count as soon as they are seen, even where the line of the log they stand in still waits. What else is every
laptop's concern, such as who may sign in, counts once its laptop's key signed it: the lines before it may be another
post's records and never come.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from fieldapp.domain.changes import EVERYBODYS_KINDS, Change, Kind
from fieldapp.storage import house, journal, projection, revocations, waiting
from fieldapp.storage.journal import AHEAD
from fieldapp.storage.tables import QuarantineRow
from fieldapp.storage.units import WriteUnit
from fieldapp.trust import intake
from fieldapp.trust.enrolments import device_of, is_certified, trusted
from fieldapp.trust.envelopes import SealedChange, decode
from fieldapp.trust.intake import DIFFERS, NOBODY, OF_A_BRANCH, REVOKED, Arrived, Judged, LogKey, LogState

QUARANTINE: Any = QuarantineRow.__table__  # type: ignore[attr-defined]
Key = tuple[bytes, bytes]
"""Hash and signature of a line."""
BeforeErasing = Callable[[WriteUnit, Collection[UUID]], None]
"""Called with who is about to be erased, while what the log says of them is still there."""
_ASIDE = insert(QUARANTINE)
_HID = (QUARANTINE.c.reason == DIFFERS) & (_ASIDE.excluded.reason != DIFFERS)
_NOT_ITS_OWN = _ASIDE.excluded.reason == DIFFERS
_PUT_ASIDE = _ASIDE.on_conflict_do_update(
    index_elements=["hash", "signature"],
    set_={
        "reason": case((_HID, _ASIDE.excluded.reason), else_=QUARANTINE.c.reason),
        **{
            name: case(
                (_HID, _ASIDE.excluded[name]),
                (_NOT_ITS_OWN, QUARANTINE.c[name]),
                else_=func.coalesce(QUARANTINE.c[name], _ASIDE.excluded[name]),
            )
            for name in ("salt", "body")
        },
    },
)
"""A copy with a payload that is not its own says nothing of the line: the true one takes its place."""
_CHANGES_STANDING = frozenset({Kind.STAFF_GRANTED, Kind.STAFF_DISABLED, Kind.OPERATION_DESCRIBED})


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of it: how many joined the log, were here already, wait, and were newly put aside (device, epoch, seq, why).

    `ahead` counts what is newly in force here ahead of its log.

    `more` says that others have a turn now that waited for these: taking in nothing lets them join.
    `own_lines_elsewhere` says that somebody else has lines of this laptop's log that it does not: it was restored from
    an old copy, or cloned, and must begin a new epoch before it writes again.
    """

    added: int
    known: int
    waiting: int
    put_aside: tuple[tuple[UUID, int, int, str], ...]
    own_lines_elsewhere: bool
    ahead: int = 0
    more: bool = False


class _Intake:
    """One bundle of changes on its way into the log."""

    def __init__(self, unit: WriteUnit, root_public: bytes, now_ms: int) -> None:
        self.unit, self.root_public, self.now_ms = unit, root_public, now_ms
        self.connection = unit.connection
        self.waited: dict[Key, SealedChange] = {}
        self.sorted: set[Key] = set()
        self.told: set[bytes] = set()
        self.in_force: dict[tuple[bytes, bytes], SealedChange] = {}
        self.ahead: list[Arrived] = []
        self.newly_ahead = 0
        self.judged = Judged()
        self.newly_erased: set[UUID] = set()
        self.no_more: set[UUID] = set()

    def read(self, incoming: Iterable[SealedChange]) -> list[Arrived]:
        """Decode what came, what waited for it, and what is here ahead of its log and now judged anew.

        What is not what it commits to is put aside.
        """
        came = self._decoded(incoming)
        self.came = Counter((change.device, change.epoch) for change, _ in came.values())
        turn = waiting.ready(self.connection)
        self.told, devices_told = waiting.newly_told(self.unit, list(came.values()))
        self.waited = waiting.with_a_turn(self.connection, list(came.values()), turn, devices_told)
        arrived = self._decoded(self.waited.values(), came)
        devices = {change.device for change, _ in arrived.values()} | {device for device, _ in turn}
        devices |= {change.subject for change, _ in arrived.values() if change.kind == Kind.DEVICE_REVOKED}
        its = select(AHEAD).where(AHEAD.c.device.in_([device.bytes for device in devices]))
        self.in_force = {
            (row.hash, row.signature): SealedChange(row.envelope, row.signature, row.salt, row.body)
            for row in self.connection.execute(its)
        }
        return list((arrived | self._decoded(self.in_force.values())).values())

    def _decoded(
        self, sealed: Iterable[SealedChange], before: Mapping[Key, Arrived] | None = None
    ) -> dict[Key, Arrived]:
        return intake.read(sealed, self.root_public, self.judged, before)

    def erase(self, arrived: Iterable[Arrived], before_erasing: BeforeErasing) -> set[UUID]:
        """Carry out the orders among what came at once, and return all erased subjects."""
        ordered = intake.ordered_erasures(arrived)
        before = projection.erased(self.connection)
        if set(ordered) - before:
            before_erasing(self.unit, set(ordered) - before)
        for subject, order in ordered.items():
            if subject not in before:
                projection.erase(self.connection, subject, order.change_id)
                waiting.erase(self.connection, subject)
                themselves = [sealed.envelope for change, sealed in arrived if change.kind == Kind.ERASURE_ORDERED]
                its = (QUARANTINE.c.subject == subject.bytes) & QUARANTINE.c.envelope.not_in(themselves)
                self.connection.execute(update(QUARANTINE).where(its).values(salt=None, body=None))
                self.unit.has_erased = True
                self.newly_erased.add(subject)
        return before | set(ordered)

    def revoke(self, arrived: Iterable[Arrived]) -> None:
        """Carry out the revocations among what came at once; what counts no more is shown among what was put aside."""
        newly = revocations.note(self.connection, [change for change, _ in arrived])
        if not newly:
            return
        self.unit.standing.forget()
        self.no_more = revocations.subjects_beyond(self.connection, newly)
        limits = revocations.revoked(self.connection)
        for device in newly:
            for epoch in journal.epochs_of(self.connection, device):
                held = limits[device].get(epoch, 0)
                for sealed in journal.sealed_after(self.connection, device, epoch, held):
                    self.judged.put_aside(decode(sealed.envelope, None), sealed, REVOKED)

    def keys(self, arrived: Iterable[Arrived]) -> dict[LogKey, bytes]:
        """Return the keys of the laptops that the root certified or an earlier key of theirs endorsed."""
        known = (*house.devices(self.connection, self.root_public),
                 *(one for change, _ in arrived if (one := device_of(change)) is not None))  # fmt: skip
        return {key: device.sign_public for key, device in trusted(known, self.root_public).items()}

    def sort_out(self, arrived: list[Arrived], keys: dict[LogKey, bytes], erased: set[UUID]) -> None:
        """Decide for every change: it joins the log, is known, waits, or is put aside."""
        by_log: dict[LogKey, dict[Key, Arrived]] = defaultdict(dict)
        for change, sealed in arrived:
            by_log[change.device, change.epoch][sealed.hash, sealed.signature] = change, sealed
        self.sorted = {key for lines in by_log.values() for key in lines}
        limits = revocations.revoked(self.connection)
        for (device, epoch), lines in by_log.items():
            head, last = journal.last_of(self.connection, device, epoch)
            present = journal.hashes(self.connection, device, epoch, min(change.seq for change, _ in lines.values()))
            ends = limits[device].get(epoch, 0) if device in limits else None
            branch = self._other_branch(device, epoch)
            most = head + self.came[device, epoch] + waiting.AT_ONCE
            state = LogState(head, last, present, branch, keys.get((device, epoch)), ends, most)
            if not waiting.is_one_chain(lines.values(), state):
                others = waiting.of_log(self.connection, (device, epoch))
                self.waited |= others
                lines.update(self._decoded(others.values(), lines))
            intake.judge(lines.values(), state, erased, self.root_public, self.judged)
        still = self.judged.waiting
        counts = [_counts_ahead(*one, keys, erased) for one in still]
        self.ahead = [*compress(still, counts), *self._proven_aside()]
        self.judged.waiting = [one for one, does in zip(still, counts, strict=True) if not does]

    def _proven_aside(self) -> Iterator[Arrived]:
        """Yield the enrolments that the root certified and whose lines can never join: they count all the same."""
        for change, sealed, reason in self.judged.aside.values():
            if change is not None and reason in (*OF_A_BRANCH, REVOKED):
                device = device_of(change)
                if device is not None and is_certified(device, self.root_public):
                    yield change, sealed

    def _other_branch(self, device: UUID, epoch: int) -> set[bytes]:
        """Return the hashes of the lines that were put aside because this log has others: what follows them can never join."""
        its = (QUARANTINE.c.device == device.bytes) & (QUARANTINE.c.epoch == epoch)
        found = select(QUARANTINE.c.hash).where(its, QUARANTINE.c.reason.in_(OF_A_BRANCH))
        return {row.hash for row in self.connection.execute(found)}

    def keep(self, erased: set[UUID]) -> None:
        """Write down what joined, what waits and what was put aside, and fold what it touches."""
        before = self.unit.standing.grants(self.connection)
        added = self.judged.added
        if added:
            journal.append(self.connection, added)
        new = self._keep_ahead(erased)
        if any(change.kind in _CHANGES_STANDING for change in (*(change for change, _ in added), *new)):
            self.unit.standing.forget()
        grants = self.unit.standing.grants(self.connection)
        # An order that still waits for its place in the log has taken the payloads already.
        subjects = projection.subjects_of([change for change, _ in added]) | self.newly_erased | self.no_more
        subjects |= journal.subjects_by_staff(self.connection, grants.differing(before))
        root_public = self.unit.root_public or self.root_public
        projection.refold(self.connection, subjects, grants, root_public, [change for change, _ in added])
        self._keep_waiting(erased)
        waiting.keep_told(self.unit, self.told)
        self._keep_aside(erased)

    def _keep_waiting(self, erased: set[UUID]) -> None:
        still = {(sealed.hash, sealed.signature): (change, sealed) for change, sealed in self.judged.waiting}
        # Also one that was not looked at may have come anew, with the payload that it lacked.
        waiting.drop(self.connection, (self.waited.keys() | self.sorted) - still.keys())
        new = (one for key, one in still.items() if self.waited.get(key) != one[1])
        waiting.keep(self.connection, [_row(*one, erased) | _place(one[0]) for one in new])

    def _keep_ahead(self, erased: set[UUID]) -> list[Change]:
        """Write down what counts ahead of its log, and return what newly does or does no more."""
        before, after = set(self.in_force), {(sealed.hash, sealed.signature) for _, sealed in self.ahead}
        for digest, signature in before - after:
            self.connection.execute(delete(AHEAD).where(AHEAD.c.hash == digest, AHEAD.c.signature == signature))
        rows = [
            _row(change, sealed, erased) | _place(change) | {"hlc": change.hlc, "wall_ms": change.wall_ms}
            for change, sealed in self.ahead
            if (sealed.hash, sealed.signature) not in before
        ]
        if rows:
            self.connection.execute(insert(AHEAD), rows)
        gone = [decode(self.in_force[key].envelope, None) for key in before - after]
        self.newly_ahead = len(rows)
        return gone + [change for change, sealed in self.ahead if (sealed.hash, sealed.signature) not in before]

    def _keep_aside(self, erased: set[UUID]) -> None:
        quarantined = [
            _row(change, sealed, erased) | {
                "device": (change.device if change else NOBODY).bytes, "epoch": change.epoch if change else 0,
                "seq": change.seq if change else 0, "reason": reason, "found_at_ms": self.now_ms,
            }
            for change, sealed, reason in self.judged.aside.values()
        ]  # fmt: skip
        if quarantined:
            self.connection.execute(_PUT_ASIDE, quarantined)


def _nothing_more(_unit: WriteUnit, _subjects: Collection[UUID]) -> None:
    """Nothing is to be done beside the log."""


def take_in(
    unit: WriteUnit,
    incoming: Sequence[SealedChange],
    now_ms: int,
    own: tuple[UUID, int],
    root_public: bytes = b"",
    before_erasing: BeforeErasing = _nothing_more,
) -> TakenIn:
    """Take changes into the log, in the caller's transaction. `own` is the device and epoch of this laptop.

    `root_public` is the operation's root key for a register that does not know it yet.
    """
    own_head, _ = journal.last_of(unit.connection, *own)
    taking = _Intake(unit, unit.root_public or root_public, now_ms)
    arrived = taking.read(incoming)
    erased = taking.erase(arrived, before_erasing)
    taking.revoke(arrived)
    taking.sort_out(arrived, taking.keys(arrived), erased)
    columns = (QUARANTINE.c.hash, QUARANTINE.c.signature, QUARANTINE.c.reason)
    before = {tuple(row) for row in unit.connection.execute(select(*columns))}
    here = {(digest, signature) for digest, signature, _ in before}
    taking.keep(erased)
    aside = tuple(
        (change.device if change else NOBODY, change.epoch if change else 0, change.seq if change else 0, reason)
        for key, (change, _, reason) in taking.judged.aside.items()
        if (*key, reason) not in before and (reason != DIFFERS or key not in here)
    )
    later = (*taking.judged.added, *taking.judged.waiting, *taking.ahead)
    ours = [change for change, _ in later if (change.device, change.epoch) == own]
    forked = any(line[:2] == own and line[3] in OF_A_BRANCH for line in aside)
    elsewhere = forked or any(change.seq > own_head for change in ours)
    more = bool(taking.judged.added) and bool(waiting.ready(unit.connection))
    return TakenIn(
        len(taking.judged.added), taking.judged.known, len(taking.judged.waiting), aside, elsewhere, taking.newly_ahead,
        more,
    )  # fmt: skip


def _counts_ahead(change: Change, sealed: SealedChange, keys: dict[LogKey, bytes], erased: set[UUID]) -> bool:
    """Tell whether a line that waits counts already: its signature was judged with the key that is known."""
    if change.kind not in EVERYBODYS_KINDS or (change.device, change.epoch) not in keys:
        return False
    return sealed.body is not None and (change.subject not in erased or change.kind == Kind.ERASURE_ORDERED)


def _place(change: Change) -> dict[str, Any]:
    return {"device": change.device.bytes, "epoch": change.epoch, "seq": change.seq, "kind": change.kind}


def _row(change: Change | None, sealed: SealedChange, erased: set[UUID]) -> dict[str, Any]:
    gone = change is not None and change.subject in erased and change.kind != Kind.ERASURE_ORDERED
    return {
        "hash": sealed.hash, "signature": sealed.signature, "subject": (change.subject if change else NOBODY).bytes,
        "envelope": sealed.envelope, "salt": None if gone else sealed.salt, "body": None if gone else sealed.body,
    }  # fmt: skip


def trusted_keys(
    unit: WriteUnit, control: Iterable[SealedChange], root_public: bytes = b""
) -> dict[tuple[UUID, int], bytes]:
    """Return the keys of laptops that the log and these changes prove to belong to the operation."""
    taking = _Intake(unit, unit.root_public or root_public, 0)
    return taking.keys(taking.read(control))
