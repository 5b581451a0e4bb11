"""Back up: one encrypted file that outlives the laptop and its disk, read back before it counts."""

import io
import os
import secrets
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.services import exports
from fieldapp.services.desk import Desk
from fieldapp.services.opening import keys_of, open_register
from fieldapp.storage import counts
from fieldapp.storage.database import FILE_NAME
from fieldapp.trust import access_file
from fieldapp.trust.safe_files import sync_folder, told_in_words

BACKUP_VERSION = b"fieldapp backup 1\n"
_NAMES = ("version", access_file.FILE_NAME, FILE_NAME)
_STEPS = 4
LEFTOVER = ".backup-"
"""How names begin of what a back-up keeps in the data folder while it is made, encrypted as the register is."""

Progress = Callable[[int, int], None]
"""Called with how many of how many steps are done."""


@dataclass(frozen=True, slots=True)
class BackupDone:
    """A back-up that was read back: where, how many changes are in it, and its size."""

    path: Path
    changes: int
    bytes: int


def back_up(
    desk: Desk, target: Path, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False
) -> BackupDone:
    """Write a verified back-up to a new file: the encrypted register and the file that opens it, nothing in clear.

    Raises Problem (`backup_exists`, `backup_cancelled`, `backup_unverified`) and what the disk refuses; then no file
    is left.
    """
    if target.exists():
        raise Problem("backup_exists", path=str(target))
    step = _stepper(progress, cancelled)
    temporary = target.with_name(f".{target.name}.new")
    copy = desk.folder / f"{LEFTOVER}{secrets.token_hex(4)}.db"
    try:
        desk.database.copy_to(copy)
        step(1)
        access = (desk.folder / access_file.FILE_NAME).read_bytes()
        with (
            told_in_words(target),
            os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        ):
            with tarfile.open(fileobj=file, mode="w") as archive:
                _add(archive, "version", io.BytesIO(BACKUP_VERSION), len(BACKUP_VERSION))
                _add(archive, access_file.FILE_NAME, io.BytesIO(access), len(access))
                with copy.open("rb") as register:
                    _add(archive, FILE_NAME, register, copy.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        step(2)
        changes, held = _verified(temporary, desk)
        step(3)
        with told_in_words(target):
            os.replace(temporary, target)
            sync_folder(target.parent)
    finally:
        copy.unlink(missing_ok=True)
        temporary.unlink(missing_ok=True)
    with desk.database.write() as unit:
        payload = {"changes": changes, "held": [[epoch, seq] for epoch, seq in sorted(held.items())]}
        unit.record(desk.author, [ChangeDraft(Kind.BACKUP_MADE, desk.device.device_id, payload)])
        exports.remember(unit, exports.BACKUP, [target], desk.now_ms())
    step(_STEPS)
    return BackupDone(target, changes, target.stat().st_size)


def _stepper(progress: Progress | None, cancelled: Callable[[], bool]) -> Callable[[int], None]:
    def step(done: int) -> None:
        if done < _STEPS and cancelled():
            raise Problem("backup_cancelled")
        if progress:
            progress(done, _STEPS)

    return step


def _add(archive: tarfile.TarFile, name: str, content: io.IOBase, size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, content)


def _verified(archive: Path, desk: Desk) -> tuple[int, dict[int, int]]:
    """Open the register in the archive with its key and compare its last change with ours.

    Returns how many changes it has, and how far it holds each epoch of this laptop.
    """
    with desk.database.read() as unit:
        ours = unit.last_change()
    with tempfile.TemporaryDirectory(dir=desk.folder, prefix=LEFTOVER) as folder:
        unpack(archive, Path(folder))
        try:
            database, _ = open_register(Path(folder), access_file.load(Path(folder)), keys_of(desk).keys.identity)
        except Problem as error:
            raise Problem("backup_unverified") from error
        try:
            with database.read() as unit:
                theirs, changes = unit.last_change(), counts.change_count(unit)
                ends = counts.vector(unit)
        finally:
            database.close()
    if ours is None or theirs is None or theirs.order > ours.order:
        raise Problem("backup_unverified")
    return changes, {epoch: seq for (device, epoch), seq in ends.items() if device == desk.device.device_id}


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a back-up's three files. Raises EnvironmentProblem (`not_a_backup`, `backup_damaged`, `backup_too_new`)."""
    path = str(archive)
    with told_in_words(archive):
        try:
            with tarfile.open(archive, "r:") as packed:
                members = {entry.name: entry for entry in packed.getmembers() if entry.isfile()}
                version = packed.extractfile(members["version"]) if "version" in members else None
                if version is None:
                    raise EnvironmentProblem("not_a_backup", path=path)
                said = version.read(64)
                if said != BACKUP_VERSION:
                    newer = said.startswith(b"fieldapp backup ")
                    raise EnvironmentProblem("backup_too_new" if newer else "not_a_backup", path=path)
                if not set(_NAMES) <= set(members):
                    raise EnvironmentProblem("backup_damaged", path=path)
                for name in _NAMES[1:]:
                    source = packed.extractfile(members[name])
                    assert source is not None
                    _write(folder / name, source, members[name].size, path)
        except tarfile.ReadError as error:
            with archive.open("rb") as file:
                began = file.read(600).startswith(b"version")
            raise EnvironmentProblem("backup_damaged" if began else "not_a_backup", path=path) from error


def _write(target: Path, source: object, size: int, path: str) -> None:
    written = 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := source.read(1 << 20):  # type: ignore[attr-defined]
            written += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if written != size:
        raise EnvironmentProblem("backup_damaged", path=path)


def sweep(folder: Path) -> None:
    """Remove what a back-up that was killed left in a data folder; the caller holds the folder's lock."""
    for path in folder.glob(f"{LEFTOVER}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
