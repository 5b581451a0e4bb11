"""What a scan answers, large enough to be seen across a desk: a sign, a word, one sentence and what to do next."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.scrolled import scrolled
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_SIGNS = {"ok": "circle-check", "warn": "triangle-alert", "danger": "circle-x", "info": "id-card"}
_SIGN_SIZE = 96


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the answer."""

    text: str
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its kind (ok, warn, danger, info), a word, one sentence, whom it is about, and at most two actions."""

    kind: str
    word: str
    sentence: str
    about: str = ""
    primary: Action | None = None
    second: Action | None = None


class ScanAnswer(QWidget):
    """The page in the middle of the window; Esc leaves it."""

    closed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = language.gettext
        self.setProperty("kind", "page")
        self._answer: Answer | None = None
        self._sign = QLabel()
        self._word, self._sentence, self._about = QLabel(), QLabel(), QLabel()
        for label, kind in ((self._word, "title"), (self._sentence, "section"), (self._about, "secondary")):
            label.setProperty("kind", kind)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.close_button = QPushButton(_("Close   Esc"))
        self.second_button, self.primary_button = QPushButton(), QPushButton()
        self.primary_button.setProperty("kind", "primary")
        self.close_button.clicked.connect(self.closed)
        self.second_button.clicked.connect(lambda: self._act(self._answer.second if self._answer else None))
        self.primary_button.clicked.connect(lambda: self._act(self._answer.primary if self._answer else None))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.closed.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay_out()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(*[theme.SPACE[5]] * 4)
        inside.setSpacing(theme.SPACE[3])
        inside.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._word, self._sentence, self._about):
            inside.addWidget(label)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[3])
        column.addStretch(1)
        column.addWidget(card)
        column.addStretch(2)
        buttons = QWidget()
        row = WrapLayout(buttons, gap=theme.SPACE[1], line_gap=theme.SPACE[1], at_end=True)
        for button in (self.close_button, self.second_button, self.primary_button):
            row.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.SPACE[3], theme.SPACE[2], theme.SPACE[4], theme.SPACE[3])
        box.addWidget(scrolled(page), 1)
        box.addWidget(buttons)

    @property
    def answer(self) -> Answer | None:
        """What is shown."""
        return self._answer

    def show_answer(self, answer: Answer) -> None:
        """Show an answer."""
        self._answer = answer
        theme.set_icon(self._sign, _SIGNS[answer.kind], answer.kind, _SIGN_SIZE)
        self._sign.setAccessibleName(answer.word)
        self._word.setText(answer.word)
        self._sentence.setText(answer.sentence)
        self._about.setText(answer.about)
        self._about.setVisible(bool(answer.about))
        self.setAccessibleName(f"{answer.word}: {answer.sentence} {answer.about}".strip())
        for button, action in ((self.second_button, answer.second), (self.primary_button, answer.primary)):
            button.setVisible(action is not None)
            button.setText(action.text if action else "")

    def take_focus(self) -> None:
        """Take the keyboard: Enter does what is likeliest."""
        shown = self._answer is not None and self._answer.primary is not None
        (self.primary_button if shown else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, action: Action | None) -> None:
        self.closed.emit()
        if action is not None:
            action.do()
