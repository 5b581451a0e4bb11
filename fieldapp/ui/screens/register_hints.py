"""Hints beside the form: who may be registered already. Asked after a short pause, dropped when stale, never in the way.

What staff say of a hint is kept in the draft, and recorded in the transaction that saves the family, for only then the
person has a record.
"""

from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from fieldapp.domain.matching.scoring import Grade, Reason
from fieldapp.domain.matching.verdicts import Verdict
from fieldapp.domain.names import search_key
from fieldapp.domain.record import GroupEntry, IndividualEntry
from fieldapp.services.desk import Desk
from fieldapp.services.hints import Hint, hints
from fieldapp.services.known_documents import holders_of
from fieldapp.services.review import Said
from fieldapp.ui.models.draft_content import GroupDraft, PersonDraft, RemarkDraft
from fieldapp.ui.models.draft_entry import read_draft
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.register_compare import HintCompare
from fieldapp.ui.screens.register_form import RegisterForm
from fieldapp.ui.screens.register_hints_panel import MOST, HintsPanel
from fieldapp.ui.screens.register_keeping import DraftKeeper
from fieldapp.ui.session import Session

_PAUSE_MS = 350


class HintDesk(QObject):
    """Asks for hints at the person being entered, and leads to the comparison and its answers."""

    def __init__(
        self, session: Session, shell: Shell, form: RegisterForm, pages: QStackedWidget, keeper: DraftKeeper
    ) -> None:
        super().__init__(form)
        self._session, self._shell, self._form, self._pages, self._keeper = session, shell, form, pages, keeper
        self.panel = HintsPanel(self._session.language, self._session.moment)
        self.compare_page = HintCompare(self._session)
        pages.addWidget(self.compare_page)
        self._turn = 0
        self._answered = 0
        self._compare_waits = self._said_below = False
        self._hints: tuple[Hint, ...] = ()
        self._entry = IndividualEntry("", "")
        self.remarks: tuple[RemarkDraft, ...] = ()
        self._focus: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._ask)
        form.changed.connect(self.touch)
        self.panel.asked.connect(self.compare)
        self.compare_page.judged.connect(self._on_judged)
        self.compare_page.left.connect(self._back)
        key = QShortcut(QKeySequence("F8"), form, self.compare)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def touch(self) -> None:
        """Say that something changed in the form."""
        self._turn += 1
        self._soon.start()

    def clear(self) -> None:
        """Begin anew with another family."""
        self._turn += 1
        self._answered = self._turn
        self._soon.stop()
        self._hints, self._compare_waits, self.remarks = (), False, ()
        self.panel.hide()
        self._say_below()

    def compare(self, at: int = 0) -> None:
        """Show the person being entered beside a hint; waits for the answer where one is on its way."""
        if self._answered != self._turn:
            self._compare_waits = True
            if self._soon.isActive():
                self._soon.stop()
                self._ask()
        elif self._hints:
            self._focus = QApplication.focusWidget()
            self.compare_page.compare(self._entry, self._hints, at)
            self._pages.setCurrentWidget(self.compare_page)

    def take_up(self, remarks: tuple[RemarkDraft, ...]) -> None:
        """Go on with a draft, of whose people something was said before."""
        self.remarks = remarks
        self.touch()

    def said_of(self, entry: GroupEntry) -> tuple[Said, ...]:
        """Return what was said of the family that is about to be saved."""
        found = (_said(remark, entry) for remark in self.remarks)
        return tuple(said for said in found if said is not None)

    def _target(self) -> tuple[PersonDraft, bool]:
        """Return who is being entered, and whether that is the focal point."""
        editing, _index = self._form.members.editing
        if editing is not None and not editing.is_blank:
            return editing, False
        return self._form.focal.draft, True

    def _ask(self) -> None:
        turn, desk = self._turn, self._session.desk
        person, is_focal = self._target()
        draft = GroupDraft(people=(person,), arrival=self._form.arrival.draft)
        group, _unread = read_draft(draft, desk.now_ms(), desk.today())
        entry, number = group.members[0], person.document_number
        left_out = self._left_out(entry, is_focal=is_focal)

        def failed(_error: Exception) -> None:
            self._show(turn, entry, ())  # no hint is no fault of what is being entered

        self._session.work.query(
            lambda: _found(desk, entry, group.phone, number, left_out),
            lambda found: self._show(turn, entry, found),
            failed,
            owner=self,
        )

    def _show(self, turn: int, entry: IndividualEntry, found: tuple[Hint, ...]) -> None:
        if turn != self._turn:
            return
        self._answered, self._entry, self._hints = turn, entry, found
        names = f"{entry.given_names} {entry.surnames}".split()
        if found or len(names) > 1:
            self.panel.show_hints(found)
        else:
            self.panel.hide()
        self._say_below()
        if self._compare_waits:
            self._compare_waits = False
            self.compare()

    def _say_below(self) -> None:
        """Say it in the status line too where large text leaves no room beside the form."""
        is_out_of_sight = bool(self._hints) and self._form.isAncestorOf(self.panel)
        words = self._session._("May be registered already: F8") if is_out_of_sight else ""
        if words or self._said_below:
            self._shell.set_status(words)
        self._said_below = bool(words)

    def _left_out(self, entry: IndividualEntry, *, is_focal: bool) -> frozenset[UUID]:
        names = _names(entry)
        return frozenset(
            UUID(its.other) for its in self.remarks if its.other and its.is_about(names, is_focal=is_focal)
        )

    def _on_judged(self, hint: Hint, verdict: Verdict) -> None:
        keeper = self._keeper
        if verdict is Verdict.SAME:
            self._back()
            keeper.touch()
            keeper.keep(lambda: self._shell.open_person(hint.person.group_id, hint.person.individual_id))
            return
        _draft, is_focal = self._target()
        names = tuple(sorted(_names(self._entry)))
        self.remarks += (RemarkDraft(is_focal, names, str(hint.person.individual_id), str(verdict)),)
        keeper.touch()
        keeper.keep()
        self._hints = tuple(each for each in self._hints if each is not hint)
        self._say_below()
        self.panel.show_hints(self._hints)
        if self._hints:
            self.compare_page.compare(self._entry, self._hints)
        else:
            self._back()

    def _back(self) -> None:
        self._pages.setCurrentIndex(0)
        focus = self._focus
        if focus is not None and isValid(focus) and self._form.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)


def _found(desk: Desk, entry: IndividualEntry, phone: str, number: str, left_out: frozenset[UUID]) -> tuple[Hint, ...]:
    """Return the hints, whoever has the very number typed first."""
    found = hints(desk, entry, MOST + len(left_out), family_phone=phone)
    holders = holders_of(desk, number) if number.strip() else ()
    known = {row.individual_id for row in holders}
    first = [each for each in found if each.person.individual_id in known]
    told = {each.person.individual_id for each in first}
    reason = (Reason("document_exact", 0.0),)
    first += [Hint(row, Grade.POSSIBLE, 0.5, reason) for row in holders if row.individual_id not in told]
    every = [*first, *(each for each in found if each.person.individual_id not in known)]
    return tuple(each for each in every if each.person.individual_id not in left_out)[:MOST]


def _names(entry: IndividualEntry) -> frozenset[str]:
    return frozenset(search_key(f"{entry.given_names} {entry.surnames}").split())


def _said(remark: RemarkDraft, entry: GroupEntry) -> Said | None:
    """Return what was said, of the focal point or of the member whose names are most alike; None for nobody there."""
    if remark.verdict not in set(Verdict) or not remark.other:
        return None
    other, verdict = UUID(remark.other), Verdict(remark.verdict)
    if remark.is_focal:
        return Said(0, other, verdict)
    alike = [(len(_names(each).intersection(remark.names)), place) for place, each in enumerate(entry.members[1:], 1)]
    most, place = max(alike, default=(0, 0), key=lambda each: each[0])
    return Said(place, other, verdict) if most else None
