"""The straight way into the window: what it takes, what it loads, and how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.commands.door import ENVIRONMENT, UNEXPECTED
from fieldapp.commands.straight import is_plain_start, open_safely, start

_HEAVY = (
    "typer",
    "sqlalchemy",
    "sqlmodel",
    "sqlcipher3",
    "pydantic",
    "reportlab",
    "qrcode",
    "cryptography",
    "pyrage",
    "argon2",
    "cbor2",
    "zxingcpp",
    "pypdfium2",
    "PIL",
    "babel",
    "zxcvbn",
    "rapidfuzz",
    "openpyxl",
    "xlsxwriter",
    "socket",
    "PySide6.QtPrintSupport",
    "PySide6.QtNetwork",
)
_LOOK = """
import sys
from PySide6.QtWidgets import QApplication
QApplication.exec = lambda *_: 0
sys.argv[1:] = sys.argv[2:]
try:
    from fieldapp.__main__ import main
    main()
except SystemExit as left:
    assert left.code == 0, left.code
page = next(window for window in QApplication.topLevelWidgets() if hasattr(window, "page")).page
print(type(page).__name__)
print(*(name for name in HEAVY if name in sys.modules))
"""


@pytest.mark.parametrize(
    "arguments", [[], ["window"], ["window", "--data-dir", "here"], ["window", "--data-dir", "a folder"]]
)
def test_a_plain_start_needs_no_command_line(arguments: list[str]) -> None:
    assert is_plain_start(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["check"],
        ["window", "--help"],
        ["window", "--data-dir"],
        ["window", "--data-dir", "--help"],
        ["window", "--data-dir", ""],
        ["window", "here"],
    ],
)
def test_anything_else_is_the_command_lines(arguments: list[str]) -> None:
    assert not is_plain_start(arguments)


def test_the_sign_in_page_stands_without_the_heavy_libraries(post: Path) -> None:
    code = f"HEAVY = {_HEAVY}\n{_LOOK}"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

    done = subprocess.run(
        [sys.executable, "-c", code, "-", "window", "--data-dir", str(post)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.splitlines() == ["SignInScreen", ""], done.stderr[-500:]


def test_the_folder_asked_for_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr("fieldapp.commands.straight.open_window", lambda folder, *_: opened.append(folder) or 0)

    assert start(["window", "--data-dir", "here"]) == 0

    assert opened == [Path("here")]


@pytest.mark.parametrize(("error", "code"), [(OSError(28, "No space left"), ENVIRONMENT), (KeyError("x"), UNEXPECTED)])
def test_an_error_is_one_line_and_a_code(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    code: int,
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr("fieldapp.commands.straight.open_window", fail)

    assert open_safely(tmp_path) == code

    assert capsys.readouterr().err.count("\n") == 1
    assert bool(caplog.records) == (code == UNEXPECTED)
