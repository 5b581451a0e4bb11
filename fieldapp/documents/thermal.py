"""Pictures to a receipt printer in its own language, ESC/POS: by a file, the network, USB or a serial line.

The printer's own letters and codes are not used: they know no Arabic, and its codes are of the wrong kind. The library
is an extra (`thermal`); without it nothing here works, and `can_print` says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_TIMEOUT_SECONDS = 10
_ANSWER_SECONDS = 1.0
_FIXED_BITS, _FIXED, _PAPER_ENDED = 0x93, 0x12, 0x60
"""The bits of a status byte (DLE EOT 4 of the ESC/POS command reference): those that never change, and paper's end."""
_NETWORK_PORT = 9100
_BAUD = 9600
_USB = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")


class NoReceiptPrinter(Exception):
    """The printer could not be reached or did not take everything; the text says what its system said."""


class NoPaper(NoReceiptPrinter):
    """The printer says that its paper is at an end."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a receipt printer is: `kind` is file, network, usb or serial; `place` a path, a host or two USB numbers."""

    kind: str
    place: str
    number: int = 0


def read_address(text: str) -> Address:
    """Read `file:/dev/usb/lp0`, `network:10.0.0.7` (`:9100`), `usb:04b8:0e15`, `serial:/dev/ttyS0` (`:9600`).

    Raises ValueError for a text that is none of these.
    """
    kind, _, place = text.strip().partition(":")
    kind = kind.lower()
    if kind == "file" and place:
        return Address(kind, place)
    if kind == "usb" and _USB.fullmatch(place):
        return Address(kind, place)
    if kind in {"network", "serial"}:
        where, _, number = place.rpartition(":") if re.search(r":\d{1,6}$", place) else (place, "", "")
        usual = _NETWORK_PORT if kind == "network" else _BAUD
        if where:
            return Address(kind, where, int(number) if number else usual)
    raise ValueError(f"{text!r} is no address of a receipt printer")


def can_print() -> bool:
    """Tell whether the library that speaks ESC/POS is installed."""
    return find_spec("escpos") is not None


def print_pictures(pictures: "Sequence[Image]", address: Address) -> None:
    """Print black and white pictures, each cut off after it. Raises NoReceiptPrinter, NoPaper.

    Paper is asked for before and after, for it may end between; a printer that gives no answer is taken to have some.
    """
    from escpos.exceptions import Error  # noqa: PLC0415 - an extra

    try:
        printer = _opened(address)
        try:
            _require_paper(printer, address)
            for picture in pictures:
                printer.image(picture, impl="bitImageRaster", center=False)
                printer.cut()
            _require_paper(printer, address)
        finally:
            printer.close()
    except (OSError, Error) as error:
        raise NoReceiptPrinter(str(error) or type(error).__name__) from error


def _require_paper(printer: Any, address: Address) -> None:
    from escpos.constants import RT_STATUS_PAPER  # noqa: PLC0415 - an extra

    if address.kind == "file":
        return  # nothing can be asked
    usual = _set_patience(printer, address, _ANSWER_SECONDS)
    try:
        answer = printer.query_status(RT_STATUS_PAPER)
    except OSError:
        return
    finally:
        _set_patience(printer, address, usual)
    if answer and answer[0] & _FIXED_BITS == _FIXED and answer[0] & _PAPER_ENDED == _PAPER_ENDED:
        raise NoPaper("the paper is at an end")


def _set_patience(printer: Any, address: Address, seconds: float | None) -> float | None:
    """Set how long an answer is waited for, and return how long it was; of USB the library has its own."""
    usual: float | None = None
    if address.kind == "network":
        usual = printer.device.gettimeout()
        printer.device.settimeout(seconds)
    elif address.kind == "serial":
        usual = printer.device.timeout
        printer.device.timeout = seconds
    return usual


def _opened(address: Address) -> Any:
    from escpos import printer  # noqa: PLC0415 - an extra

    made: Any
    match address.kind:
        case "network":
            made = printer.Network(address.place, port=address.number, timeout=_TIMEOUT_SECONDS)
        case "usb":
            vendor, product = (int(part, 16) for part in address.place.split(":"))
            made = printer.Usb(vendor, product, timeout=_TIMEOUT_SECONDS * 1000)
        case "serial":
            made = printer.Serial(address.place, baudrate=address.number, timeout=_TIMEOUT_SECONDS)
        case _:
            made = printer.File(address.place)
    made.open(raise_not_found=True)
    return made
