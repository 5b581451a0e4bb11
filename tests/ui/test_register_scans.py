"""What scanners type in Register: Colombian cards with and without their NULs, and our own slip in any field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family
from tests.domain.papers.cards import YellowCard
from tests.ui.keys import press, press_control, scan, type_text
from tests.ui.test_register_papers import place, sample, shell

__all__ = ["place", "shell"]
ENTER = Qt.Key.Key_Return
MORE = Qt.Key.Key_O


def typed(card: str) -> None:
    """Type a card as a scanner does, Enter at its end."""
    scan(card.rstrip("\r"))


@pytest.mark.parametrize("way", [YellowCard.typed_with_spaces, YellowCard.typed_with_padded_names_only])
def test_a_yellow_card_whose_padding_came_as_spaces_fills_everything(qtbot: QtBot, place: RegisterPlace, way) -> None:  # type: ignore[no-untyped-def]
    typed(way(YellowCard()))
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    person = place.form.focal.draft
    assert (person.given_names, person.surnames, person.sex) == ("Laura Sofia", "Quintero Niño", "F")
    assert (person.born, person.document_kind.codes, person.document_number) == ("15/3/2004", ("CO_CC",), "12345678")
    assert person.nationality.codes == ("COL",)
    assert place.form.focal.given_names.text() == "Laura Sofia"
    for kept in ("AB-", "PubDSK", "0123456789:;"):
        assert kept not in repr(place.form.draft)


def test_a_yellow_card_without_its_nuls_fills_all_but_the_names_and_says_so(qtbot: QtBot, place: RegisterPlace) -> None:
    type_text(None, "Laura")
    typed(YellowCard().typed_without_nuls())
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    person = place.form.focal.draft
    assert (person.given_names, person.surnames) == ("Laura", "")
    assert (person.sex, person.born, person.document_number) == ("F", "15/3/2004", "12345678")
    assert "names" in place.papers.focal.strip.text
    assert place.form.focal.surnames.hasFocus(), "the keyboard goes to what is still to type"


def test_the_card_of_a_minor_is_an_identity_card(qtbot: QtBot, place: RegisterPlace) -> None:
    typed(YellowCard(first=b"I", birth="20120315").typed_with_spaces())
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    assert place.form.focal.draft.document_kind.codes == ("CO_TI",)


def test_a_card_cut_short_is_refused_in_words_and_leaves_nothing_behind(qtbot: QtBot, place: RegisterPlace) -> None:
    type_text(None, "Laura")
    typed(YellowCard().typed_with_spaces()[:120])
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    assert place.form.focal.draft.given_names == "Laura"
    assert place.form.focal.draft.document_number == ""


def test_the_digital_card_gives_the_number_of_the_person_and_not_of_the_card(
    qtbot: QtBot, place: RegisterPlace
) -> None:
    scan(sample("syn_col_td1"))
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    person = place.form.focal.draft
    assert (person.document_kind.codes, person.document_number) == (("CO_CC",), "1234567890")
    assert person.nationality.codes == ("COL",)


def everywhere(place: RegisterPlace) -> dict[str, QWidget]:
    """Every kind of field that there is in the form."""
    form, member = place.form, place.form.members.editor.fields
    return {
        "a name": form.focal.given_names, "a choice": form.focal.sex, "a date": form.focal.born,
        "a list": form.focal.nationality, "a number": form.focal.document.number,
        "further fields": form.focal.more.stops[0], "the counts": form.members.grid.entry,
        "a member's name": member.given_names, "a member's choice": member.sex, "a member's needs": member.needs.quick,
        "a day": form.arrival.day, "where they go": form.arrival.destination, "needs": form.needs.field.quick,
        "consent": form.consent.answer, "a button": place.save_button,
    }  # fmt: skip


NAMES = (
    "a name", "a choice", "a date", "a list", "a number", "further fields", "the counts", "a member's name",
    "a member's choice", "a member's needs", "a day", "where they go", "needs", "consent", "a button",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_our_own_slip_is_answered_from_any_field_and_leaves_it_as_it_was(
    qtbot: QtBot, shell: MainShell, place: RegisterPlace, session: Session, name: str
) -> None:
    slip = issue_slip(session.desk, register_group(session.desk, family()).group_id, "es")
    type_text(None, "Ana")
    press_control(None, MORE)
    place.form.members.begin_new()
    type_text(None, "José")
    field = everywhere(place)[name]
    field.setFocus()
    before = place.form.draft
    scan(slip.codes[0])
    qtbot.waitUntil(lambda: shell.answer is not None)
    assert shell.answer is not None
    assert shell.answer.word == "Valid slip"
    assert place.form.draft == before
    press(None, Qt.Key.Key_Escape)
    assert field.hasFocus() or field.focusProxy() is not None
    assert shell.current == "register"
    assert place.pages.currentWidget() is place.form, "the Enter of the scanner saved nothing"
