"""A small world that runs on the real services and real files: laptops, sticks, and everything that befalls them.

What happens is drawn from a seed, so that a failure can be played again. `settle` then carries everything everywhere
without faults, and `wrong` tells what no laptop may ever show.
"""

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import pytest

from fieldapp.domain.fold import fold
from fieldapp.domain.problems import NotFound
from fieldapp.domain.told_by_slips import without_slips
from fieldapp.exchange.receipts import read_receipt
from fieldapp.services import epochs
from fieldapp.services.bundles import export_bundles, import_bundles, read_bundle
from fieldapp.services.check import check
from fieldapp.services.correct import edit_individual, record_need
from fieldapp.services.desk import Desk
from fieldapp.services.erase import erase
from fieldapp.services.find import PeopleQuery, individuals, person_page
from fieldapp.services.register import register_group
from fieldapp.services.sign_in import sign_in
from fieldapp.services.slips import issue_slip
from fieldapp.services.summarise import summarise
from fieldapp.services.take_over import CannotTakeOver, take_over
from fieldapp.storage import exchange_rows, journal
from tests.desks import START_MS, TODAY, TestClock, family, person
from tests.laptops import PASSWORD, STAFF

YEAR_MS = 365 * 24 * 3600 * 1000
Doing = Callable[[str], None]
SURNAMES = ("Villalobos", "Peña", "González", "Ñáñez", "Rincón")


class World:
    """Laptops by name, and the files that lie on sticks somewhere."""

    def __init__(self, origin: Path, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder = Path(shutil.copytree(origin, folder / "laptops"))
        self.sticks = folder / "sticks"
        self.sticks.mkdir()
        self.desks: dict[str, Desk] = {}
        self.clocks = {path.name: TestClock(START_MS) for path in sorted(self.folder.iterdir())}
        for name in self.clocks:
            self.open(name)
        self.registered: dict[UUID, set[str]] = {}
        self.erased: set[UUID] = set()
        self.old_copy: Path | None = None
        self.forked = False
        self.slips = True
        self.broken: list[str] = []

    def open(self, name: str) -> None:
        self.desks[name] = sign_in(
            self.folder / name, STAFF, PASSWORD, clock=self.clocks[name], random_bytes=self.chance.randbytes
        )

    def close(self) -> None:
        for desk in self.desks.values():
            desk.close()

    def step(self) -> None:
        name = self.chance.choice(sorted(self.desks))
        self.clocks[name].forward(minutes=self.chance.choice((1, 7, 60)))
        doings, weights = zip(*self.doings(), strict=True)
        self.chance.choices(doings, weights)[0](name)

    def doings(self) -> tuple[tuple[Doing, float], ...]:
        """Return what may happen at a laptop, and how often."""
        return (
            (self.register, 4), (self.edit, 5), (self.need, 2), (self.export, 5), (self.take_in, 6), (self.damage, 2),
            (self.change_clock, 1), (self.erase, 0.7), (self.copy, 1), (self.go_back, 1),
            (self.hand_over, 3 if self.slips else 0),
        )  # fmt: skip

    def register(self, name: str) -> None:
        member = person("Ana", self.chance.choice(SURNAMES))
        done = register_group(self.desks[name], family(member, at_ms=self.clocks[name].now_ms))
        self.registered[done.member_ids[0]] = {name}

    def _somebody(self, name: str):
        for _ in range(5):
            if self.registered:
                try:
                    return person_page(self.desks[name], self.chance.choice(sorted(self.registered)))
                except NotFound:
                    continue
        return None

    def edit(self, name: str) -> None:
        if page := self._somebody(name):
            values = {"surnames": f"{self.chance.choice(SURNAMES)} {self.chance.choice(SURNAMES)}"}
            edit_individual(self.desks[name], page, values)

    def hand_over(self, name: str) -> None:
        """A family shows its slip at a laptop that may never have heard of it."""
        holder = self.chance.choice(sorted(self.desks))
        if page := self._somebody(holder):
            code = issue_slip(self.desks[holder], page.group_id, "es").codes[0]
            with suppress(CannotTakeOver):
                take_over(self.desks[name], code)

    def need(self, name: str) -> None:
        if page := self._somebody(name):
            record_need(self.desks[name], page.individual_id, "ER")

    def export(self, name: str) -> None:
        stick = self.sticks / f"{len(list(self.sticks.iterdir())):03}"
        stick.mkdir()
        desk = self.desks[name]
        with desk.database.read() as unit:
            holds = journal.vector(unit.connection)
        export_bundles(desk, stick)
        for path in sorted(stick.iterdir()):
            (written,) = read_bundle(path, desk.receive_identity).header.receipts
            receipt = read_receipt(written)
            if receipt is None or receipt.held != holds:
                self.broken.append(f"{name}: a receipt says more than the laptop holds")
            if self.chance.random() < 0.25:
                path.unlink()  # lost on the way

    def damage(self, name: str) -> None:
        if files := sorted(self.sticks.rglob("*.bundle")):
            path = self.chance.choice(files)
            content = bytearray(path.read_bytes())
            place = self.chance.randrange(len(content))
            if self.chance.random() < 0.5:
                del content[place:]
            else:
                content[place] ^= 1 << self.chance.randrange(8)
            path.write_bytes(content)

    def take_in(self, name: str) -> None:
        files = sorted(self.sticks.rglob("*.bundle"))
        chosen = self.chance.sample(files, min(len(files), self.chance.randint(1, 5)))
        self._import(name, [*chosen, *chosen[:1]])

    def _import(self, name: str, files: list[Path]) -> None:
        import_bundles(self.desks[name], files)

    def change_clock(self, name: str) -> None:
        self.clocks[name].now_ms += self.chance.choice((-YEAR_MS, YEAR_MS, -3600_000))

    def erase(self, name: str) -> None:
        if page := self._somebody(name):
            erase(self.desks[name], page.individual_id, "withdrawn consent")
            self.erased.add(page.individual_id)

    def copy(self, name: str) -> None:
        """Somebody copies a laptop's folder while it is closed."""
        if self.old_copy is None and name != "one":
            self.desks[name].close()
            self.old_copy = Path(shutil.copytree(self.folder / name, self.folder.parent / "old" / name))
            self.open(name)

    def go_back(self, name: str) -> None:
        """The old copy goes on as a second laptop beside the first: a clone."""
        if self.old_copy is not None and "clone" not in self.desks:
            shutil.copytree(self.old_copy, self.folder / "clone")
            self.clocks["clone"] = TestClock(self.clocks[name].now_ms)
            self.open("clone")
            self.forked = True

    def settle(self) -> None:
        """Carry everything everywhere, with no fault, twice round."""
        for turn in range(2):
            for sender in sorted(self.desks):
                stick = self.sticks / f"last-{turn}-{sender}"
                stick.mkdir()
                export_bundles(self.desks[sender], stick)
                for receiver in sorted(self.desks):
                    if receiver != sender:
                        self._import(receiver, sorted(stick.iterdir()))

    def wrong(self) -> list[str]:
        """Return what may not be; every sentence is a broken promise."""
        found = list(self.broken)
        shown, counted = {}, set()
        for name, desk in sorted(self.desks.items()):
            report = check(desk)
            if not report.ok:
                found.append(f"{name}: the register does not verify: {report.bad[:2]}")
            with desk.database.read() as unit:
                kept = unit.connection.exec_driver_sql(
                    "SELECT subject FROM change UNION SELECT subject FROM quarantine"
                ).scalars()
                here = {UUID(bytes=one) for one in kept}
                found += [f"{name}: lost {one}" for one in self.registered if one not in here]
                for one in self.erased:
                    if unit.connection.exec_driver_sql(
                        "SELECT count(*) FROM change c JOIN payload p USING (device, epoch, seq)"
                        " WHERE c.subject = ? AND c.kind <> 'erasure.ordered'", (one.bytes,),
                    ).scalar():  # fmt: skip
                        found.append(f"{name}: the erased came back")
                found += [f"{name}: {line}" for line in self._vanished(unit)]
                if not self.forked and any(row.from_slip for row in individuals(desk, PeopleQuery(), 0, 999)):
                    found.append(f"{name}: a family is still from its slip")
                shown[name] = (
                    unit.connection.exec_driver_sql("SELECT id, surnames, conflict FROM individual ORDER BY id").all(),
                    {key: seq for key, (seq, _) in journal.vector(unit.connection).items()},
                )
            counted.add(self._counted(desk, found))
        if not self.forked:
            found += ["the laptops count otherwise"] if len(counted) > 1 else []
            people = {str(rows) for rows, _ in shown.values()}
            found += ["the laptops show different people"] if len(people) > 1 else []
        found += self._receipts_too_far(shown)
        return found

    def _counted(self, desk: Desk, found: list[str]) -> str:
        """Return the figures of the day, without what is said of the laptop itself."""
        summary = summarise(desk, TODAY)
        with desk.database.read() as unit:
            held = {key: seq for key, (seq, _) in journal.vector(unit.connection).items()}
        if dict(summary.vector) != held:
            found.append(f"{desk.device.code}: a summary names another vector than the log's")
        its_own = {"made_at_ms", "shelter", "only_here", "drafts", "vector", "posts"}
        figures = {name: its for name, its in asdict(summary).items() if name not in its_own}
        return repr({name: sorted(its.items()) if isinstance(its, dict) else its for name, its in figures.items()})

    def _vanished(self, unit) -> list[str]:
        """Values that no later writer had seen must all be in sight."""
        lines = []
        grants = unit.standing.grants(unit.connection)
        for subject in set(self.registered) - self.erased:
            changes = journal.of_subjects(unit.connection, [subject], unit.root_public)
            changes = without_slips(sorted(changes, key=lambda change: change.order))
            written = {c.change_id for c in changes if "surnames" in dict((c.payload or {}).get("fields") or {})}
            seen = {one for c in changes for one in c.seen.get("surnames", ())}
            state = fold(subject, changes, grants).fields.get("surnames")
            visible = {sibling.change_id for sibling in state.values} if state else set()
            if written - seen != visible and state is not None:
                lines.append(f"a name of {subject} vanished")
        return lines

    def _receipts_too_far(self, shown) -> list[str]:
        lines = []
        vectors = {
            (desk.device.device_id, desk.device.epoch): shown[name][1]
            for name, desk in self.desks.items()
            if name != "clone"
        }
        for name, desk in self.desks.items():
            with desk.database.read() as unit:
                for holder, its in vectors.items():
                    for key, seq in exchange_rows.held_by(unit, holder).items():
                        if not self.forked and seq > its.get(key, 0):
                            lines.append(f"{name}: a receipt says more than its laptop holds")
        return lines

    def live(self, steps: int) -> list[str]:
        """Let so many things happen, carry everything everywhere, and return what is wrong then."""
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(epochs, "secrets", Drawn(self.chance))
                for _ in range(steps):
                    self.step()
                self.settle()
            return self.wrong()
        finally:
            self.close()


class Drawn:
    """Stands where new epochs draw their keys and codes, so that these too come from the seed."""

    def __init__(self, chance: random.Random) -> None:
        self.choice, self.randbelow, self.token_bytes = chance.choice, chance.randrange, chance.randbytes


def play(origin: Path, folder: Path, seed: int, steps: int = 36, *, slips: bool = True) -> list[str]:
    """Play one seed and return what went wrong; with `slips`, families carry them from laptop to laptop."""
    world = World(origin, folder, seed)
    world.slips = slips
    return world.live(steps)
