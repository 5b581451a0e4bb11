"""The small world with a hub in it: laptops speak with it, lose it on the way, and find it set back to yesterday."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text

from fieldapp.exchange.hub_client import Caller, HubUnreachable
from fieldapp.exchange.receipts import DURABLE, RECEIVED
from fieldapp.hub import identity, store
from fieldapp.hub.folding import begin_anew, fold_next
from fieldapp.hub.tables import PEOPLE
from fieldapp.services import synchronise as synchronising
from fieldapp.services.synchronise import HubAddress, synchronise
from fieldapp.storage import exchange_rows, journal
from tests.desks import START_MS
from tests.simulator.hub import Door, SimulatedHub, a_fault
from tests.simulator.world import Doing, World

NOWHERE = HubAddress("https://127.0.0.1:1", b"")
_PEOPLE = "SELECT id, number, name_key, birth, state, conflict FROM individual ORDER BY id"


class WorldWithHub(World):
    """What befalls laptops and sticks befalls them here too; the hub is one more way for records to travel."""

    def __init__(self, origin: Path, folder: Path, seed: int, engine: Engine) -> None:
        super().__init__(origin / "laptops", folder, seed)
        self.hub = SimulatedHub(engine, identity.load(origin / "hub"), folder / "backups", START_MS)

    def doings(self) -> tuple[tuple[Doing, float], ...]:
        return (*super().doings(), (self.meet, 12), (self.back_up, 1.5), (self.yesterday, 1), (self.fold_at_hub, 1))

    def meet(self, name: str) -> None:
        """Synchronise, and perhaps lose the hub in the middle of it, or be switched off there."""
        try:
            self.converse(name, *a_fault(self.chance))
        except HubUnreachable:
            if self.chance.random() < 0.3:
                self.desks[name].close()
                self.open(name)

    def converse(self, name: str, fault: str = "", at: int = 0) -> None:
        """Synchronise; at the request of that number the fault befalls it."""

        def conversation(_url: str, _certificate: bytes, caller: Caller) -> Door:
            return Door(self.hub, caller, fault, at)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(synchronising, "HubClient", conversation)
            synchronise(self.desks[name], NOWHERE)

    def back_up(self, _name: str) -> None:
        self.hub.back_up()

    def yesterday(self, _name: str) -> None:
        self.hub.go_back_to_yesterday()

    def fold_at_hub(self, _name: str) -> None:
        fold_next(self.hub.engine, self.hub.identity.root_public)

    def settle(self) -> None:
        """Meet in turn with no fault. That is enough for everybody, but not where a laptop has a double.

        What a double wrote in a place that its original had filled is kept at the hub and where it was written; only
        sticks show it to all.
        """
        for _ in range(3):
            for name in sorted(self.desks):
                self.converse(name)
        if self.forked:
            super().settle()
            for name in sorted(self.desks) * 2:
                self.converse(name)

    def wrong(self) -> list[str]:
        found = super().wrong() + self.hub.broken
        with self.hub.engine.connect() as connection:
            held = store.vector(connection)
            kept = connection.execute(text("SELECT subject FROM change UNION SELECT subject FROM quarantine"))
            here = {UUID(str(one)) for one in kept.scalars()}
            found += [f"hub: lost {one}" for one in self.registered if one not in here]
            for one in self.erased:
                if connection.execute(_PAYLOADS_OF, {"subject": one}).scalar_one():
                    found.append("hub: the erased came back")
            hashes = set(map(bytes, connection.execute(_KEPT).scalars()))
        for name, desk in sorted(self.desks.items()):
            with desk.database.read() as unit:
                lines = set(unit.connection.exec_driver_sql("SELECT hash FROM change").scalars())
                if lines - hashes:
                    found.append(f"hub: keeps {len(lines - hashes)} lines of {name} nowhere")
                its = journal.vector(unit.connection)
                if not self.forked and its != held:
                    found.append(f"hub: holds other lines than {name}")
                for level in (RECEIVED, DURABLE):
                    said = exchange_rows.held_by(unit, (self.hub.identity.device, self.hub.identity.epoch), level)
                    if any(seq > held.get(key, (0, b""))[0] for key, seq in said.items()):
                        found.append(f"{name}: believes that the hub holds more than it does")
        return found + self._folded_otherwise()

    def _folded_otherwise(self) -> list[str]:
        shown = self._people_at_hub()
        begin_anew(self.hub.engine)
        found = [] if self._people_at_hub() == shown else ["hub: the fold made anew is another"]
        if not self.forked:
            with self.desks["one"].database.read() as unit:
                rows = unit.connection.exec_driver_sql(_PEOPLE).all()
            if [(*row[:5], bool(row[5])) for row in rows] != shown:
                found.append("hub: shows other people than the laptops")
        return found

    def _people_at_hub(self) -> list[tuple[object, ...]]:
        while fold_next(self.hub.engine, self.hub.identity.root_public):
            pass
        its = PEOPLE.c
        rows = select(its.subject, its.number, its.name_key, its.birth, its.state, its.conflict).order_by(its.subject)
        with self.hub.engine.connect() as connection:
            return [(row[0].bytes, *row[1:]) for row in connection.execute(rows)]


_KEPT = text("SELECT hash FROM change UNION SELECT hash FROM quarantine")
_PAYLOADS_OF = text(
    "SELECT (SELECT count(*) FROM change c JOIN payload p USING (device, epoch, seq)"
    " WHERE c.subject = :subject AND c.kind <> 'erasure.ordered')"
    " + (SELECT count(*) FROM waiting WHERE subject = :subject AND body IS NOT NULL)"
)


def play_with_hub(origin: Path, folder: Path, seed: int, engine: Engine, steps: int) -> list[str]:
    """Play one seed with a hub and return what went wrong."""
    return WorldWithHub(origin, folder, seed, engine).live(steps)
