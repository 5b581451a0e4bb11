"""A card for long work: a button that begins it, how far it is, a button that stops it, and words below."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton

from fieldapp.ui import theme
from fieldapp.ui.widgets.card import Card


class ProgressCard(Card):
    """Shows either what begins the work or how far it is; whoever uses it connects the buttons."""

    def __init__(self, title: str, intro: str, begin: str, icon: str, stop: str, bar_name: str) -> None:
        super().__init__(title, intro)
        self.button = QPushButton(begin)
        theme.set_icon(self.button, icon)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(bar_name)
        self.stop_button = QPushButton(stop)
        self.words = QLabel()
        self.words.setProperty("kind", "hint")
        self.words.setWordWrap(True)
        self._beginning = [self.button]
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.SPACE[2])
        self._row.addWidget(self.button)
        self._row.addWidget(self.bar, 1)
        self._row.addWidget(self.stop_button)
        self._row.addStretch()
        self.column.addLayout(self._row)
        self.column.addWidget(self.words)
        self.words.hide()
        self.show_running(running=False)

    @property
    def is_running(self) -> bool:
        """Whether the work goes on."""
        return self.stop_button.isVisibleTo(self)

    def add_beginning(self, text: str, icon: str) -> QPushButton:
        """Put another button beside the one that begins the work, for another way to do it, and return it."""
        button = QPushButton(text)
        theme.set_icon(button, icon)
        self._row.insertWidget(len(self._beginning), button)
        self._beginning.append(button)
        return button

    def show_running(self, *, running: bool) -> None:
        """Show how far the work is and what stops it, or what begins it. Focus goes to what takes the place."""
        had_focus = any(each.hasFocus() for each in (*self._beginning, self.stop_button))
        for button in self._beginning:
            button.setVisible(not running)
        self.bar.setVisible(running)
        self.stop_button.setVisible(running)
        self.stop_button.setEnabled(running)
        if had_focus:
            (self.stop_button if running else self.button).setFocus()

    def show_progress(self, done: int, whole: int) -> None:
        """Fill the bar; a whole of 0 is one that nobody knows."""
        self.bar.setRange(0, whole)
        self.bar.setValue(done)

    def say(self, text: str, state: str = "") -> None:
        """Say how it went: `ok`, `warn` or `danger`, or no state while it goes on."""
        self.words.setText(text)
        theme.set_property(self.words, "state", state)
        self.words.show()
