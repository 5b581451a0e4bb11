"""One process per data folder, by a lock of the operating system that dies with the process."""

import os
from pathlib import Path
from typing import IO

from fieldapp.storage.errors import FolderInUse, FolderReadOnly

if os.name == "nt":  # pragma: no cover - only on Windows
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


FILE_NAME = ".lock"


class FolderLock:
    """The lock of one data folder, held until released or until the process ends."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @classmethod
    def take(cls, folder: Path) -> "FolderLock":
        """Take the lock. Raises FolderInUse if another program has it, FolderReadOnly if none can be made."""
        try:
            descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise FolderReadOnly(folder=str(folder)) from error
        file = os.fdopen(descriptor, "r+b")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise FolderInUse(folder=str(folder)) from error
        return cls(file)

    def release(self) -> None:
        """Give the lock back; doing so twice does no harm."""
        self._file.close()
