"""`fieldapp laptops` lists, refuses what nobody is, and sets the limits."""

from pathlib import Path

from fieldapp.commands.door import DONE, REFUSED
from tests.commands.conftest import Run


def test_the_list_and_the_limits(run: Run, post: Path) -> None:
    listed = run("laptops", "list", "--data-dir", post)
    assert listed.exit_code == DONE, listed.output
    assert listed.stdout.split("\t")[1:] == ["PSB", "1", "confirmed\n"]
    assert run("laptops", "limits", "--warn-records", 50, "--data-dir", post).exit_code == DONE
    wrong = run("laptops", "limits", "--warn-records", 900, "--data-dir", post)
    assert wrong.exit_code == REFUSED
    assert "must grow" in wrong.stderr


def test_a_laptop_that_nobody_knows_is_not_revoked(run: Run, post: Path) -> None:
    refused = run("laptops", "revoke", "Z9", "--reason", "lost", "--data-dir", post)
    assert refused.exit_code == REFUSED
    assert run("laptops", "confirm", "Z9", "--data-dir", post).exit_code == REFUSED
