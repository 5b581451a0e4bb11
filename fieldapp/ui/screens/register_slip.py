"""The slip of the family registered last: issued once the record is durable, printed, printed again, saved to a file.

A printer that is gone costs paper, never a record; a copy that did not reach paper is said in the log and not counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.domain.problems import Problem
from fieldapp.services.slip_files import save_slips
from fieldapp.services.slips import IssuedSlip, issue_slip, slip_not_printed, slip_pdf
from fieldapp.ui.session import Session
from fieldapp.ui.slip_printing import print_slip


@dataclass(frozen=True, slots=True)
class MadeSlip:
    """A slip that was issued and drawn for a family, on its way to paper."""

    group_id: UUID
    slip_id: UUID
    number: str
    pdf: bytes


class LastSlip(QObject):
    """The slip of one family at a time."""

    made = Signal(bytes)
    """The slip was issued and drawn."""
    printed = Signal(object)
    """None: it is on paper. Else the problem why it is not; that copy counts as never made."""
    waits = Signal(str)
    """The code of what the printer waits for, an empty text when it goes on."""
    lost = Signal(object, str, object)
    """Of a family before the last: its id, its number, and why its slip did not get onto paper."""
    made_good = Signal(str)
    """The slip of such a family is on paper after all: its number."""
    failed = Signal(object)
    """The slip could not be made; the record is safe all the same."""
    filed = Signal(str)
    """The slip was written to this file."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._is_on_its_way = False
        self._is_unprinted = False
        self._lost: set[UUID] = set()
        self.group_id: UUID | None = None
        self.number = ""
        self.pdf = b""

    def begin(self, group_id: UUID, number: str) -> None:
        """Take over a family that was just registered; it has no slip yet."""
        self.group_id, self.number, self.pdf = group_id, number, b""
        self._is_on_its_way = self._is_unprinted = False

    def print(self) -> None:
        """Issue the slip, or its next copy, and print it; not while one is on its way to the printer."""
        if self.group_id is not None and not self._is_on_its_way:
            self._make(self.group_id, self.number, self._send)

    def print_for(self, group_id: UUID, number: str) -> None:
        """Print the slip of a family before the last again."""
        self._lost.add(group_id)
        self._make(group_id, number, self._send)

    def _make(self, group_id: UUID, number: str, then: Callable[[MadeSlip], object]) -> None:
        desk, settings = self._session.desk, self._session.settings
        self._is_on_its_way = self._is_on_its_way or group_id == self.group_id
        work = self._session.work

        def draw(issued: IssuedSlip) -> None:
            def drawn(pdf: bytes) -> None:
                if group_id == self.group_id:
                    self.pdf, self._is_unprinted = pdf, False
                    self.made.emit(pdf)
                then(MadeSlip(group_id, issued.content.slip_id, number, pdf))

            work.query(lambda: slip_pdf(issued, settings.slip_layout, desk.zone), drawn, self._on_failed, owner=self)

        work.change(
            lambda: issue_slip(desk, group_id, settings.slip_language, with_portrait=settings.portrait_on_slip),
            draw,
            self._on_failed,
            owner=self,
            changes="slips",
        )

    def _on_failed(self, error: Exception) -> None:
        self._is_on_its_way = False
        self.failed.emit(error)

    def _send(self, slip: MadeSlip) -> None:
        print_slip(self._window, slip.pdf, self._session, partial(self._on_printed, slip), self.waits.emit)

    def _on_printed(self, slip: MadeSlip, problem: Problem | None) -> None:
        if problem is not None:
            desk, code = self._session.desk, problem.code
            self._session.work.change(
                lambda: slip_not_printed(desk, slip.group_id, slip.slip_id, code), changes="slips", owner=self
            )
        if slip.group_id == self.group_id:
            self._is_on_its_way, self._is_unprinted = False, problem is not None
            self.printed.emit(problem)
        elif problem is not None:
            self.lost.emit(slip.group_id, slip.number, problem)
        elif slip.group_id in self._lost:
            self._lost.remove(slip.group_id)
            self.made_good.emit(slip.number)

    def choose_file(self) -> None:
        """Ask where, then write the slip there."""
        if not self.pdf:
            return
        words = self._session._("Save the slip as a file")
        chosen, _kind = QFileDialog.getSaveFileName(self._window, words, f"{self.number}.pdf", "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the slip to a file; `filed` says that it is there. One that was not printed is issued for the file."""
        if self._is_unprinted and self.group_id is not None:
            self._make(self.group_id, self.number, lambda slip: self._write(path, slip.group_id, slip.pdf))
        elif self.group_id is not None:
            self._write(path, self.group_id, self.pdf)

    def _write(self, path: Path, group_id: UUID, pdf: bytes) -> None:
        self._is_on_its_way = False
        saving = partial(save_slips, self._session.desk, [group_id], path, pdf)
        self._session.work.query(saving, lambda _none: self.filed.emit(str(path)), owner=self)
