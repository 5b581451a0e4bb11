"""`fieldapp window` without a screen says so in one line, and how to go on."""

from pathlib import Path

import pytest
import typer

from fieldapp.app import has_screen
from fieldapp.commands.door import ENVIRONMENT
from fieldapp.commands.window import window


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.mark.usefixtures("no_screen")
def test_it_says_so_in_one_line_and_leaves_with_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as left:
        window(tmp_path)
    assert left.value.exit_code == ENVIRONMENT
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "no screen" in said
    assert "fieldapp demo --out DIR" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_screen")
@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_of_these_names_a_screen(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert not has_screen()
    monkeypatch.setenv(name, "offscreen")
    assert has_screen()


@pytest.mark.usefixtures("no_screen")
def test_elsewhere_there_is_always_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert has_screen()
