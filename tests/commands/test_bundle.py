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


def test_an_erasure_that_comes_by_the_stick_says_which_slips_it_deleted_and_what_is_left(
    post: Path, run: Run, tmp_path: Path
) -> None:
    other, stick, slips = tmp_path / "other", tmp_path / "stick", tmp_path / "slips"
    stick.mkdir()
    (tmp_path / "families.json").write_text(json.dumps(FAMILY))
    run("enrol", "request", stick / "ask", "--device-code", "B2", "--post", "PSB", "--data-dir", other)
    run("enrol", "certify", stick / "ask", stick, "--data-dir", post)
    run("enrol", "join", stick, "--data-dir", other)
    run("register", tmp_path / "families.json", "--slips", slips, "--data-dir", other)
    (slip,) = slips.glob("*.pdf")
    run("export", "--out", tmp_path / "people.csv", "--data-dir", other)
    run("bundle", "export", stick, "--data-dir", other)
    run("bundle", "import", stick, "--data-dir", post)

    erased = run("erase", f"{slip.stem}-1", "--ground", "withdrawn consent", "--data-dir", post)
    assert erased.exit_code == 0, erased.output
    run("bundle", "export", stick, "--data-dir", post)
    imported = run("bundle", "import", stick, "--data-dir", other)

    assert imported.exit_code == 0, imported.output
    assert "Somebody was erased, on this laptop too." in imported.stdout
    assert "1 file for other laptops was deleted" in imported.stdout
    assert f"{slip} was deleted" in imported.stdout
    assert f"{tmp_path / 'people.csv'} may still hold the person" in imported.stdout
    assert not slip.exists()
