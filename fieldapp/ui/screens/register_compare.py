"""The person being entered beside somebody registered: are they one? Three answers by single keys, Esc goes back."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.domain.matching.verdicts import Verdict
from fieldapp.domain.record import IndividualEntry
from fieldapp.services.hints import Hint
from fieldapp.ui import theme
from fieldapp.ui.models.compare_rows import compare_rows, entry_facts, row_facts
from fieldapp.ui.models.hint_lines import grade_state, grade_words, why
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.compare_grid import CompareGrid
from fieldapp.ui.widgets.scrolled import scroll_by_key, scrolled
from fieldapp.ui.widgets.wrap_layout import WrapLayout, with_room_behind

_ALL_REASONS = 8


class HintCompare(QWidget):
    """Walks through hints with the arrows. `judged` carries the hint and the Verdict; `left` goes back to the form."""

    judged = Signal(object, object)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry: IndividualEntry | None = None
        self._hints: list[Hint] = []
        self._at = 0
        _ = session._
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        heading = QLabel(_("Is this the same person?"))
        heading.setProperty("kind", "section")
        self.setAccessibleName(heading.text())
        self.count = QLabel()
        self.count.setProperty("kind", "secondary")
        self.grade = QLabel()
        self.grade.setProperty("kind", "mark")
        self.reasons = plain_label("")
        self.grid = CompareGrid(session.language)
        self.back_button = QPushButton(_("Back to the form   Esc"))
        self.back_button.setProperty("kind", "quiet")
        self.same_button = QPushButton(_("1  Same person: open that record"))
        self.different_button = QPushButton(_("2  Not the same"))
        self.unsure_button = QPushButton(_("3  I do not know"))
        self.unsure_button.setToolTip(_("The supervisor will see both after this family is saved"))
        self._keys = {
            Qt.Key.Key_1: self.same_button, Qt.Key.Key_2: self.different_button, Qt.Key.Key_3: self.unsure_button,
            Qt.Key.Key_Escape: self.back_button,
        }  # fmt: skip
        self._lay_out(heading)
        self.same_button.clicked.connect(lambda: self._judge(Verdict.SAME))
        self.different_button.clicked.connect(lambda: self._judge(Verdict.DIFFERENT))
        self.unsure_button.clicked.connect(lambda: self._judge(Verdict.UNSURE))
        self.back_button.clicked.connect(self.left)

    def _lay_out(self, heading: QLabel) -> None:
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.count)
        said = QHBoxLayout()
        said.setSpacing(theme.SPACE[1])
        said.addWidget(self.grade, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.reasons, 1)
        buttons = WrapLayout(gap=theme.SPACE[1], line_gap=theme.SPACE[1], fill=True, at_end=True)
        buttons.addWidget(with_room_behind(self.back_button))
        for button in (self.unsure_button, self.different_button, self.same_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[2], theme.SPACE[1])
        column.setSpacing(theme.SPACE[2])
        column.addLayout(top)
        column.addLayout(said)
        self._area = scrolled(self.grid)
        column.addWidget(self._area, 1)
        column.addLayout(buttons)

    def compare(self, entry: IndividualEntry, hints: Sequence[Hint], at: int = 0) -> None:
        """Show the person being entered beside the hint at a place."""
        self._entry, self._hints = entry, list(hints)
        self._at = max(0, min(at, len(self._hints) - 1))
        self._show()

    @property
    def hint(self) -> Hint:
        """Who is compared."""
        return self._hints[self._at]

    def _show(self) -> None:
        session, _ = self._session, self._session._
        hint, today = self.hint, session.desk.today()
        assert self._entry is not None
        sides = (
            entry_facts(session.language, self._entry, today),
            row_facts(session.language, hint.person, today, session.moment(hint.person.arrived_at_ms)),
        )
        self.grid.show_sides((_("Being entered"), _("Registered")), compare_rows(session.language, sides))
        self.grade.setText(grade_words(session.language, hint.grade))
        theme.set_property(self.grade, "state", grade_state(hint.grade))
        self.reasons.setText(why(session.language, hint.reasons, _ALL_REASONS))
        several = _("{place} of {number}   ← →", place=self._at + 1, number=len(self._hints))
        self.count.setText(several if len(self._hints) > 1 else "")

    def _step(self, by: int) -> None:
        if self._hints:
            self._at = (self._at + by) % len(self._hints)
            self._show()

    def _judge(self, verdict: Verdict) -> None:
        if self._hints:
            self.judged.emit(self.hint, verdict)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Take the keyboard."""
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of this page from the shortcuts around it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in self._keys:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Answer by a digit, walk by the arrows."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_F8: 1, Qt.Key.Key_Left: -1}
        if event.key() in self._keys:
            self._keys[Qt.Key(event.key())].click()
        elif event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        elif not scroll_by_key(self._area, event):
            super().keyPressEvent(event)
