"""`fieldapp enrol` and `fieldapp bundle`, as typed on two laptops with one stick."""

import json
from pathlib import Path

from tests.commands.conftest import Run

FAMILY = {"groups": [{"members": [{"given_names": "Ana", "surnames": "Ñáñez", "sex": "F", "birth": "1989"}]}]}


def test_a_second_laptop_joins_and_both_exchange_their_families(post: Path, run: Run, tmp_path: Path) -> None:
    other, stick = tmp_path / "other", tmp_path / "stick"
    stick.mkdir()
    (tmp_path / "families.json").write_text(json.dumps(FAMILY))
    assert run("bundle", "export", stick, "--data-dir", post).exit_code == 3  # nobody could read it

    asked = run("enrol", "request", stick / "ask", "--device-code", "B2", "--post", "PSB", "--data-dir", other)
    assert asked.exit_code == 0, asked.output
    assert run("enrol", "certify", stick / "ask", stick, "--data-dir", post).exit_code == 0
    assert run("enrol", "join", stick, "--data-dir", other).exit_code == 0
    registered = run("register", tmp_path / "families.json", "--slips", tmp_path, "--data-dir", other)
    assert registered.exit_code == 0, registered.output
    assert run("bundle", "export", stick, "--data-dir", other).exit_code == 0
    imported = run("bundle", "import", stick, "--data-dir", post)

    assert imported.exit_code == 0, imported.output
    assert "Put aside: 0" in imported.stdout
    for slip in tmp_path.glob("*.pdf"):
        assert run("verify", slip, "--data-dir", post).exit_code == 0
    assert run("check", "--data-dir", post).exit_code == 0


def test_a_missing_stick_and_a_foreign_file_are_said(post: Path, run: Run, tmp_path: Path) -> None:
    assert run("bundle", "export", tmp_path / "none", "--data-dir", post).exit_code == 4
    (tmp_path / "x.bundle").write_bytes(b"no bundle")
    refused = run("bundle", "import", tmp_path / "x.bundle", "--data-dir", post)
    assert refused.exit_code == 3
    assert "x.bundle is damaged" in refused.stderr
    assert run("enrol", "certify", tmp_path / "x.bundle", tmp_path, "--data-dir", post).exit_code == 3
