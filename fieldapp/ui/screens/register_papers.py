"""A paper scanned in Register: it fills the empty fields of the focal point or of the member being entered."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from fieldapp import words
from fieldapp.domain.papers.reading import PaperReading, read_paper
from fieldapp.domain.papers.unreadable import PaperUnreadable
from fieldapp.ui.models.draft_content import PersonDraft
from fieldapp.ui.models.paper_fill import Filling, fill, take
from fieldapp.ui.models.scan_kinds import ScanKind, kind_of
from fieldapp.ui.paper_words import difference, on_paper, paper_lines, paper_name
from fieldapp.ui.places import Shell, WayBack
from fieldapp.ui.scans import Scan
from fieldapp.ui.screens.register_form import RegisterForm
from fieldapp.ui.screens.register_known import KnownNumber
from fieldapp.ui.screens.register_token import TokenDesk
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.choice_row import ChoiceRow
from fieldapp.ui.widgets.member_fields import MemberFields
from fieldapp.ui.widgets.paper_dock import PaperDock
from fieldapp.ui.widgets.paper_strip import PaperStrip

_FRAMES = {"born": "birth", "nationality": "nationalities"}
"""Fields of a draft whose frame in the form has another name."""

_OTHER = {"given_names", "document_number"}
"""Where these differ, the paper is most likely somebody else's."""


class PaperDesk(QObject):
    """The papers of one registration form. `show_form` brings the form into sight."""

    compare_asked = Signal()
    """Whoever has the number of a document shall be shown beside the person entered."""

    def __init__(
        self,
        session: Session,
        shell: Shell,
        form: RegisterForm,
        show_form: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._shell, self._form, self._show_form = session, shell, form, show_form
        self.focal = PersonPaper(session, form.focal)
        self.member = PersonPaper(session, form.members.editor.fields)
        self.dock = PaperDock(form)
        for paper, fields in ((self.focal, form.focal), (self.member, form.members.editor)):
            self.dock.take(paper.strip, fields)
            paper.other_found.connect(self._add_other)
        everybody = (form.focal, form.members.editor.fields)
        self.known = tuple(KnownNumber(session, fields, self.compare_asked.emit) for fields in everybody)
        self.tokens = TokenDesk(session, shell, self)
        key = QShortcut(QKeySequence("F9"), parent, self.undo)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def scanned(self, scan: Scan) -> bool:
        """Take a paper or a blank pre-printed slip; leave everything else to the program."""
        if kind_of(scan.content) is not ScanKind.PAPER:
            return self.tokens.scanned(scan)
        if not self._form.isVisible():
            self._show_form()
        target, today = self._target(), self._session.desk.today()

        def failed(error: Exception) -> None:
            if isinstance(error, PaperUnreadable):
                target.show_unreadable(error)
            else:
                self._shell.show_problem(error)

        self._session.work.query(
            lambda: read_paper(scan.content, today, from_picture=scan.from_picture), target.show, failed, owner=self
        )
        return True

    def show(self, reading: PaperReading) -> None:
        """Fill the empty fields of whoever is being entered from what was read elsewhere."""
        if not self._form.isVisible():
            self._show_form()
        self._target().show(reading)

    def undo(self) -> None:
        """Empty what the last paper filled, where the keyboard is."""
        self._target(opens=False).undo()

    def _add_other(self, reading: PaperReading) -> None:
        """Enter whose paper it is as the next member; a member being entered is taken first."""
        members = self._form.members
        members.begin_new()
        if not members.editor.isHidden() and members.editor.index is None and members.editor.draft.is_blank:
            self.focal.clear()
            self.member.show(reading)

    def _target(self, *, opens: bool = True) -> "PersonPaper":
        """Return whose paper it is: whoever's fields have the keyboard; beyond the focal point a new member's."""
        focused, members = QApplication.focusWidget(), self._form.members
        if focused is not None and members.editor.isAncestorOf(focused):
            return self.member
        if focused is not None and self._form.focal.isAncestorOf(focused):
            return self.focal
        if self._form.focal.draft.is_blank or not opens:
            return self.focal if self.member.strip.isHidden() else self.member
        if members.editor.isHidden():
            members.begin_new()
        return self.member


class PersonPaper(QObject):
    """The last paper of one person: its strip over the form, what it filled, and the way back.

    `other_found` has a reading that staff say is of somebody else.
    """

    other_found = Signal(object)

    def __init__(self, session: Session, fields: MemberFields) -> None:
        super().__init__(fields)
        self._session, self._fields = session, fields
        self._filling: Filling | None = None
        self._reading: PaperReading | None = None
        self.strip = PaperStrip(session.language, fields)
        self.strip.take_wanted.connect(self.take)
        self.strip.undo_wanted.connect(self.undo)
        self.strip.closed.connect(self._go_on)
        self.strip.other_wanted.connect(self._on_other)
        fields.replaced.connect(self.clear)

    def show(self, reading: PaperReading) -> None:
        """Fill the empty fields and say what was read."""
        filling = fill(self._fields.draft, reading, self._session.desk.today())
        self._reading, self._filling = reading, filling
        if filling.filled:
            self._put(filling.draft)
        self._say()
        self._go_on()

    def show_unreadable(self, problem: PaperUnreadable) -> None:
        """Say what to do about a paper that could not be read; nothing is filled, nothing lost."""
        self.strip.show_problem(words.say(self._session.language, problem.code, **problem.values))

    def take(self, name: str) -> None:
        """Put what the paper says into one field that differs."""
        if self._reading is None or self._filling is None:
            return
        before = self._filling.before
        self._put(take(self._fields.draft, self._reading, name))
        filled = tuple(dict.fromkeys((*self._filling.filled, name)))
        differing = tuple(each for each in self._filling.differing if each != name)
        self._filling = Filling(before, self._fields.draft, filled, differing)
        self._say()
        self._go_on()

    def _on_other(self) -> None:
        if self._reading is not None:
            reading = self._reading
            self.undo()
            self.other_found.emit(reading)

    def undo(self) -> None:
        """Put every field that the paper filled back to what stood in it before."""
        if self._filling is None or not self._filling.filled:
            return
        self._put(self._filling.undone(self._fields.draft))
        self.clear()
        self._fields.given_names.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget the paper."""
        self._filling = self._reading = None
        self.strip.clear()

    def _put(self, draft: PersonDraft) -> None:
        self._fields.fill(draft)

    def _say(self) -> None:
        assert self._reading is not None
        assert self._filling is not None
        language, draft = self._session.language, self._fields.draft
        differing = [(name, difference(name, draft, self._reading, language)) for name in self._filling.differing]
        lines = paper_lines(self._reading, language, self._session.desk.today())
        self.strip.show_reading(
            lines,
            differing,
            can_undo=bool(self._filling.filled),
            may_be_other=set(self._filling.differing) >= _OTHER,
            brief=" ".join((f"{paper_name(self._reading, language)}.", *lines[1:])),
        )
        for place, (name, _both) in enumerate(differing, 1):
            said = on_paper(name, self._reading, language)
            beside = self._session._("{said} ({keys} takes it)", said=said, keys=f"Alt+{place}")
            self._fields.frames[_FRAMES.get(name, name)].set_problem(beside, blocking=False)

    def _go_on(self) -> None:
        """Give the keyboard to the first field that still wants an answer."""
        stops = [stop for stop in self._fields.stops if stop.isEnabled() and not stop.isHidden()]
        target = next((stop for stop in stops if _is_open(stop)), self._fields.document.country)
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_open(stop: QWidget) -> bool:
    if isinstance(stop, ChoiceRow):
        return not stop.code
    return isinstance(stop, QLineEdit) and not stop.text().strip() and stop.isVisible()


def form_way_back(form: RegisterForm, pages: QStackedWidget) -> WayBack:
    """Return what puts the form and the page in sight back as they are now."""
    page, draft = pages.currentIndex(), form.draft

    def go_back() -> None:
        if form.draft != draft:
            form.set_draft(draft)
        pages.setCurrentIndex(page)

    return go_back
