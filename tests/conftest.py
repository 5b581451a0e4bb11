"""What holds for every test: no screen, no home folder of a person, and no warning in the log that nobody expected."""

import gc
import logging
import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt


gc.disable()  # as in the window: no thread of a test may take apart what is left of another test's widgets


@pytest.fixture(scope="module", autouse=True)
def _garbage_is_taken_out() -> Iterator[None]:
    yield
    gc.collect()


class _Kept(logging.Handler):
    """Keeps the records from WARNING upwards, from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(scope="session", autouse=True)
def _home_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Default folders lie in a temporary home, so that no test reads or writes what somebody keeps."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def _log_is_quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a logged warning or error; a test that expects one takes `caplog` and looks at it."""
    if "caplog" in request.fixturenames:
        yield
        return
    kept = _Kept()
    root = logging.getLogger()
    root.addHandler(kept)
    yield
    root.removeHandler(kept)
    assert not kept.lines, f"logged without being expected: {kept.lines}"
