"""Whatever arrives, in whatever order and however often: what a register holds and shows depends on the set alone.

Hypothesis deals lines of honest laptops, of a clone, of a forger and an erasure to two registers, and looks after every
deal at what may never be.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fieldapp.domain.changes import NO_PREVIOUS, ChangeDraft, Kind
from fieldapp.domain.ids import uuid7
from fieldapp.domain.record import Role
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.services.register import register_group
from fieldapp.storage import checking, ingest, journal, waiting
from fieldapp.storage.database import Database
from fieldapp.trust.envelopes import SealedChange, decode, root_statement, seal
from fieldapp.trust.intake import OF_A_BRANCH
from fieldapp.trust.signing import SigningKey
from tests.desks import START_MS, family, make_desk, neighbour, person, take_over

READER = UUID(int=5), 1
MOST = 40
"""More lines than all that are dealt; numbers are taken modulo what there is."""


_JOINED = 2
"""Every register knows its operation, and the laptop that described it, from the day it was set up."""


@dataclass(frozen=True)
class Deck:
    """All lines there are. `honest` make up whole logs; `branch` stands where one of them has other lines."""

    honest: tuple[SealedChange, ...]
    branch: tuple[SealedChange, ...]
    forged: tuple[SealedChange, ...]
    order: SealedChange
    erased: UUID
    root_public: bytes

    @property
    def every(self) -> tuple[SealedChange, ...]:
        return (*self.honest, self.order, *self.branch, *self.forged)


@cache
def deck() -> Deck:
    """Two laptops with three families, of which one corrects the other's; a clone; a forger; somebody is erased."""
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "one").mkdir()
        one = make_desk(folder / "one")
        other = neighbour(one, folder / "other")
        erased = register_group(one, family(person("Ana", "Luna"))).member_ids[0]
        fork_at = len(_lines(one))
        her = register_group(one, family(person("Rosa", "Peña"))).member_ids[0]
        edit_individual(one, person_page(one, her), {"surnames": "Peña Villalobos"})
        with other.database.write() as unit:
            ingest.take_in(unit, _lines(one), START_MS, (other.device.device_id, 1))
        edit_individual(other, person_page(other, her), {"surnames": "Villalobos Peña"})
        register_group(other, family(person("Yolanda", "Barrios")))
        lines, theirs = _lines(one), _lines(other)
        branch = _written_on(one, lines[:fork_at], "Clonada")
        take_over(one, Role.ADMINISTRATOR)
        root = SigningKey.generate(random.Random(7).randbytes)
        said: dict[str, object] = {"ground": "request"}
        said["root_signature"] = root.sign(root_statement(Kind.ERASURE_ORDERED, erased, said))
        order = _seal(one, lines, [ChangeDraft(Kind.ERASURE_ORDERED, erased, said)])[0]
        forged = (
            replace(lines[-1], signature=theirs[-1].signature),
            replace(theirs[-1], body=lines[-1].body, salt=lines[-1].salt),
            replace(lines[-2], envelope=lines[-2].envelope[:-1]),
            *_by_another_key(one, lines),
        )
        one.close()
        other.close()
        return Deck((*lines, *theirs), branch, forged, order, erased, root.public_bytes)
    finally:
        shutil.rmtree(folder)


def _lines(desk: Desk) -> list[SealedChange]:
    with desk.database.read() as unit:
        return journal.sealed_after(unit.connection, desk.device.device_id, 1, 0)


def _seal(
    desk: Desk, before: list[SealedChange], drafts: list[ChangeDraft], **more: object
) -> tuple[SealedChange, ...]:
    last = decode(before[-1].envelope, None)
    author = replace(desk.author, **more)
    return tuple(sealed for _, sealed in seal(author, drafts, last.seq, before[-1].hash, last.hlc))


def _registered(desk: Desk, name: str) -> ChangeDraft:
    payload = {"given_names": name, "surnames": "Luna", "sex": "F", "birth": "1990-05-17", "nationalities": ["VEN"]}
    return ChangeDraft(Kind.INDIVIDUAL_REGISTERED, uuid7(START_MS, desk.random_bytes), {"fields": payload})


def _written_on(desk: Desk, before: list[SealedChange], name: str) -> tuple[SealedChange, ...]:
    return _seal(desk, before, [_registered(desk, name), _registered(desk, name)])


def _by_another_key(desk: Desk, before: list[SealedChange]) -> tuple[SealedChange, ...]:
    return _seal(desk, before, [_registered(desk, "Falsa")], sign_key=SigningKey.from_bytes(bytes(32)))


@pytest.fixture(scope="module", autouse=True)
def _few_have_a_turn_at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(waiting, "AT_ONCE", 2)
        yield


def taken_in(database: Database, lines: list[SealedChange]) -> None:
    """Take lines in, and then, each in a transaction of its own, those that waited for them."""
    more = True
    while more:
        with database.write() as unit:
            more = ingest.take_in(unit, lines, START_MS, READER, deck().root_public).more
        lines = []


class TakingIn(RuleBasedStateMachine):
    """Two registers are dealt lines; what each was dealt is remembered."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.nodes = [Database.create(self.folder / f"{place}.db", bytes(32)) for place in range(2)]
        self.dealt: list[set[SealedChange]] = [set(), set()]
        for place in range(2):
            self.deal(place, list(deck().honest[:_JOINED]))

    def teardown(self) -> None:
        for place in range(2):
            self.deal(place, list(self.dealt[1 - place]))
        self.nothing_that_may_not_be()
        # Where a log has two branches, the one that came first is the log: all else is alike.
        if not self._is_forked(0):
            assert self._shown(0) == self._shown(1)
        for node in self.nodes:
            node.close()
        shutil.rmtree(self.folder)

    def deal(self, place: int, lines: list[SealedChange]) -> None:
        self.dealt[place] |= set(lines)
        taken_in(self.nodes[place], lines)

    @rule(place=st.integers(0, 1), numbers=st.lists(st.integers(0, MOST), min_size=1, max_size=12))
    def some(self, place: int, numbers: list[int]) -> None:
        """Lines from anywhere, some of them twice."""
        every = deck().every
        self.deal(place, [every[number % len(every)] for number in numbers])

    @rule(place=st.integers(0, 1), shuffled=st.randoms(use_true_random=False))
    def all_honest(self, place: int, shuffled: random.Random) -> None:
        lines = [*deck().honest]
        shuffled.shuffle(lines)
        self.deal(place, lines)

    @rule(place=st.integers(0, 1), first=st.booleans())
    def both_in_two_parts_or_one(self, place: int, first: bool) -> None:
        half = len(deck().honest) // 2
        parts = [list(deck().honest[:half]), list(deck().honest[half:])]
        for part in parts if first else reversed(parts):
            self.deal(place, part)

    @rule(place=st.integers(0, 1))
    def again(self, place: int) -> None:
        """What a register was dealt changes nothing the second time."""
        before = self._shown(place)
        self.deal(place, list(self.dealt[place]))
        assert self._shown(place) == before

    @rule(place=st.integers(0, 1))
    def the_order(self, place: int) -> None:
        self.deal(place, [deck().order])

    @invariant()
    def nothing_that_may_not_be(self) -> None:
        for place, node in enumerate(self.nodes):
            with node.read() as unit:
                assert [line for line in checking.bad_lines(unit) if line] == []
                assert [line for line in checking.differing_records(unit) if line] == []
                rows = unit.connection.exec_driver_sql("SELECT device, epoch, seq, hash FROM change").all()
                self._receipt_is_the_prefix(unit, rows)
                apart = {
                    (row.hash, row.signature)
                    for table in ("waiting", "ahead", "quarantine")
                    for row in unit.connection.exec_driver_sql(f"SELECT hash, signature FROM {table}")
                }
                here = {row.hash for row in rows}
                for line in self.dealt[place]:
                    assert line.hash in here or (line.hash, line.signature) in apart, "a line was lost"
                signed = set(unit.connection.exec_driver_sql("SELECT signature FROM change").scalars())
                false = {deck().forged[0].signature, deck().forged[3].signature} - {
                    one.signature for one in deck().honest
                }
                assert not signed & false, "a forgery folds"
                self._erasure_absorbs(place, unit)
                self._fork_is_noticed(place, unit, here)

    def _receipt_is_the_prefix(self, unit, rows) -> None:
        lines = {(row.device, row.epoch, row.seq): row.hash for row in rows}
        for (device, epoch), (seq, last) in journal.vector(unit.connection).items():
            whole = [lines.get((device.bytes, epoch, number)) for number in range(1, seq + 1)]
            assert None not in whole
            assert (whole[-1] if whole else NO_PREVIOUS) == last

    def _erasure_absorbs(self, place: int, unit) -> None:
        if deck().order not in self.dealt[place]:
            return
        its = (deck().erased.bytes, "erasure.ordered")
        kept = unit.connection.exec_driver_sql(
            "SELECT count(*) FROM change JOIN payload USING (device, epoch, seq) WHERE subject = ? AND kind <> ?", its
        )
        assert kept.scalar() == 0
        shown = unit.connection.exec_driver_sql("SELECT count(*) FROM individual WHERE id = ?", its[:1])
        assert shown.scalar() == 0

    def _fork_is_noticed(self, place: int, unit, here: set[bytes]) -> None:
        """Once the line in whose place the clone wrote is here, a line of the clone's stands aside, or the other does."""
        reasons = "', '".join(OF_A_BRANCH)
        aside = set(
            unit.connection.exec_driver_sql(f"SELECT hash FROM quarantine WHERE reason IN ('{reasons}')").scalars()
        )
        first, rivals = deck().branch[0], self._rivals()
        if first in self.dealt[place] and rivals & self.dealt[place]:
            joined = here & ({first.hash} | {one.hash for one in rivals})
            if joined:
                assert aside

    def _rivals(self) -> set[SealedChange]:
        seq = decode(deck().branch[0].envelope, None).seq
        device = decode(deck().branch[0].envelope, None).device
        said = [(decode(one.envelope, None), one) for one in deck().honest]
        return {one for change, one in said if (change.device, change.seq) == (device, seq)}

    def _is_forked(self, place: int) -> bool:
        return any(one in self.dealt[place] for one in deck().branch)

    def _shown(self, place: int) -> object:
        with self.nodes[place].read() as unit:
            ask = unit.connection.exec_driver_sql
            return (
                ask("SELECT id, surnames, given_names, conflict FROM individual ORDER BY id").all(),
                ask("SELECT hash FROM change ORDER BY hash").all(),
                ask("SELECT device, epoch, seq FROM payload ORDER BY 1, 2, 3").all(),
                ask("SELECT hash, signature, body IS NULL FROM waiting ORDER BY 1, 2").all(),
                ask("SELECT hash, signature, body IS NULL FROM ahead ORDER BY 1, 2").all(),
                ask("SELECT hash, signature, reason FROM quarantine ORDER BY 1, 2").all(),
            )


TakingIn.TestCase.settings = settings(
    max_examples=25, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)
TestTakingIn = TakingIn.TestCase


@pytest.mark.parametrize("order", ["true first", "forged first", "at once"])
def test_a_forged_copy_of_a_true_line_is_shown_whichever_came_first(tmp_path: Path, order: str) -> None:
    honest, copies = list(deck().honest), list(deck().forged[:2])
    batches = {"true first": [honest, copies], "forged first": [copies, honest], "at once": [honest + copies]}
    with closing(Database.create(tmp_path / "register.db", bytes(32))) as database:
        for batch in batches[order]:
            taken_in(database, batch)
        with database.read() as unit:
            ask = unit.connection.exec_driver_sql
            aside = ask("SELECT reason FROM quarantine ORDER BY reason").scalars().all()
            assert aside == ["payload_differs", "signature_wrong"]
            assert ask("SELECT count(*) FROM change").scalar() == len(honest)
