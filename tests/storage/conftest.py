"""A register to try the storage on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.services.desk import Desk
from tests.desks import make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = make_desk(tmp_path)
    yield opened
    opened.close()
