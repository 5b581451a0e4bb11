"""Taking a bundle into the hub: every signature verified, copied to a staging table, inserted, hashes compared, at once.

Judged by the same rules as on a laptop (`trust/intake`), in one transaction. Whoever takes in holds the locks of the
logs concerned, in one order; that two bundles of one log came at the same moment cannot tear it. Should a line be there
all the same with another hash, the transaction is undone and judged anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, case, delete, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql.dml import ReturningInsert

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.problems import Problem
from fieldapp.exchange.bundle import Bundle, BundleDamaged, Header
from fieldapp.hub import revoking, store
from fieldapp.hub.copying import copied
from fieldapp.hub.identity import HubIdentity
from fieldapp.hub.tables import CHANGES, ERASURES, LOGS, QUARANTINE, STATE, WAITING
from fieldapp.trust import intake
from fieldapp.trust.enrolments import DeviceRecord, device_of, is_certified, run_out, trusted
from fieldapp.trust.envelopes import MalformedEnvelope, SealedChange, decode
from fieldapp.trust.intake import DIFFERS, NOBODY, OF_A_BRANCH, Arrived, Judged, LogKey, LogState

_TRIES = 5
_STAGED = ("device", "epoch", "seq", "kind", "subject", "staff", "hlc", "hash", "envelope", "signature", "salt", "body")
_STAGE = text(
    "CREATE TEMPORARY TABLE IF NOT EXISTS staged (device uuid, epoch bigint, seq bigint, kind text, subject uuid, staff uuid,"
    " hlc bigint, hash bytea, envelope bytea, signature bytea, salt bytea, body bytea) ON COMMIT DELETE ROWS"
)
_COPY = f"COPY staged ({', '.join(_STAGED)}) FROM STDIN WITH (FORMAT BINARY)"
_TAKE = text(
    "INSERT INTO change (device, epoch, seq, kind, subject, staff, hlc, hash, envelope, signature)"
    " SELECT device, epoch, seq, kind, subject, staff, hlc, hash, envelope, signature FROM staged ON CONFLICT DO NOTHING"
)
_TAKE_PAYLOADS = text(
    "INSERT INTO payload (device, epoch, seq, salt, body)"
    " SELECT device, epoch, seq, salt, body FROM staged WHERE body IS NOT NULL ON CONFLICT DO NOTHING"
)
_TORN = text(
    "SELECT count(*) FROM staged s JOIN change c ON c.device = s.device AND c.epoch = s.epoch AND c.seq = s.seq"
    " WHERE c.hash <> s.hash"
)
_ERASED = text("SELECT subject FROM erasure WHERE subject = ANY(:subjects)")
_ERASE = text(
    "DELETE FROM payload p USING change c WHERE c.device = p.device AND c.epoch = p.epoch AND c.seq = p.seq"
    " AND c.subject = ANY(:subjects) AND c.kind <> 'erasure.ordered'"
)


class Torn(Exception):
    """Somebody wrote another line in the same place meanwhile; what was done is undone."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a bundle: how many joined, were known, wait, and were newly put aside."""

    added: int
    known: int
    waiting: int
    put_aside: int


def take_bundle(engine: Engine, hub: HubIdentity, bundle: Bundle, now_ms: int) -> Taken:
    """Take a bundle in; durable when this returns.

    Raises Problem (`bundle_other_operation`, `bundle_unknown_device`, `certificate_expired`), BundleDamaged.
    """
    if bundle.header.operation != hub.operation:
        raise Problem("bundle_other_operation")
    for left in reversed(range(_TRIES)):
        try:
            with engine.begin() as connection:
                return _Intake(connection, hub, now_ms).take(bundle)
        except (Torn, OperationalError):  # a lost race; what broke the connection breaks it again
            if not left:
                raise
    raise AssertionError


class _Intake:
    def __init__(self, connection: Connection, hub: HubIdentity, now_ms: int) -> None:
        self.connection, self.root_public, self.now_ms = connection, hub.root_public, now_ms
        self.judged = Judged()

    def take(self, bundle: Bundle) -> Taken:
        arrived = list(intake.read((*bundle.control, *bundle.changes), self.root_public, self.judged).values())
        devices = self._enrol(arrived)
        maker = devices.get((bundle.header.device, bundle.header.epoch))
        if maker is None:
            raise Problem("bundle_unknown_device")
        if not bundle.is_signed_by(maker.sign_public):
            raise BundleDamaged
        self._require_certificate(bundle.header, arrived)
        # Every bundle carries all orders there ever were; only new ones need the others to wait.
        self._lock_orders(alone=bool(self._new_erasures(arrived)) or revoking.are_new(self.connection, arrived))
        self.limits = revoking.take(self.connection, arrived, self.judged, self.now_ms)
        arrived = self._without_known_control(arrived, bundle)
        keys = {(change.device, change.epoch) for change, _ in arrived} | self.enrolled
        self._lock(keys & set(devices))
        arrived = self._with_waiting(arrived, keys)
        erased = self._erase(arrived)
        self._judge(arrived, devices, erased)
        return self._keep(erased)

    def _require_certificate(self, header: Header, arrived: Iterable[Arrived]) -> None:
        """Raise Problem for a bundle made after its maker's certificate ran out, also where another laptop brings it."""
        brought = (device for change, _ in arrived if (device := device_of(change)) is not None)
        records = [*store.known_devices(self.connection), *brought]
        over = run_out(records, header.device, header.epoch, header.made_at_ms, self.root_public)
        if over is not None:
            raise Problem("certificate_expired", laptop=over.code)

    def _enrol(self, arrived: Iterable[Arrived]) -> dict[LogKey, DeviceRecord]:
        """Write down the devices that what came proves to be enrolled, and return all that are."""
        before = store.known_devices(self.connection)
        said = [device for change, _ in arrived if (device := device_of(change)) is not None]
        devices = trusted((*before, *said), self.root_public)
        known = {(one.device_id, one.epoch): one for one in before}
        self.enrolled = {key for key in devices if key not in known}
        for key, device in sorted(devices.items()):
            if key in known and known[key].confirmed and known[key].certificate == device.certificate:
                continue
            confirmed = is_certified(device, self.root_public)
            if confirmed or key in self.enrolled:
                row = {
                    "device": key[0], "epoch": key[1], "code": device.code, "post": device.post,
                    "sign_public": device.sign_public, "receive_public": device.receive_public,
                    "certificate": device.certificate, "confirmed": confirmed,
                }  # fmt: skip
                statement = insert(LOGS).values(row)
                better = {"certificate": device.certificate, "confirmed": True}
                self.connection.execute(
                    statement.on_conflict_do_update(index_elements=["device", "epoch"], set_=better)
                    if confirmed
                    else statement.on_conflict_do_nothing()
                )
        return devices

    def _lock_orders(self, *, alone: bool) -> None:
        its = select(STATE.c.name).where(STATE.c.name == "erasing")
        self.connection.execute(its.with_for_update(read=not alone))

    def _lock(self, keys: set[LogKey]) -> None:
        for device, epoch in sorted(keys):
            its = select(LOGS.c.device).where(LOGS.c.device == device, LOGS.c.epoch == epoch)
            self.connection.execute(its.with_for_update())

    def _without_known_control(self, arrived: list[Arrived], bundle: Bundle) -> list[Arrived]:
        """Leave out what every bundle carries and is here: its log needs no lock, or all bundles would wait for one another."""
        control = {(sealed.hash, sealed.signature) for sealed in bundle.control}
        known = [one for one in arrived if (one[1].hash, one[1].signature) in control]
        places = tuple_(CHANGES.c.device, CHANGES.c.epoch, CHANGES.c.seq)
        its = select(CHANGES.c.hash, CHANGES.c.signature)
        its = its.where(places.in_([(change.device, change.epoch, change.seq) for change, _ in known]))
        here = {(row.hash, row.signature) for row in self.connection.execute(its)} & control if known else set()
        left = [one for one in arrived if (one[1].hash, one[1].signature) not in here]
        self.judged.known += len(arrived) - len(left)
        return left

    def _with_waiting(self, arrived: list[Arrived], keys: set[LogKey]) -> list[Arrived]:
        its = select(WAITING).where(tuple_(WAITING.c.device, WAITING.c.epoch).in_(sorted(keys)))
        rows = self.connection.execute(its).all() if keys else []
        self.waited = {(row.hash, row.signature) for row in rows}
        if not rows:
            return arrived
        waited = [SealedChange(row.envelope, row.signature, row.salt, row.body) for row in rows]
        came = (sealed for _, sealed in arrived)
        return list(intake.read((*waited, *came), self.root_public, self.judged).values())

    def _erase(self, arrived: Iterable[Arrived]) -> set[UUID]:
        """Carry out the orders among what came at once, and return who of these is erased."""
        orders = self._new_erasures(arrived)
        subjects = {change.subject for change, _ in arrived}
        if orders:
            said = [{"subject": subject, "change_id": order.change_id} for subject, order in sorted(orders.items())]
            self.connection.execute(insert(ERASURES).on_conflict_do_nothing(), said)
            self.connection.execute(_ERASE, {"subjects": list(orders)})
            for table in (WAITING, QUARANTINE):
                its = table.c.subject.in_(list(orders))
                rows = self.connection.execute(select(table.c.hash, table.c.envelope).where(its)).all()
                themselves = [row.hash for row in rows if _is_an_order(row.envelope)]
                gone = its & table.c.hash.not_in(themselves)
                self.connection.execute(update(table).where(gone).values(salt=None, body=None))
        found = self.connection.execute(_ERASED, {"subjects": list(subjects)})
        return {row.subject for row in found}

    def _new_erasures(self, arrived: Iterable[Arrived]) -> dict[UUID, Change]:
        orders = intake.ordered_erasures(arrived)
        known = set(self.connection.execute(_ERASED, {"subjects": list(orders)}).scalars()) if orders else set()
        return {subject: order for subject, order in orders.items() if subject not in known}

    def _judge(self, arrived: list[Arrived], devices: dict[LogKey, DeviceRecord], erased: set[UUID]) -> None:
        by_log: dict[LogKey, list[Arrived]] = defaultdict(list)
        for change, sealed in arrived:
            by_log[change.device, change.epoch].append((change, sealed))
        for key, lines in by_log.items():
            head, last = store.head_of(self.connection, *key) or (0, b"")
            device = devices.get(key)
            least = min(change.seq for change, _ in lines)
            state = LogState(
                head, last, self._hashes(key, least) if least <= head else {}, self._branch(key),
                device.sign_public if device else None,
                self.limits[key[0]].get(key[1], 0) if key[0] in self.limits else None,
            )  # fmt: skip
            intake.judge(lines, state, erased, self.root_public, self.judged)

    def _hashes(self, key: LogKey, least: int) -> dict[int, tuple[bytes, bytes]]:
        its = (CHANGES.c.device == key[0]) & (CHANGES.c.epoch == key[1]) & (CHANGES.c.seq >= least)
        columns = select(CHANGES.c.seq, CHANGES.c.hash, CHANGES.c.signature)
        return {row.seq: (row.hash, row.signature) for row in self.connection.execute(columns.where(its))}

    def _branch(self, key: LogKey) -> set[bytes]:
        its = (QUARANTINE.c.device == key[0]) & (QUARANTINE.c.epoch == key[1]) & QUARANTINE.c.reason.in_(OF_A_BRANCH)
        return {row.hash for row in self.connection.execute(select(QUARANTINE.c.hash).where(its))}

    def _keep(self, erased: set[UUID]) -> Taken:
        if self.judged.added:
            copy_in(self.connection, self.judged.added)
        waiting = [_apart(change, sealed, erased) for change, sealed in self.judged.waiting]
        still = {(row["hash"], row["signature"]) for row in waiting}
        for digest, signature in self.waited - still:
            its = (WAITING.c.hash == digest) & (WAITING.c.signature == signature)
            self.connection.execute(delete(WAITING).where(its))
        if waiting:
            statement = insert(WAITING)
            fuller = {
                name: case((statement.excluded.body.is_not(None), statement.excluded[name]), else_=WAITING.c[name])
                for name in ("salt", "body")
            }
            self.connection.execute(
                statement.on_conflict_do_update(index_elements=["hash", "signature"], set_=fuller), waiting
            )
        aside = [
            _apart(change, sealed, erased) | {"reason": reason, "found_at_ms": self.now_ms}
            for change, sealed, reason in self.judged.aside.values()
        ]
        newly = 0
        for row in aside:
            newly += self.connection.execute(_put_aside(row)).first() is not None
        return Taken(len(self.judged.added), self.judged.known, len(waiting), newly)


def copy_in(connection: Connection, added: Sequence[Arrived]) -> None:
    """Copy judged changes into the log. Raises Torn where another line stands in the place of one."""
    connection.execute(_STAGE)
    cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
    with cursor.copy(_COPY) as copy:
        copy.write(copied(added))
    joined = connection.execute(_TAKE).rowcount
    if joined < len(added) and connection.execute(_TORN).scalar_one():
        raise Torn
    connection.execute(_TAKE_PAYLOADS)


def _put_aside(row: dict[str, Any]) -> ReturningInsert[Any]:
    """Put a line aside. A copy with a payload that is not its own says nothing of it: the true line takes its place."""
    statement = insert(QUARANTINE).values(row)
    names = ("reason", "salt", "body")
    its_own = (QUARANTINE.c.reason == DIFFERS) & (statement.excluded.reason != DIFFERS)
    return statement.on_conflict_do_update(
        index_elements=["hash", "signature"], set_={name: statement.excluded[name] for name in names}, where=its_own
    ).returning(QUARANTINE.c.hash)


def _is_an_order(envelope: bytes) -> bool:
    try:
        return decode(envelope, None).kind == Kind.ERASURE_ORDERED
    except MalformedEnvelope:
        return False


def _apart(change: Change | None, sealed: SealedChange, erased: set[UUID]) -> dict[str, Any]:
    gone = change is not None and change.subject in erased and change.kind != Kind.ERASURE_ORDERED
    return {
        "hash": sealed.hash, "signature": sealed.signature, "device": change.device if change else NOBODY,
        "epoch": change.epoch if change else 0, "seq": change.seq if change else 0,
        "subject": change.subject if change else NOBODY, "envelope": sealed.envelope,
        "salt": None if gone else sealed.salt, "body": None if gone else sealed.body,
    }  # fmt: skip
