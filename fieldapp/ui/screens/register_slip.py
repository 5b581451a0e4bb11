"""The slip of the family registered last: issued once the record is durable, printed, printed again, saved to a file.

A printer that is gone costs paper, never a record; the same copy is printed until one has reached a printer.
"""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.services.slip_files import write_slip
from fieldapp.services.slips import issue_slip, slip_pdf
from fieldapp.ui.session import Session
from fieldapp.ui.slip_printing import print_slip


class LastSlip(QObject):
    """The slip of one family at a time."""

    made = Signal(bytes)
    """The slip was issued and drawn."""
    printed = Signal(bool)
    """The printer has it, or has it not."""
    failed = Signal(object)
    """The slip could not be made; the record is safe all the same."""
    filed = Signal(str)
    """The slip was written to this file."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._reached_paper = False
        self.group_id: UUID | None = None
        self.number = ""
        self.pdf = b""

    def begin(self, group_id: UUID, number: str) -> None:
        """Take over a family that was just registered; it has no slip yet."""
        self.group_id, self.number, self.pdf = group_id, number, b""
        self._reached_paper = False

    def print(self) -> None:
        """Print the slip: a new copy if one reached a printer already, else the one that did not."""
        if self.group_id is None:
            return
        if self.pdf and not self._reached_paper:
            self._send(self.pdf)
        else:
            self._make()

    def _make(self) -> None:
        desk, settings, group_id = self._session.desk, self._session.settings, self.group_id
        assert group_id is not None
        work = self._session.work
        work.change(
            lambda: issue_slip(desk, group_id, settings.slip_language, with_portrait=settings.portrait_on_slip),
            lambda issued: work.query(
                lambda: slip_pdf(issued, settings.slip_layout, desk.zone),
                lambda pdf: self._on_made(group_id, pdf),
                self._on_failed,
                owner=self,
            ),
            self._on_failed,
            owner=self,
            changes="slips",
        )

    def _on_made(self, group_id: UUID, pdf: bytes) -> None:
        if group_id != self.group_id:
            return  # the next family is there already
        self.pdf = pdf
        self.made.emit(pdf)
        self._send(pdf)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _send(self, pdf: bytes) -> None:
        print_slip(self._window, pdf, self._session.settings, self._on_printed)

    def _on_printed(self, is_printed: bool) -> None:
        self._reached_paper = self._reached_paper or is_printed
        self.printed.emit(is_printed)

    def choose_file(self) -> None:
        """Ask where, then write the slip there."""
        if not self.pdf:
            return
        words = self._session._("Save the slip as a file")
        chosen, _kind = QFileDialog.getSaveFileName(self._window, words, f"{self.number}.pdf", "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the slip to a file; `filed` says that it is there."""
        pdf = self.pdf
        self._session.work.query(lambda: write_slip(path, pdf), lambda _none: self.filed.emit(str(path)), owner=self)
