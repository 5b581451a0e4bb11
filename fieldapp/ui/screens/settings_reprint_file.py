"""The slips of everybody who is here once more, in one PDF: issued some at a time, drawn and written at the end.

Where it is stopped or fails, no copy that was issued for the file counts.
"""

from pathlib import Path
from uuid import UUID

from fieldapp import words
from fieldapp.domain.problems import NotFound, Problem
from fieldapp.services.reprint import families_with_slips, reprint_some
from fieldapp.services.slip_files import save_slips
from fieldapp.services.slips import IssuedSlip, several_slips_pdf, slip_not_printed
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.progress_card import ProgressCard

_AT_ONCE = 12


class SlipsToFile:
    """One file that is being made, shown on a card."""

    def __init__(self, card: ProgressCard, session: Session, path: Path) -> None:
        self._card, self._session, self._path = card, session, path
        self._waiting: list[UUID] = []
        self._slips: list[IssuedSlip] = []
        self._is_stopped = False
        self.is_running = False

    def begin(self) -> None:
        """Ask who holds a slip; then the copies are issued and written."""
        self.is_running = True
        self._card.show_progress(0, 0)
        desk = self._session.desk
        self._session.work.query(
            lambda: families_with_slips(desk), self._on_families, self._on_failed, owner=self._card
        )

    def stop(self) -> None:
        """Stop after the slips that are being made; nothing is written."""
        self._is_stopped = True
        self._card.stop_button.setEnabled(False)

    def _on_families(self, families: tuple[UUID, ...]) -> None:
        self._waiting = list(families)
        self._next()

    def _next(self, issued: list[IssuedSlip] | None = None) -> None:
        self._slips += issued or []
        done, whole = len(self._slips), len(self._slips) + len(self._waiting)
        session, language = self._session, self._session.language
        self._card.show_progress(done, whole)
        if self._is_stopped:
            self._give_up("cancelled", session._("Stopped. No file was written, and no copy counts."), "warn")
            return
        if not self._waiting:
            self._write()
            return
        numbers = {"done": language.number(done), "whole": language.number(whole)}
        self._card.say(session._("{done} of {whole} are made.", **numbers))
        batch, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        desk, settings = session.desk, session.settings
        session.work.change(
            lambda: reprint_some(desk, batch, settings.slip_language, with_portrait=settings.portrait_on_slip),
            self._next,
            self._on_failed,
            changes="slips",
            urgent=False,
            owner=self._card,
        )

    def _write(self) -> None:
        slips, path = self._slips, self._path
        desk, layout = self._session.desk, self._session.settings.slip_layout
        groups = [slip.content.group_id for slip in slips]
        self._card.show_progress(0, 0)
        self._card.say(self._session._("Writing the file..."))
        self._card.stop_button.setEnabled(False)
        self._session.work.query(
            lambda: save_slips(desk, groups, path, several_slips_pdf(slips, layout, desk.zone)),
            self._on_written,
            self._on_failed,
            owner=self._card,
        )

    def _on_written(self, _done: object) -> None:
        self._end(
            self._session.language.ngettext(
                "{number} slip, written to {file}", "{number} slips, written to {file}", len(self._slips),
                file=self._path,
            ),
            "ok",
        )  # fmt: skip

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._end(self._session._("No family that is here holds a valid slip."), "warn")
            return
        code, values = (error.code, error.values) if isinstance(error, Problem) else ("problem", {})
        self._give_up("problem", words.say(self._session.language, code, **values), "danger")

    def _give_up(self, reason: str, text: str, state: str) -> None:
        desk, slips = self._session.desk, self._slips

        def take_back() -> None:
            for slip in slips:
                slip_not_printed(desk, slip.content.group_id, slip.content.slip_id, reason)

        self._session.work.change(
            take_back, lambda _done: self._end(text, state), lambda _error: self._end(text, state),
            changes="slips", owner=self._card,
        )  # fmt: skip

    def _end(self, text: str, state: str) -> None:
        self.is_running = False
        self._card.show_running(running=False)
        self._card.say(text, state)
