"""Where every scan arrives, whatever read it: a scanner that types, the camera, a picture or PDF, pasted text.

What read it does not know what is done with it. The place in sight is asked first (`Place.scanned`).
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class ScanSource(StrEnum):
    """What read a scan."""

    SCANNER = "scanner"
    CAMERA = "camera"
    FILE = "file"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read: text as a scanner types it, or bytes as a barcode library decoded them.

    `from_picture` says that letters were read by their shape, so that look-alikes may be put right; `more` are other
    codes in the same picture, as of a large family's slip.
    """

    content: str | bytes
    source: ScanSource
    from_picture: bool = False
    more: tuple[str | bytes, ...] = ()


class Scans(QObject):
    """Emits `arrived` with each `Scan`, on the main thread."""

    arrived = Signal(object)
