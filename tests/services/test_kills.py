"""kill -9 in the midst of each kind of work: what was there is there, what was begun is whole or absent, and it goes on.

`KILLS=8 pytest tests/services/test_kills.py` kills forty times.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.exchange import bundle
from fieldapp.services.bundles import export_bundles, import_bundles, read_bundle
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.enrol import certify_laptop, join, read_request, request_enrolment
from fieldapp.services.find import PeopleQuery, count_individuals
from fieldapp.services.laptops import laptops as known_laptops
from fieldapp.services.register import register_group
from fieldapp.services.sign_in import sign_in
from tests.desks import TestClock, family
from tests.laptops import PASSWORD, STAFF, enrolled, first_laptop

KILLS = int(os.environ.get("KILLS", "2"))
_LONGEST_S = 0.4
_CODES = ("C3", "D4", "E5", "F6")


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Two laptops of an operation, closed."""
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "enrolment")
    for desk in (one, other):
        desk.close()
    yield tmp_path / "one", tmp_path / "other"


def opened(folder: Path) -> Desk:
    return sign_in(folder, STAFF, PASSWORD, clock=TestClock(), random_bytes=random.Random(5).randbytes)


def people(desk: Desk) -> int:
    return count_individuals(desk, PeopleQuery())


def killed(what: str, folder: Path, stick: Path, seed: int) -> None:
    """Let the work begin and kill it soon afterwards."""
    command = [sys.executable, "-m", "tests.killed", what, str(folder), str(stick)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"at work\n"
        time.sleep(random.Random(seed).uniform(0, _LONGEST_S))
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


@pytest.mark.parametrize("seed", range(KILLS))
def test_an_export(folders: tuple[Path, Path], tmp_path: Path, seed: int) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    killed("export", folders[0], stick, seed)
    one, other = (opened(folder) for folder in folders)
    assert check(one).ok
    for path in stick.glob("*.bundle"):
        read_bundle(path, other.receive_identity)
    assert not import_bundles(other, [stick]).refused
    (tmp_path / "whole").mkdir()
    export_bundles(one, tmp_path / "whole")
    import_bundles(other, [tmp_path / "whole"])
    assert people(other) == people(one)
    assert check(other).ok
    one.close()
    other.close()


@pytest.mark.parametrize("seed", range(KILLS))
def test_an_import(
    folders: tuple[Path, Path], tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(bundle, "MOST_INSIDE", 3000)
    one = opened(folders[0])
    for _ in range(12):
        register_group(one, family())
    export_bundles(one, stick)
    one.close()
    killed("import", folders[1], stick, seed)
    other = opened(folders[1])
    assert check(other).ok
    assert people(other) % 4 in range(4)
    import_bundles(other, [stick])
    assert people(other) == 48
    assert check(other).ok
    other.close()


@pytest.mark.parametrize("seed", range(KILLS))
def test_an_enrolment(folders: tuple[Path, Path], tmp_path: Path, seed: int) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    chance = random.Random(100 + seed)
    for code in _CODES:
        request_enrolment(
            tmp_path / code,
            stick / f"{code}.request",
            code,
            "PSB",
            "",
            clock=TestClock(),
            random_bytes=chance.randbytes,
        )
    killed("enrol", folders[0], stick, seed)
    one = opened(folders[0])
    assert check(one).ok
    for code in _CODES:
        (stick / code).mkdir(exist_ok=True)
        certify_laptop(one, read_request(stick / f"{code}.request"), stick / code)
    codes = [laptop.code for laptop in known_laptops(one)]
    assert sorted(codes) == sorted({*codes}), "each is enrolled once"
    join(tmp_path / _CODES[0], stick / _CODES[0], clock=TestClock())
    joined = opened(tmp_path / _CODES[0])
    assert check(joined).ok
    joined.close()
    one.close()


@pytest.mark.parametrize("seed", range(KILLS))
def test_an_erasure(folders: tuple[Path, Path], tmp_path: Path, seed: int) -> None:
    one = opened(folders[0])
    for _ in range(4):
        register_group(one, family())
    one.close()
    killed("erase", folders[0], tmp_path, seed)
    one = opened(folders[0])
    assert check(one).ok
    with one.database.read() as unit:
        left = unit.connection.exec_driver_sql(
            "SELECT count(*) FROM change c JOIN payload p USING (device, epoch, seq) JOIN erasure e USING (subject)"
            " WHERE c.kind <> 'erasure.ordered'"
        ).scalar()
    assert left == 0
    one.close()


@pytest.mark.parametrize("seed", range(KILLS))
def test_pre_printed_slips(folders: tuple[Path, Path], tmp_path: Path, seed: int) -> None:
    killed("tokens", folders[0], tmp_path, seed)
    one = opened(folders[0])
    assert check(one).ok
    written = tmp_path / "tokens.pdf"
    assert not written.exists() or written.read_bytes().rstrip().endswith(b"%%EOF")
    register_group(one, family())
    one.close()
