"""A few answers of which one holds, each a row with a word and perhaps a line of explanation."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from fieldapp.ui import theme


class OptionList(QWidget):
    """`options` are (value, word, explanation); `chosen` is emitted when a person chooses."""

    chosen = Signal(str)

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str, str]],
        current: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._label = QLabel(label)
        column.addWidget(self._label)
        self._label.setVisible(bool(label))
        for value, word, explanation in options:
            button = QRadioButton(word)
            button.setAccessibleName(f"{label}: {word}" if label else word)
            button.setAccessibleDescription(explanation)
            button.setChecked(value == current)
            button.clicked.connect(lambda _checked=False, value=value: self.chosen.emit(value))
            self._group.addButton(button)
            self.buttons[value] = button
            column.addWidget(button)
            if explanation:
                words = QLabel(explanation)
                words.setProperty("kind", "hint")
                words.setWordWrap(True)
                row = QHBoxLayout()
                row.setContentsMargins(0, 0, 0, theme.SPACE[1])
                row.addSpacing(theme.size("indicator") + 14)
                row.addWidget(words, 1)
                column.addLayout(row)

    @property
    def value(self) -> str:
        """The answer that holds; empty when none does."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, value: str) -> None:
        """Let an answer hold, without saying that a person chose it."""
        self.buttons[value].setChecked(True)
