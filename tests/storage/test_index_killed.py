"""A program that is killed while the index is made anew leaves the index as it was."""

import signal
import subprocess
import sys
from pathlib import Path

from fieldapp.services.check import check
from fieldapp.services.register import register_group
from fieldapp.services.search import search
from fieldapp.storage.database import Database
from tests.desks import family, make_desk

_REBUILDING = """
import sys, time
from pathlib import Path
from fieldapp.storage import search_index
from fieldapp.storage.database import Database

def progress(done, total):
    print(done, total, flush=True)
    time.sleep(60)

search_index._BATCH = 3
database = Database.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
with database.write() as unit:
    search_index.rebuild(unit.connection, unit.root_public, unit.standing.grants(unit.connection), progress)
"""


def test_the_index_is_the_old_one_until_the_new_one_is_whole(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for _ in range(3):
        register_group(desk, family())
    key = desk.database._key
    desk.database.close()
    program = subprocess.Popen(
        [sys.executable, "-c", _REBUILDING, str(tmp_path / "register.db"), key.hex()],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "3 12\n"
    program.send_signal(signal.SIGKILL)
    program.wait(timeout=30)
    program.stdout.close()

    desk.database = Database.open(tmp_path / "register.db", key)
    assert len(search(desk, "villalobos")) == 12
    assert check(desk).ok
    desk.close()
