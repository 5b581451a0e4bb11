"""What goes wrong around a running command: a kill at any moment, a full disk. No slip without its record, no half family."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.commands.door import DONE, ENVIRONMENT, clock, random_bytes
from fieldapp.domain.slip import Verdict
from fieldapp.exchange.people_list import read_csv
from fieldapp.services.check import check
from fieldapp.services.sign_in import sign_in, sign_out
from fieldapp.services.verify import verify_file
from tests.commands.conftest import PASSWORD, STAFF, Run

KILLS = 6
GROUPS = 200


def start(post: Path, out: Path, seed: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "fieldapp", "demo", "--out", str(out), "--data-dir", str(post)]
    return subprocess.Popen([*command, "--groups", str(GROUPS), "--seed", str(seed)], stdout=subprocess.DEVNULL)


def test_kill_9_at_any_moment_leaves_no_slip_without_its_record_and_a_chain_that_verifies(
    run: Run, post: Path, tmp_path: Path
) -> None:
    chance = random.Random(7)
    slips = tmp_path / "slips"
    for seed in range(KILLS):
        process = start(post, tmp_path, seed)
        before = count(slips)
        deadline = time.monotonic() + 60
        while count(slips) == before and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)  # until it registers, so that the kill falls into the work and not before it
        time.sleep(chance.uniform(0, 0.7))
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL

    assert count(slips) > KILLS
    result = run("export", "--out", tmp_path / "l.csv", "--data-dir", post)
    assert result.exit_code == DONE, result.output
    rows = read_csv((tmp_path / "l.csv").read_text("utf-8"))
    numbers = {row.group_number for row in rows}
    desk = sign_in(post, STAFF, PASSWORD, clock=clock, random_bytes=random_bytes)
    try:
        assert check(desk).ok
        for slip in slips.glob("*.pdf"):
            assert slip.stem in numbers
            (reading,) = verify_file(desk, slip)
            assert reading.verdict is Verdict.VALID
            assert reading.group_size == sum(row.group_number == slip.stem for row in rows)
    finally:
        sign_out(desk)


def count(folder: Path) -> int:
    return len(list(folder.glob("*.pdf")))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where the test may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("mounting a small disk needs the superuser")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("mounting is not permitted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_for_the_slips_is_told_and_what_was_registered_stays(
    run: Run, post: Path, tmp_path: Path, small_disk: Path
) -> None:
    result = run("demo", "--out", small_disk, "--groups", 120, "--data-dir", post)
    assert result.exit_code == ENVIRONMENT, result.output
    assert result.stderr.startswith("The disk is full")
    assert result.stderr.count("\n") == 1
    assert run("export", "--out", tmp_path / "l.csv", "--data-dir", post).exit_code == DONE
    registered = {row.group_number for row in read_csv((tmp_path / "l.csv").read_text("utf-8"))}
    whole = [slip for slip in (small_disk / "slips").iterdir() if slip.suffix == ".pdf"]
    assert whole
    assert {slip.stem for slip in whole} <= registered
    assert all(slip.read_bytes().rstrip().endswith(b"%%EOF") for slip in whole)
    assert not list((small_disk / "slips").glob(".*"))


def test_a_full_disk_for_the_register_loses_nothing_that_was_told_to_be_registered(
    run: Run, post: Path, tmp_path: Path, small_disk: Path
) -> None:
    shutil.copytree(post, small_disk / "data")
    result = run("demo", "--out", tmp_path / "out", "--groups", 400, "--data-dir", small_disk / "data")
    assert result.exit_code == ENVIRONMENT, result.output
    assert "disk is full" in result.stderr
    shutil.copytree(small_disk / "data", tmp_path / "rescued")
    assert run("export", "--out", tmp_path / "l.csv", "--data-dir", tmp_path / "rescued").exit_code == DONE
    registered = {row.group_number for row in read_csv((tmp_path / "l.csv").read_text("utf-8"))}
    assert {slip.stem for slip in (tmp_path / "out" / "slips").glob("*.pdf")} <= registered
    assert len(registered) > 5


def test_a_read_only_disk_is_told_and_nothing_is_left(run: Run, post: Path, small_disk: Path) -> None:
    shutil.copytree(post, small_disk / "data")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for arguments in (("--out", small_disk / "day"), ("--out", post.parent / "day", "--data-dir", small_disk / "data")):
        result = run("demo", *arguments, "--groups", 1)
        assert result.exit_code == ENVIRONMENT, result.output
        assert "Traceback" not in result.output
        assert result.stderr.count("\n") == 1
    assert not list((post.parent / "day").glob("slips/*.pdf"))
