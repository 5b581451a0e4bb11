"""What becomes of a scan: the place in sight is asked first, then the function for its kind answers.

Another kind of scan gets a function here and a line in `_by_kind`.
"""

from collections.abc import Callable
from functools import partial
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid

from fieldapp.domain.papers.reading import PaperReading, read_paper
from fieldapp.domain.record import Role
from fieldapp.domain.slip import Verdict
from fieldapp.services.scanned_slip import ScannedSlip, scanned_slip
from fieldapp.services.take_over import take_over
from fieldapp.services.tokens import families_with
from fieldapp.ui.models.scan_kinds import ScanKind, kind_of
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.scan_answers import paper_answer, slip_answer
from fieldapp.ui.scans import Scan
from fieldapp.ui.screens.scan_answer import Answer
from fieldapp.ui.session import Session

_SHOWN = 40


class ScanShell(Shell, Protocol):
    """What the router asks of the window beside what places may ask."""

    def isVisible(self) -> bool:
        """Tell whether the window is in sight, not behind the lock."""

    def place_in_sight(self) -> Place:
        """Return the place."""

    def show_answer(self, answer: Answer) -> None:
        """Fill the middle with an answer."""

    def close_answer(self) -> None:
        """Take the answer away."""


class ScanRouter(QObject):
    """Leads each scan of a session to whoever takes it."""

    def __init__(self, session: Session, shell: ScanShell, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._shell = session, shell
        self._by_kind: dict[ScanKind, Callable[[Scan], None]] = {
            ScanKind.SLIP: self.answer_slip,
            ScanKind.PAPER: self.answer_paper,
            ScanKind.TOKEN: self.answer_token,
            ScanKind.ENROLMENT: self.answer_enrolment,
            ScanKind.OTHER: self.answer_other,
        }
        session.scans.arrived.connect(self.on_arrived)

    def on_arrived(self, scan: Scan) -> None:
        """Take a scan."""
        if not self._shell.isVisible():
            return
        if QApplication.activeModalWidget() is not None:
            words = self._session._("Something was scanned while a question was open. Answer it, then scan again.")
            self._shell.show_banner("warn", words)
            return
        self._shell.close_answer()
        if not self._shell.place_in_sight().scanned(scan):
            self._by_kind[kind_of(scan.content)](scan)

    def answer_slip(self, scan: Scan) -> None:
        """Say whether a slip is genuine; a valid one of a family still to complete opens it."""
        desk, text = self._session.desk, _text(scan)
        self._session.work.query(lambda: scanned_slip(desk, text), self._on_slip, owner=self)

    def _on_slip(self, slip: ScannedSlip) -> None:
        group_id = slip.reading.group_id
        if slip.to_complete and slip.reading.verdict is Verdict.VALID and group_id is not None and not slip.missing:
            self._shell.open_group(group_id)
            self._shell.show_banner(
                "ok", self._session._("Valid slip. This family is still to be completed: enter its members.")
            )
            return
        shell, zone = self._shell, self._session.desk.zone
        take = partial(self.take_over, slip)
        shell.show_answer(slip_answer(slip, self._session.language, shell.open_group, take, zone))

    def take_over(self, slip: ScannedSlip) -> None:
        """Write down what a slip tells of a family that was never here, and open it."""
        desk = self._session.desk
        self._session.work.change(
            lambda: take_over(desk, slip.text), self._on_taken, self._shell.show_problem, changes="groups", owner=self
        )

    def _on_taken(self, group_id: UUID) -> None:
        self._shell.open_group(group_id)
        words = self._session._(
            "Taken over from the slip. Enter what it does not say; the full record joins it when a bundle brings it."
        )
        self._shell.show_banner("ok", words)

    def answer_paper(self, scan: Scan) -> None:
        """Offer to look up or register the person of a paper scanned where nobody is being registered."""
        today = self._session.desk.today()
        self._session.work.query(
            lambda: read_paper(scan.content, today, from_picture=scan.from_picture),
            lambda reading: self._on_paper(scan, reading),
            owner=self,
        )

    def _on_paper(self, scan: Scan, reading: PaperReading) -> None:
        shell = self._shell

        def register() -> None:
            shell.go_to("register")
            shell.place_in_sight().scanned(scan)

        shell.show_answer(
            paper_answer(reading, self._session.language, lambda: shell.go_to("people", text=reading.number), register)
        )

    def answer_token(self, scan: Scan) -> None:
        """Open the family that has a pre-printed slip, or say that it is still blank."""
        desk, text = self._session.desk, _text(scan)
        self._session.work.query(
            lambda: families_with(desk, text), self._on_token, self._shell.show_problem, owner=self
        )

    def _on_token(self, found: tuple[tuple[UUID, str], ...]) -> None:
        _ = self._session._
        if not found:
            words = _("This pre-printed slip is still blank. Scan it while the family is registered, or on its page.")
            self._shell.show_banner("info", words)
            return
        self._shell.open_group(found[0][0])
        if len(found) > 1:
            numbers = ", ".join(number for _group, number in found)
            words = _("Two families have this pre-printed slip: {numbers}. Give one of them another.", numbers=numbers)
            self._shell.show_banner("warn", words)

    def answer_enrolment(self, scan: Scan) -> None:
        """Lead the administrator to where laptops are enrolled, with the request of the one that was scanned."""
        if self._session.desk.actor.role is not Role.ADMINISTRATOR:
            words = self._session._("This code is of a laptop that wants to be enrolled. An administrator does that.")
            self._shell.show_banner("info", words)
            return
        self._shell.go_to("settings", tab="laptops", request=_text(scan))

    def answer_other(self, scan: Scan) -> None:
        """Say that a code is nothing of ours; it can still be written where the keyboard is."""
        text = _text(scan)
        short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        words = self._session._("This code is no slip and no paper that is known here: {text}", text=short)
        target = QApplication.focusWidget()
        if not isinstance(target, QLineEdit):
            self._shell.show_banner("warn", words)
            return
        self._shell.show_banner("warn", words, self._session._("Write it into the field"), lambda: _write(target, text))


def _write(target: QLineEdit, text: str) -> None:
    if isValid(target):
        target.setFocus()
        target.insert(text)
        target.textEdited.emit(target.text())


def _text(scan: Scan) -> str:
    return scan.content.decode("latin-1") if isinstance(scan.content, bytes) else scan.content
