"""What is said after a save about the slip: made, printed, not printed, saved as a file."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject

from fieldapp import words
from fieldapp.domain.problems import Problem
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.register_done import DoneCard
from fieldapp.ui.screens.register_side import SlipSide
from fieldapp.ui.screens.register_slip import LastSlip
from fieldapp.ui.session import Session


class SlipWords(QObject):
    """Shows on the card and in the banner what became of the last slip."""

    def __init__(self, session: Session, shell: Shell, slip: LastSlip, done: DoneCard, side: SlipSide) -> None:
        super().__init__(slip)
        self._session, self._shell, self._slip = session, shell, slip
        self._done, self._side = done, side
        self._has_warned = False
        slip.made.connect(self._on_made)
        slip.printed.connect(self._on_printed)
        slip.waits.connect(self._on_waiting)
        slip.lost.connect(self._on_lost)
        slip.made_good.connect(self._on_made_good)
        slip.failed.connect(self._on_failed)
        slip.filed.connect(self._on_filed)

    def _on_made(self, pdf: bytes) -> None:
        self._side.show_issued(pdf)
        self._done.show_paper(self._session._("The slip is on its way to the printer."), has_slip=True)

    def _on_printed(self, problem: Problem | None) -> None:
        _ = self._session._
        if problem is None:
            self._done.show_paper(_("The slip is printed."), has_slip=True, printed=True)
            if self._has_warned:
                self._has_warned = False
                self._shell.clear_banner()
            return
        self._has_warned = True
        self._done.show_paper(_("No slip was printed yet. The record is safe on this laptop."), has_slip=True)
        text = _("The record is saved. No slip was printed; print it again with Ctrl+P, or save it as a file.")
        self._shell.show_banner(
            "warn", f"{self._why(problem)} {text}", _("Save the slip as a file"), self._slip.choose_file
        )

    def _on_waiting(self, code: str) -> None:
        _ = self._session._
        on_its_way = _("The slip is on its way to the printer.")
        if not code:
            self._done.show_paper(on_its_way, has_slip=True)
            return
        waits = _("The slip prints as soon as that is mended.")
        self._done.show_paper(
            f"{words.say(self._session.language, code, printer=self._printer())} {waits}", has_slip=True
        )

    def _on_lost(self, group_id: UUID, number: str, problem: Problem) -> None:
        _ = self._session._
        text = _("The slip of {number} was not printed.", number=number)
        again = partial(self._slip.print_for, group_id, number)
        self._shell.show_banner("warn", f"{text} {self._why(problem)}", _("Print it again"), again)

    def _on_made_good(self, number: str) -> None:
        self._shell.show_banner("ok", self._session._("The slip of {number} is printed.", number=number))

    def _printer(self) -> str:
        settings = self._session.settings
        return settings.printer_of(settings.slip_layout)

    def _why(self, problem: Problem) -> str:
        return words.say(self._session.language, problem.code, **problem.values)

    def _on_failed(self, error: Exception) -> None:
        _ = self._session._
        self._done.show_paper(_("No slip was printed yet. The record is safe on this laptop."), has_slip=False)
        self._shell.show_problem(error)

    def _on_filed(self, path: str) -> None:
        self._shell.show_banner("ok", self._session._("The slip was saved as {path}.", path=path))
