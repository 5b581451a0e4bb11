"""After an erasure no file of the laptop has a byte of the person: looked for in the raw files, in a register without a key.

SQLCipher without a key is plain SQLite with the same pages, so what is found here is what a key would lay open.
"""

import io
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from PIL import Image

from fieldapp.domain.record import Document
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.correct import add_note, edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.drafts import save_draft
from fieldapp.services.erase import erase
from fieldapp.services.find import PeopleQuery, individuals, person_page
from fieldapp.services.lists import export_people
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip
from fieldapp.storage import connections, database
from tests.desks import WITH_PHOTO, TestClock, family, person
from tests.laptops import enrolled, first_laptop

NEEDLES = (
    "Zuleimaris", "zuleimaris", "ZULEIMARIS", "Quiñonezco", "quinonezco", "Antesquera", "antesquera", "71.938.264",
    "71938264", "5557391", "un lunar en la mejilla", "Viejoapellido",
)  # fmt: skip


def _without_key(path: Path, _key: bytes) -> Any:
    connection = sqlcipher.connect(str(path), timeout=10, isolation_level=None, check_same_thread=False)
    for pragma in ("foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@pytest.fixture
def laptops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, Desk]]:
    for room in (connections, database):
        monkeypatch.setattr(room, "connect", _without_key)
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "stick")
    yield one, other
    one.close()
    other.close()


def photo() -> bytes:
    picture = Image.frombytes("RGB", (96, 96), random.Random(3).randbytes(96 * 96 * 3))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=60)
    return buffer.getvalue()


def lived(desk: Desk) -> tuple[UUID, bytes]:
    """Register a woman and do with her record what is done in a day; return her id and her photo."""
    portrait = photo()
    zuleimaris = person(
        "Zuleimaris", "Viejoapellido", documents=(Document("VE_CED_V", "V-71.938.264", "VEN"),),
        phone="+58 412 5557391", portrait=portrait, relationship="MOTHER_FATHER",
    )  # fmt: skip
    done = register_group(desk, family(person("Ana", "Rincón"), zuleimaris, consent_shares=WITH_PHOTO))
    woman = done.member_ids[1]
    edit_individual(desk, person_page(desk, woman), {"surnames": "Antesquera"})
    edit_individual(desk, person_page(desk, woman), {"surnames": "Quiñonezco"})
    add_note(desk, woman, "un lunar en la mejilla")
    issue_slip(desk, done.group_id, "es")
    assert individuals(desk, PeopleQuery("zuleimaris"), 0, 9)
    for _ in range(40):
        register_group(desk, family())
    save_draft(desk, uuid4(), {"given_names": "Zuleimaris", "surnames": "Quiñonezco"})
    return woman, portrait


def found(folder: Path, portrait: bytes) -> list[str]:
    """Return which bytes of hers lie in which file."""
    hits = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            hits += [f"{path.name}: {needle}" for needle in NEEDLES if needle.encode() in content]
            hits += [f"{path.name}: photo"] if portrait[300:340] in content else []
    return hits


def test_the_raw_files_have_them_before_and_nothing_afterwards(laptops, tmp_path: Path) -> None:
    one, other = laptops
    woman, portrait = lived(one)
    old = tmp_path / "old stick"
    old.mkdir()
    export_bundles(one, old)
    import_bundles(other, [old])
    assert len(found(one.folder, portrait)) > 6
    assert found(other.folder, portrait)
    kept = tmp_path / "kept"
    shutil.copytree(old, kept)
    export_people(one, tmp_path / "people.csv")

    done = erase(one, woman, "withdrawn consent")
    assert list(old.iterdir()) == []
    assert done.left == (tmp_path / "people.csv",)
    new = tmp_path / "new stick"
    new.mkdir()
    export_bundles(one, new)
    import_bundles(other, [new])

    assert found(one.folder, portrait) == []
    assert found(other.folder, portrait) == []
    for desk in laptops:
        import_bundles(desk, [kept])
        assert found(desk.folder, portrait) == []
    one.close()
    assert found(one.folder, portrait) == []
