"""Printing the slips of everybody who is here once more, as after a flood: by place in the shelter, some at a time.

A few families are issued, drawn and printed, then the next few; so stopping, or a printer that fails, leaves every
family either with its next copy on paper or as it was, and the rest can be gone on with.
"""

from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog

from fieldapp import words
from fieldapp.domain.problems import NotFound, Problem
from fieldapp.services.reprint import families_with_slips, reprint_some
from fieldapp.services.slips import IssuedSlip, several_slips_pdf, slip_not_printed
from fieldapp.ui.screens.settings_reprint_file import SlipsToFile
from fieldapp.ui.session import Session
from fieldapp.ui.slip_printing import print_slip
from fieldapp.ui.widgets.progress_card import ProgressCard

_AT_ONCE = 12
"""Families printed together: whole sheets of the layouts that put four on one."""


class ReprintCard(ProgressCard):
    """A button that prints, one that saves a file, how far it is, and a button to stop."""

    def __init__(self, session: Session) -> None:
        _ = session._
        super().__init__(
            _("All slips again"),
            _("The next copy for every family that is here, sorted by place in the shelter, as after a flood."),
            _("Print all slips again"),
            "printer",
            _("Stop"),
            _("Slips made again"),
        )
        self._session = session
        self._waiting: list[UUID] = []
        self._whole = 0
        self._is_stopped = False
        self._filing: SlipsToFile | None = None
        self.button.clicked.connect(self.start)
        self.save_button = self.add_beginning(_("Save all as one PDF"), "save")
        self.save_button.clicked.connect(self._choose)
        self.stop_button.clicked.connect(self.stop)

    def _choose(self) -> None:
        session = self._session
        today = datetime.fromtimestamp(session.desk.now_ms() / 1000, session.zone)
        name = str(Path(session.settings.slips_folder) / f"slips-{session.desk.device.code}-{today:%Y-%m-%d-%H%M}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, self.save_button.text(), name, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Issue the next copy of every slip and write them into one file, the folder of which is kept for next time."""
        if str(path.parent) != self._session.settings.slips_folder:
            self._session.save_settings(slips_folder=str(path.parent))
        self.show_running(running=True)
        self.say("")
        self._filing = SlipsToFile(self, self._session, path)
        self._filing.begin()

    def start(self) -> None:
        """Begin, or go on with those who are left of what was stopped."""
        self._is_stopped = False
        self.show_running(running=True)
        if self._waiting:
            self._next()
            return
        desk = self._session.desk
        self._session.work.change(
            lambda: families_with_slips(desk), self._on_families, self._on_failed, changes="", owner=self
        )

    def stop(self) -> None:
        """Stop after the families whose slips are at the printer."""
        if self._filing is not None and self._filing.is_running:
            self._filing.stop()
            return
        self._is_stopped = True
        self.stop_button.setEnabled(False)
        self.say(self._session._("Stopping after the slips that are at the printer."))

    def _on_families(self, families: tuple[UUID, ...]) -> None:
        self._waiting, self._whole = list(families), len(families)
        self._next()

    def _next(self) -> None:
        done = self._whole - len(self._waiting)
        self.show_progress(done, self._whole)
        _ = self._session._
        numbers = {"done": self._session.language.number(done), "whole": self._session.language.number(self._whole)}
        if not self._waiting:
            self._end()
            self.say(_("All slips are printed: {whole}.", **numbers), "ok")
            return
        if self._is_stopped:
            self._end()
            self.say(_("Stopped: {done} of {whole} are printed. Going on prints the others.", **numbers), "warn")
            return
        self.say(_("{done} of {whole} are printed.", **numbers))
        batch = self._waiting[:_AT_ONCE]
        desk, settings = self._session.desk, self._session.settings
        self._session.work.change(
            lambda: reprint_some(desk, batch, settings.slip_language, with_portrait=settings.portrait_on_slip),
            self._draw,
            self._on_failed,
            changes="slips",
            urgent=False,
            owner=self,
        )

    def _draw(self, slips: list[IssuedSlip]) -> None:
        layout, zone = self._session.settings.slip_layout, self._session.desk.zone
        self._session.work.query(
            lambda: several_slips_pdf(slips, layout, zone),
            lambda pdf: print_slip(self, pdf, self._session, partial(self._on_printed, slips), self._on_waiting),
            partial(self._on_not_drawn, slips),
            owner=self,
        )

    def _on_printed(self, slips: list[IssuedSlip], problem: Problem | None) -> None:
        if problem is None:
            del self._waiting[: len(slips)]
            self._next()
            return
        self._take_back(slips, problem.code)
        self._on_failed(problem)

    def _on_not_drawn(self, slips: list[IssuedSlip], error: Exception) -> None:
        self._take_back(slips, "problem")
        self._on_failed(error)

    def _take_back(self, slips: list[IssuedSlip], reason: str) -> None:
        desk = self._session.desk

        def work() -> None:
            for slip in slips:
                slip_not_printed(desk, slip.content.group_id, slip.content.slip_id, reason)

        self._session.work.change(work, changes="slips", owner=self)

    def _on_waiting(self, code: str) -> None:
        if code:
            settings = self._session.settings
            printer = settings.printer_of(settings.slip_layout)
            self.say(words.say(self._session.language, code, printer=printer), "warn")

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, NotFound):
            self.say(self._session._("No family that is here holds a valid slip."), "warn")
            return
        code, values = (error.code, error.values) if isinstance(error, Problem) else ("problem", {})
        done = self._session._(
            "{done} of {whole} are printed. Going on prints the others.",
            done=self._session.language.number(self._whole - len(self._waiting)),
            whole=self._session.language.number(self._whole),
        )
        self.say(f"{words.say(self._session.language, code, **values)} {done}", "danger")

    def _end(self) -> None:
        self.show_running(running=False)
        _ = self._session._
        self.button.setText(_("Go on printing") if self._waiting else _("Print all slips again"))
