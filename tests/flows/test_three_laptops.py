"""A whole day of three laptops, a stick and a hub, all real: what is written anywhere is everywhere at the end, once.

Ana's and Beto's laptops have a network and meet at the hub. Carla's has none: a stick goes to Ana's and back.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from fieldapp.domain.record import Role
from fieldapp.domain.slip import Verdict
from fieldapp.domain.summary import Summary
from fieldapp.exchange.receipts import DURABLE, RECEIVED
from fieldapp.hub import identity
from fieldapp.hub.folding import fold_next
from fieldapp.hub.tables import PEOPLE
from fieldapp.i18n import Language
from fieldapp.services.check import check
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.erase import erase
from fieldapp.services.find import person_page
from fieldapp.services.register import Registered, register_group
from fieldapp.services.sign_in import sign_in
from fieldapp.services.slips import issue_slip
from fieldapp.services.staff import add_staff
from fieldapp.services.summarise import summarise
from fieldapp.services.synchronise import known_hub, remember_hub, synchronise
from fieldapp.services.verify import verify_text
from fieldapp.settings import Settings
from fieldapp.storage import exchange_rows, journal
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.desks import TODAY, TestClock, family, person
from tests.hub.hubs import TestHub, make_hub, need_postgresql, remove
from tests.laptops import CHEAP, PASSWORD, STAFF, enrolled, first_laptop
from tests.ui.conftest import language, work
from tests.ui.keys import press, press_control

__all__ = ["language", "work"]
FOLDED = (
    "registration_group", "individual", "movement", "need", "slip", "turn", "token", "referral", "phone", "erasure",
)  # fmt: skip
"""The tables that screens read; `individual.row` alone is each laptop's own."""
SUPERVISOR, HERS = "saida", "nueve faroles en la niebla 7"


@dataclass
class Day:
    """The laptops of the day, and the hub; `stick` is the folder that is carried."""

    a: Desk
    b: Desk
    c: Desk
    hub: TestHub
    stick: Path

    @property
    def laptops(self) -> tuple[Desk, Desk, Desk]:
        return self.a, self.b, self.c


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    need_postgresql()
    clock = TestClock()
    a = first_laptop(tmp_path / "a", clock, random.Random(1).randbytes)
    b = enrolled(a, tmp_path / "b", "B2", tmp_path / "enrolment")
    c = enrolled(a, tmp_path / "c", "C3", tmp_path / "enrolment")
    hub = make_hub(a)
    stick = tmp_path / "stick"
    stick.mkdir()
    try:
        hub.start()
        here = Day(a, b, c, hub, stick)
        yield here
        for desk in here.laptops:
            desk.close()
    finally:
        remove(hub)


class Window:
    """The real window of one laptop at its Sync place, worked by keys."""

    def __init__(self, qtbot: QtBot, desk: Desk, work: Work, language: Language, stick: Path) -> None:
        self.qtbot, self.shell = qtbot, MainShell(Session(desk, work, Settings(language="en"), language))
        qtbot.addWidget(self.shell)
        self.shell.resize(1366, 740)
        with qtbot.waitExposed(self.shell):
            self.shell.show()
        self.shell.activateWindow()
        self.shell.go_to("synchronise")
        place = self.shell.places["synchronise"]
        assert isinstance(place, SynchronisePlace)
        self.place = place
        qtbot.waitUntil(place.stick_card.write_button.isEnabled)
        place.stick_card.use(stick)

    def write(self) -> None:
        press_control(self.place, Qt.Key.Key_Return)
        self._said("Written and read back")

    def take_in(self) -> None:
        press_control(self.place, Qt.Key.Key_I)
        self._said("taken in")

    def _said(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.place.stick_card.words.text(), timeout=30_000)

    def try_hub(self) -> None:
        self.place.watch.try_now()
        self.qtbot.waitUntil(lambda: self.place.hub_card.words.text().startswith("In step with"), timeout=30_000)

    def let_second_value_stand(self) -> str:
        """Open the one conflict and choose by a digit; return what was chosen."""
        self.place.refresh()
        self.qtbot.waitUntil(self.place.conflicts_button.isVisible)
        press_control(self.place, Qt.Key.Key_D)
        page = self.place.conflicts_page
        self.qtbot.waitUntil(lambda: page.conflict is not None)
        assert page.conflict is not None
        chosen = page.conflict.versions[1].value
        press(page, Qt.Key.Key_2)
        self.qtbot.waitUntil(lambda: page.conflict is None)
        press(page, Qt.Key.Key_Escape)
        return str(chosen)

    def close(self) -> None:
        self.shell.places[self.shell.current].left()
        self.qtbot.waitUntil(lambda: not self.place.watch.state.is_busy)
        self.shell.close()


def again_as(desk: Desk, short_name: str, password: str) -> Desk:
    """Let somebody else sign in at a laptop."""
    desk.close()
    return sign_in(desk.folder, short_name, password, clock=desk.clock, random_bytes=desk.random_bytes)


def folded(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that screens read, in an order that is the same everywhere."""
    found = {}
    with desk.database.read() as unit:
        for table in FOLDED:
            rows = unit.connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()  # noqa: S608 - our own names
            found[table] = sorted(
                (tuple(value for name, value in row.items() if name != "row") for row in rows), key=repr
            )
    return found


def counted(desk: Desk) -> Summary:
    """Return the day's figures without what is each laptop's own."""
    summary = summarise(desk, TODAY, "24:00")
    return replace(summary, made_by="", made_at_ms=0, shelter="", only_here=0, drafts=0, vector={})


def at_hub(hub: TestHub) -> tuple[int, int]:
    """Return how many people the hub's own fold has, and how many of these in conflict."""
    with hub.database() as engine:
        while fold_next(engine, identity.load(hub.folder).root_public):
            pass
        with engine.connect() as connection:
            whole = connection.execute(select(func.count()).select_from(PEOPLE)).scalar_one()
            torn = connection.execute(select(func.count()).select_from(PEOPLE).where(PEOPLE.c.conflict)).scalar_one()
    return whole, torn


def held(desk: Desk, hub: TestHub, level: str) -> dict[object, int]:
    """Return how far the hub said to hold each log on a level."""
    who = identity.load(hub.folder)
    with desk.database.read() as unit:
        return dict(exchange_rows.held_by(unit, (who.device, who.epoch), level))


def heads(desk: Desk) -> dict[object, int]:
    with desk.database.read() as unit:
        return {key: seq for key, (seq, _) in journal.vector(unit.connection).items()}


def test_from_the_first_family_to_the_restored_hub(
    qtbot: QtBot, day: Day, work: Work, language: Language, tmp_path: Path
) -> None:
    open_window: Callable[[Desk], Window] = lambda desk: Window(qtbot, desk, work, language, day.stick)  # noqa: E731

    # Morning: one family is known to all three; a supervisor is added at the first laptop.
    for desk in (day.a, day.b):
        remember_hub(desk, day.hub.address)
    shared = register_group(day.a, family())
    add_staff(day.a, SUPERVISOR, "Saida Rojas", Role.SUPERVISOR, HERS, cost=CHEAP)
    window = open_window(day.a)
    window.write()
    window.try_hub()
    window.close()
    window = open_window(day.c)
    window.take_in()
    window.close()
    synchronise(day.b, day.hub.address)

    # The day: all register, and two desks correct the same surname without knowing of one another.
    register_group(day.a, family(person("Delia", "Uzcátegui")))
    at_b = register_group(
        day.b, family(person("Yolanda", "Barrios"), person("Luis", "Barrios", relationship="SON_DAUGHTER"))
    )
    at_c = register_group(day.c, family(person("Zoraida", "Quintero")))
    slip = issue_slip(day.c, at_c.group_id, "es")
    mother = shared.member_ids[0]
    edit_individual(day.b, person_page(day.b, mother), {"surnames": "Villalobos Peña"})
    edit_individual(day.c, person_page(day.c, mother), {"surnames": "Villalobo"})
    synchronise(day.b, day.hub.address)

    # The stick goes from the laptop without network to the first one.
    for file in day.stick.iterdir():
        file.unlink()
    window = open_window(day.c)
    window.write()
    window.close()
    day.a = again_as(day.a, SUPERVISOR, HERS)
    window = open_window(day.a)
    window.try_hub()
    window.take_in()
    chosen = window.let_second_value_stand()
    window.try_hub()
    window.close()
    synchronise(day.b, day.hub.address)
    assert person_page(day.b, mother).surnames == chosen
    assert verify_text(day.b, slip.codes[0]).verdict is Verdict.VALID
    assert at_hub(day.hub) == (8, 0)

    # One person asks to be erased; the order goes everywhere, and so does the day.
    day.a = again_as(day.a, STAFF, PASSWORD)
    erase(day.a, at_b.member_ids[1], "withdrew consent")
    window = open_window(day.a)
    window.try_hub()
    window.write()
    window.close()
    day.c = again_as(day.c, SUPERVISOR, HERS)  # added at the other laptop, carried by the stick
    window = open_window(day.c)
    window.take_in()
    window.write()
    window.close()
    window = open_window(day.a)
    window.take_in()
    window.try_hub()
    window.close()
    synchronise(day.b, day.hub.address)
    synchronise(day.a, day.hub.address)

    assert_all_alike(day, at_c)
    assert_the_hub_comes_back(day, tmp_path)


def assert_all_alike(day: Day, at_c: Registered) -> None:
    states, figures = [folded(desk) for desk in day.laptops], [counted(desk) for desk in day.laptops]
    assert states[0] == states[1] == states[2]
    assert figures[0] == figures[1] == figures[2]
    assert (figures[0].conflicts, len(states[0]["individual"]), len(states[0]["erasure"])) == (0, 7, 1)
    assert at_hub(day.hub) == (7, 0)
    assert all(check(desk).ok for desk in day.laptops)
    assert [elsewhere(desk).records for desk in day.laptops] == [0, 0, 0]
    assert [elsewhere(desk).put_aside for desk in day.laptops] == [0, 0, 0]
    for desk in day.laptops:
        assert not any("Luis" in repr(row) for row in folded(desk)["individual"])
    assert at_c.group_id.bytes in {row[0] for row in states[1]["registration_group"]}
    with day.hub.database() as engine, engine.connect() as connection:
        assert not any(b"Luis" in bytes(row.body) for row in connection.exec_driver_sql("SELECT body FROM payload"))


def assert_the_hub_comes_back(day: Day, tmp_path: Path) -> None:
    """The hub is backed up, lost, and restored: what is durable is said by its receipts, and no laptop gives it again."""
    day.hub.command("backup", day.hub.folder, tmp_path / "backup")
    synchronise(day.a, day.hub.address)
    durable = held(day.a, day.hub, DURABLE)
    assert durable
    register_group(day.a, family(person("Después", "Del Respaldo")))
    synchronise(day.a, day.hub.address)
    assert held(day.a, day.hub, RECEIVED) == heads(day.a)
    assert held(day.a, day.hub, DURABLE) == durable
    day.hub.stop()

    restored = TestHub(day.hub.folder.parent / "restored")
    restored.folder.mkdir()
    for name in (identity.IDENTITY, identity.TLS_KEY, identity.TLS_CERTIFICATE):
        (restored.folder / name).write_bytes((day.hub.folder / name).read_bytes())
    restored.command("restore", restored.folder, tmp_path / "backup")
    restored.start()
    try:
        remember_hub(day.a, restored.address)
        address = known_hub(day.a)
        assert address is not None
        done = synchronise(day.a, address)
        assert 0 < done.given < 30
        assert held(day.a, restored, RECEIVED) == heads(day.a)
        assert held(day.a, restored, DURABLE) == durable
        assert at_hub(restored) == (8, 0)
    finally:
        restored.stop()
