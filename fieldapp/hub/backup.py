"""The hub's back-up: bundles of all it holds, sealed to itself and to the recovery key, in a folder of files.

Once every file was written, read back and verified, what they hold is durable, and the receipts say so. A restored hub
holds what its back-up had; laptops hear that from its next receipt and give the rest again. Where the hub's keys are lost
with it, a new hub is enrolled, and the recovery key alone opens the back-up for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import cbor2
from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.exchange.bundle import CONTROL_KINDS, Header, in_files, pack, unpack
from fieldapp.hub import store
from fieldapp.hub.identity import HubIdentity
from fieldapp.hub.ingest import take_bundle
from fieldapp.hub.tables import DURABLE, QUARANTINE, REVOCATIONS, WAITING
from fieldapp.trust.envelopes import SealedChange
from fieldapp.trust.recovery_key import read_recovery_key
from fieldapp.trust.safe_files import told_in_words, write_whole
from fieldapp.trust.slots import RECOVERY_OWNER, KeySlot, WrongSecret, open_slot

SUFFIX, REVOKED, RECOVERY = ".bundle", "revoked", "recovery.lock"
_AT_ONCE = 5000

Progress = Callable[[int], None]
"""Called with how many changes are done."""


class HubNotEmpty(Problem):
    """A back-up is restored into an empty hub only."""

    code = "hub_not_empty"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """How many files were written and read back, and how many changes are in them."""

    files: int
    changes: int


def back_up(engine: Engine, hub: HubIdentity, folder: Path, now_ms: int, progress: Progress | None = None) -> BackedUp:
    """Write all the hub holds into an empty folder. Raises FileProblem, EnvironmentProblem (`bundle_unverified`)."""
    with told_in_words(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        if any(folder.iterdir()):
            raise Problem("folder_not_empty", folder=str(folder))
    files = changes = 0
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        held = store.vector(connection)
        control = store.sealed_of_kinds(connection, CONTROL_KINDS)
        header = Header(hub.operation, hub.device, hub.epoch, now_ms)
        readers = [hub.receive_public, hub.recovery_public]
        for part in in_files(_everything(connection, held)):
            path = folder / f"{files:06}{SUFFIX}"
            write_whole(path, pack(header, control, part, hub.sign_key, readers))
            _verify(path, part, hub)
            files, changes = files + 1, changes + len(part)
            if progress:
                progress(changes)
        revoked = sorted(device.hex for device in connection.execute(select(REVOCATIONS.c.device)).scalars())
        if hub.recovery_wrapped:
            write_whole(folder / RECOVERY, cbor2.dumps([hub.recovery_public, hub.recovery_wrapped]))
        write_whole(folder / REVOKED, "\n".join(revoked).encode())
    _now_durable(engine, held)
    return BackedUp(files, changes)


def _everything(connection: Connection, held: store.Vector) -> Iterator[SealedChange]:
    for (device, epoch), (last, _) in sorted(held.items()):
        seq = 0
        while seq < last:
            lines = store.sealed_after(connection, device, epoch, seq, _AT_ONCE)
            yield from lines
            seq += len(lines)  # the log has no gap
    for table in (WAITING, QUARANTINE):
        for row in connection.execute(select(table)):
            yield SealedChange(row.envelope, row.signature, row.salt, row.body)


def _verify(path: Path, part: list[SealedChange], hub: HubIdentity) -> None:
    with told_in_words(path):
        read = unpack(path.read_bytes(), hub.receive_identity)
    if list(read.changes) != part or not read.is_signed_by(hub.sign_key.public_bytes):
        raise EnvironmentProblem("bundle_unverified", path=str(path))


def _now_durable(engine: Engine, held: store.Vector) -> None:
    rows = [
        {"device": device, "epoch": epoch, "seq": seq, "hash": last}
        for (device, epoch), (seq, last) in sorted(held.items())
    ]
    with engine.begin() as connection:
        connection.execute(delete(DURABLE))
        if rows:
            connection.execute(insert(DURABLE), rows)


def opened_by(folder: Path, recovery_key: str) -> str:
    """Return the private key that opens a back-up whose hub is lost, by the operation's recovery key.

    Raises RecoveryKeyMistyped, Problem (`recovery_key_wrong`, `backup_without_recovery`).
    """
    path = folder / RECOVERY
    if not path.is_file():
        raise Problem("backup_without_recovery", path=str(path))
    typed = read_recovery_key(recovery_key)
    with told_in_words(path):
        public_key, wrapped = cbor2.loads(path.read_bytes())
    try:
        return open_slot(KeySlot(RECOVERY_OWNER, "", public_key, wrapped), typed)
    except WrongSecret as error:
        raise Problem("recovery_key_wrong") from error


def restore(
    engine: Engine, hub: HubIdentity, folder: Path, now_ms: int, progress: Progress | None = None, identity: str = ""
) -> int:
    """Fill a hub from a back-up and return how many changes it holds.

    Without the `identity` that opens it the back-up is this hub's own, which is empty now and whose receipts say again
    that it is durable. With it the hub is a new one that may hold records already, and is to be backed up anew.
    Raises HubNotEmpty, BundleDamaged, BundleNotForUs, FileProblem.
    """
    with engine.connect() as connection:
        if not identity and store.vector(connection):
            raise HubNotEmpty
    with told_in_words(folder):
        files = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
        revoked = (folder / REVOKED).read_text("ascii").split()
    done = 0
    for path in files:
        with told_in_words(path):
            content = path.read_bytes()
        done += take_bundle(engine, hub, unpack(content, identity or hub.receive_identity), now_ms).added
        if progress:
            progress(done)
    with engine.begin() as connection:
        rows = [{"device": UUID(hex=device), "at_ms": now_ms} for device in revoked]
        if rows:
            connection.execute(insert(REVOCATIONS).on_conflict_do_nothing(), rows)
        held = store.vector(connection)
    if not identity:
        _now_durable(engine, held)
    return sum(seq for seq, _ in held.values())
