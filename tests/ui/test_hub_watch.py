"""The hub is tried by itself: without one nothing happens, without a network it is said, and with both all is in step."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.find import PeopleQuery, count_individuals
from fieldapp.services.register import register_group
from fieldapp.services.synchronise import HubAddress, remember_hub, synchronise
from fieldapp.settings import Settings
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.desks import TestClock, family
from tests.hub.hubs import make_hub, need_postgresql, remove
from tests.laptops import enrolled, first_laptop


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Desk]:
    desk = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    yield desk
    desk.close()


def place_of(qtbot: QtBot, desk: Desk, work: Work, language: Language) -> SynchronisePlace:
    shell = MainShell(Session(desk, work, Settings(language="en"), language))
    qtbot.addWidget(shell)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.go_to("synchronise")
    place = shell.places["synchronise"]
    assert isinstance(place, SynchronisePlace)
    return place


def test_without_a_hub_sticks_carry_the_records(qtbot: QtBot, one: Desk, work: Work, language: Language) -> None:
    place = place_of(qtbot, one, work, language)
    place.watch.try_now()
    qtbot.waitUntil(lambda: not place.watch.state.is_busy)
    assert place.hub_card.words.text() == "No hub is known here. Sticks carry the records."
    assert place.hub_card.name_button.isVisible()


def test_a_bad_address_is_said_beside_it(
    qtbot: QtBot, one: Desk, work: Work, language: Language, tmp_path: Path
) -> None:  # fmt: skip
    place = place_of(qtbot, one, work, language)
    place.hub_card.address.setText("192.168.1.10")
    place.hub_card.name(tmp_path / "hub.crt")
    assert "is no address of a hub" in place.hub_card.address_frame.message


@pytest.fixture
def hub(one: Desk) -> Iterator[HubAddress]:
    """A hub of the operation that runs, its own PostgreSQL with it."""
    need_postgresql()
    made = make_hub(one)
    try:
        made.start()
        yield made.address
    finally:
        remove(made)


def test_with_a_network_everything_is_in_step_and_without_it_that_is_said(
    qtbot: QtBot, one: Desk, hub: HubAddress, work: Work, language: Language, tmp_path: Path
) -> None:
    two = enrolled(one, tmp_path / "two", "B2", tmp_path / "stick")
    register_group(two, family())
    synchronise(one, hub)
    synchronise(two, hub)
    register_group(one, family())
    place = place_of(qtbot, one, work, language)
    (tmp_path / "hub.crt").write_bytes(hub.certificate)
    place.hub_card.address.setText(hub.url)

    place.hub_card.name(tmp_path / "hub.crt")

    qtbot.waitUntil(lambda: place.hub_card.words.text().startswith("In step with"))
    assert count_individuals(one, PeopleQuery()) == 8
    assert elsewhere(one).records == 0
    qtbot.waitUntil(lambda: place.sentence.text() == "Everything is safe elsewhere")
    remember_hub(one, HubAddress("https://127.0.0.1:9", hub.certificate))
    place.watch.try_now()
    qtbot.waitUntil(lambda: "cannot be reached" in place.hub_card.words.text())
    assert place.hub_card.now_button.isEnabled()
    two.close()
