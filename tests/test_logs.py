"""The log says what failed and where, and nothing of anybody."""

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import logs


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in [each for each in root.handlers if each not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_an_error_is_logged_without_what_it_was_about(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    logs.start(tmp_path)

    try:
        try:
            int("Villalobos")
        except ValueError as error:
            raise RuntimeError("María de los Ángeles") from error
    except RuntimeError:
        logging.getLogger("fieldapp.test").exception("work failed")

    written = (tmp_path / logs.FILE_NAME).read_text("utf-8")
    assert "work failed" in written
    assert "RuntimeError at test_logs.py:" in written
    assert "ValueError at test_logs.py:" in written
    assert "Villalobos" not in written
    assert "María" not in written
    assert stat.S_IMODE((tmp_path / logs.FILE_NAME).stat().st_mode) == 0o600
    assert caplog.records


def test_without_a_folder_nothing_is_written_and_nothing_fails(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logs.start(tmp_path / "none")

    logging.getLogger("fieldapp.test").warning("before the set-up")

    assert not (tmp_path / "none").exists()
    assert caplog.records


def test_it_stays_small(tmp_path: Path) -> None:
    logs.start(tmp_path)

    for _ in range(9000):
        logging.getLogger("fieldapp.test").info("x" * 120)

    files = list(tmp_path.glob("fieldapp.log*"))
    assert len(files) == 3
    assert all(file.stat().st_size <= 256 * 1024 for file in files)
