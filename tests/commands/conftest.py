"""Commands run as a person would type them, on a real post that was set up once and is copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fieldapp.commands import opening
from fieldapp.commands.door import clock, random_bytes

STAFF, PASSWORD = "rosa", "tres mesas pintan lunas 58"

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def _post(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from fieldapp.services.demo import demo_plan
    from fieldapp.services.machine import forget_mark
    from fieldapp.services.set_up import confirm_recovery_key, set_up
    from fieldapp.services.sign_in import sign_out

    folder = tmp_path_factory.mktemp("post") / "data"
    done = set_up(folder, demo_plan(STAFF, PASSWORD), clock=clock, random_bytes=random_bytes)
    confirm_recovery_key(folder, done.recovery_key)
    with done.desk.database.write() as unit:
        forget_mark(unit)  # each test gets a copy of the folder, which shall be no copy to the program
    sign_out(done.desk)
    return folder


@pytest.fixture
def post(_post: Path, tmp_path: Path) -> Path:
    """A data folder of a post whose administrator the environment names."""
    return Path(shutil.copytree(_post, tmp_path / "data"))


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(opening.STAFF_VARIABLE, STAFF)
    monkeypatch.setenv(opening.PASSWORD_VARIABLE, PASSWORD)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    yield


@pytest.fixture
def run() -> Run:
    """Run a command with its arguments and more environment; the result has `exit_code`, `stdout` and `stderr`."""
    from fieldapp.commands.root import build

    root = build()

    def run_it(*arguments: object, **environment: str) -> Result:
        return CliRunner().invoke(root, [str(argument) for argument in arguments], env=environment)

    return run_it
