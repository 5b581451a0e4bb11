"""Printing PDFs through Qt: to the remembered printer without a dialog, else through the system's print dialog.

Drawing a page for a printer takes up to a second, so it is done in a thread of its own while staff type on; where the
system has print queues, the page is followed through them, for only a page that came out is printed.
"""

import logging
import secrets
from collections.abc import Callable
from functools import partial
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
    SignalInstance,
    Slot,
)
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.services.print_jobs import followed, has_queue
from fieldapp.settings import Settings

log = logging.getLogger(__name__)
Printed = Callable[[Problem | None], object]
"""Hears None once something is on paper, else why it is not."""
Waits = Callable[[str], object]
"""Hears the code of what a printer waits for, an empty text when it goes on."""
_POINTS_PER_INCH = 72
_BAND_PIXELS = 128
"""A page is drawn in bands of this height: little memory, and no long hold of the interpreter."""
_TITLE_BYTES = 4
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


def print_pdf(
    parent: QWidget,
    pdf: bytes,
    settings: Settings,
    printed: Printed,
    *,
    waits: Waits | None = None,
    remember: Callable[[str], object] | None = None,
    copies: int = 1,
) -> None:
    """Print a PDF. `printed` hears None once it is on paper (or as far as can be known), else why it is not.

    `waits` hears the code of what a printer waits for, as paper, and an empty text when it goes on. `remember` hears
    which printer staff chose, where they were asked.
    """
    printer = remembered_printer(settings)
    if printer is None:
        if not QPrinterInfo.availablePrinterNames():
            printed(EnvironmentProblem("no_printer"))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setCopyCount(copies)
        if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
            printed(Problem("print_declined"))
            return
        if remember is not None and printer.outputFormat() is QPrinter.OutputFormat.NativeFormat:
            remember(printer.printerName())
    else:
        printer.setCopyCount(copies)
    title = f"fieldapp {secrets.token_hex(_TITLE_BYTES)}"
    printer.setDocName(title)
    name = printer.printerName()
    pages = load_pdf(pdf, None).pageCount() * printer.copyCount()

    def send() -> Problem | None:
        return None if draw(pdf, printer) else EnvironmentProblem("print_not_drawn", printer=name)

    def follow(wait: Waits) -> Problem | None:
        return followed(name, title, pages, wait) if has_queue(name) else None

    is_queued = printer.outputFormat() is QPrinter.OutputFormat.NativeFormat
    PrintJob(parent, send, printed, follow=follow if is_queued else None, waits=waits).start()


class PrintJob(QObject):
    """Something on its way to a printer; the callbacks are dropped if their window is gone by then.

    Drawing keeps the program alive until the page is whole; following it through the queue does not.
    """

    _finished = Signal(object)
    _waiting = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        send: Callable[[], Problem | None],
        printed: Printed,
        *,
        follow: Callable[[Waits], Problem | None] | None = None,
        waits: Waits | None = None,
    ) -> None:
        super().__init__(parent)
        self._send, self._follow, self._printed, self._waits = send, follow, printed, waits
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._waiting.connect(self._on_waiting, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Draw in a thread; the program ends only after a page that was begun."""
        Thread(target=self._run, name="fieldapp printer").start()

    def _run(self) -> None:
        problem = self._asked(self._send)
        if problem is None and self._follow is not None:
            Thread(target=self._run_behind, args=(self._follow,), name="fieldapp print queue", daemon=True).start()
        else:
            self._tell(self._finished, problem)

    def _run_behind(self, follow: Callable[[Waits], Problem | None]) -> None:
        self._tell(self._finished, self._asked(partial(follow, partial(self._tell, self._waiting))))

    def _asked(self, step: Callable[[], Problem | None]) -> Problem | None:
        try:
            return step()
        except Exception:
            log.exception("a page did not get to the printer")
            return Problem("problem")

    def _tell(self, signal: SignalInstance, what: object) -> None:
        try:
            signal.emit(what)
        except RuntimeError:  # the window is gone
            return

    @Slot(object)
    def _on_finished(self, problem: Problem | None) -> None:
        if problem is not None:
            log.info("not printed: %s", problem.code)
        self._printed(problem)
        self.deleteLater()

    @Slot(str)
    def _on_waiting(self, code: str) -> None:
        if self._waits is not None:
            self._waits(code)


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
