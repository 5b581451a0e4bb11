"""The families that are still to be completed: how many, how long the first has waited, and the way to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from fieldapp.domain.people import TodayFigures
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.status_line import age_words


class QueueLine(QFrame):
    """Hidden while nobody waits. Emits `next_asked`."""

    next_asked = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.setProperty("kind", "card")
        self._count = QLabel()
        self._count.setProperty("kind", "label")
        self._count.setWordWrap(True)
        self._age = QLabel()
        self._age.setProperty("kind", "hint")
        self.next_button = QPushButton(language.gettext("Next  F7"))
        theme.set_icon(self.next_button, "list")
        self.next_button.clicked.connect(self.next_asked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._count)
        words.addWidget(self._age)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[2], theme.SPACE[1], theme.SPACE[2], theme.SPACE[1])
        row.addLayout(words, 1)
        row.addWidget(self.next_button)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, empty while nobody waits."""
        return "" if self.isHidden() else f"{self._count.text()}, {self._age.text()}"

    def show_figures(self, figures: TodayFigures, now_ms: int) -> None:
        """Say how many families wait and how long the first of them has."""
        count, since = figures.to_complete, figures.next_to_complete_since_ms
        self.setVisible(figures.next_to_complete is not None)
        words = self._language.ngettext("{number} family to complete", "{number} families to complete", count)
        self._count.setText(words)
        age = age_words(self._language, now_ms - (since or now_ms))
        self._age.setText(self._language.gettext("the oldest waits {age}", age=age))
