"""Printing slips: on a receipt printer where one is set up and the slips are laid out for a roll, else as any PDF."""

import logging
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from fieldapp.domain.problems import Problem
from fieldapp.services.receipt_printer import PRINTABLE_DOTS, print_slip_on_roll
from fieldapp.settings import Settings
from fieldapp.ui.printing import PrintJob, print_pdf

log = logging.getLogger(__name__)


def print_slip(parent: QWidget, pdf: bytes, settings: Settings, printed: Callable[[bool], None]) -> None:
    """Print slips; `printed` hears True once the printer has them, False where it did not take them."""
    if not settings.receipt_printer or settings.slip_layout not in PRINTABLE_DOTS:
        print_pdf(parent, pdf, settings, printed)
        return

    def send() -> bool:
        try:
            print_slip_on_roll(pdf, settings.slip_layout, settings.receipt_printer)
        except Problem as problem:
            log.info("the receipt printer did not take a slip: %s", problem.code)
            return False
        return True

    PrintJob(parent, send, printed).start()
