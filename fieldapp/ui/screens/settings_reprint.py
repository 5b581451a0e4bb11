"""Printing the slips of everybody who is here once more, as after a flood: by place in the shelter, some at a time.

A few families are issued, drawn and printed, then the next few; so stopping, or a printer that fails, leaves every
family either with its next copy on paper or as it was, and the rest can be gone on with.
"""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton

from fieldapp import words
from fieldapp.domain.problems import NotFound, Problem
from fieldapp.services.reprint import families_with_slips, reprint_some
from fieldapp.services.slips import IssuedSlip, several_slips_pdf, slip_not_printed
from fieldapp.ui import theme
from fieldapp.ui.session import Session
from fieldapp.ui.slip_printing import print_slip
from fieldapp.ui.widgets.card import Card

_AT_ONCE = 12
"""Families printed together: whole sheets of the layouts that put four on one."""


class ReprintCard(Card):
    """A button, how far it is, and a button to stop."""

    def __init__(self, session: Session) -> None:
        _ = session._
        super().__init__(
            _("All slips again"),
            _("The next copy for every family that is here, sorted by place in the shelter, as after a flood."),
        )
        self._session = session
        self._waiting: list[UUID] = []
        self._whole = 0
        self._is_stopped = False
        self.button = QPushButton(_("Print all slips again"))
        theme.set_icon(self.button, "printer")
        self.button.clicked.connect(self.start)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Slips printed again"))
        self.stop_button = QPushButton(_("Stop"))
        self.stop_button.clicked.connect(self.stop)
        self.words = QLabel()
        self.words.setProperty("kind", "hint")
        self.words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.button)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        row.addStretch()
        self.column.addLayout(row)
        self.column.addWidget(self.words)
        self.words.hide()
        self._show_running(running=False)

    @property
    def is_running(self) -> bool:
        """Whether slips are on their way."""
        return self.stop_button.isVisibleTo(self)

    def start(self) -> None:
        """Begin, or go on with those who are left of what was stopped."""
        self._is_stopped = False
        self._show_running(running=True)
        if self._waiting:
            self._next()
            return
        desk = self._session.desk
        self._session.work.change(
            lambda: families_with_slips(desk), self._on_families, self._on_failed, changes="", owner=self
        )

    def stop(self) -> None:
        """Stop after the families whose slips are at the printer."""
        self._is_stopped = True
        self.stop_button.setEnabled(False)
        self._say(self._session._("Stopping after the slips that are at the printer."))

    def _on_families(self, families: tuple[UUID, ...]) -> None:
        self._waiting, self._whole = list(families), len(families)
        self._next()

    def _next(self) -> None:
        done = self._whole - len(self._waiting)
        self.bar.setRange(0, self._whole)
        self.bar.setValue(done)
        _ = self._session._
        numbers = {"done": self._session.language.number(done), "whole": self._session.language.number(self._whole)}
        if not self._waiting:
            self._end()
            self._say(_("All slips are printed: {whole}.", **numbers), "ok")
            return
        if self._is_stopped:
            self._end()
            self._say(_("Stopped: {done} of {whole} are printed. Going on prints the others.", **numbers), "warn")
            return
        self._say(_("{done} of {whole} are printed.", **numbers))
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
            self._say(words.say(self._session.language, code, printer=printer), "warn")

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, NotFound):
            self._say(self._session._("No family that is here holds a valid slip."), "warn")
            return
        code, values = (error.code, error.values) if isinstance(error, Problem) else ("problem", {})
        done = self._session._(
            "{done} of {whole} are printed. Going on prints the others.",
            done=self._session.language.number(self._whole - len(self._waiting)),
            whole=self._session.language.number(self._whole),
        )
        self._say(f"{words.say(self._session.language, code, **values)} {done}", "danger")

    def _end(self) -> None:
        self._show_running(running=False)
        _ = self._session._
        self.button.setText(_("Go on printing") if self._waiting else _("Print all slips again"))

    def _show_running(self, *, running: bool) -> None:
        self.button.setVisible(not running)
        self.bar.setVisible(running)
        self.stop_button.setVisible(running)
        self.stop_button.setEnabled(running)

    def _say(self, text: str, state: str = "") -> None:
        self.words.setText(text)
        theme.set_property(self.words, "state", state)
        self.words.show()
