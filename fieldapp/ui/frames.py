"""Frames and photos between Qt and the services: grey bytes to read codes in, PNG bytes to read letters in."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from fieldapp.services.pictures import can_read_zones, papers_in_frame, zone_in


def papers_of(image: QImage, *, with_zone: bool) -> tuple[list[str | bytes], bool]:
    """Return what the papers in a frame say, and whether it was read by its shapes. For a worker's thread."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, stride = grey.width(), grey.height(), grey.bytesPerLine()
    bits = bytes(grey.constBits())
    if stride != width:
        bits = b"".join(bits[row * stride : row * stride + width] for row in range(height))
    found = papers_in_frame(bits, width, height)
    if found or not with_zone or not can_read_zones():
        return found, False
    zone = zone_in(encoded(image))
    return ([zone] if zone else []), True


def encoded(image: QImage) -> bytes:
    """Return a picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(data.data())
