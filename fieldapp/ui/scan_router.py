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

from fieldapp.code_lists import code_list
from fieldapp.domain.papers.reading import PaperReading, read_paper
from fieldapp.domain.record import Role
from fieldapp.domain.slip import Verdict
from fieldapp.services.credential_paper import paper_of
from fieldapp.services.numbers import holder_of_number
from fieldapp.services.present import PresentedSlip, give_again, present_slip
from fieldapp.services.scanned_slip import ScannedSlip, scanned_slip
from fieldapp.services.take_over import take_over_all
from fieldapp.services.tokens import families_with
from fieldapp.ui.models.scan_kinds import ScanKind, kind_of, short_text
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.scan_answers import SlipDeeds, paper_answer, slip_answer
from fieldapp.ui.scans import Scan
from fieldapp.ui.screens.scan_answer import Answer
from fieldapp.ui.service_answers import service_answer
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
            ScanKind.NUMBER: self.answer_number,
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
        service = self._session.settings.service
        if service:
            self._session.work.change(
                lambda: present_slip(desk, text, service), partial(self._on_presented, scan), self._shell.show_problem,
                changes="", owner=self,
            )  # fmt: skip
            return
        self._session.work.query(lambda: scanned_slip(desk, text), partial(self._on_slip, scan), owner=self)

    def _on_slip(self, scan: Scan, slip: ScannedSlip) -> None:
        group_id = slip.reading.group_id
        if slip.to_complete and slip.reading.verdict is Verdict.VALID and group_id is not None and not slip.missing:
            self._shell.open_group(group_id)
            self._shell.show_banner(
                "ok", self._session._("Valid slip. This family is still to be completed: enter its members.")
            )
            return
        desk = self._session.desk
        answer = slip_answer(slip, self._session.language, self._deeds(scan, slip), desk.zone)
        self._shell.show_answer(answer)

    def _deeds(self, scan: Scan, slip: ScannedSlip) -> SlipDeeds:
        take, fill = partial(self.take_over, slip, scan.more), partial(self.fill_form, slip)
        return SlipDeeds(self._shell.open_group, take, fill)

    def _on_presented(self, scan: Scan, presented: PresentedSlip) -> None:
        desk, again = self._session.desk, partial(self.give_again, presented)
        deeds = self._deeds(scan, presented.slip)
        answer = service_answer(presented, self._session.language, deeds, again, desk.zone)
        self._shell.show_answer(answer)

    def give_again(self, presented: PresentedSlip) -> None:
        """Write down that a family is given the service once more today."""
        desk, group_id, session = self._session.desk, presented.slip.reading.group_id, self._session
        if group_id is None:
            return
        service = code_list("services").label(presented.service, session.language.code)
        words = session._("{service}: given once more.", service=service)
        session.work.change(
            lambda: give_again(desk, group_id, presented.service),
            lambda _done: self._shell.show_banner("ok", words),
            self._shell.show_problem,
            changes="",
            owner=self,
        )

    def take_over(self, slip: ScannedSlip, more: tuple[str | bytes, ...] = ()) -> None:
        """Write down what a slip tells, in all of its codes in sight, of a family that was never here, and open it."""
        desk, texts = self._session.desk, [slip.text, *(text for text in more if isinstance(text, str))]
        self._session.work.change(
            lambda: take_over_all(desk, texts), self._on_taken, self._shell.show_problem, changes="groups", owner=self
        )

    def fill_form(self, slip: ScannedSlip) -> None:
        """Let the registration form take what a credential of another system says."""
        self._shell.go_to("register", paper=paper_of(slip.reading))

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
        desk, text = self._session.desk, short_text(scan.content)
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

    def answer_number(self, scan: Scan) -> None:
        """Open whoever has the number of a wristband."""
        desk, number = self._session.desk, short_text(scan.content)
        self._session.work.query(
            lambda: holder_of_number(desk, number),
            partial(self._on_holder, number),
            self._shell.show_problem,
            owner=self,
        )

    def _on_holder(self, number: str, found: tuple[UUID, UUID | None] | None) -> None:
        if found is None:
            words = self._session._(
                "{number} is not in the register of this laptop. Scan the code of the slip: it holds the family.",
                number=number,
            )
            self._shell.show_banner("warn", words)
        elif found[1] is not None:
            self._shell.open_person(found[0], found[1])
        else:
            self._shell.open_group(found[0])

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
