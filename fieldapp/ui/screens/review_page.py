"""The supervisor's review: pairs that may be one person, side by side, decided by single keys; each can be taken back.

Nothing is merged: both records stay, with their families, slips and numbers.
"""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldapp.domain.matching.verdicts import Verdict
from fieldapp.domain.people import IndividualRow, PersonPage
from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import FieldProblem
from fieldapp.services.find import person_page
from fieldapp.services.review import Review, ReviewPair, judge, review, take_back
from fieldapp.ui import theme
from fieldapp.ui.models.compare_rows import compare_rows, row_facts
from fieldapp.ui.models.hint_lines import grade_state, grade_words, why
from fieldapp.ui.models.person_words import history_words
from fieldapp.ui.models.review_rows import side_by_side, together
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.screens.review_walking import ReviewWalking
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.compare_grid import CompareGrid
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.scrolled import scroll_by_key, scrolled
from fieldapp.ui.widgets.wrap_layout import WrapLayout, with_room_behind
from fieldapp.words import say

_ALL_REASONS = 8
_HISTORY = 3


class ReviewPage(QWidget):
    """The pairs that wait, one at a time. Emits `left` when staff goes back."""

    left = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        _ = session._
        self._pairs: list[ReviewPair] = []
        self._at = 0
        self._decided = 0
        self._done: list[UUID] = []
        self._turn = 0
        self._more = self._is_looking = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heading = plain_label(_("May be one person"), "section")
        self.setAccessibleName(self.heading.text())
        self.count = plain_label("", "secondary")
        self.grade = QLabel()
        self.grade.setProperty("kind", "mark")
        self.reasons = plain_label("")
        self.said = plain_label("")
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.walking = ReviewWalking(session)
        self.grid = CompareGrid(session.language)
        self.reason = PlainField()
        self.reason_frame = FieldFrame(
            _("Reason"), self.reason, _("Why they are not the same; Tab goes here"), chars=40
        )
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._show()

    def _make_buttons(self) -> None:
        _ = self._session._
        self.back_button = QPushButton(_("Back  Esc"))
        self.undo_button = QPushButton(_("Take the last back   Ctrl+Z"))
        for button in (self.back_button, self.undo_button):
            button.setProperty("kind", "quiet")
        self.later_button = QPushButton(_("3  Later"))
        self.different_button = QPushButton(_("2  Not the same"))
        self.same_button = QPushButton(_("1  Same person"))
        self.same_button.setToolTip(_("Both records stay, and it can be taken back"))
        self._keys = {
            Qt.Key.Key_1: self.same_button, Qt.Key.Key_2: self.different_button, Qt.Key.Key_3: self.later_button,
        }  # fmt: skip

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE[2])
        top.addWidget(self.heading, 1)
        top.addWidget(self.count)
        why_row = QHBoxLayout()
        why_row.setSpacing(theme.SPACE[1])
        why_row.addWidget(self.grade, 0, Qt.AlignmentFlag.AlignTop)
        why_row.addWidget(self.reasons, 1)
        buttons = WrapLayout(gap=theme.SPACE[1], line_gap=theme.SPACE[1], fill=True, at_end=True)
        buttons.addWidget(self.back_button)
        buttons.addWidget(with_room_behind(self.undo_button))
        for button in (self.later_button, self.different_button, self.same_button):
            buttons.addWidget(button)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, theme.SPACE[1], theme.SPACE[0])
        around.addWidget(self.grid)
        around.addWidget(self.reason_frame)
        around.addStretch(1)
        self._area = scrolled(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[2], theme.SPACE[1])
        column.setSpacing(theme.SPACE[2])
        column.addLayout(top)
        column.addLayout(why_row)
        column.addWidget(self.walking)
        column.addWidget(self.said, 1)
        column.addWidget(self._area, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.same_button.clicked.connect(lambda: self.decide(Verdict.SAME))
        self.different_button.clicked.connect(lambda: self.decide(Verdict.DIFFERENT))
        self.later_button.clicked.connect(self.skip)
        self.undo_button.clicked.connect(self.undo)
        self.back_button.clicked.connect(self.go_back)
        self.reason.returnPressed.connect(lambda: self.decide(Verdict.DIFFERENT))
        self.walking.found.connect(self._look)

    @property
    def pair(self) -> ReviewPair | None:
        """The pair that is looked at."""
        return self._pairs[self._at] if self._at < len(self._pairs) else None

    def refresh(self) -> None:
        """Show the pairs that are known, and compare whoever is not compared yet."""
        self._pairs, self._at = [], 0
        self._say(self._session._("The pairs are being read."))
        self._look()
        self.walking.begin()

    def _look(self) -> None:
        """Read the pairs that wait; the one that is looked at stays."""
        self._turn += 1
        self._is_looking = True
        turn, desk = self._turn, self._session.desk
        self._session.work.query(
            lambda: review(desk),
            lambda found: self._on_found(found) if turn == self._turn else None,
            lambda error: self._on_failed(error) if turn == self._turn else None,
            owner=self,
        )

    def take_focus(self) -> None:
        """Take the keyboard, so that single keys answer."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """Leave; people are compared on behind other pages."""
        self._turn += 1
        self.left.emit()

    def decide(self, verdict: Verdict) -> None:
        """Record what a supervisor says of the pair, and go on to the next."""
        pair, desk, reason = self.pair, self._session.desk, self.reason.text()
        if pair is None:
            return
        one, other = pair.one.individual_id, pair.other.individual_id
        self._wait(waiting=True)
        self._session.work.change(
            lambda: judge(desk, one, other, verdict, reason), self._on_decided, self._on_refused, changes="people",
            owner=self,
        )  # fmt: skip

    def skip(self) -> None:
        """Put the pair behind the others, undecided."""
        if len(self._pairs) > 1:
            self._pairs.append(self._pairs.pop(self._at))
            self._at %= len(self._pairs)
            self._show()

    def undo(self) -> None:
        """Take back what was decided last; the pair waits again."""
        if not self._done:
            return
        desk, pair = self._session.desk, self._done[-1]

        def done(_done: None) -> None:
            self._done.pop()
            self.refresh()

        self._session.work.change(lambda: take_back(desk, pair), done, self._on_refused, changes="people", owner=self)

    def _on_found(self, found: Review) -> None:
        self._is_looking = False
        looked_at = self.pair
        self._pairs, self._at = list(together(found.waiting)), 0
        self._decided, self._more = found.decided, found.more
        places = {pair.pair: place for place, pair in enumerate(self._pairs)}
        if looked_at is not None and looked_at.pair in places:
            # Whoever is being looked at stays in sight, first of all.
            self._pairs.insert(0, self._pairs.pop(places[looked_at.pair]))
            self._count()
        else:
            self._show()

    def _on_failed(self, error: Exception) -> None:
        self._say(self._session._("The register could not be compared."))
        self._shell.show_problem(error)

    def _on_decided(self, pair: UUID) -> None:
        self._done.append(pair)
        self._decided += 1
        self._pairs = [each for each in self._pairs if each.pair != pair]
        self._at = min(self._at, max(0, len(self._pairs) - 1))
        if self._is_looking:
            self._look()  # what is on its way may still hold the pair that was decided
        self.reason.clear()
        self.reason_frame.set_problem("")
        self._wait(waiting=False)
        self._show()
        self.take_focus()

    def _on_refused(self, error: Exception) -> None:
        self._wait(waiting=False)
        problem = error.problems[0] if isinstance(error, InvalidEntry) and error.problems else None
        if isinstance(problem, FieldProblem):
            words = say(self._session.language, problem.code, value=problem.value, limit=problem.limit)
            self.reason_frame.set_problem(words)
        else:
            self._shell.show_problem(error)

    def _wait(self, *, waiting: bool) -> None:
        for button in (*self._keys.values(), self.undo_button):
            button.setEnabled(not waiting)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self._stand(has_pair=False)

    def _stand(self, *, has_pair: bool) -> None:
        for part in (self._area, self.grade, self.reasons, self.count, *self._keys.values()):
            part.setVisible(has_pair)
        self.said.setVisible(not has_pair)
        self.undo_button.setVisible(bool(self._done))

    def _count(self) -> None:
        pair, _ = self.pair, self._session._
        if pair is not None:
            place, whole = self._decided + 1, f"{self._decided + len(self._pairs)}{'+' if self._more else ''}"
            percent = round(100 * pair.probability)
            self.count.setText(_("{place} of {number}, {percent} % likely", place=place, number=whole, percent=percent))

    def _show(self) -> None:
        session, _ = self._session, self._session._
        pair = self.pair
        if pair is None:
            self._say(
                _("Nobody waits here. Pairs that look alike, or that a registrar is unsure of, come by themselves.")
            )
            return
        self._count()
        self.grade.setText(grade_words(session.language, pair.grade))
        theme.set_property(self.grade, "state", grade_state(pair.grade))
        reasons = why(session.language, pair.reasons, _ALL_REASONS)
        if pair.judged is not None:
            said = _("Two desks disagree on it.") if pair.judged.in_conflict else _("A registrar is unsure of it.")
            reasons = f"{said} {reasons}"
        self.reasons.setText(reasons)
        rows = side_by_side(pair, self._pairs)
        self._show_sides(rows, ())
        self._stand(has_pair=True)
        desk, asked = session.desk, pair.pair
        session.work.query(
            lambda: [person_page(desk, row.individual_id, audited=False) for row in rows],
            lambda pages: self._show_sides(rows, pages) if self.pair and self.pair.pair == asked else None,
            self._shell.show_problem,
            owner=self,
        )

    def _show_sides(self, rows: tuple[IndividualRow, ...], pages: "list[PersonPage] | tuple[PersonPage, ...]") -> None:
        session, today = self._session, self._session.desk.today()
        sides = [row_facts(session.language, row, today, session.moment(row.arrived_at_ms)) for row in rows]
        for side, page in zip(sides, pages, strict=False):
            side["phone"] = page.phone
            lines = sorted(page.history, key=lambda line: -line.at_ms)[:_HISTORY]
            said = (f"{session.moment(line.at_ms)}: {history_words(session.language, line)}" for line in lines)
            side["history"] = "\n".join(said)
        marked = (0, 1) if len(rows) > 2 else ()  # noqa: PLR2004 - more than the pair itself
        headings = [row.number for row in rows]
        self.grid.show_sides(
            headings, compare_rows(session.language, sides), [page.portrait for page in pages], marked
        )  # fmt: skip

    def event(self, event: QEvent) -> bool:
        """Keep Esc and Ctrl+Z from the shortcuts around this page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_mine(event):
            event.accept()
            return True
        return super().event(event)

    def _is_mine(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape or (
            event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Answer by a digit; Esc leaves."""
        button = self._keys.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.undo()
        elif button is not None and button.isVisible() and not isinstance(self.focusWidget(), QLineEdit):
            button.click()
        elif not scroll_by_key(self._area, event):
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self.reason.hasFocus():
            self.take_focus()
        else:
            self.go_back()
