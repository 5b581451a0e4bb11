"""Carry records between laptops: write bundles to a folder, such as a stick, and read those of others, in any order.

A bundle holds everything since the last receipt of each laptop that may read it, never since the last export: a stick
that was lost loses nothing. Reading a bundle twice changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.exchange.bundle import CONTROL_KINDS, LARGEST_FILE, Bundle, BundleDamaged, Header, in_files, pack, unpack
from fieldapp.exchange.receipts import RECEIVED, read_receipt, write_receipt
from fieldapp.services import exports
from fieldapp.services.desk import Desk
from fieldapp.services.epochs import begin_epoch
from fieldapp.services.erasures import clear_files, forget
from fieldapp.services.opening import OpenedDesk, settle
from fieldapp.services.own_codes import put_in_force
from fieldapp.storage import exchange_rows, ingest, journal, projection
from fieldapp.storage.units import ReadUnit, WriteUnit
from fieldapp.trust.enrolments import DeviceRecord, device_of, is_endorsed, run_out
from fieldapp.trust.envelopes import SealedChange, decode
from fieldapp.trust.safe_files import FileProblem, is_folder, told_in_words, write_whole

SUFFIX = ".bundle"
_NAME_BYTES = 13
_AT_ONCE = 400
"""Changes taken in in one transaction: so short that a save which has to wait for it is not felt."""
_OF_STICKS = {"folder_read_only": "stick_read_only", "disk_full": "stick_full", "path_missing": "stick_gone"}

Progress = Callable[[int, int], None]
"""Called with how many of how many changes or files are done."""


@dataclass(frozen=True, slots=True)
class Exported:
    """Files that were written and read back, and how many changes are in them."""

    files: tuple[Path, ...]
    changes: int


@dataclass
class Imported:
    """What came of some files; `refused` are those nothing was taken from, each with its problem.

    `ahead` counts what is newly known here of posts whose records are not for this laptop: staff, voids and the like.
    `cleared` are files of this laptop that held somebody whose erasure came.
    """

    files: int = 0
    added: int = 0
    known: int = 0
    waiting: int = 0
    put_aside: int = 0
    refused: list[tuple[Path, Problem]] = field(default_factory=list)
    new_epoch: bool = False
    ahead: int = 0
    cleared: exports.Cleared = field(default_factory=exports.Cleared)

    def join(self, part: "Imported") -> None:
        """Add what came of further files."""
        self.files += part.files
        self.added += part.added
        self.known += part.known
        self.ahead += part.ahead
        self.put_aside += part.put_aside
        self.waiting = part.waiting
        self.refused += part.refused
        self.new_epoch |= part.new_epoch
        self.cleared = self.cleared.and_then(part.cleared)


def export_bundles(
    desk: Desk, folder: Path, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Exported:
    """Write what the other laptops are not known to hold. Each file counts once it was read back.

    Raises Problem (`nobody_to_read`, `cancelled`) and, as an EnvironmentProblem, what the stick refuses (`stick_full`,
    `stick_read_only`, `stick_gone`); files already written stay valid.
    """
    if not is_folder(folder):
        raise EnvironmentProblem("path_missing", path=str(folder))
    with desk.database.read() as unit:
        readers = readers_of(unit, (desk.device.device_id, desk.device.epoch))
        if not readers:
            raise Problem("nobody_to_read")
        changes = _not_held(unit, [(one.device_id, one.epoch) for one in readers])
        control = journal.sealed_of_kinds(unit.connection, CONTROL_KINDS)
        header = written_header(desk, unit)
        erased = projection.erased(unit.connection)
    parts = list(in_files(changes)) or [[]]
    keys = [*(one.receive_public for one in readers), desk.device.receive_public]
    files: list[Path] = []
    done = 0
    name = desk.random_bytes(_NAME_BYTES).hex()
    # Read in this order, no change has to wait for one before it.
    paths = [folder / f"{name}{place:06}{SUFFIX}" for place in range(len(parts))]
    with desk.database.write() as writing:  # first, for an erasure follows an export that was broken off too
        exports.remember(writing, exports.BUNDLE, paths, desk.now_ms())
    for path, part in zip(paths, parts, strict=True):
        if cancelled():
            raise Problem("cancelled")
        content = pack(header, control, part, desk.sign_key, keys)
        with _told_of_a_stick(folder):
            write_whole(path, content)
            _verify_written(path, part, desk)
        files.append(path)
        done += len(part)
        if progress:
            progress(done, len(changes))
    with desk.database.write() as writing:
        is_overtaken = projection.erased(writing.connection) != erased
        if not is_overtaken:
            payload = {"changes": len(changes), "files": len(files)}
            writing.record(desk.author, [ChangeDraft(Kind.BUNDLE_EXPORTED, desk.device.device_id, payload)])
    if is_overtaken:  # somebody who was erased meanwhile may be in these files
        with _told_of_a_stick(folder), told_in_words(folder):
            for path in files:
                path.unlink(missing_ok=True)
        return export_bundles(desk, folder, progress, cancelled)
    return Exported(tuple(files), len(changes))


@contextmanager
def _told_of_a_stick(folder: Path) -> Iterator[None]:
    """Say of a stick what it refuses: there is no register on it to be worried about."""
    try:
        yield
    except FileProblem as problem:
        code = "stick_gone" if not is_folder(folder) else _OF_STICKS.get(problem.code, problem.code)
        raise EnvironmentProblem(code, path=str(folder), reason=problem.values.get("reason", "")) from problem


def readers_of(unit: ReadUnit, own: tuple[UUID, int]) -> list[DeviceRecord]:
    """Return the other laptops in each of their epochs: a clone and its original are told apart by them alone.

    For one that was revoked nothing is written any more.
    """
    known = unit.devices()
    trusted = [one for one in known if (one.confirmed or is_endorsed(one, known)) and not one.revoked]
    return [one for one in trusted if (one.device_id, one.epoch) != own]


def _not_held(unit: ReadUnit, readers: Iterable[tuple[UUID, int]]) -> list[SealedChange]:
    held = [exchange_rows.held_by(unit, reader) for reader in readers]
    changes: list[SealedChange] = []
    for (device, epoch), _ in sorted(journal.vector(unit.connection).items(), key=lambda one: str(one[0])):
        everybody = min(one.get((device, epoch), 0) for one in held)
        changes += journal.sealed_after(unit.connection, device, epoch, everybody)
    return changes + journal.sealed_ahead(unit.connection, {}, but=CONTROL_KINDS)


def written_header(desk: Desk, unit: ReadUnit) -> Header:
    """Return the header of a bundle made here now, with our receipt."""
    device = desk.device
    receipt = write_receipt(device.device_id, device.epoch, RECEIVED, journal.vector(unit.connection), desk.sign_key)
    return Header(desk.operation.operation_id, device.device_id, device.epoch, desk.now_ms(), (receipt,))


def _verify_written(path: Path, part: Sequence[SealedChange], desk: Desk) -> None:
    with told_in_words(path):
        read = unpack(path.read_bytes(), desk.receive_identity)
    if list(read.changes) != list(part) or not read.is_signed_by(desk.device.sign_public):
        path.unlink(missing_ok=True)
        raise EnvironmentProblem("bundle_unverified", path=str(path))


def import_bundles(
    desk: Desk, paths: Iterable[Path], progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Imported:
    """Take in the bundles of files and folders; a refused one stops no other."""
    files = list(bundle_files(paths))
    result = Imported()
    for place, path in enumerate(files, start=1):
        if cancelled():
            raise Problem("cancelled")
        for _ in _file_in_steps(desk, path, result):
            if cancelled():
                raise Problem("cancelled")
        if progress:
            progress(place, len(files))
    _conclude(desk, result)
    result.cleared = clear_files(desk)
    return result


def import_in_steps(desk: Desk, path: Path) -> Iterator[Imported]:
    """Take in the bundle of one file and yield after each short transaction, the last time with all that came of it.

    Once all files are read, whoever reads them asks `clear_files`: our own bundles may lie among them.
    """
    result = Imported()
    for _ in _file_in_steps(desk, path, result):
        yield result
    _conclude(desk, result)
    yield result


def _file_in_steps(desk: Desk, path: Path, result: Imported) -> Iterator[None]:
    try:
        yield from _bundle_in_steps(desk, read_bundle(path, desk.receive_identity), result)
        result.files += 1
    except EnvironmentProblem as problem:
        if problem.code != "path_missing" or not _is_cleared(desk, path):
            raise
    except Problem as problem:
        problem.values.setdefault("name", path.name)
        result.refused.append((path, problem))


def _is_cleared(desk: Desk, path: Path) -> bool:
    """Tell whether a file that is gone was our own, which brings nothing: an erasure by the hub took it away meanwhile."""
    with desk.database.read() as unit:
        return any(one.path == path.absolute() for one in exports.known_exports(unit))


def _conclude(desk: Desk, result: Imported) -> None:
    if (result.added or result.ahead) and isinstance(desk, OpenedDesk):
        desk.keys = settle(desk.folder, desk.database, desk.keys)
    with desk.database.write() as unit:
        put_in_force(unit)
        result.waiting = exchange_rows.count_waiting(unit)
        if result.added:
            payload = {"changes": result.added, "files": result.files}
            unit.record(desk.author, [ChangeDraft(Kind.BUNDLE_IMPORTED, desk.device.device_id, payload)])


def bundle_files(paths: Iterable[Path]) -> Iterable[Path]:
    """Yield the files among paths, and the bundles in folders."""
    for path in paths:
        if is_folder(path):
            with told_in_words(path):
                found = [one for one in path.iterdir() if one.suffix == SUFFIX and not one.name.startswith(".")]
            yield from sorted(found)
        else:
            yield path


def read_bundle(path: Path, identity: str) -> Bundle:
    """Read one file. Raises FileProblem and what unpacking raises."""
    with told_in_words(path), path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    return unpack(content, identity)


def import_bundle(desk: Desk, bundle: Bundle, result: Imported) -> None:
    """Take one bundle in and count what came of it. Raises what `take_bundle` raises."""
    for _ in _bundle_in_steps(desk, bundle, result):
        pass


def _bundle_in_steps(desk: Desk, bundle: Bundle, result: Imported) -> Iterator[None]:
    """Take a bundle in by short transactions, each judged by all the rules, and yield between them.

    What all its changes need comes first, its receipts after them, and then those have their turn that waited for them.
    Broken off, it is like a stick that was cut short.
    """
    bare = replace(bundle.header, receipts=())
    control = bundle.control
    for done in range(0, len(bundle.changes) - _AT_ONCE, _AT_ONCE):
        part = bundle.changes[done : done + _AT_ONCE]
        _take(desk, replace(bundle, header=bare, control=control, changes=part), result)
        control = ()
        yield
    rest = len(bundle.changes) and (len(bundle.changes) - 1) // _AT_ONCE * _AT_ONCE
    taken = _take(desk, replace(bundle, control=control, changes=bundle.changes[rest:]), result)
    while taken.more:
        yield
        taken = _take(desk, replace(bundle, header=bare, control=(), changes=()), result)


def _take(desk: Desk, bundle: Bundle, result: Imported) -> ingest.TakenIn:
    own = desk.device.device_id, desk.device.epoch
    before = desk.device, desk.sign_key
    try:
        with desk.database.write() as unit:
            taken, elsewhere = take_bundle(unit, bundle, desk.operation.operation_id, own, desk.now_ms())
            if elsewhere:
                begin_epoch(unit, desk)
    except BaseException:
        desk.device, desk.sign_key = before  # the new epoch is undone with the transaction
        raise
    result.added += taken.added
    result.known += taken.known
    result.ahead += taken.ahead
    result.put_aside += len(taken.put_aside)
    result.new_epoch |= elsewhere
    return taken


def _require_certificate(unit: WriteUnit, bundle: Bundle, root_public: bytes) -> None:
    """Raise Problem (`certificate_expired`) for a bundle that was made after its maker's certificate ran out."""
    brought = (device_of(decode(one.envelope, one.body)) for one in bundle.control)
    records = [*unit.devices(), *(one for one in brought if one is not None)]
    header = bundle.header
    over = run_out(records, header.device, header.epoch, header.made_at_ms, root_public)
    if over is not None:
        raise Problem("certificate_expired", laptop=over.code)


def take_bundle(
    unit: WriteUnit, bundle: Bundle, operation: UUID, own: tuple[UUID, int], now_ms: int, root_public: bytes = b""
) -> tuple[ingest.TakenIn, bool]:
    """Take a bundle into an open transaction; tell also whether lines of our own log are elsewhere.

    Raises Problem (`bundle_other_operation`, `bundle_unknown_device`, `certificate_expired`), BundleDamaged.
    """
    header = bundle.header
    if header.operation != operation:
        raise Problem("bundle_other_operation")
    keys = ingest.trusted_keys(unit, bundle.control, root_public)
    maker = keys.get((header.device, header.epoch))
    if maker is None:
        raise Problem("bundle_unknown_device")
    if not bundle.is_signed_by(maker):
        raise BundleDamaged
    _require_certificate(unit, bundle, root_public or unit.root_public)
    taken = ingest.take_in(unit, (*bundle.control, *bundle.changes), now_ms, own, root_public, forget)
    elsewhere = taken.own_lines_elsewhere
    for written in header.receipts:
        receipt = read_receipt(written)
        if receipt is None or not receipt.is_signed_by(keys.get((receipt.device, receipt.epoch), b"")):
            continue
        elsewhere |= exchange_rows.take_receipt(unit, (receipt.device, receipt.epoch), receipt.level, receipt.held, own)
    return taken, elsewhere
