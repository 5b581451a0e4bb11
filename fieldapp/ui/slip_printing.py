"""Printing slips: on a receipt printer where one is set up and the slips are laid out for a roll, else as any PDF."""

from functools import partial

from PySide6.QtWidgets import QWidget

from fieldapp.domain.problems import Problem
from fieldapp.services.receipt_printer import PRINTABLE_DOTS, print_slip_on_roll
from fieldapp.ui.printing import Printed, PrintJob, Waits, print_pdf
from fieldapp.ui.session import Session


def print_slip(parent: QWidget, pdf: bytes, session: Session, printed: Printed, waits: Waits | None = None) -> None:
    """Print slips in the layout of the settings; `printed` hears None once they are on paper, else why they are not.

    The printer is the one of their layout. Staff are asked for it once, and it is kept.
    """
    settings = session.settings
    layout = settings.slip_layout
    if settings.receipt_printer and layout in PRINTABLE_DOTS:
        PrintJob(
            parent, partial(_on_roll, pdf, layout, settings.receipt_printer, settings.slip_copies), printed
        ).start()
        return
    print_pdf(
        parent,
        pdf,
        settings.changed(printer=settings.printer_of(layout)),
        printed,
        waits=waits,
        remember=None if settings.asks_for(layout) else partial(keep_printer, session, layout),
        copies=settings.slip_copies,
    )


def keep_printer(session: Session, layout: str, printer: str) -> None:
    """Keep which printer has the paper of a layout; the empty text asks each time."""
    session.save_settings(printers={**session.settings.printers, layout: printer})


def _on_roll(pdf: bytes, layout: str, address: str, copies: int) -> Problem | None:
    try:
        for _copy in range(copies):
            print_slip_on_roll(pdf, layout, address)
    except Problem as problem:
        return problem
    return None
