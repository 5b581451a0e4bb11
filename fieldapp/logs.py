"""The program's own log beside the register: what failed and where, never whom it was about.

Errors are written as their type and the lines of the program they passed, without their messages: a message may hold
what was typed. The file is small, rotates, and is its owner's alone; nothing goes to the terminal.
"""

import logging
import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

FILE_NAME = "fieldapp.log"
_LARGEST = 256 * 1024
_KEPT = 2


class PlaceOnly(logging.Formatter):
    """Formats an error as its type and where it passed through; messages of errors are left out."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what another handler made of the error is not used."""
        made_by_another, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = made_by_another

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name of the standard library
        """Return one line an error, the cause last, with the file, line and function of each step."""
        error = ei[1] if isinstance(ei, tuple) else None
        lines = []
        while isinstance(error, BaseException):
            steps = traceback.extract_tb(error.__traceback__)
            way = " < ".join(f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in reversed(steps))
            lines.append(f"  {type(error).__name__} at {way}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class FolderLog(logging.Handler):
    """Writes into a data folder once there is one; before the set-up there is nowhere to write to."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setFormatter(PlaceOnly())
        self._folder = folder
        self._file: RotatingFileHandler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; a log that cannot be written must not stop the work."""
        if not self._folder.is_dir():
            return
        if self._file is None:
            self._file = _rotating(self._folder / FILE_NAME)
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()


def _rotating(path: Path) -> "RotatingFileHandler":
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - loads sockets; most starts log nothing

    class Private(RotatingFileHandler):
        def _open(self):  # type: ignore[no-untyped-def]
            descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            return os.fdopen(descriptor, "a", encoding="utf-8")

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of the standard library
            """Stay quiet: the disk may be full, and a traceback on the terminal would show what was logged."""

    return Private(path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True)


def start(folder: Path) -> None:
    """Log into a data folder from now on, in place of any folder before."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, FolderLog)]:
        root.removeHandler(handler)
        handler.close()
    root.addHandler(FolderLog(folder))
    root.setLevel(logging.INFO)
