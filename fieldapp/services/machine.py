"""Which machine and which folder a register lies in, so that a copy of the folder is known for one before it writes.

The mark lies inside the encrypted register. A copy has another folder, and on another laptop another machine: it goes on
under a new epoch, and the original as before. What a copy of the whole disk hides is found by receipts and forks.
"""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from fieldapp.storage.units import ReadUnit, WriteUnit

_NAME = "machine"
_LINUX = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def machine_id() -> str:
    """Return what the system calls this machine, empty where it does not say."""
    if sys.platform == "win32":
        return _windows_id()
    if sys.platform == "darwin":
        return _mac_id()
    for path in _LINUX:
        try:
            return path.read_text("ascii").strip()
        except (OSError, ValueError):
            continue
    return ""


def _windows_id() -> str:
    import winreg  # noqa: PLC0415 - only there

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:  # type: ignore[attr-defined,unused-ignore]
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return ""


def _mac_id() -> str:
    try:
        said = subprocess.run(  # noqa: S603 - a fixed command
            ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"], capture_output=True, check=False, timeout=5
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    lines = said.stdout.decode("utf-8", "replace").splitlines()
    return next((line.partition("=")[2].strip() for line in lines if "IOPlatformUUID" in line), "")


def mark_of(folder: Path, device_id: UUID) -> bytes:
    """Return the mark of a laptop's register in a folder of this machine."""
    return sha256(f"{machine_id()}|{folder.stat().st_ino}|{device_id}".encode()).digest()


def leave_mark(unit: WriteUnit, folder: Path, device_id: UUID) -> None:
    """Keep where the register lies now."""
    unit.put_local(_NAME, mark_of(folder, device_id))


def forget_mark(unit: WriteUnit) -> None:
    """Keep no mark: the next opening leaves one, and takes the register for where it belongs."""
    unit.put_local(_NAME, b"")


def mark_here(unit: ReadUnit) -> bytes:
    """Return the mark that was left, empty where there is none."""
    return unit.get_local(_NAME) or b""
