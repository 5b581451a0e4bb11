"""`fieldapp demo` as a person without a screen runs it: from nothing to a day's papers, and on from there."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import claim169
import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from fieldapp.commands.door import DONE, SIGN_IN, USAGE
from fieldapp.exchange.people_list import COLUMNS, read_csv
from tests.commands.conftest import PASSWORD, STAFF, Run


def test_it_makes_a_post_and_leaves_the_day(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "day"
    result = run("demo", "--out", out, "--groups", 9)
    assert result.exit_code == DONE, result.output
    rows = read_csv((out / "people.csv").read_text("utf-8"))
    assert (out / "people.csv").read_bytes().startswith(",".join(COLUMNS).encode() + b"\r\n")
    slips = sorted((out / "slips").iterdir())
    assert len(slips) == 9
    assert {slip.stem for slip in slips} == {row.group_number for row in rows}
    assert (out / "summary.pdf").read_bytes().startswith(b"%PDF")
    assert f"Registered: {len(rows)} people in 9 families" in result.stdout
    assert STAFF in result.stdout
    assert PASSWORD not in result.stdout

    again = run("demo", "--out", out, "--groups", 3)
    assert again.exit_code == DONE, again.output
    assert len(list((out / "slips").iterdir())) == 12
    assert "Recovery key" not in again.stdout


def test_staff_and_password_are_made_up_and_printed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIELDAPP_STAFF")
    monkeypatch.delenv("FIELDAPP_PASSWORD")
    result = run("demo", "--out", tmp_path / "day", "--groups", 1)
    assert result.exit_code == DONE, result.output
    monkeypatch.setenv("FIELDAPP_STAFF", found(r"Staff name: (\S+)", result.stdout))
    monkeypatch.setenv("FIELDAPP_PASSWORD", found(r"Password: (\S+)", result.stdout))
    assert run("export", "--out", tmp_path / "l.csv", "--data-dir", tmp_path / "day" / "data").exit_code == DONE
    assert (tmp_path / "l.csv").read_bytes() == (tmp_path / "day" / "people.csv").read_bytes()
    monkeypatch.setenv("FIELDAPP_PASSWORD", "something else")
    assert run("demo", "--out", tmp_path / "day", "--groups", 1).exit_code == SIGN_IN


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, text
    return match[1]


def test_another_reader_verifies_a_slip_with_the_key_alone(run: Run, post: Path, tmp_path: Path) -> None:
    run("demo", "--out", tmp_path, "--groups", 1, "--data-dir", post)
    (slip,) = (tmp_path / "slips").iterdir()
    page = pypdfium2.PdfDocument(slip)[0].render(scale=300 / 72).to_pil()
    (code,) = zxingcpp.read_barcodes(page)
    (key,) = json.loads((tmp_path / "issuer.json").read_text())["keys"]
    public = claim169_key(key["x"])
    result = claim169.decode(code.text, verify_with_ed25519=public)
    assert (result.verification_status, result.claim169.id) == ("verified", slip.stem)
    assert result.key_id == key["kid"].encode()


def claim169_key(text: str) -> bytes:
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(text + "=")


@pytest.mark.parametrize("groups", ["0", "-1", "many"])
def test_a_number_of_families_that_is_none_is_wrong_usage(run: Run, tmp_path: Path, groups: str) -> None:
    assert run("demo", "--out", tmp_path, "--groups", groups).exit_code == USAGE


def test_out_that_is_a_file_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "day").write_text("x")
    assert run("demo", "--out", tmp_path / "day").exit_code == USAGE


def test_it_needs_no_qt_and_no_screen(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from fieldapp.__main__ import main\n"
        f"sys.argv = ['fieldapp', 'demo', '--out', {str(tmp_path / 'day')!r}, '--groups', '2']\n"
        "main()\n"
    )
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "day" / "slips").iterdir())) == 2
