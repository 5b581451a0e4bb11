"""A register made for a test: real keys, a real encrypted file, a clock that stands still, seeded randomness.

Signing in costs a third of a second for its key derivation, so tests of what staff do at an open desk start here.
"""

import io
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from PIL import Image

from fieldapp.domain.birth import Birth, read_typed
from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.ids import uuid7
from fieldapp.domain.record import (
    Actor,
    ArrivalEntry,
    Consent,
    DeviceIdentity,
    Document,
    GroupEntry,
    IndividualEntry,
    Operation,
    Role,
    Sex,
)
from fieldapp.exchange.portraits import make_portrait
from fieldapp.services.desk import Desk
from fieldapp.storage.database import Database
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust.certificates import DeviceStatement, certify
from fieldapp.trust.envelopes import root_statement
from fieldapp.trust.signing import SigningKey

START_MS = 1_767_618_060_000  # 5 January 2026, 08:01 at the post
TODAY = date(2026, 1, 5)


class TestClock:
    """A wall clock that moves only when told to."""

    __test__ = False

    def __init__(self, now_ms: int = START_MS) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms

    def forward(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Let time pass."""
        self.now_ms += int((minutes + 60 * hours + 1440 * days) * 60_000)


def make_desk(folder: Path, *, seed: int = 7, code: str = "A7", root: SigningKey | None = None) -> Desk:
    """Make a register at the Simón Bolívar bridge with one staff member of each role; the registrar is at the desk."""
    randomness = random.Random(seed)
    clock = TestClock()
    root = root or SigningKey.generate(randomness.randbytes)
    sign_key = SigningKey.generate(randomness.randbytes)
    database = Database.create(folder / "register.db", randomness.randbytes(32))
    operation = Operation(
        uuid7(clock(), randomness.randbytes), "Frontera 2026", "Alcaldía de Villa del Rosario", "+57 607 000 0000",
        "COL", root.public_bytes,
    )  # fmt: skip
    device = DeviceIdentity(
        uuid7(clock(), randomness.randbytes), 1, code, "PSB", "Albergue La Parada", sign_key.public_bytes, "age1test"
    )
    staff = {role: uuid7(clock(), randomness.randbytes) for role in Role}
    actors = {role: Actor(staff[role], role.value, role.value.replace("_", " ").title(), role) for role in Role}
    desk = Desk(
        folder, database, FolderLock.take(folder), operation, device, actors[Role.ADMINISTRATOR], sign_key, "", clock,
        randomness.randbytes,
    )  # fmt: skip
    with database.write() as unit:
        unit.record(desk.author, [_operation(operation, root), enrolment_of(device, root), *_grants(actors, root)])
    desk.actor = actors[Role.REGISTRAR]
    return desk


def _operation(operation: Operation, root: SigningKey) -> ChangeDraft:
    payload: dict[str, object] = {
        "name": operation.name, "organisation": operation.organisation, "contact": operation.contact,
        "country": operation.country, "time_zone": operation.time_zone, "root_public": operation.root_public,
    }  # fmt: skip
    payload["root_signature"] = root.sign(root_statement(Kind.OPERATION_DESCRIBED, operation.operation_id, payload))
    return ChangeDraft(Kind.OPERATION_DESCRIBED, operation.operation_id, payload)


def enrolment_of(device: DeviceIdentity, root: SigningKey) -> ChangeDraft:
    """Return what enrols a laptop, certified by the root key."""
    statement = DeviceStatement(
        device.device_id, device.epoch, device.code, device.post, "Desk", device.sign_public, device.receive_public
    )
    payload = {
        "code": device.code, "post": device.post, "shelter": device.shelter, "name": "Desk", "epoch": device.epoch,
        "sign_public": device.sign_public, "receive_public": device.receive_public, "certificate": certify(statement, root),
    }  # fmt: skip
    return ChangeDraft(Kind.DEVICE_ENROLLED, device.device_id, payload)


def _grants(actors: dict[Role, Actor], root: SigningKey) -> list[ChangeDraft]:
    drafts = []
    for actor in actors.values():
        payload: dict[str, object] = {
            "short_name": actor.short_name, "display_name": actor.display_name, "role": str(actor.role),
            "public_key": "age1test", "wrapped_key": b"wrapped",
        }  # fmt: skip
        payload["root_signature"] = root.sign(root_statement(Kind.STAFF_GRANTED, actor.staff_id, payload))
        drafts.append(ChangeDraft(Kind.STAFF_GRANTED, actor.staff_id, payload))
    return drafts


def neighbour(desk: Desk, folder: Path, code: str = "B2") -> Desk:
    """Make another laptop of the operation of a desk with the usual seed, and let that desk know of its certificate."""
    root = SigningKey.generate(random.Random(7).randbytes)
    folder.mkdir()
    other = make_desk(folder, seed=9, code=code, root=root)
    other.operation = desk.operation
    with desk.database.write() as unit:
        unit.record(desk.author, [enrolment_of(other.device, root)])
    return other


def take_over(desk: Desk, role: Role) -> None:
    """Let the staff member of another role sit down at the desk."""
    with desk.database.read() as unit:
        member = next(member for member in unit.staff() if member.role is role)
    desk.actor = Actor(member.staff_id, member.short_name, member.display_name, role)


def person(
    given_names: str, surnames: str, sex: Sex = Sex.FEMALE, born: str = "14/2/1989", **more: object
) -> IndividualEntry:
    """Return an entry as a registrar would type it."""
    entry = IndividualEntry(given_names, surnames, sex, read_typed(born, TODAY) if born else Birth(), ("VEN",))
    return replace(entry, **more)  # type: ignore[arg-type]


def family(*members: IndividualEntry, at_ms: int = START_MS, **more: object) -> GroupEntry:
    """Return a family that came over the bridge from Zulia; without members it is a mother and her three."""
    arrival = ArrivalEntry(at_ms, "PSB", "bridge", "VE23")
    entry = GroupEntry(members or MOTHER_AND_THREE, arrival, consent=Consent.AGREES, phone="+58 412 5550101")
    return replace(entry, **more)  # type: ignore[arg-type]


WITH_PHOTO = ("partners", "photo")
"""What a family agrees to of whom there is a photo."""


def a_portrait() -> bytes:
    """Return a portrait in the form in which they are kept."""
    out = io.BytesIO()
    Image.new("RGB", (400, 600), "teal").save(out, "PNG")
    return make_portrait(out.getvalue())


MOTHER_AND_THREE = (
    person("María de los Ángeles", "Villalobos González", documents=(Document("VE_CED_V", "V-17.345.221", "VEN"),)),
    person("José Gregorio", "Peña Villalobos", Sex.MALE, "3/2012", relationship="SON_DAUGHTER"),
    person("Ana Sofía", "Peña Villalobos", Sex.FEMALE, "2019", relationship="SON_DAUGHTER"),
    person("Ñusta", "Villalobos", Sex.FEMALE, "71", relationship="MOTHER_FATHER", needs=("ER",)),
)

NOBODY = UUID(int=0)
