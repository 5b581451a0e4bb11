"""Printing a family's slip from the list and from its page: issue the next copy, then paper or a file.

The copy is in the log before it is on paper, so that a printed slip always has its record.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp import words
from fieldapp.domain.problems import Problem
from fieldapp.services.slip_files import save_slips
from fieldapp.services.slips import IssuedSlip, issue_slip, reissue_slip, slip_not_printed, slip_of_record, slip_pdf
from fieldapp.ui.places import Shell
from fieldapp.ui.session import Session
from fieldapp.ui.slip_printing import print_slip


class SlipPrinter(QObject):
    """Issues and prints slips for the widget it belongs to. `issued` carries the PDF of each copy.

    A copy that did not reach paper is said in the log and not counted.
    """

    issued = Signal(bytes)

    def __init__(self, session: Session, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._shell, self._widget = session, shell, parent
        self._busy = False

    def print_slip(self, group_id: UUID) -> None:
        """Issue a family's slip, or the next copy of it, and hand it to the printer."""
        self._issue(group_id, self._print)

    def reissue_slip(self, group_id: UUID, reason: str) -> None:
        """Void a family's slip for a reason, and issue and print a new one."""
        desk, settings = self._session.desk, self._session.settings
        spoken, portrait = settings.slip_language, settings.portrait_on_slip
        self._issue(group_id, self._print, lambda: reissue_slip(desk, group_id, spoken, reason, with_portrait=portrait))

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

    def _issue(
        self,
        group_id: UUID,
        then: Callable[[UUID, UUID, bytes], object],
        issue: Callable[[], IssuedSlip] | None = None,
    ) -> None:
        if self._busy:
            # Holding Ctrl+P down must not use up a pile of paper.
            return
        self._busy = True
        desk, settings = self._session.desk, self._session.settings

        def work() -> tuple[UUID, bytes]:
            with_portrait = settings.portrait_on_slip
            issued = (
                issue() if issue else issue_slip(desk, group_id, settings.slip_language, with_portrait=with_portrait)
            )
            return issued.content.slip_id, slip_pdf(issued, settings.slip_layout, desk.zone)

        def done(made: tuple[UUID, bytes]) -> None:
            slip_id, pdf = made
            self._busy = False
            self.issued.emit(pdf)
            then(group_id, slip_id, pdf)

        self._session.work.change(work, done, self._on_failed, changes="slips", owner=self)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._shell.show_problem(error)

    def _print(self, group_id: UUID, slip_id: UUID, pdf: bytes) -> None:
        self._shell.show_banner("info", self._session._("The slip is on its way to the printer."))
        print_slip(self._widget, pdf, self._session, partial(self._on_printed, group_id, slip_id), self._on_waiting)

    def _on_waiting(self, code: str) -> None:
        session = self._session
        text = session._("The slip is on its way to the printer.")
        if code:
            printer = session.settings.printer_of(session.settings.slip_layout)
            why = words.say(session.language, code, printer=printer)
            text = f"{why} {session._('The slip prints as soon as that is mended.')}"
        self._shell.show_banner("warn" if code else "info", text)

    def _on_printed(self, group_id: UUID, slip_id: UUID, problem: Problem | None) -> None:
        _ = self._session._
        if problem is None:
            self._shell.show_banner("ok", _("The slip is printed."))
            return
        desk, code = self._session.desk, problem.code
        self._session.work.change(lambda: slip_not_printed(desk, group_id, slip_id, code), changes="slips", owner=self)
        why = words.say(self._session.language, code, **problem.values)
        text = _("The slip was not printed and does not count. Print it again with Ctrl+P, or save it as a file.")
        self._shell.show_banner(
            "warn", f"{why} {text}", _("Save as a file"), partial(self.choose_file, group_id, "slip")
        )

    def _write(self, path: Path, group_id: UUID, _slip_id: UUID, pdf: bytes) -> None:
        def done(_done: None) -> None:
            self._shell.show_banner("ok", self._session._("The slip is saved: {path}", path=str(path)))

        saving = partial(save_slips, self._session.desk, [group_id], path, pdf)
        self._session.work.query(saving, done, self._shell.show_problem, owner=self)
