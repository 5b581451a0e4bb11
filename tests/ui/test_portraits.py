"""A photo of a person: taken from a file, cut by keys, kept with the family, and not kept where they do not agree."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import Consent
from fieldapp.services.correct import edit_group, edit_individual
from fieldapp.services.find import group_page, person_page
from fieldapp.services.membership import add_member
from fieldapp.services.register import register_group
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.portrait_taking import CropDialog, PortraitTaking
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import WITH_PHOTO, a_portrait, family, person
from tests.ui.keys import press, press_control, type_text


@pytest.fixture
def shell(no_printer: None, show_shell: Callable[[str], MainShell]) -> MainShell:
    return show_shell("register")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "photo.jpg"
    Image.effect_noise((1200, 900), 80).convert("RGB").save(file)
    return file


def test_a_photo_is_cut_by_keys_and_kept_with_the_family(
    qtbot: QtBot, shell: MainShell, session: Session, photo: Path
) -> None:
    place = shell.places["register"]
    assert isinstance(place, RegisterPlace)
    type_text(place.form.focal.given_names, "Ana")
    press(None, Qt.Key.Key_Return)
    type_text(None, "Luna")
    place.form.focal.show_more(True)
    field = place.form.focal.more.portrait
    taking = field.taker
    assert isinstance(taking, PortraitTaking)
    taking.take_file(field, photo)
    qtbot.waitUntil(lambda: isinstance(taking.dialog, CropDialog))
    dialog = taking.dialog
    assert isinstance(dialog, CropDialog)
    before = dialog.view.frame()
    for key in ("+", "+"):
        type_text(dialog.view, key)
    press(dialog.view, Qt.Key.Key_Left)
    assert dialog.view.frame().height() < before.height()
    press(dialog.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.portrait != b"")
    place.plain_button.click()
    assert place.form.consent.frames["consent"].state == "error"
    type_text(place.form.consent.answer, "Y")
    place.plain_button.click()
    assert "photo" in place.form.consent.frames["consent_shares"].message
    type_text(place.form.consent.shares, "4")
    place.plain_button.click()
    qtbot.waitUntil(lambda: place.done.isVisible())
    assert place.slip.group_id is not None
    kept = group_page(session.desk, place.slip.group_id, audited=False).members[0].portrait
    assert Image.open(io.BytesIO(kept)).size == (360, 480)


def test_a_file_that_is_no_photo_is_said_and_nothing_changes(
    qtbot: QtBot, shell: MainShell, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "no.jpg").write_bytes(b"nothing like a photo")
    place = shell.places["register"]
    assert isinstance(place, RegisterPlace)
    field = place.form.focal.more.portrait
    taking = field.taker
    assert isinstance(taking, PortraitTaking)
    taking.take_file(field, tmp_path / "no.jpg")
    qtbot.waitUntil(lambda: "not a photo" in shell.banner.text)
    assert field.portrait == b""


def test_a_family_that_does_not_agree_keeps_no_photo(session: Session) -> None:
    entry = family(person("Ana", "Luna", portrait=a_portrait()), consent=Consent.REFUSES)
    registered = register_group(session.desk, entry)
    member = person_page(session.desk, registered.member_ids[0])
    assert member.portrait == b""
    with pytest.raises(InvalidEntry) as refused:
        edit_individual(session.desk, member, {"portrait": a_portrait()})
    assert refused.value.problems[0].code == "portrait_without_consent"


def test_a_photo_taken_later_needs_an_agreement_too(session: Session) -> None:
    registered = register_group(session.desk, family(person("Ana", "Luna")))
    page = group_page(session.desk, registered.group_id)
    with pytest.raises(InvalidEntry) as refused:
        edit_individual(session.desk, page.members[0], {"portrait": a_portrait()})
    assert refused.value.problems[0].code == "photo_not_agreed"
    with pytest.raises(InvalidEntry):
        add_member(session.desk, page, person("Eva", "Luna", relationship="SON_DAUGHTER", portrait=a_portrait()))

    edit_group(session.desk, page, {"consent_shares": WITH_PHOTO})
    edit_individual(session.desk, page.members[0], {"portrait": a_portrait()})

    assert person_page(session.desk, registered.member_ids[0]).portrait


def test_a_photo_is_seen_on_the_page_and_removed_with_a_reason(
    qtbot: QtBot, shell: MainShell, session: Session
) -> None:
    registered = register_group(
        session.desk, family(person("Ana", "Luna", portrait=a_portrait()), consent_shares=WITH_PHOTO)
    )
    shell.open_group(registered.group_id)
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    qtbot.waitUntil(lambda: place.group.page is not None)
    place.group.show_member(registered.member_ids[0])
    press_control(place.group.data.subjects, Qt.Key.Key_E)
    panel = place.group.data.edit_person
    qtbot.waitUntil(lambda: panel.form.more.portrait.portrait != b"")
    panel.form.more.portrait.remove_button.click()
    panel.reason.setFocus()
    type_text(None, "pidió quitarla")
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: person_page(session.desk, registered.member_ids[0], audited=False).portrait == b"")
    lines = group_page(session.desk, registered.group_id, audited=False).history
    assert any("portrait" in line.fields and line.reason == "pidió quitarla" for line in lines)
