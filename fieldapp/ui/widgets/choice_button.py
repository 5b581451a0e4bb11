"""A button that stays chosen; it keeps room for its words in bold, so that choosing it cuts nothing off."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton


class ChoiceButton(QPushButton):
    """One answer of several; the keyboard stays with the row it belongs to."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return self._with_room(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._with_room(super().minimumSizeHint())

    def _with_room(self, size: QSize) -> QSize:
        bold = self.font()
        bold.setBold(True)
        plain = self.font()
        plain.setBold(False)
        wider = QFontMetrics(bold).horizontalAdvance(self.text()) - QFontMetrics(plain).horizontalAdvance(self.text())
        return (
            size if self.isChecked() and self.font().bold() else QSize(size.width() + max(0, wider) + 2, size.height())
        )
