"""A back-up outlives its laptop: written, carried to a new folder, and never over anything that is there."""

import shutil
import tarfile
from pathlib import Path

import pytest
from typer.testing import Result

from fieldapp.commands.door import DONE, ENVIRONMENT, FOUND_WRONG, REFUSED, SIGN_IN
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust import access_file
from tests.commands.conftest import Run
from tests.commands.test_register_export_verify import LUZ, families, names


@pytest.fixture
def copy(run: Run, post: Path, tmp_path: Path) -> Path:
    """A back-up of a post where a family of two is registered."""
    registered = run("register", families(tmp_path / "f.json", LUZ), "--data-dir", post)
    assert registered.stdout.strip().startswith("PSB-A7-00001")
    result = run("backup", tmp_path / "stick.backup", "--data-dir", post)
    assert result.exit_code == DONE, result.output
    assert str(tmp_path / "stick.backup") in result.stdout
    return tmp_path / "stick.backup"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "laptop two" / "data"


def told(result: Result, code: int, word: str) -> None:
    assert result.exit_code == code, result.output
    assert result.stderr.count("\n") == 1, result.stderr
    assert word in result.stderr


def test_a_back_up_lives_on_another_laptop_under_another_code(
    run: Run, post: Path, copy: Path, new: Path, tmp_path: Path
) -> None:
    shutil.rmtree(post)

    result = run("restore", copy, "--device-code", "B2", "--data-dir", new)

    assert result.exit_code == DONE, result.output
    assert "this laptop is now B2" in result.stdout
    assert names(run, new) == ["Luz", "Iván"]
    next_family = run("register", families(tmp_path / "g.json", LUZ), "--data-dir", new)
    assert next_family.stdout.startswith("PSB-B2-00001")
    assert run("check", "--data-dir", new).exit_code == DONE


def test_a_back_up_shows_nothing_and_is_its_owners_alone(copy: Path, post: Path) -> None:
    content = copy.read_bytes()
    assert all(name.encode() not in content for name in ("Luz", "Iván"))
    assert copy.stat().st_mode & 0o077 == 0
    assert not list(post.glob(".backup-*"))


def test_a_back_up_is_not_written_over_another_nor_where_there_is_no_folder(
    run: Run, post: Path, copy: Path, tmp_path: Path
) -> None:
    before = copy.read_bytes()
    told(run("backup", copy, "--data-dir", post), REFUSED, "already exists")
    assert copy.read_bytes() == before
    told(run("backup", tmp_path / "gone" / "b", "--data-dir", post), ENVIRONMENT, "plug it in again")
    told(run("backup", tmp_path / "b", "--data-dir", post, FIELDAPP_PASSWORD="no es esta"), SIGN_IN, "not right")
    assert not (tmp_path / "b").exists()


def test_a_folder_in_use_is_left_as_it_is(run: Run, post: Path, copy: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir(mode=0o755)
    (papers / "letter.txt").write_text("dear all")
    papers.chmod(0o755)
    before = (post / access_file.FILE_NAME).read_bytes()

    for folder in (post, papers):
        told(run("restore", copy, "--device-code", "B2", "--data-dir", folder), ENVIRONMENT, "is not empty")

    assert (post / access_file.FILE_NAME).read_bytes() == before
    assert [path.name for path in papers.iterdir()] == ["letter.txt"]
    assert papers.stat().st_mode & 0o777 == 0o755


def test_a_folder_another_program_works_on_and_a_file_are_refused(
    run: Run, copy: Path, new: Path, tmp_path: Path
) -> None:
    new.mkdir(parents=True)
    lock = FolderLock.take(new)
    try:
        told(run("restore", copy, "--device-code", "B2", "--data-dir", new), ENVIRONMENT, "Another fieldapp window")
    finally:
        lock.release()
    told(run("restore", copy, "--device-code", "B2", "--data-dir", copy), ENVIRONMENT, "is not a folder")


@pytest.mark.parametrize(
    ("code", "environment", "exit_code", "word"),
    [
        ("A7", {}, REFUSED, "The device code A7 is in use"),
        ("77", {}, REFUSED, "A device code is a letter and a digit"),
        ("B2", {"FIELDAPP_PASSWORD": "no es esta"}, SIGN_IN, "The password is not right"),
        ("B2", {"FIELDAPP_STAFF": "nadie"}, SIGN_IN, "There is no staff member nadie"),
    ],
)
def test_who_may_not_open_it_restores_nothing_and_may_try_again(
    run: Run, copy: Path, new: Path, code: str, environment: dict[str, str], exit_code: int, word: str
) -> None:
    told(run("restore", copy, "--device-code", code, "--data-dir", new, **environment), exit_code, word)
    assert not access_file.exists(new)
    assert run("restore", copy, "--device-code", "B2", "--data-dir", new).exit_code == DONE


def test_what_is_no_whole_back_up_is_told_by_its_name(run: Run, copy: Path, new: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all")
    (tmp_path / "short").write_bytes(copy.read_bytes()[:20_000])
    for name, word in (
        ("letter.txt", "is not a backup"), ("short", "damaged or cut short"), ("gone", "is not there"), (".", "a folder"),
    ):  # fmt: skip
        result = run("restore", tmp_path / name, "--device-code", "B2", "--data-dir", new)
        told(result, ENVIRONMENT, word)
    assert not access_file.exists(new)


def test_a_back_up_whose_register_does_not_open_is_refused(run: Run, copy: Path, new: Path) -> None:
    flip(copy, register_at(copy) + 2_000)
    told(run("restore", copy, "--device-code", "B2", "--data-dir", new), ENVIRONMENT, "damaged or incomplete")
    assert not access_file.exists(new)
    assert not list(new.glob("register.db*"))


def test_a_page_changed_on_its_way_is_found_by_the_check(run: Run, copy: Path, new: Path) -> None:
    flip(copy, -30_000)
    run("restore", copy, "--device-code", "B2", "--data-dir", new)
    assert run("check", "--data-dir", new).exit_code == FOUND_WRONG


def register_at(archive: Path) -> int:
    with tarfile.open(archive) as packed:
        return packed.getmember("register.db").offset_data


def flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
