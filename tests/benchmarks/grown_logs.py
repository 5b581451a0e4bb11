"""Logs of very many families for a hub, as laptops would write them, but for the signatures, which are random bytes.

Families, drafts, envelopes, hashes and rows are made and copied by the program's own code; nobody is asked to verify what
is written past the hub's door. Rows of people are laid beside them as the fold would write them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from sqlalchemy import Connection

from fieldapp.domain.changes import NO_PREVIOUS, ChangeDraft, Kind
from fieldapp.domain.ids import member_id, uuid7
from fieldapp.domain.names import search_key
from fieldapp.domain.record import GroupEntry, Role
from fieldapp.domain.registration_number import RegistrationNumber
from fieldapp.hub import store
from fieldapp.hub.ingest import copy_in
from fieldapp.hub.tables import PEOPLE
from fieldapp.services.demo_families import families
from fieldapp.services.register import registration_drafts
from fieldapp.services.set_up import enrolment
from fieldapp.trust import sealing
from fieldapp.trust.authors import Author
from fieldapp.trust.certificates import DeviceStatement, certify
from fieldapp.trust.envelopes import seal
from fieldapp.trust.signing import SigningKey
from tests.desks import START_MS, TODAY

PER_PERSON = 4
"""Changes a person, all that a family brings included; what registering does not reach is filled with pages opened."""
_AT_ONCE = 5000
_POOL = 300
"""Families drawn before they come again with other ids and numbers."""
_NOBODY = UUID(int=0)
_Drawn = tuple[list[ChangeDraft], list[tuple[str, str, str]]]
"""The changes of a family that has no id and number yet, and name key, sex and birth of its people."""
_PERSON = ("subject", "group_id", "number", "name_key", "sex", "birth", "post", "state", "conflict", "withdrawn")


class NoKey:
    """Signs with random bytes: at a hub, what was verified once is never verified again."""

    def __init__(self, source: random.Random) -> None:
        self.source = source

    def sign(self, data: bytes) -> bytes:
        return self.source.randbytes(64)


@dataclass
class GrownLog:
    """A laptop and where its log ends; it is grown in one process and sent back to the other."""

    statement: DeviceStatement
    certificate: bytes
    staff: UUID
    seed: int
    seq: int = 0
    last: bytes = NO_PREVIOUS
    hlc: int = 0
    families: int = 0
    people: int = 0
    known: list[tuple[UUID, str]] = field(default_factory=list)


def new_log(number: int, post: str, staff: UUID, root: SigningKey) -> GrownLog:
    """Return a laptop that the root certified, with nothing written yet."""
    source = random.Random(f"log {number}")
    device = uuid7(START_MS + number, source.randbytes)
    code = f"{chr(ord('A') + number % 260 // 10)}{number % 10}"
    statement = DeviceStatement(
        device, 1, code, post, f"{post} {code}", source.randbytes(32), sealing.new_identity()[1]
    )  # fmt: skip
    return GrownLog(statement, certify(statement, root), staff, number)


def grow(url: str, log: GrownLog, people: int) -> GrownLog:
    """Append changes of families until a log has so many people, and return how it ends then."""
    source = random.Random(f"{log.seed} {log.people}")
    said = log.statement
    drawn = [_drawn(one) for one in families(_POOL, log.seed, START_MS - 86_400_000, START_MS, TODAY, said.post)]
    moment = START_MS + log.seq * 1000
    author = Author(
        said.device_id, 1, said.post, NoKey(source), log.staff, Role.REGISTRAR, lambda: moment, source.randbytes  # type: ignore[arg-type]
    )  # fmt: skip
    engine = store.connect(url, 1)
    drafts = [] if log.seq else [enrolment(said, log.certificate, "La Parada")]
    rows: list[tuple[object, ...]] = []
    while log.people < people or drafts:
        while log.people < people and len(drafts) < _AT_ONCE:
            log.families += 1
            drafts += _family(log, drawn[log.families % _POOL], uuid7(moment + log.families, source.randbytes), rows)
        moment += 60_000
        sealed = seal(author, drafts, log.seq, log.last, log.hlc)
        log.seq, log.last, log.hlc = sealed[-1][0].seq, sealed[-1][1].hash, sealed[-1][0].hlc
        with engine.begin() as connection:
            copy_in(connection, sealed)
            _lay_people(connection, rows)
        drafts, rows = [], []
    engine.dispose()
    return log


def _drawn(entry: GroupEntry) -> _Drawn:
    drafts = list(registration_drafts(entry, _NOBODY, RegistrationNumber("AA", "A0", 0)))
    people = [(search_key(f"{one.surnames} {one.given_names}"), str(one.sex), str(one.birth)) for one in entry.members]
    return drafts, people


def _family(log: GrownLog, drawn: _Drawn, group_id: UUID, rows: list[tuple[object, ...]]) -> Iterator[ChangeDraft]:
    """Yield the changes of a family with ids and numbers of its own, and lay its people's rows beside."""
    drafts, people = drawn
    post = log.statement.post
    number = str(RegistrationNumber(post, log.statement.code, log.families))
    members = [member_id(group_id, ordinal) for ordinal in range(1, len(people) + 1)]
    ids = {_NOBODY: group_id} | {member_id(_NOBODY, ordinal): one for ordinal, one in enumerate(members, start=1)}
    for ordinal, (who, (name, sex, birth)) in enumerate(zip(members, people, strict=True), start=1):
        rows.append((who, group_id, f"{number}-{ordinal}", name, sex, birth, post, "", False, False))
        if log.people % 97 == 0:
            log.known.append((who, f"{number}-{ordinal}"))
        log.people += 1
    for draft in drafts:
        payload = draft.payload
        if "fields" in payload:
            own = {"group": group_id.bytes} if "ordinal" in payload else {"focal_point": members[0].bytes}
            its = f"{number}-{payload['ordinal']}" if "ordinal" in payload else number
            payload = {**payload, "number": its, "fields": {**payload["fields"], **own}}  # type: ignore[dict-item]
        yield ChangeDraft(draft.kind, ids[draft.subject], payload)
    yield ChangeDraft(Kind.SLIP_ISSUED, group_id, {"page": 1, "serial": number})
    yield ChangeDraft(Kind.MOVEMENT_RECORDED, group_id, {"kind": "departure", "post": post, "at_ms": START_MS})
    for place in range(PER_PERSON * len(members) - len(drafts) - 2):
        yield ChangeDraft(Kind.RECORD_VIEWED, members[place % len(members)], {"what": "individual"})


def _lay_people(connection: Connection, rows: list[tuple[object, ...]]) -> None:
    driver: psycopg.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    with driver.cursor().copy(f"COPY {PEOPLE.name} ({', '.join(_PERSON)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
