"""A paper scanned in Register fills what is empty, shows what differs, and can be undone at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.services.register import register_group
from fieldapp.settings import Settings
from fieldapp.ui import theme
from fieldapp.ui.scans import Scan, ScanSource
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family
from tests.ui.keys import press, press_control, scan, type_text

SAMPLES = Path(__file__).parent.parent / "data" / "mrz_samples.txt"
ENTER = Qt.Key.Key_Return


def sample(name: str) -> str:
    """Return the lines of a sample as a reader types them."""
    row = next(line.split("\t") for line in SAMPLES.read_text(encoding="utf-8").splitlines() if line.startswith(name))
    return "\r".join(line for line in row[3:6] if line)


@pytest.fixture
def shell(qtbot: QtBot, session: Session, show_shell: Callable[[str], MainShell]) -> MainShell:
    made = show_shell("register")
    qtbot.waitUntil(lambda: not session.work.is_busy)
    return made


@pytest.fixture
def place(shell: MainShell) -> RegisterPlace:
    found = shell.places["register"]
    assert isinstance(found, RegisterPlace)
    return found


def test_a_passport_fills_the_focal_point_and_is_undone_at_once(qtbot: QtBot, place: RegisterPlace) -> None:
    strip = place.papers.focal.strip
    scan(sample("syn_ven_td3_enie"))
    qtbot.waitUntil(lambda: strip.text != "")

    person = place.form.focal.draft
    assert (person.given_names, person.surnames, person.sex) == ("Maria de los Angeles", "Munoz Pena", "F")
    assert (person.born, person.nationality.codes) == ("28/2/1985", ("VEN",))
    assert (person.document_kind.codes, person.document_number) == (("VE_PAS",), "012345678")
    assert not person.nationality.guess
    assert "no accents and no ñ" in strip.text

    press(None, Qt.Key.Key_F9)
    assert place.form.focal.draft.is_blank
    assert place.form.focal.nationality.is_guess
    assert strip.text == ""


def test_what_was_typed_stays_and_what_differs_is_one_key_away(qtbot: QtBot, place: RegisterPlace) -> None:
    type_text(None, "María")
    press(None, ENTER)
    type_text(None, "Muñoz Peña")
    press(None, ENTER)
    strip = place.papers.focal.strip
    scan(sample("syn_ven_td3_enie"))
    qtbot.waitUntil(lambda: strip.text != "")

    person = place.form.focal.draft
    assert (person.given_names, person.surnames) == ("María", "Muñoz Peña")
    assert list(strip.take_buttons) == ["given_names"]
    assert "The paper says Maria de los Angeles" in place.form.focal.frames["given_names"].message
    press(None, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert place.form.focal.draft.given_names == "Maria de los Angeles"
    place.papers.undo()
    assert place.form.focal.draft.given_names == "María"
    assert place.form.focal.draft.surnames == "Muñoz Peña"


def test_a_cut_name_never_stands_for_a_full_one(qtbot: QtBot, place: RegisterPlace) -> None:
    type_text(None, "María Fernanda")
    scan(sample("syn_long_truncated"))
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    assert place.form.focal.draft.given_names == "María Fernanda"
    assert "given_names" not in place.papers.focal.strip.take_buttons
    assert "names are cut" in place.papers.focal.strip.text


def test_an_expired_paper_says_who_somebody_is_all_the_same(qtbot: QtBot, place: RegisterPlace) -> None:
    scan(sample("icao_td3"))
    qtbot.waitUntil(lambda: "It expired on 15 Apr 2012" in place.papers.focal.strip.text)
    assert place.form.focal.draft.document_number == "L898902C3"


def test_the_number_of_a_visa_is_nobodys_document(qtbot: QtBot, place: RegisterPlace) -> None:
    scan(sample("icao_mrva"))
    qtbot.waitUntil(lambda: "This is a visa" in place.papers.focal.strip.text)
    assert place.form.focal.draft.document_number == ""
    assert place.form.focal.draft.surnames == "Eriksson"


def test_a_field_changed_since_stays_when_the_reading_is_undone(qtbot: QtBot, place: RegisterPlace) -> None:
    scan(sample("syn_ven_td3_enie"))
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    place.form.focal.surnames.setFocus()
    place.form.focal.surnames.selectAll()
    type_text(None, "Muñoz Peña")
    press(None, Qt.Key.Key_F9)
    assert place.form.focal.draft.surnames == "Muñoz Peña"
    assert place.form.focal.draft.given_names == ""


def test_a_scan_while_a_list_is_open_closes_it(qtbot: QtBot, place: RegisterPlace, session: Session) -> None:
    field = place.form.focal.nationality
    field.setFocus()
    field.selectAll()
    type_text(None, "col")
    assert field.is_offering
    scan(sample("bad_composite"))
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    assert field.text() == "col"
    assert not field.is_offering


def test_the_second_paper_of_a_family_is_the_next_members(qtbot: QtBot, place: RegisterPlace) -> None:
    scan(sample("syn_ven_td3_enie"))
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    place.form.members.grid.entry.setFocus()
    scan(sample("syn_ven_td3_noopt"))
    qtbot.waitUntil(lambda: place.papers.member.strip.text != "")
    assert place.form.members.grid.counts == {}
    assert place.form.members.editor.draft.given_names == "Jose Gregorio"
    assert place.form.focal.draft.given_names == "Maria de los Angeles"


def test_papers_of_a_family_are_scanned_one_after_another(qtbot: QtBot, place: RegisterPlace) -> None:
    scan(sample("syn_ven_td3_enie"))
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    scan(sample("syn_ven_td3_noopt"))
    qtbot.waitUntil(lambda: "document_number" in place.papers.focal.strip.take_buttons)
    press(None, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert place.form.focal.draft.given_names == "Maria de los Angeles"
    assert place.form.members.editor.draft.given_names == "Jose Gregorio"
    assert place.form.members.editor.draft.surnames == "de la Cruz Gonzalez"
    assert place.papers.focal.strip.text == ""


def test_a_member_whose_sex_has_the_keyboard_gets_the_paper(qtbot: QtBot, place: RegisterPlace) -> None:
    type_text(None, "Ana")
    editor = place.form.members.editor
    place.form.members.begin_new()
    type_text(None, "Jose")
    editor.fields.sex.setFocus()
    scan("F" + sample("bad_composite"))  # its first letter answers and goes on, and is taken back
    qtbot.waitUntil(lambda: place.papers.member.strip.text != "")
    assert editor.draft.given_names == "Jose"
    assert (editor.draft.sex, editor.draft.born) == ("", "")
    assert editor.fields.sex.hasFocus()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bad_docnum_digit", "document number was not read right"),
        ("bad_composite", "do not fit together"),
        ("bad_ocr_o", "document number was not read right"),
        ("bad_short", "not whole"),
    ],
)
def test_a_bad_scan_is_said_at_the_fields_and_nothing_is_lost(
    qtbot: QtBot, place: RegisterPlace, name: str, words: str
) -> None:
    type_text(None, "Yuleisy")
    scan(sample(name))
    qtbot.waitUntil(lambda: place.papers.focal.strip.text != "")
    assert words in place.papers.focal.strip.text
    assert place.form.focal.draft.given_names == "Yuleisy"
    assert place.form.focal.draft.document_number == ""


@pytest.mark.parametrize("which", ["born", "number", "kind", "grid", "sex", "consent", "more"])
def test_a_scan_into_any_field_leaves_no_trace_there(
    qtbot: QtBot, place: RegisterPlace, session: Session, which: str
) -> None:
    form = place.form
    type_text(None, "Ana")
    fields: dict[str, QWidget] = {
        "born": form.focal.born, "number": form.focal.document.number, "kind": form.focal.document.kind,
        "grid": form.members.grid.entry, "sex": form.focal.sex, "consent": form.consent.answer,
        "more": form.arrival.stops[0],
    }  # fmt: skip
    fields[which].setFocus()
    before = form.draft
    seen: list[Scan] = []
    session.scans.arrived.connect(lambda found: seen.append(found) or before_is_back.append(form.draft == before))
    before_is_back: list[bool] = []
    session.scans.arrived.disconnect(place.shell.router.on_arrived)  # type: ignore[attr-defined]
    scan("FN12345F<" + sample("icao_td3"))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].source is ScanSource.SCANNER
    assert before_is_back == [True]
    assert fields[which].hasFocus()


def test_after_a_family_is_saved_a_paper_begins_the_next_one(
    qtbot: QtBot, place: RegisterPlace, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.ui.printing.QPrinterInfo.availablePrinterNames", list)
    type_text(None, "Ana")
    press_control(None, ENTER)
    qtbot.waitUntil(lambda: place.done.isVisible() and not session.work.is_busy)
    scan(sample("icao_td3"))
    qtbot.waitUntil(lambda: place.form.focal.draft.given_names == "Anna Maria")
    assert place.form.isVisible()


def test_a_number_that_is_known_is_a_hint(qtbot: QtBot, shell: MainShell, place: RegisterPlace) -> None:
    register_group(shell.session.desk, family())
    place.form.focal.document.number.setFocus()
    type_text(None, "17345221")
    known = place.papers.known[0]
    qtbot.waitUntil(lambda: known.text != "")
    assert "María de los Ángeles Villalobos González, PSB-A7-00001" in known.text
    press(None, Qt.Key.Key_F8)
    qtbot.waitUntil(place.hints.compare_page.isVisible)
    assert place.hints.compare_page.hint.person.number.startswith("PSB-A7-00001")
    press(None, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: shell.current == "people")
    assert place.form.focal.draft.document_number == "17345221"


def test_the_preview_forgets_what_a_scanner_typed_and_what_was_undone(qtbot: QtBot, place: RegisterPlace) -> None:
    scan(sample("syn_ven_td3_enie"))
    qtbot.waitUntil(lambda: not place.side._mark.isHidden())
    press(None, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: place.side._mark.isHidden())


def test_a_paper_fills_where_the_camera_read_it_too(qtbot: QtBot, session: Session, place: RegisterPlace) -> None:
    content = sample("syn_col_td1").replace("\r", "\n").encode()
    session.scans.arrived.emit(Scan(content, ScanSource.CAMERA, from_picture=True))
    qtbot.waitUntil(lambda: place.form.focal.draft.document_number == "1234567890")
    assert place.form.focal.draft.document_kind.codes == ("CO_CC",)
    assert QApplication.focusWidget() is not None


@pytest.fixture
def large_text(qapp: QApplication) -> None:
    theme.apply(qapp, Settings(text_percent=200))


def in_full_sight(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect().height() == widget.height()


@pytest.mark.usefixtures("large_text")
def test_what_was_read_stays_in_sight_beside_the_fields_however_little_room_there_is(
    qtbot: QtBot, shell: MainShell, place: RegisterPlace
) -> None:
    for text in ("María Fernanda", "Villalobos"):
        type_text(None, text)
        press(None, ENTER)
    strip = place.papers.focal.strip
    scan(sample("syn_ven_td3_enie"))
    qtbot.waitUntil(lambda: in_full_sight(strip))
    qtbot.waitUntil(lambda: not strip.take_buttons["surnames"].isVisible() and in_full_sight(strip))
    assert "Alt+2" in place.form.focal.frames["surnames"].message
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.waitUntil(lambda: in_full_sight(focused))

    shell.resize(1366, 1500)
    qtbot.waitUntil(strip.take_buttons["surnames"].isVisible)
    assert in_full_sight(strip)


def test_the_strip_makes_room_while_the_keyboard_is_elsewhere_in_the_form(qtbot: QtBot, place: RegisterPlace) -> None:
    scan(sample("syn_ven_td3_enie"))
    strip = place.papers.focal.strip
    qtbot.waitUntil(strip.isVisible)
    place.form.arrival.phone.setFocus()
    assert not strip.isVisible()
    place.form.focal.given_names.setFocus()
    assert strip.isVisible()
    press(None, Qt.Key.Key_F9)
    assert place.form.focal.draft.is_blank
    assert not place.papers.dock.isVisible()
