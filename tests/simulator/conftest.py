"""Where every day of the small world begins."""

import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from fieldapp.exchange import bundle
from fieldapp.services import bundles, epochs, exports, machine
from fieldapp.storage import waiting
from tests.desks import TestClock
from tests.hub.hubs import need_postgresql
from tests.laptops import enrolled, first_laptop
from tests.simulator.hub import a_server, enrol_hub

_MEMORY = Path("/dev/shm")
WHERE = _MEMORY if os.access(_MEMORY, os.W_OK) else None
"""In memory where there is such a place: what a disk does to writing is tested elsewhere."""


@pytest.fixture
def somewhere() -> Iterator[Path]:
    """A folder for one day."""
    with tempfile.TemporaryDirectory(prefix="fieldapp-", dir=WHERE) as name:
        yield Path(name)


@pytest.fixture(scope="module", autouse=True)
def whole_disks() -> Iterator[None]:
    """What is copied is the whole disk, with the machine's id and the folder's: only the exchange can notice it.

    And sticks are somewhere else when somebody is erased.
    """
    with pytest.MonkeyPatch.context() as patch:
        for room in (epochs, machine):
            patch.setattr(room, "mark_of", lambda _folder, _device: b"always the same")
        patch.setattr(exports, "clear_away", lambda _known: ((), ()))
        yield


@pytest.fixture(autouse=True)
def _small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle of a few changes has several files, so that one can be lost, and each is taken in by several steps."""
    monkeypatch.setattr(bundle, "MOST_INSIDE", 3000)
    monkeypatch.setattr(bundles, "_AT_ONCE", 3)
    monkeypatch.setattr(waiting, "AT_ONCE", 2)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, whole_disks: None) -> Path:
    """Three laptops of one operation, enrolled and closed."""
    return _laptops(tmp_path_factory.mktemp("origin"), with_hub=False) / "laptops"


@pytest.fixture(scope="module")
def origin_with_hub(tmp_path_factory: pytest.TempPathFactory, whole_disks: None) -> Path:
    """Three laptops of one operation, and the keys of its hub."""
    return _laptops(tmp_path_factory.mktemp("origin"), with_hub=True)


def _laptops(folder: Path, *, with_hub: bool) -> Path:
    clock = TestClock()
    one = first_laptop(folder / "laptops" / "one", clock, random.Random(1).randbytes)
    if with_hub:
        enrol_hub(one, folder / "hub", folder / "stick")
    for name, code in (("two", "B2"), ("three", "C3")):
        enrolled(one, folder / "laptops" / name, code, folder / "stick").close()
    one.close()
    return folder


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """The hub's PostgreSQL."""
    need_postgresql()
    with a_server(WHERE) as its:
        yield its
