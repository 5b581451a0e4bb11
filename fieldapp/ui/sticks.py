"""Which sticks are plugged in, as far as the system shows them as folders."""

import sys
from pathlib import Path

from PySide6.QtCore import QDir, QStorageInfo

_ROOTS = (("/media/", 2), ("/run/media/", 2), ("/mnt/", 1), ("/Volumes/", 1))
"""Where systems show sticks, and how many folders below: a user's, then the stick's."""


def sticks() -> tuple[Path, ...]:
    """Return the folders of sticks and other disks that come and go."""
    volumes = (one for one in QStorageInfo.mountedVolumes() if one.isValid() and one.isReady())
    roots = (one.rootPath() for one in volumes)
    return tuple(Path(root) for root in roots if _comes_and_goes(root))


def _comes_and_goes(root: str) -> bool:
    if sys.platform == "win32":
        return QDir(root) != QDir(QDir.rootPath())
    below = [(root.removeprefix(place).count("/") + 1, depth) for place, depth in _ROOTS if root.startswith(place)]
    return any(found <= depth for found, depth in below)
