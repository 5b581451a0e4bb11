"""The box in the header that finds anyone by name, number or document: Ctrl+K takes the keyboard there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme


class FindBox(QWidget):
    """Emits `asked` with the text on Enter; Esc empties it and gives the keyboard back by `left`."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = language.gettext
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find anyone: name, number, place"))
        self.field.setAccessibleName(_("Find anyone"))
        self.field.returnPressed.connect(self._ask)
        sign = QLabel()
        theme.set_icon(sign, "search", "secondary")
        key = QLabel("Ctrl+K")
        key.setProperty("kind", "key")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[0], theme.SPACE[0], theme.SPACE[0], theme.SPACE[0])
        row.setSpacing(theme.SPACE[1])
        row.addWidget(sign)
        row.addWidget(self.field, 1)
        row.addWidget(key, 0, Qt.AlignmentFlag.AlignVCenter)

    def take_focus(self) -> None:
        """Take the keyboard, with what stands in the box selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc empties the box and leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.field.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        text = self.field.text().strip()
        self.field.clear()
        self.asked.emit(text)
