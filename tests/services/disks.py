"""Small disks that fill up, refuse to be written and vanish, where a test may mount them; else the test is skipped."""

import os
import shutil
import subprocess
import time
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


class Stick:
    """A stick with the file system that sticks are sold with, in a file: plugged in by the kernel, or in user space."""

    def __init__(self, image: Path, folder: Path, kind: str) -> None:
        self.image, self.folder, self.kind = image, folder, kind
        self._driver: subprocess.Popen[bytes] | None = None
        self._device = ""

    def plug_in(self) -> None:
        """Mount it. Skips the test where the system knows no such file system."""
        _run("umount", "-l", str(self.folder))  # what is left of one that was pulled
        self.folder.mkdir(exist_ok=True)
        mounted = _run("mount", "-t", self.kind, "-o", "loop", str(self.image), str(self.folder))
        if mounted.returncode == 0:
            return
        if self.kind == "vfat" and shutil.which("fusefat"):
            drives = ["fusefat", "-f", "-o", "rw+", str(self.image)]
        elif self.kind == "exfat" and shutil.which("mount.exfat-fuse"):
            self._device = self._device or _run("losetup", "-f", "--show", str(self.image)).stdout.decode().strip()
            drives = ["mount.exfat-fuse", "-d", self._device or str(self.image)]
        else:
            pytest.skip(f"this system cannot mount {self.kind}")
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._driver = subprocess.Popen([*drives, str(self.folder)], **silent)
        while not self.folder.is_mount():
            if self._driver.poll() is not None:
                pytest.skip(f"mounting {self.kind} is not permitted here")
            time.sleep(0.01)

    def pull(self) -> None:
        """Take it away under whoever writes to it."""
        if self._driver is not None:
            self._driver.kill()
            self._driver.wait()
            self._driver = None
        else:
            _run("umount", "-l", "-f", str(self.folder))
            self.folder.rmdir()  # as desktops do

    def tidy_up(self) -> None:
        """Leave nothing mounted."""
        if self._driver is not None:
            self._driver.kill()
            self._driver.wait()
        _run("umount", "-l", str(self.folder))
        if self._device:
            _run("losetup", "-d", self._device)
            self._device = ""


@contextmanager
def stick_of(kind: str, place: Path) -> Iterator[Stick]:
    """Make an empty stick of a kind (`vfat`, `exfat`), plugged in."""
    image, folder = place / f"{kind}.img", place / kind
    if os.name != "posix" or os.geteuid() != 0 or shutil.which(f"mkfs.{kind}") is None:
        pytest.skip(f"mounting a stick needs the superuser and mkfs.{kind}")
    with image.open("wb") as file:
        file.truncate(16 * 1024 * 1024)
    subprocess.run([f"mkfs.{kind}", str(image)], check=True, capture_output=True)
    stick = Stick(image, folder, kind)
    try:
        stick.plug_in()
        yield stick
    finally:
        stick.tidy_up()


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True)
