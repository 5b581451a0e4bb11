"""Papers: an unusual number is remarked on and never refused; no paper is an answer like any other."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.i18n import language
from fieldapp.ui.models.draft_content import CodeValue
from fieldapp.ui.widgets.document_field import DocumentField, number_fits
from tests.ui.keys import press, type_text


@pytest.fixture
def field(qtbot: QtBot) -> DocumentField:
    made = DocumentField(language("en"))
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize(
    ("kind", "number", "fits"),
    [
        ("VE_CED_V", "17.345.221", True),
        ("VE_CED_V", "V-17345221", True),
        ("VE_CED_V", "v 17 345 221", True),
        ("VE_CED_V", "17.345.22X", False),
        ("CO_PEP", "123", False),
        ("VE_CED_V", "", True),
        ("", "anything", True),
    ],
)
def test_what_number_fits_which_paper(kind: str, number: str, fits: bool) -> None:
    assert number_fits(kind, number) is fits


def test_the_country_follows_the_kind_and_an_unusual_number_is_a_warning(field: DocumentField) -> None:
    type_text(field.kind, "permiso por prot")
    press(field.kind, Qt.Key.Key_Return)
    assert field.kind.code == "CO_PPT"
    assert field.country.value == CodeValue(("COL",), guess=True)
    type_text(field.number, "hello")
    assert field.number_frame.state == "warn"
    type_text(field.number, "\b")
    field.number.setText("")
    type_text(field.number, "1234567")
    assert field.number_frame.state == ""


def test_no_document_closes_number_and_country(field: DocumentField) -> None:
    type_text(field.kind, "no doc")
    press(field.kind, Qt.Key.Key_Return)
    assert field.kind.code == "NONE"
    assert not field.number.isEnabled()
    assert not field.country.isEnabled()
    assert field.kind_frame.message == "registered all the same"


def test_a_country_that_staff_chose_stays(field: DocumentField) -> None:
    type_text(field.country, "ecu")
    press(field.country, Qt.Key.Key_Return)
    type_text(field.kind, "passport of another")
    press(field.kind, Qt.Key.Key_Return)
    assert (field.kind.code, field.country.code) == ("XX_PAS", "ECU")


def test_typing_a_number_affirms_the_guessed_kind(field: DocumentField) -> None:
    field.guess_kind("VE_CED_V")
    assert field.kind.is_guess
    type_text(field.number, "1")
    assert not field.kind.is_guess
