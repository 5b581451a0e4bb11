"""Small secret files: written whole or not at all, readable by their owner only, read back before they count."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from fieldapp.domain.problems import EnvironmentProblem

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_CODES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "folder_read_only",
    errno.EACCES: "folder_read_only",
    errno.EPERM: "folder_read_only",
    errno.ENOTDIR: "not_a_folder",
    errno.EEXIST: "not_a_folder",
    errno.EISDIR: "not_a_file",
    errno.ENOENT: "path_missing",
    errno.ENODEV: "path_missing",
    errno.ENXIO: "path_missing",
    errno.ENOTCONN: "path_missing",  # what is left of a disk in user space that was pulled
}
_UNKNOWN_THERE = {errno.EPERM, errno.EACCES, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}
"""What file systems answer that know no owners, or no folders to be made durable: those of sticks, and of servers."""


class FileProblem(EnvironmentProblem):
    """A file or folder could not be written or read; `values["path"]` names it."""

    code = "file_failed"


@contextmanager
def told_in_words(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses inside the block into a FileProblem about this path."""
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "file_failed")
        raise FileProblem(code, path=str(path), reason=os.strerror(error.errno or errno.EIO)) from error


@contextmanager
def _where_it_is_known() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _UNKNOWN_THERE:
            raise


def is_folder(path: Path) -> bool:
    """Tell whether a folder is there now; a disk that was pulled or is broken has none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def make_private_folder(folder: Path) -> None:
    """Make a folder, or make an existing one, that only its owner can open. Raises FileProblem."""
    with told_in_words(folder):
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        folder.chmod(PRIVATE_FOLDER)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, make it durable, rename it into place and read it back.

    Raises FileProblem; then the old file, if there was one, is still whole.
    """
    with told_in_words(path):
        with writing_whole(path) as file:
            file.write(content)
        if path.read_bytes() != content:
            raise OSError(errno.EIO, "the file reads back differently")


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """Yield a file under a temporary name that takes its place when the block ends, durable; else nothing is left.

    Raises FileProblem where the file cannot be made or put in place, and what the block raises.
    """
    temporary = path.with_name(f".{path.name}.new")
    try:
        with told_in_words(path):
            opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
        with os.fdopen(opened, "wb") as file:
            yield file
            with told_in_words(path):
                file.flush()
                os.fsync(file.fileno())
        with told_in_words(path):
            with _where_it_is_known():
                temporary.chmod(PRIVATE_FILE)
            os.replace(temporary, path)
    finally:
        with suppress(OSError):  # on a disk that is gone
            temporary.unlink(missing_ok=True)
    with told_in_words(path):
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames inside a folder durable, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with _where_it_is_known():
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
