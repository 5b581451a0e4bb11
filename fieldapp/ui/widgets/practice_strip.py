"""The strip that says on every screen that this is practice, with what to try next; it cannot be closed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.wrap_layout import WrapLayout


class PracticeStrip(QFrame):
    """Emits `left` to leave practice and `reset` to begin anew."""

    left = Signal()
    reset = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        _ = language.gettext
        self._language = language
        self.setProperty("kind", "banner")
        self.setProperty("state", "warn")
        sign = QLabel()
        theme.set_icon(sign, "triangle-alert", "warn")
        self.words = QLabel(_("PRACTICE: nothing here is real, and no slip from here is worth anything."))
        self.words.setProperty("state", "warn")
        self.words.setWordWrap(True)
        self.reset_button = QPushButton(_("Begin anew"))
        self.left_button = QPushButton(_("Leave practice"))
        self.reset_button.clicked.connect(self.reset)
        self.left_button.clicked.connect(self.left)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE[2])
        top.addWidget(sign)
        top.addWidget(self.words, 1)
        top.addWidget(self.reset_button)
        top.addWidget(self.left_button)
        self._steps = WrapLayout(gap=theme.SPACE[3], line_gap=0)
        self.labels: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[4], theme.SPACE[1], theme.SPACE[2], theme.SPACE[1])
        column.setSpacing(theme.SPACE[0])
        column.addLayout(top)
        column.addLayout(self._steps)

    def show_steps(self, steps: Sequence[tuple[str, bool]]) -> None:
        """Show what there is to try, and what of it is done."""
        _ = self._language.gettext
        while len(self.labels) < len(steps):
            label = QLabel()
            label.setProperty("state", "warn")
            self.labels.append(label)
            self._steps.addWidget(label)
        for number, (label, (words, is_done)) in enumerate(zip(self.labels, steps, strict=False), start=1):
            label.setText(f"\N{CHECK MARK} {words}" if is_done else f"{number} {words}")
            label.setAccessibleName(_("{step}: done", step=words) if is_done else words)
