"""A register of very many invented people: the rows of the fold and its index, by the code that the fold writes them
with. The log is left out, for it would take half an hour; what it weighs is measured on a small register.
"""

import random
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from sqlalchemy import insert

from fieldapp.domain.ids import member_id, uuid7
from fieldapp.domain.matching.comparable import phone_number
from fieldapp.domain.names import search_key
from fieldapp.services.desk import Desk
from fieldapp.storage import search_index
from fieldapp.storage.projection import CHILDREN, GROUPS, INDIVIDUALS
from fieldapp.storage.rows import is_minor
from fieldapp.storage.search_words import indexed
from tests.benchmarks.people import Invented
from tests.desks import START_MS, make_desk

_BATCH = 5000


def build(folder: Path, people: Iterable[Invented], *, with_index: bool = True) -> tuple[Desk, dict[str, float]]:
    """Return a desk over a register of these people, and how many seconds rows and index took."""
    desk = make_desk(folder)
    spent = {"rows": 0.0, "index": 0.0}
    rng = random.Random(5)
    group, family, ordinal, counter = uuid7(START_MS, rng.randbytes), 0, 0, 0
    place = 0
    source = iter(people)
    while batch := list(islice(source, _BATCH)):
        began = time.perf_counter()
        groups, individuals, phones = [], [], []
        for person in batch:
            place += 1
            if person.family != family or person.family < 0:
                group, family, ordinal, counter = uuid7(START_MS + place, rng.randbytes), person.family, 0, counter + 1
                groups.append(_group(group.bytes, counter))
                if person.phone:
                    phones.append({"subject": group.bytes, "number": phone_number(person.phone)})
            ordinal += 1
            individuals.append(
                _individual(place, member_id(group, ordinal).bytes, group.bytes, ordinal, counter, person)
            )
        with desk.database.write() as unit:
            unit.connection.execute(insert(GROUPS), groups) if groups else None
            unit.connection.execute(insert(INDIVIDUALS), individuals)
            unit.connection.execute(insert(CHILDREN["phone"]), phones) if phones else None
            spent["rows"] += time.perf_counter() - began
            began = time.perf_counter()
            if with_index:
                search_index.add(unit.connection, [(row["row"], indexed(row)) for row in individuals])
        spent["index"] += time.perf_counter() - began
    desk.database.checkpoint()
    return desk, spent


def _group(group: bytes, counter: int) -> dict[str, object]:
    return {
        "id": group, "number": f"PSB-A7-{counter:05d}-K", "focal_point": b"", "declared_size": 1, "others": "[]",
        "other_adults": 0, "complete": True, "consent": "yes", "destination": "", "post": "PSB",
        "registered_at_ms": START_MS, "arrived_at_ms": START_MS, "arrival_post": "PSB", "crossing_kind": "bridge",
        "origin_state": "VE23", "state": "arrival", "state_hlc": 1, "slips_issued": 1, "slip_valid": True,
        "conflict": False, "needs_update": False, "withdrawn": False,
    }  # fmt: skip


def _individual(
    row: int, individual: bytes, group: bytes, ordinal: int, counter: int, person: Invented
) -> dict[str, object]:
    return {
        "row": row, "id": individual, "group_id": group, "ordinal": ordinal,
        "number": f"PSB-A7-{counter:05d}-K-{ordinal}", "given_names": person.given, "surnames": person.surnames,
        "name_key": search_key(f"{person.surnames} {person.given}"), "sex": person.sex, "birth": str(person.birth),
        "minor": is_minor(person.birth, START_MS), "nationality": "VEN", "relationship": "HEAD",
        "documents": person.document, "document_kinds": "VE_CED_V" if person.document else "",
        "registered_at_ms": START_MS + row, "state": "", "state_hlc": 0, "joined_later": False, "conflict": False,
        "needs_update": False, "withdrawn": False,
    }  # fmt: skip
