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
_NETWORK_PORT = 9100
_BAUD = 9600
_USB = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")


class NoReceiptPrinter(Exception):
    """The printer could not be reached or did not take everything; the text says what its system said."""


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
    """Print black and white pictures, each cut off after it. Raises NoReceiptPrinter."""
    from escpos.exceptions import Error  # noqa: PLC0415 - an extra

    try:
        printer = _opened(address)
        try:
            for picture in pictures:
                printer.image(picture, impl="bitImageRaster", center=False)
                printer.cut()
        finally:
            printer.close()
    except (OSError, Error) as error:
        raise NoReceiptPrinter(str(error) or type(error).__name__) from error


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
