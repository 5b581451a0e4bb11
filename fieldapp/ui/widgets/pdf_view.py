"""A PDF as a picture: its first page, as large as the place allows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

from fieldapp.ui.printing import load_pdf


class PdfView(QWidget):
    """Shows the first page of PDF bytes; nothing before there are any."""

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        self.setMinimumSize(180, 200)
        self._document: QPdfDocument | None = None
        self._image = QImage()

    def show_pdf(self, pdf: bytes) -> None:
        """Show another PDF; no bytes clear the view."""
        if self._document is not None:
            self._document.deleteLater()
        self._document = load_pdf(pdf, self) if pdf else None
        self._render()

    def _render(self) -> None:
        self._image = QImage()
        if self._document is not None:
            points = self._document.pagePointSize(0)
            ratio = self.devicePixelRatioF()
            pixels = points.scaled(self.width() * ratio, self.height() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
            self._image = self._document.render(0, QSize(round(pixels.width()), round(pixels.height())))
            self._image.setDevicePixelRatio(ratio)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the page anew at the new size."""
        super().resizeEvent(event)
        self._render()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the page at the top, on white: paper is white in every theme."""
        del event
        if self._image.isNull():
            return
        painter = QPainter(self)
        size = self._image.deviceIndependentSize()
        left = round((self.width() - size.width()) / 2)
        painter.fillRect(left, 0, round(size.width()), round(size.height()), Qt.GlobalColor.white)
        painter.drawImage(left, 0, self._image)
        painter.end()
