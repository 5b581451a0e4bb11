"""Printing a family's slip from the list and from its page: issue the next copy, then paper or a file.

The copy is in the log before it is on paper, so that a printed slip always has its record.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.services.slip_files import write_slip
from fieldapp.services.slips import issue_slip, slip_of_record, slip_pdf
from fieldapp.ui.places import Shell
from fieldapp.ui.session import Session
from fieldapp.ui.slip_printing import print_slip


class SlipPrinter(QObject):
    """Issues and prints slips for the widget it belongs to. `issued` carries the PDF of each copy."""

    issued = Signal(bytes)

    def __init__(self, session: Session, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._shell, self._widget = session, shell, parent
        self._busy = False

    def print_slip(self, group_id: UUID) -> None:
        """Issue a family's slip, or the next copy of it, and hand it to the printer."""
        self._issue(group_id, self._print)

    def choose_file(self, group_id: UUID, number: str) -> None:
        """Ask where the slip goes, then issue it and write it there."""
        _ = self._session._
        chosen, _kind = QFileDialog.getSaveFileName(
            self._widget, _("Save the slip as a file"), f"{number}.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.save_slip_to(group_id, Path(chosen))

    def save_slip_to(self, group_id: UUID, path: Path) -> None:
        """Issue a family's slip, or the next copy of it, and write it to a file."""
        self._issue(group_id, partial(self._write, path))

    def preview(self, group_id: UUID, shown: Callable[[bytes], None]) -> None:
        """Draw a family's slip for looking at, without issuing it: it has no code yet."""
        desk, settings = self._session.desk, self._session.settings

        def work() -> bytes:
            slip = slip_of_record(desk, group_id, settings.slip_language, with_portrait=settings.portrait_on_slip)
            return slip_pdf(slip, "a6", desk.zone)

        self._session.work.query(work, shown, owner=self)

    def _issue(self, group_id: UUID, then: Callable[[bytes], None]) -> None:
        if self._busy:
            # Holding Ctrl+P down must not use up a pile of paper.
            return
        self._busy = True
        desk, settings = self._session.desk, self._session.settings

        def work() -> bytes:
            slip = issue_slip(desk, group_id, settings.slip_language, with_portrait=settings.portrait_on_slip)
            return slip_pdf(slip, settings.slip_layout, desk.zone)

        def done(pdf: bytes) -> None:
            self._busy = False
            self.issued.emit(pdf)
            then(pdf)

        self._session.work.change(work, done, self._on_failed, changes="slips", owner=self)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._shell.show_problem(error)

    def _print(self, pdf: bytes) -> None:
        print_slip(self._widget, pdf, self._session.settings, partial(self._on_printed, pdf))

    def _on_printed(self, pdf: bytes, is_printed: bool) -> None:  # noqa: FBT001 - the signature is the printing's
        _ = self._session._
        if is_printed:
            self._shell.show_banner("ok", _("The slip was handed to the printer."))
            return
        text = _("The slip was not printed: there is no printer, or it was not chosen. It can be saved as a file.")
        self._shell.show_banner("warn", text, _("Save as a file"), partial(self._choose_for, pdf))

    def _choose_for(self, pdf: bytes) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self._widget, self._session._("Save the slip as a file"), "slip.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self._write(Path(chosen), pdf)

    def _write(self, path: Path, pdf: bytes) -> None:
        def done(_done: None) -> None:
            self._shell.show_banner("ok", self._session._("The slip is saved: {path}", path=str(path)))

        self._session.work.query(partial(write_slip, path, pdf), done, self._shell.show_problem, owner=self)
