"""A large figure with the words below it that say what it counts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.ui import theme


class Figure(QFrame):
    """A card with one number. `state` warn colours a number that asks for work; the words say the same."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_property(self, "kind", "card")
        self._number = QLabel("\N{EM DASH}")
        theme.set_property(self._number, "kind", "figure")
        self._caption = QLabel(caption)
        theme.set_property(self._caption, "kind", "secondary")
        self._caption.setWordWrap(True)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.SPACE[3], theme.SPACE[1], theme.SPACE[3], theme.SPACE[1])
        box.setSpacing(0)
        box.addWidget(self._number)
        box.addWidget(self._caption)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(caption)

    @property
    def number(self) -> str:
        """The number as shown."""
        return self._number.text()

    def show_number(self, number: str, state: str = "") -> None:
        """Show a number; one that is the same as before is not painted again."""
        if number != self._number.text():
            self._number.setText(number)
        theme.set_property(self._number, "state", state or None)
        self.setAccessibleDescription(number)
