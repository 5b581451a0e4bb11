"""The register's file and what can go wrong with it."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.register import register_group
from fieldapp.storage.database import Database
from fieldapp.storage.errors import DatabaseMissing, DatabaseTooNew, DatabaseUnreadable, FolderInUse, FolderReadOnly
from fieldapp.storage.folder_lock import FolderLock
from tests.desks import family

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Database.create(tmp_path / "fresh.db", KEY).close()
    return tmp_path / "fresh.db"


def test_the_file_is_its_owners_alone_and_unreadable_without_the_key(desk: Desk) -> None:
    register_group(desk, family())
    path = desk.database.path

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(path) as plain:
        plain.execute("SELECT * FROM sqlite_master")
    for file in desk.folder.iterdir():
        assert b"Villalobos" not in file.read_bytes()
        assert b"CREATE TABLE" not in file.read_bytes()


def test_a_wrong_key_a_missing_or_a_cut_file_is_said(path: Path) -> None:
    with pytest.raises(DatabaseUnreadable):
        Database.open(path, bytes(32))
    with pytest.raises(DatabaseMissing):
        Database.open(path.with_name("none.db"), KEY)
    os.truncate(path, path.stat().st_size // 2 + 17)
    with pytest.raises(DatabaseUnreadable):
        Database.open(path, KEY).close()
    os.truncate(path, 3)
    with pytest.raises(DatabaseUnreadable):
        Database.open(path, KEY)


def test_a_register_of_a_newer_program_is_refused_unchanged(path: Path) -> None:
    database = Database.open(path, KEY)
    with database._writer.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    database.close()
    before = path.read_bytes()

    with pytest.raises(DatabaseTooNew) as refused:
        Database.open(path, KEY)

    assert refused.value.values["found"] == 99
    assert path.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere, so a read-only folder cannot be tried")
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FolderReadOnly):
        Database.create(tmp_path / "register.db", KEY)


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderReadOnly):
        Database.create(tmp_path / "file" / "register.db", KEY)
    with pytest.raises(FolderReadOnly):
        FolderLock.take(tmp_path / "file")


def test_two_programs_do_not_share_a_folder(tmp_path: Path) -> None:
    lock = FolderLock.take(tmp_path)
    with pytest.raises(FolderInUse):
        FolderLock.take(tmp_path)
    lock.release()
    FolderLock.take(tmp_path).release()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from fieldapp.storage.folder_lock import FolderLock;"
        "lock = FolderLock.take(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(FolderInUse):
        FolderLock.take(tmp_path)
    holder.kill()
    holder.wait()
    holder.stdout.close()

    FolderLock.take(tmp_path).release()


def test_a_new_key_opens_and_the_old_one_does_not(desk: Desk) -> None:
    register_group(desk, family())

    desk.database.rekey(KEY)

    register_group(desk, family())
    assert check(desk).ok
    desk.database.close()
    Database.open(desk.database.path, KEY).close()


def test_a_copy_is_whole_and_encrypted(desk: Desk, tmp_path: Path) -> None:
    register_group(desk, family())
    desk.database.rekey(KEY)

    desk.database.copy_to(tmp_path / "copy.db")

    copy = Database.open(tmp_path / "copy.db", KEY)
    with copy.read() as unit, desk.database.read() as original:
        assert unit.last_change() == original.last_change()
    copy.close()
    assert b"Villalobos" not in (tmp_path / "copy.db").read_bytes()


def test_the_log_only_grows(desk: Desk) -> None:
    register_group(desk, family())
    for statement in (
        "UPDATE change SET kind = 'x'",
        "DELETE FROM change",
        "UPDATE payload SET salt = zeroblob(16)",
        "DELETE FROM payload",
    ):
        with pytest.raises(Exception, match=r"log only grows|only an erasure"), desk.database.write() as unit:
            unit.connection.exec_driver_sql(statement)
    assert check(desk).ok


def test_a_transaction_that_fails_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.NOTE_ADDED, desk.actor.staff_id, {"text": "x"})])
        raise RuntimeError
    assert check(desk).ok
