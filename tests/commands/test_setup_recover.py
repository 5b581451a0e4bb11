"""A laptop set up without a window, and opened again with its recovery key: nobody is ever left without a way in."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import pytest
from typer.testing import Result

from fieldapp.commands.door import DONE, ENVIRONMENT, REFUSED, SIGN_IN, USAGE
from fieldapp.services.set_up import confirm_recovery_key
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust import access_file
from tests.commands.conftest import STAFF, Run

PLAN = (
    "setup", "--operation", "Frontera 2026", "--organisation", "Alcaldía de Prueba", "--contact", "+57 607 000 0000",
    "--post", "PSB", "--device-code", "A7", "--display-name", "Rosa Elena Quintero",
)  # fmt: skip
NEW = "mango tejado lince 90"
ANOTHER_KEY = "VNGM-E2F9-XZJ3-GJT3-NA4V-204K-T1Y3"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "new" / "data"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "key.txt"


@pytest.fixture
def set_up(run: Run, data: Path, key_file: Path) -> Result:
    return run(*PLAN, "--recovery-key-file", key_file, "--data-dir", data)


def in_one_line(result: Result, *words: str) -> bool:
    return result.stderr.count("\n") == 1 and all(word in result.stderr for word in words)


def test_a_laptop_is_set_up_by_a_script(run: Run, set_up: Result, data: Path, key_file: Path) -> None:
    assert set_up.exit_code == DONE, set_up.output
    assert str(data) in set_up.stdout
    key = key_file.read_text("utf-8").strip()
    assert re.fullmatch(r"(\w{4}-){6}\w{4}", key)
    assert key not in set_up.output
    assert key_file.stat().st_mode & 0o077 == 0
    assert access_file.load(data).recovery_confirmed
    listed = run("staff", "list", "--data-dir", data)
    assert (listed.exit_code, listed.stdout.split()) == (
        DONE, [STAFF, "Rosa", "Elena", "Quintero", "Administrator"]
    )  # fmt: skip


def test_a_register_is_not_set_up_over(run: Run, set_up: Result, data: Path, key_file: Path, tmp_path: Path) -> None:
    before = (data / access_file.FILE_NAME).read_bytes()

    again = run(*PLAN, "--recovery-key-file", tmp_path / "other.txt", "--data-dir", data)

    assert again.exit_code == ENVIRONMENT
    assert in_one_line(again, "already holds a register")
    assert (data / access_file.FILE_NAME).read_bytes() == before
    assert not (tmp_path / "other.txt").exists()


@pytest.mark.parametrize("place", ["there is one.txt", "no such folder/key.txt"])
def test_a_key_that_cannot_be_kept_stops_before_anything_is_made(
    run: Run, data: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "there is one.txt").write_text("something else")

    result = run(*PLAN, "--recovery-key-file", tmp_path / place, "--data-dir", data)

    assert result.exit_code == ENVIRONMENT
    assert in_one_line(result, place)
    assert not data.exists()
    assert (tmp_path / "there is one.txt").read_text() == "something else"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_key_is_shown_when_its_disk_is_full_at_the_last_moment(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def full(_path: Path) -> Iterator[TextIO]:
        with suppress(OSError), open("/dev/full", "w", encoding="utf-8") as file:
            yield file

    monkeypatch.setattr("fieldapp.commands.setup._new_file", full)
    result = run(*PLAN, "--recovery-key-file", tmp_path / "key.txt", "--data-dir", data)

    key = re.search(r"Recovery key: ((\w{4}-){6}\w{4})", result.stdout)
    assert key is not None, result.output
    assert confirm_recovery_key(data, key[1])


def test_nobody_there_to_copy_the_key_stops_before_anything_is_made(run: Run, data: Path) -> None:
    result = run(*PLAN, "--data-dir", data)

    assert result.exit_code == REFUSED
    assert in_one_line(result, "--recovery-key-file")
    assert not data.exists()


def test_an_option_that_nobody_is_there_to_be_asked_for_is_wrong_usage(run: Run, data: Path, key_file: Path) -> None:
    result = run("setup", "--recovery-key-file", key_file, "--data-dir", data)

    assert result.exit_code == USAGE
    assert "nobody to ask" in result.stderr
    assert not data.exists()


@pytest.mark.parametrize(
    ("arguments", "environment", "word"),
    [
        ((), {"FIELDAPP_PASSWORD": "rosa 2026 rosa"}, "password: "),
        ((), {"FIELDAPP_PASSWORD": "corto"}, "password: The password is too short: at least 10 characters."),
        ((), {"FIELDAPP_STAFF": "rosa elena"}, "short_name: A short name has"),
        (("--post", "XXX"), {}, "post: There is no such border post: XXX."),
        (("--device-code", "77"), {}, "device_code: A device code is a letter and a digit"),
        (("--time-zone", "Mars/Base"), {}, "time_zone: There is no such time zone"),
        (("--operation", " "), {}, "operation_name: This is needed."),
    ],
)
def test_a_plan_that_is_wrong_is_refused_field_by_field(
    run: Run, data: Path, key_file: Path, arguments: tuple[str, ...], environment: dict[str, str], word: str
) -> None:
    result = run(*PLAN, *arguments, "--recovery-key-file", key_file, "--data-dir", data, **environment)

    assert result.exit_code == REFUSED
    assert in_one_line(result, word)
    assert not data.exists()
    assert not key_file.exists()


def test_somebody_at_a_terminal_types_the_key_back(data: Path) -> None:
    """A mistake is told and asked again; the real program runs on a real terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "fieldapp", *PLAN, "--data-dir", str(data)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    try:
        said = read_until(ours, "Type the recovery key from the paper: ")
        (key,) = re.findall(r"Recovery key: (\S+)", said)
        os.write(ours, f"{ANOTHER_KEY}\n".encode())
        assert "This is not the recovery key" in read_until(ours, "from the paper: ")
        os.write(ours, f"{key.lower()[:-1]}\n".encode())
        assert "27 were typed" in read_until(ours, "from the paper: ")
        os.write(ours, f"{key.lower()}\n".encode())
        read_until(ours, "The register is ready")
        assert process.wait(timeout=60) == DONE
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert access_file.load(data).recovery_confirmed


def read_until(descriptor: int, end: str) -> str:
    said = ""
    while end not in said:
        said += os.read(descriptor, 4096).decode()
    return said


def test_the_recovery_key_makes_somebody_the_administrator(
    run: Run, set_up: Result, data: Path, key_file: Path
) -> None:
    key = key_file.read_text("utf-8").replace("-", " ").lower()

    result = run("recover", "eva", "--name", "Eva", "--data-dir", data,
                 FIELDAPP_RECOVERY_KEY=key, FIELDAPP_NEW_PASSWORD=NEW)  # fmt: skip

    assert (result.exit_code, result.stdout) == (DONE, "eva can sign in now.\n")
    listed = run("staff", "list", "--data-dir", data, FIELDAPP_STAFF="eva", FIELDAPP_PASSWORD=NEW)
    assert [line.split()[-1] for line in listed.stdout.splitlines()] == ["Administrator", "Administrator"]
    assert run("check", "--data-dir", data).exit_code == DONE


@pytest.mark.parametrize(
    ("key", "code", "word"),
    [
        (ANOTHER_KEY, SIGN_IN, "This is not the recovery key of this register."),
        (f"{ANOTHER_KEY[:-1]}4", REFUSED, "typing mistake"),
        ("VNGM-E2F9", REFUSED, "has 28 characters; 8 were typed"),
        ("", SIGN_IN, "Set FIELDAPP_RECOVERY_KEY"),
    ],
)
def test_a_key_that_is_not_the_one_opens_nothing(run: Run, post: Path, key: str, code: int, word: str) -> None:
    before = (post / access_file.FILE_NAME).read_bytes()

    result = run("recover", "eva", "--name", "Eva", "--data-dir", post,
                 FIELDAPP_RECOVERY_KEY=key, FIELDAPP_NEW_PASSWORD=NEW)  # fmt: skip

    assert result.exit_code == code
    assert in_one_line(result, word)
    assert json.loads((post / access_file.FILE_NAME).read_bytes()) == json.loads(before)


def test_a_weak_password_a_busy_folder_and_an_empty_one_are_told(
    run: Run, set_up: Result, data: Path, key_file: Path, tmp_path: Path
) -> None:
    given = {"FIELDAPP_RECOVERY_KEY": key_file.read_text("utf-8"), "FIELDAPP_NEW_PASSWORD": NEW}
    command = ("recover", "eva", "--name", "Eva", "--data-dir")

    weak = run(*command, data, **{**given, "FIELDAPP_NEW_PASSWORD": "eva eva eva"})
    assert weak.exit_code == REFUSED
    assert in_one_line(weak, "too weak", "Four words")
    empty = run(*command, tmp_path / "nothing", **given)
    assert empty.exit_code in {REFUSED, ENVIRONMENT}
    assert in_one_line(empty, "not set up yet")
    lock = FolderLock.take(data)
    try:
        busy = run(*command, data, **given)
    finally:
        lock.release()
    assert busy.exit_code == ENVIRONMENT
    assert in_one_line(busy, "Another fieldapp window")
