"""“Already registered?”: at most five people beside the form, by grade, with reasons. Never takes the keyboard."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.i18n import Language
from fieldapp.services.hints import Hint
from fieldapp.ui import theme
from fieldapp.ui.models.hint_lines import grade_state, grade_words, hint_name, why
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.widgets.scrolled import scrolled

MOST = 5
_SHARE = 42
"""Of the height beside the form, in percent."""


class HintsPanel(QWidget):
    """Shows hints; `asked` carries the place of one that was clicked, or 0 for the button."""

    asked = Signal(int)

    def __init__(self, language: Language, moment: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._moment = language, moment
        _ = language.gettext
        self.cards: list[HintCard] = []
        heading = QLabel(_("Already registered?"))
        heading.setProperty("kind", "section")
        self.said = plain_label("", "hint")
        self.compare_button = QPushButton(_("Compare   F8"))
        self.compare_button.setProperty("kind", "quiet")
        self.compare_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.compare_button.clicked.connect(lambda: self.asked.emit(0))
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.compare_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.SPACE[1])
        self._column.setSpacing(theme.SPACE[0])
        self._column.addLayout(top)
        self._column.addWidget(self.said)
        self._inside = QWidget()
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(theme.SPACE[0])
        self._area = scrolled(self._inside)
        self._column.addWidget(self._area)
        self.hide()

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show these people, or that nobody like the person entered is registered."""
        for card in self.cards:
            card.hide()
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = []
        for place, hint in enumerate(hints[:MOST]):
            card = HintCard(self._language, hint, self._moment(hint.person.arrived_at_ms))
            card.clicked.connect(lambda place=place: self.asked.emit(place))
            self._list.addWidget(card)
            self.cards.append(card)
        self.said.setText("" if hints else self._language.gettext("Nobody like this is registered so far."))
        self.said.setVisible(not hints)
        self.compare_button.setVisible(bool(hints))
        self._area.setVisible(bool(hints))
        self.show()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the list to its new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the list the height it needs, but beside the form no more than leaves the slip in sight."""
        around = self.parentWidget()
        needed = max(self._list.heightForWidth(max(1, self.width())), self._list.minimumSize().height())
        most = around.height() * _SHARE // 100 if around is not None else needed
        self._area.setFixedHeight(min(needed, max(most, theme.size("row") * 2)))


class HintCard(QFrame):
    """One person: grade, name, reasons, number and arrival."""

    clicked = Signal()

    def __init__(self, language: Language, hint: Hint, arrived: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        grade = QLabel(grade_words(language, hint.grade))
        grade.setProperty("kind", "mark")
        grade.setProperty("state", grade_state(hint.grade))
        name = plain_label(hint_name(hint))
        self.reasons = plain_label(why(language, hint.reasons), "hint")
        where = plain_label(f"{hint.person.number}, {arrived}", "hint")
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE[1])
        top.addWidget(grade, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[1], theme.SPACE[0], theme.SPACE[1], theme.SPACE[0])
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.reasons)
        column.addWidget(where)
        self.text = ". ".join((grade.text(), name.text(), self.reasons.text(), where.text()))
        self.setAccessibleName(self.text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the comparison."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
