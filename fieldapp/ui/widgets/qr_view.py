"""A QR code on the screen, dark on white in every theme, with its quiet zone, as large as there is room."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fieldapp.documents.qr import QUIET_ZONE, QrCode

_SIDE = 260


class QrView(QWidget):
    """Shows one code; `name` is read aloud."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._code: QrCode | None = None
        self.setAccessibleName(name)
        self.setMinimumSize(_SIDE, _SIDE)

    def show_code(self, code: QrCode) -> None:
        """Show a code in place of the one before."""
        self._code = code
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a square."""
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw whole pixels a module: a camera reads sharp edges."""
        painter = QPainter(self)
        if self._code is None:
            return
        whole = self._code.modules + 2 * QUIET_ZONE
        module = max(1, min(self.width(), self.height()) // whole)
        left, top = (self.width() - module * whole) // 2, (self.height() - module * whole) // 2
        painter.fillRect(QRectF(left, top, module * whole, module * whole), QColor(Qt.GlobalColor.white))
        for column, row, length in self._code.runs:
            place = QRectF(
                left + (column + QUIET_ZONE) * module, top + (row + QUIET_ZONE) * module, length * module, module
            )
            painter.fillRect(place, QColor(Qt.GlobalColor.black))
        painter.end()
