"""Small disks that fill up, refuse to be written and vanish, where a test may mount them; else the test is skipped."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    """A mounted disk in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_in = True

    def pull(self) -> None:
        """Take it away under whoever writes to it."""
        subprocess.run(["umount", "-l", str(self.folder)], check=True)
        self.folder.rmdir()
        self.is_in = False

    def remount(self, options: str) -> None:
        """Change it: `ro`, `size=8m`."""
        subprocess.run(["mount", "-o", f"remount,{options}", str(self.folder)], check=True)


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Disk]:
    """Mount a disk of a size."""
    folder.mkdir()
    mount = shutil.which("mount")
    if os.name != "posix" or os.geteuid() != 0 or mount is None:
        pytest.skip("mounting a disk needs the superuser")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    if made.returncode != 0:
        pytest.skip("mounting is not permitted here")
    mounted = Disk(folder)
    try:
        yield mounted
    finally:
        if mounted.is_in:
            subprocess.run(["umount", "-l", str(folder)], check=True)
