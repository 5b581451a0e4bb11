"""An erasure that comes by a stick or the hub is said under Sync: what was deleted, and what somebody must look for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.domain.record import Role
from fieldapp.i18n import Language
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.desk import Desk
from fieldapp.services.erase import erase
from fieldapp.services.exports import Cleared
from fieldapp.services.lists import export_people
from fieldapp.services.register import register_group
from fieldapp.ui.hub_watch import HubState
from fieldapp.ui.screens.synchronise_left import LeftFilesCard
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from tests.desks import family, person, take_over
from tests.laptops import two_laptops
from tests.ui.conftest import shown_at_sync
from tests.ui.keys import press, press_control


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    with two_laptops(tmp_path) as both:
        yield both


@pytest.fixture
def place(qtbot: QtBot, laptops: tuple[Desk, Desk], work: Work, language: Language) -> SynchronisePlace:
    """The place Sync at the laptop that the erasure comes to."""
    made = shown_at_sync(qtbot, laptops[1], work, language)
    qtbot.waitUntil(made.stick_card.write_button.isEnabled)
    return made


def test_what_it_deleted_is_said_and_our_own_bundle_on_the_stick_is_no_problem(
    qtbot: QtBot, place: SynchronisePlace, laptops: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = laptops
    petra = register_group(one, family(person("Petra", "Guanipa")))
    stick = tmp_path / "stick"
    stick.mkdir()
    export_bundles(one, stick)
    import_bundles(other, [stick])
    own = set(export_bundles(other, stick).files)
    export_people(other, tmp_path / "people.csv")
    erase(one, petra.member_ids[0], "withdrawn consent")
    export_bundles(one, stick)
    place.stick_card.use(stick)

    press_control(place, Qt.Key.Key_I)

    qtbot.waitUntil(lambda: "taken in" in place.stick_card.words.text())
    said = place.stick_card.words.text()
    assert "Somebody was erased, on this laptop too." in said
    assert "1 file for other laptops was deleted" in said
    assert f"{tmp_path / 'people.csv'} may still hold the person" in said
    assert "is not there" not in said
    assert not own & set(stick.iterdir())
    qtbot.waitUntil(place.left_card.isVisible)
    assert place.left_card.paths.text() == str(tmp_path / "people.csv")
    press(place.left_card.button, Qt.Key.Key_Space)
    qtbot.waitUntil(place.left_card.isHidden)


def test_what_came_by_the_hub_is_said_beside_it(place: SynchronisePlace, tmp_path: Path) -> None:
    came = Cleared(slips=(tmp_path / "petra.pdf",), left=(tmp_path / "people.csv",))
    place.watch.told.emit(HubState("https://hub", 1_767_618_060_000, cleared=came))
    lines = place.hub_card.words.text().splitlines()
    assert lines[0].startswith("In step with https://hub")
    assert lines[1:] == [
        "Somebody was erased, on this laptop too.",
        f"{tmp_path / 'petra.pdf'} was deleted: it held the family's slip.",
        f"{tmp_path / 'people.csv'} may still hold the person. Destroy it if it may go.",
    ]


def test_a_registrar_reads_the_paths_and_cannot_say_that_they_were_looked_at(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    take_over(session.desk, Role.REGISTRAR)
    card = LeftFilesCard(session, MainShell(session))
    qtbot.addWidget(card)
    card.show_paths([tmp_path / "people.csv"])
    assert not card.isHidden()
    assert card.button.isHidden()
