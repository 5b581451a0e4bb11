"""One unit of work: a read of a consistent state, or a transaction that appends to the log and folds it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, text

from fieldapp.domain.changes import Change, ChangeDraft, Kind
from fieldapp.domain.matching.vocabulary import Vocabulary
from fieldapp.domain.permissions import Grants
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Operation
from fieldapp.storage import house, journal, projection, revocations
from fieldapp.storage.house import StaffRecord
from fieldapp.trust.authors import Author
from fieldapp.trust.enrolments import DeviceRecord
from fieldapp.trust.envelopes import is_root_signed, seal

_LOCALS_NAMED = text("SELECT value FROM local WHERE name >= :begun AND name < :ends")
_GET_LOCAL = text("SELECT value FROM local WHERE name = :name")
_PUT_LOCAL = text(
    "INSERT INTO local (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_COUNT_ON = text(
    "INSERT INTO local (name, value) VALUES (:name, CAST('1' AS BLOB)) ON CONFLICT (name) DO UPDATE"
    " SET value = CAST(CAST(CAST(value AS TEXT) AS INTEGER) + 1 AS BLOB) RETURNING value"
)
_NEW_WORDS = text("SELECT id, word FROM name_word WHERE id > :last ORDER BY id")
_ENROLLED = text(
    "SELECT (SELECT count(*) FROM change WHERE kind = :kind) + (SELECT count(*) FROM ahead WHERE kind = :kind)"
)
_STAFF_KINDS = frozenset({Kind.STAFF_GRANTED, Kind.STAFF_DISABLED})


@dataclass(frozen=True, slots=True)
class Shelter:
    """The shelter of a desk, with the post and the device code that its registration numbers begin with."""

    name: str
    post: str
    device_code: str


class Standing:
    """What rarely changes and every fold needs, remembered between units: the root key, the grants, the words of names."""

    def __init__(self) -> None:
        self._root_public: bytes | None = None
        self._grants: Grants | None = None
        self._vocabulary, self._last_word = Vocabulary(), 0
        self._shelters: tuple[int, tuple[Shelter, ...]] = (0, ())

    def root_public(self, connection: Connection) -> bytes:
        """Return the operation's root key, empty before the operation was described."""
        if not self._root_public:
            operation = house.operation(connection)
            self._root_public = operation.root_public if operation else b""
        return self._root_public

    def grants(self, connection: Connection) -> Grants:
        """Return who held which role when."""
        if self._grants is None:
            self._grants = house.grants(connection, self.root_public(connection))
        return self._grants

    def vocabulary(self, connection: Connection) -> Vocabulary:
        """Return the words of all names; only those that came since the last time are read."""
        fresh = connection.execute(_NEW_WORDS, {"last": self._last_word}).all()
        if fresh:
            self._vocabulary.add(row.word for row in fresh)
            self._last_word = fresh[-1].id
        return self._vocabulary

    def shelters(self, connection: Connection) -> tuple[Shelter, ...]:
        """Return the shelters of all desks; they are read anew once another desk was enrolled."""
        enrolled = int(connection.execute(_ENROLLED, {"kind": Kind.DEVICE_ENROLLED}).scalar_one())
        if enrolled != self._shelters[0]:
            devices = house.devices(connection, self.root_public(connection))
            found = (Shelter(each.shelter, each.post, each.code) for each in devices if each.shelter)
            self._shelters = enrolled, tuple(dict.fromkeys(found))
        return self._shelters[1]

    def forget(self) -> None:
        """Read everything anew when next asked."""
        self._root_public = self._grants = None
        self._vocabulary, self._last_word = Vocabulary(), 0


class ReadUnit:
    """A read of one consistent state. The connection is for the query modules of this room."""

    def __init__(self, connection: Connection, standing: Standing) -> None:
        self.connection = connection
        self.standing = standing

    @property
    def root_public(self) -> bytes:
        """The operation's Ed25519 root key."""
        return self.standing.root_public(self.connection)

    def operation(self) -> Operation | None:
        """Return the operation this register belongs to."""
        return house.operation(self.connection)

    def devices(self) -> tuple[DeviceRecord, ...]:
        """Return the laptops known here, one record an epoch."""
        return house.devices(self.connection, self.root_public)

    def shelters(self) -> tuple[Shelter, ...]:
        """Return the shelters of all desks."""
        return self.standing.shelters(self.connection)

    def staff(self) -> tuple[StaffRecord, ...]:
        """Return the staff, those disabled too, by short name."""
        return house.staff(self.connection, self.root_public)

    def last_change(self) -> Change | None:
        """Return the change with the latest clock reading."""
        return journal.last_change(self.connection)

    def locals_named(self, begun: str) -> list[bytes]:
        """Return what this laptop keeps under every name that begins so; these names have no letter after `~`."""
        rows = self.connection.execute(_LOCALS_NAMED, {"begun": begun, "ends": f"{begun}~"})
        return [bytes(value) for value in rows.scalars()]

    def get_local(self, name: str) -> bytes | None:
        """Return what this laptop keeps under a name."""
        value = self.connection.execute(_GET_LOCAL, {"name": name}).scalar()
        return bytes(value) if value is not None else None


class WriteUnit(ReadUnit):
    """A transaction: everything in it is durable together, or nothing of it happened."""

    has_erased = False
    """Whether the write-ahead log must be cut afterwards, so that nothing erased stays in it."""

    def record(self, author: Author, drafts: Sequence[ChangeDraft]) -> list[Change]:
        """Stamp, sign and append changes in the author's name, and fold them."""
        if not drafts:
            return []
        if author.device_id in revocations.revoked(self.connection) and not all(one.kind.is_audit for one in drafts):
            raise Problem("device_revoked")
        sealed = seal(author, drafts, *journal.going_on(self.connection, author))
        journal.append(self.connection, sealed)
        changes = [change for change, _ in sealed]
        self.has_erased |= any(change.kind == Kind.ERASURE_ORDERED for change in changes)
        if any(change.kind in _STAFF_KINDS or change.kind == Kind.OPERATION_DESCRIBED for change in changes):
            self.standing.forget()
        if self._note_revocations(changes) or self.has_erased:
            self.standing.forget()
        projection.apply(self.connection, changes, self.standing.grants(self.connection), self.root_public)
        return changes

    def _note_revocations(self, changes: Sequence[Change]) -> bool:
        return bool(revocations.note(self.connection, [_judged(change, self.root_public) for change in changes]))

    def put_local(self, name: str, value: bytes) -> None:
        """Keep something that belongs to this laptop alone, in place of what was there."""
        self.connection.execute(_PUT_LOCAL, {"name": name, "value": value})

    def count_on(self, name: str) -> int:
        """Count a counter of this laptop on by one and return it; the first is 1."""
        return int(bytes(self.connection.execute(_COUNT_ON, {"name": name}).scalar_one()))


def _judged(change: Change, root_public: bytes) -> Change:
    """Return a change of our own with what the root's signature in it proves."""
    return replace(change, root_signed=is_root_signed(change.kind, change.subject, change.payload, root_public))
