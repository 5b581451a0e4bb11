"""`fieldapp reprint` writes what everybody holds once more."""

from pathlib import Path

from fieldapp.commands.door import DONE
from tests.commands.conftest import Run


def test_without_slips_nothing_is_written(run: Run, post: Path, tmp_path: Path) -> None:
    result = run("reprint", "--out", tmp_path / "all.pdf", "--data-dir", post)
    assert result.exit_code != DONE
    assert not (tmp_path / "all.pdf").exists()
