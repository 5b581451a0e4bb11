"""What is in a picture: the codes and zones of papers, and a face for a portrait. Nothing of a picture is kept but that."""

from pathlib import Path

from fieldapp.exchange.ocr import can_read_zones, zone_in
from fieldapp.exchange.portraits import Crop, NotAPhoto, make_portrait
from fieldapp.exchange.reading import LARGEST_FILE, papers_in_file, papers_in_frame
from fieldapp.trust.safe_files import told_in_words

__all__ = [
    "Crop", "NotAPhoto", "can_read_zones", "make_portrait", "papers_in_frame", "papers_in_picture", "photo_of_file",
    "zone_in",
]  # fmt: skip


def papers_in_picture(path: Path) -> tuple[list[str | bytes], bool]:
    """Return what the codes of papers in a picture or PDF say, or else its machine-readable zone where that can be read.

    The second part tells that it was read by its shapes. Raises CannotReadCodes and the problems of the disk.
    """
    found = papers_in_file(path)
    if found or not can_read_zones():
        return found, False
    with told_in_words(path):
        zone = zone_in(path.read_bytes())
    return ([zone] if zone else []), True


def photo_of_file(path: Path) -> bytes:
    """Return the bytes of a photo to make a portrait of. Raises NotAPhoto, and the problems of the disk."""
    with told_in_words(path):
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            raise NotAPhoto("photo_too_large" if path.is_file() else NotAPhoto.code)
        return path.read_bytes()
