"""The doorstep knows names and locks, and loads neither the database nor Qt."""

import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.services.doorstep import has_register, staff_at_door
from fieldapp.trust.access_file import AccessMissing

SCRIPT = """
import sys
import fieldapp.services.doorstep
assert not {"sqlalchemy", "sqlmodel", "sqlcipher3", "PySide6"} & set(sys.modules)
"""


def test_it_loads_no_database() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)


def test_an_empty_folder_has_no_register(tmp_path: Path) -> None:
    assert not has_register(tmp_path)
    assert not has_register(tmp_path / "nothing here")
    with pytest.raises(AccessMissing):
        staff_at_door(tmp_path, 0)
