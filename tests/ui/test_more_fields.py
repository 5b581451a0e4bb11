"""The further data of a person: opened by a key, kept in the draft, inherited from the focal point as guesses."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.birth import Birth
from fieldapp.i18n import language
from fieldapp.ui.models.draft_content import CodeValue, GroupDraft, PersonDraft, from_map, to_map
from fieldapp.ui.models.draft_entry import read_draft
from fieldapp.ui.widgets.member_fields import MemberFields
from tests.desks import START_MS, TODAY
from tests.ui.keys import press, press_control, type_text


@pytest.fixture
def fields(qtbot: QtBot) -> MemberFields:
    made = MemberFields(language("en"), lambda: TODAY, member=True)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.start_blank()
    made.given_names.setFocus()
    return made


def test_a_key_opens_them_and_what_is_typed_becomes_the_record(fields: MemberFields) -> None:
    press_control(None, Qt.Key.Key_O)
    assert QApplication.focusWidget() is fields.more.coded["origin"]
    type_text(None, "maracaibo")
    press(None, Qt.Key.Key_Return)
    fields.more.coded["ethnic_group"].setFocus()
    type_text(None, "wayuu")
    press(None, Qt.Key.Key_Return)
    fields.more.functioning.setFocus()
    type_text(None, "13")

    draft = from_map(to_map(GroupDraft(people=(fields.draft,))))
    entry, problems = read_draft(draft, START_MS, TODAY)

    person = entry.members[0]
    assert problems == ()
    assert (person.origin[:4], person.ethnic_group) == ("VE23", "WAY")
    assert person.functioning == (("SEEING", 1), ("HEARING", 3))


def test_a_member_has_what_the_focal_point_has_as_a_guess(fields: MemberFields) -> None:
    focal = PersonDraft(origin=CodeValue(("VE2313",)), ethnic_group=CodeValue(("WAY",)), address="Calle 5")
    fields.set_focal(focal, Birth(), is_first=True)

    fields.start_blank()

    assert fields.draft.origin == CodeValue.guessed("VE2313")
    assert fields.draft.ethnic_group.guess
    assert fields.draft.is_blank, "what the program put there is nothing that could be lost"


def test_enter_passes_by_what_is_closed(fields: MemberFields) -> None:
    assert not any(stop.isVisibleTo(fields) for stop in fields.more.stops)
