"""Printing PDFs through Qt: to the remembered printer without a dialog, else through the system's print dialog.

Drawing a page for a printer takes up to a second, so it is done in a thread of its own while staff type on. Whether
paper came out cannot be known here; `printed` is told whether the job was handed to the printer.
"""

import logging
from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QObject,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from fieldapp.settings import Settings

log = logging.getLogger(__name__)
_POINTS_PER_INCH = 72
_BAND_PIXELS = 128
"""A page is drawn in bands of this height: little memory, and no long hold of the interpreter."""
_SHARPEST_DPI = 600
"""A slip's code has modules of 0.4 mm; more dots than this make pages that old printers cannot hold."""


def load_pdf(pdf: bytes, parent: QWidget | None) -> QPdfDocument:
    """Return PDF bytes as a document, which belongs to the widget if there is one. Raises ValueError if it is none."""
    document = QPdfDocument(parent)  # type: ignore[arg-type] # Qt takes no parent as well
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready or document.pageCount() == 0:
        raise ValueError("this is not a PDF")
    return document


def print_pdf(parent: QWidget, pdf: bytes, settings: Settings, printed: Callable[[bool], None]) -> None:
    """Print a PDF; `printed` hears True once the printer has it, False where there is none or staff said no."""
    printer = remembered_printer(settings)
    if printer is None:
        if not QPrinterInfo.availablePrinterNames():
            printed(False)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
            printed(False)
            return
    PrintJob(parent, lambda: draw(pdf, printer), printed).start()


class PrintJob(QObject):
    """Something on its way to a printer; the callback is dropped if its window is gone by then."""

    _finished = Signal(bool)

    def __init__(self, parent: QWidget, send: Callable[[], bool], printed: Callable[[bool], None]) -> None:
        super().__init__(parent)
        self._send, self._printed = send, printed
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Draw in a thread; the program ends only after a page that was begun."""
        Thread(target=self._run, name="fieldapp printer").start()

    def _run(self) -> None:
        is_printed = False
        try:
            is_printed = self._send()
        except Exception:
            log.exception("a page could not be drawn for the printer")
        try:
            self._finished.emit(is_printed)
        except RuntimeError:  # the window is gone
            return

    @Slot(bool)
    def _on_finished(self, is_printed: bool) -> None:
        self._printed(is_printed)
        self.deleteLater()


def remembered_printer(settings: Settings) -> QPrinter | None:
    """Return the printer that was chosen in the settings, None if none was or it is gone."""
    info = QPrinterInfo.printerInfo(settings.printer) if settings.printer else QPrinterInfo()
    return None if info.isNull() else QPrinter(info, QPrinter.PrinterMode.HighResolution)


def draw(pdf: bytes, printer: QPrinter) -> bool:
    """Draw every page of a PDF on a printer at its own size; return False if the printer does not take it.

    May run in any thread; document and painter live in that thread alone.
    """
    document = load_pdf(pdf, None)
    painter = QPainter()
    for page in range(document.pageCount()):
        _fit(printer, document.pagePointSize(page))
        if page == 0:
            if not painter.begin(printer):
                return False
        elif not printer.newPage():
            painter.end()
            return False
        _draw_page(document, page, printer, painter)
    return painter.end() and printer.printerState() is not QPrinter.PrinterState.Error


def _draw_page(document: QPdfDocument, page: int, printer: QPrinter, painter: QPainter) -> None:
    dpi = min(printer.resolution(), _SHARPEST_DPI)
    points = document.pagePointSize(page)
    whole = QSize(round(points.width() * dpi / _POINTS_PER_INCH), round(points.height() * dpi / _POINTS_PER_INCH))
    scale = printer.resolution() / dpi
    for top in range(0, whole.height(), _BAND_PIXELS):
        band = QRect(0, top, whole.width(), min(_BAND_PIXELS, whole.height() - top))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(whole)
        options.setScaledClipRect(band)
        image = document.render(page, band.size(), options)
        painter.drawImage(QRectF(0, top * scale, band.width() * scale, band.height() * scale), image)


def _fit(printer: QPrinter, points: QSizeF) -> None:
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
