"""A print server of its own for a test: CUPS on a socket in a folder, with queues that print into files or nowhere.

It is the real one, started by hand and stopped by its process; the machine's own print server is not touched.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CUPSD = shutil.which("cupsd") or ("/usr/sbin/cupsd" if Path("/usr/sbin/cupsd").exists() else "")
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
WHY_NOT = "no CUPS here (apt-get install cups cups-client printer-driver-cups-pdf)"

_POLICY = """
LogLevel warn
Listen {folder}/sock
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobHistory Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/spool/tmp
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
FileDevice Yes
"""


class PrintServer:
    """A running print server; its queues are made and disturbed with CUPS' own commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = str(folder / "sock")

    def run(self, command: str, *arguments: str) -> str:
        """Run one of CUPS' commands against this server and return what it said."""
        done = subprocess.run(  # noqa: S603 - fixed commands
            [shutil.which(command) or f"/usr/sbin/{command}", *arguments],
            env={**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        return done.stdout

    def add_queue(self, name: str, device: str = "file:///dev/null") -> None:
        """Make a queue that prints pages as they come: nowhere, into a file, or to an address."""
        self.run("lpadmin", "-p", name, "-E", "-v", device, "-m", "raw")


@contextmanager
def print_server(folder: Path) -> Iterator[PrintServer]:
    """Run a print server in a folder of a short path, for a socket's name has little room."""
    folder.chmod(0o755)  # filters run as another user
    for name in ("root", "spool/tmp", "cache", "state"):
        (folder / name).mkdir(parents=True)
    (folder / "cupsd.conf").write_text(_POLICY.format(folder=folder))
    (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
    process = subprocess.Popen(  # noqa: S603 - a fixed program
        [CUPSD, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        ends = time.monotonic() + 30
        while not (folder / "sock").exists() and time.monotonic() < ends:
            time.sleep(0.05)
        yield PrintServer(folder)
    finally:
        process.terminate()
        process.wait(timeout=30)
