"""Taking in bundles by short jobs, many for a large file, so that a save goes between two of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fieldapp.domain.problems import Problem
from fieldapp.services.bundles import Imported, import_in_steps
from fieldapp.services.erasures import clear_files
from fieldapp.services.exports import Cleared
from fieldapp.ui.session import Session


class TakingIn(QObject):
    """Emits `progressed` with how many of how many files, then `finished` with an Imported and the error that ended it.

    What was taken in before an error or a stop stays. Files of this laptop that an erasure takes along are deleted
    last, for they may be among those that are read.
    """

    progressed = Signal(int, int)
    finished = Signal(object, object)

    def __init__(self, session: Session, files: Sequence[Path], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._files = session, list(files)
        self._whole, self._is_stopped = len(self._files), False
        self._steps: Iterator[Imported] = iter(())
        self._part = Imported()
        self.result = Imported()

    def start(self) -> None:
        """Begin with the first file."""
        self._next()

    def stop(self) -> None:
        """End after the file that is being read."""
        self._is_stopped = True

    def _next(self) -> None:
        if self._is_stopped and self._files:
            self._end(Problem("stopped_halfway"))
            return
        if not self._files:
            self._end(None)
            return
        self._steps, self._part = import_in_steps(self._session.desk, self._files.pop(0)), Imported()
        self._step()

    def _step(self) -> None:
        steps = self._steps
        self._session.work.change(lambda: next(steps, None), self._on_step, self._on_failed, changes="", urgent=False)

    def _on_step(self, part: Imported | None) -> None:
        if part is not None:
            self._part = part
            self._step()
            return
        self.result.join(self._part)
        self.progressed.emit(self._whole - len(self._files), self._whole)
        self._next()

    def _on_failed(self, error: Exception) -> None:
        self.result.join(self._part)
        self._end(error)  # a stick that was pulled, a full disk: the other files would fail alike

    def _end(self, error: Exception | None) -> None:
        desk = self._session.desk

        def cleared(done: Cleared) -> None:
            self.result.cleared = done
            self._tell(error)

        self._session.work.change(
            lambda: clear_files(desk), cleared, lambda failed: self._tell(error or failed), changes="", owner=self
        )

    def _tell(self, error: Exception | None) -> None:
        if self.result.added or self.result.ahead:
            for kind in ("groups", "people", "staff"):
                self._session.work.changed.emit(kind)
        self.finished.emit(self.result, error)
