"""Lines that wait for others, few of which are looked at together: every order in which they come ends alike."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

from fieldapp.domain.changes import NO_PREVIOUS, ChangeDraft, Kind
from fieldapp.domain.ids import uuid7
from fieldapp.domain.record import DeviceIdentity, Role
from fieldapp.services import exports
from fieldapp.services.erasures import forget
from fieldapp.storage import ingest, journal, waiting
from fieldapp.storage.database import Database
from fieldapp.trust.authors import Author
from fieldapp.trust.envelopes import SealedChange, decode, root_statement, seal
from fieldapp.trust.signing import SigningKey
from tests.desks import START_MS, enrolment_of, make_desk, take_over

READER = UUID(int=5), 1
Batch = Sequence[SealedChange]
State = dict[str, object]


@pytest.fixture(autouse=True)
def _few_have_a_turn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "AT_ONCE", 2)


@dataclass(frozen=True)
class Scene:
    """What an administrator's laptop wrote first, and its author and that of a new laptop, whose `enrolment` comes some time."""

    root: SigningKey
    administrator: Author
    new: Author
    base: list[SealedChange]
    enrolment: list[SealedChange]

    def by_root(self, kind: Kind, subject: UUID, said: dict[str, object]) -> list[SealedChange]:
        """Return the administrator's next line, with the root's signature in it."""
        signed = said | {"root_signature": self.root.sign(root_statement(kind, subject, said))}
        return sealed(self.administrator, [*self.base, *self.enrolment], [ChangeDraft(kind, subject, signed)])

    def lines(self, *middle: ChangeDraft) -> list[SealedChange]:
        """Return the new laptop's log: six people, what is given, and two more people."""
        return sealed(self.new, [], [*(somebody() for _ in range(6)), *middle, *(somebody() for _ in range(2))])

    def state(self, folder: Path, batches: Sequence[Batch]) -> State:
        """Return where the new laptop's lines are in a register that was given these batches."""
        with closing(Database.create(folder / "register.db", bytes(32))) as database:
            for batch in (self.base, *batches):
                self.give(database, batch)
            return self.found(database)

    def give(self, database: Database, batch: Batch) -> ingest.TakenIn:
        """Take a batch in, and then what waited for it; return what was said of the batch."""
        with database.write() as unit:
            first = taken = ingest.take_in(unit, batch, START_MS, READER, self.root.public_bytes)
        while taken.more:
            with database.write() as unit:
                taken = ingest.take_in(unit, (), START_MS, READER, self.root.public_bytes)
        return first

    def found(self, database: Database) -> State:
        with database.read() as unit:
            its, ask = (self.new.device_id.bytes,), unit.connection.exec_driver_sql
            where = "WHERE device = ? ORDER BY 1, 2"
            return {
                "head": ask("SELECT max(seq) FROM change WHERE device = ?", its).scalar(),
                "waiting": ask(f"SELECT seq, body IS NULL FROM waiting {where}", its).all(),
                "ahead": ask(f"SELECT seq, body IS NULL FROM ahead {where}", its).all(),
                "quarantine": ask(f"SELECT seq, reason, body IS NULL FROM quarantine {where}", its).all(),
            }


def sealed(author: Author, before: Batch, drafts: Sequence[ChangeDraft]) -> list[SealedChange]:
    """Return a log's next lines."""
    last = decode(before[-1].envelope, None) if before else None
    after = (last.seq, before[-1].hash, last.hlc) if last else (0, NO_PREVIOUS, 0)
    return [line for _, line in seal(author, drafts, *after)]


def somebody() -> ChangeDraft:
    fields = {"given_names": "Ana", "surnames": "Luna", "sex": "F", "birth": "1990-05-17", "nationalities": ["VEN"]}
    return ChangeDraft(Kind.INDIVIDUAL_REGISTERED, uuid7(START_MS, random.Random().randbytes), {"fields": fields})


def bare(line: SealedChange) -> SealedChange:
    """Return a line without its payload, as laptops carry it once somebody is erased."""
    return replace(line, salt=None, body=None)


@cache
def scene() -> Scene:
    root, key = (SigningKey.generate(random.Random(seed).randbytes) for seed in (7, 8))
    with tempfile.TemporaryDirectory() as folder:
        one = make_desk(Path(folder), root=root)
        take_over(one, Role.ADMINISTRATOR)
        with one.database.read() as unit:
            base = journal.sealed_after(unit.connection, one.device.device_id, 1, 0)
        administrator = one.author
        one.close()
    device = DeviceIdentity(UUID(int=77), 1, "C3", "PSB", "", key.public_bytes, "age1test")
    new = replace(administrator, device_id=device.device_id, epoch=1, sign_key=key)
    return Scene(root, administrator, new, base, sealed(administrator, base, [enrolment_of(device, root)]))


SUBJECT = UUID(int=99)
VOID = ChangeDraft(Kind.SLIP_VOIDED, SUBJECT, {"slip": bytes(16), "reason": "lost"})


def orders() -> Iterator[tuple[str, State, list[list[Batch]]]]:
    """Yield what happens, how it ends, and the ways in which it can come."""
    its, bring = scene(), scene().enrolment
    log = its.lines(ChangeDraft(Kind.SLIP_TERM_SET, SUBJECT, {"days": 7}))
    tail = [*log[4:], replace(log[5], signature=bytes(64))]
    late = [[bring, tail], [tail, bring], [[bare(bring[0])], tail, bring], [tail, [bare(bring[0])], bring]]
    yield (
        "a laptop becomes known",
        {"head": None, "waiting": [(n, 0) for n in (5, 6, 8, 9)], "ahead": [(7, 0)],
         "quarantine": [(6, "signature_wrong", 0)]},
        late,
    )  # fmt: skip
    revoked = its.by_root(Kind.DEVICE_REVOKED, its.new.device_id, {"held": [[1, 4]]})
    yield (
        "a laptop is revoked",
        {"head": None, "waiting": [], "ahead": [],
         "quarantine": sorted([(6, "signature_wrong", 0), *((n, "device_revoked_line", 0) for n in range(5, 10))])},
        [[bring, tail, revoked], [bring, tail, [bare(revoked[0])], revoked], [revoked, bring, tail]],
    )  # fmt: skip
    log = its.lines(ChangeDraft(Kind.ERASURE_ORDERED, SUBJECT, {"ground": "x"}))
    order = its.by_root(Kind.ERASURE_ORDERED, SUBJECT, {"ground": "request"})
    yield (
        "an order without the root's signature stands in a log",
        {"head": 9, "waiting": [], "ahead": [], "quarantine": []},
        [[order, log[3:], bring, log[:3]], [log[3:], order, bring, log[:3]], [bring, log[3:], order, log[:3]]],
    )
    void = its.lines(VOID)[6]
    yield (
        "a void comes with its payload later",
        {"head": None, "waiting": [], "ahead": [(7, 0)], "quarantine": []},
        [[bring, [void]], [bring, [bare(void)], [void]], [[bare(void)], bring, [void]]],
    )
    yield (
        "a void of somebody who is erased",
        {"head": None, "waiting": [(7, 1)], "ahead": [], "quarantine": []},
        [
            [bring, order, [void]], [bring, [void], order], [bring, order, [void], [void]], [bring, order, [bare(void)]],
            [bring, [void], order, [void]],
        ],
    )  # fmt: skip
    log, branch = its.lines(), sealed(its.new, [], [somebody() for _ in range(3)])
    false = replace(branch[2], body=log[0].body, salt=log[0].salt)
    yield (
        "a copy of a clone's line with another payload comes first",
        {"head": 8, "waiting": [], "ahead": [],
         "quarantine": [(1, "fork", 0), (2, "fork", 0), (3, "fork", 0)]},
        [[bring, log, branch], [bring, log, [false], branch], [bring, log, branch, [false]], [bring, [false], log, branch]],
    )  # fmt: skip


def test_an_enrolment_that_was_put_aside_counts_in_whatever_part_it_comes(tmp_path: Path) -> None:
    """It stands on the branch of the administrator's clone, or after what a revocation of that laptop lets count."""
    its, log = scene(), scene().lines()
    other = [*its.base, *sealed(its.administrator, its.base, [somebody()])]
    held = {"held": [[1, len(its.base)]]}
    revoked = its.by_root(Kind.DEVICE_REVOKED, its.administrator.device_id, held)
    ways = [
        [other, its.enrolment + log], [other, its.enrolment, log], [other, its.enrolment, log[3:], log[:3]],
        [other, log, its.enrolment], [revoked, its.enrolment, log[2:], log[:2]], [its.enrolment, revoked, log],
    ]  # fmt: skip
    for number, way in enumerate(ways):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert its.state(folder, way)["head"] == 8, f"way {number}"


@pytest.mark.parametrize("what", [what for what, _, _ in orders()])
def test_every_order_ends_alike(tmp_path: Path, what: str) -> None:
    end, ways = next((end, ways) for name, end, ways in orders() if name == what)
    for number, way in enumerate(ways):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert scene().state(folder, way) == end, f"way {number}"


def test_what_a_laptop_is_told_on_this_one_counts_for_its_lines_that_wait(tmp_path: Path) -> None:
    its, log = scene(), scene().lines()
    with closing(Database.create(tmp_path / "register.db", bytes(32))) as database:
        for batch in (its.base, its.enrolment, log[4:]):
            its.give(database, batch)
        said: dict[str, object] = {"held": [[1, 6]]}
        said["root_signature"] = its.root.sign(root_statement(Kind.DEVICE_REVOKED, its.new.device_id, said))
        with database.write() as unit:
            author = replace(its.administrator, device_id=UUID(int=4242))
            unit.record(author, [ChangeDraft(Kind.DEVICE_REVOKED, its.new.device_id, said)])
        its.give(database, its.base)
        assert its.found(database) == {
            "head": None, "waiting": [(5, 0), (6, 0)], "ahead": [],
            "quarantine": [(7, "device_revoked_line", 0), (8, "device_revoked_line", 0)],
        }  # fmt: skip


def test_a_false_copy_does_not_hide_that_our_own_log_goes_on_elsewhere(tmp_path: Path) -> None:
    its, log = scene(), scene().lines()
    branch = sealed(its.new, log[:2], [somebody()])
    own = its.new.device_id, 1
    with closing(Database.create(tmp_path / "register.db", bytes(32))) as database:
        for batch in (its.base, its.enrolment, log):
            its.give(database, batch)
        for batch, noticed in (([replace(branch[0], body=log[0].body, salt=log[0].salt)], False), (branch, True)):
            with database.write() as unit:
                taken = ingest.take_in(unit, batch, START_MS, own, its.root.public_bytes)
            assert taken.own_lines_elsewhere is noticed


def test_bundles_that_carried_a_void_of_somebody_who_is_erased_are_cleared(tmp_path: Path) -> None:
    """The void stands in the log of another post: of the person this laptop has nothing else."""
    its = scene()
    order = its.by_root(Kind.ERASURE_ORDERED, SUBJECT, {"ground": "request"})
    with closing(Database.create(tmp_path / "register.db", bytes(32))) as database:
        for batch in (its.base, its.enrolment, [its.lines(VOID)[6]]):
            its.give(database, batch)
        with database.write() as unit:
            exports.remember(unit, exports.BUNDLE, [tmp_path / "x.bundle"], START_MS)
        with database.write() as unit:
            ingest.take_in(unit, order, START_MS, READER, its.root.public_bytes, forget)
        with database.read() as unit:
            assert [one.path.name for one in exports.to_clear(unit).known] == ["x.bundle"]
