"""Printing PDFs through Qt: to the remembered printer without a dialog, else through the system's print dialog.

Whether paper came out cannot be known here; `printed` is told whether the job was handed to the printer.
"""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from fieldapp.settings import Settings

_POINTS_PER_INCH = 72
_SHARPEST_DPI = 600
"""A slip's code has modules of 0.4 mm; more dots than this make pages that old printers cannot hold."""


def load_pdf(pdf: bytes, parent: QWidget) -> QPdfDocument:
    """Return PDF bytes as a document that belongs to a widget. Raises ValueError if it is none."""
    buffer = QBuffer(parent)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(parent)
    document.load(buffer)
    buffer.setParent(document)
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
    printed(draw(parent, pdf, printer))


def remembered_printer(settings: Settings) -> QPrinter | None:
    """Return the printer that was chosen in the settings, None if none was or it is gone."""
    info = QPrinterInfo.printerInfo(settings.printer) if settings.printer else QPrinterInfo()
    return None if info.isNull() else QPrinter(info, QPrinter.PrinterMode.HighResolution)


def draw(parent: QWidget, pdf: bytes, printer: QPrinter) -> bool:
    """Draw every page of a PDF on a printer at its own size; return False if the printer does not take it."""
    document = load_pdf(pdf, parent)
    try:
        painter = QPainter()
        for page in range(document.pageCount()):
            points = document.pagePointSize(page)
            _fit(printer, points)
            if page == 0:
                if not painter.begin(printer):
                    return False
            elif not printer.newPage():
                painter.end()
                return False
            dpi = min(printer.resolution(), _SHARPEST_DPI)
            pixels = points * (dpi / _POINTS_PER_INCH)
            image = document.render(page, QSize(round(pixels.width()), round(pixels.height())))
            scale = printer.resolution() / _POINTS_PER_INCH
            painter.drawImage(QRectF(0, 0, points.width() * scale, points.height() * scale), image)
        return painter.end() and printer.printerState() is not QPrinter.PrinterState.Error
    finally:
        document.deleteLater()


def _fit(printer: QPrinter, points: QSizeF) -> None:
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
