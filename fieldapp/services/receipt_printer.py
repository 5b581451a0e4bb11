"""Slips to a receipt printer that no system queue serves, each code at whole dots."""

from fieldapp.documents.thermal import NoPaper, NoReceiptPrinter, can_print, print_pictures, read_address
from fieldapp.domain.problems import EnvironmentProblem, Problem

PRINTABLE_DOTS = {"roll_80": 576, "roll_58": 384}
"""How many dots of 203 an inch the usual printers have across, by layout."""

_DOTS_PER_INCH = 203

__all__ = ["PRINTABLE_DOTS", "can_print", "check_address", "print_slip_on_roll"]


def check_address(text: str) -> None:
    """Raise Problem unless the text is an address that a receipt printer can have."""
    try:
        read_address(text)
    except ValueError as error:
        raise Problem("receipt_printer_address", value=text) from error


def print_slip_on_roll(pdf: bytes, layout: str, address: str) -> None:
    """Print slips that were drawn in a layout of a roll.

    Raises Problem for a wrong address, another layout or a missing library, EnvironmentProblem where the printer does
    not take the slip: it counts as not printed.
    """
    check_address(address)
    if not can_print():
        raise Problem("receipt_printer_missing")
    if layout not in PRINTABLE_DOTS:
        raise Problem("receipt_printer_layout")
    from fieldapp.exchange.page_dots import page_dots  # noqa: PLC0415 - start-up prints nothing

    try:
        print_pictures(page_dots(pdf, _DOTS_PER_INCH, PRINTABLE_DOTS[layout]), read_address(address))
    except NoPaper as error:
        raise EnvironmentProblem("receipt_printer_no_paper") from error
    except NoReceiptPrinter as error:
        raise EnvironmentProblem("receipt_printer_failed", reason=str(error)) from error
