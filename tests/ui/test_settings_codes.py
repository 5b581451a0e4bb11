"""The lists of codes under Settings: an administrator adds a code, words one anew, ends it, by keys and by files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp import code_lists
from fieldapp.code_lists import code_list
from fieldapp.i18n import Language
from fieldapp.ui.screens.set_up_steps import PlaceStep
from fieldapp.ui.screens.settings_codes import CodeSettings
from fieldapp.ui.screens.settings_place import SettingsPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.ui.keys import press, press_control, type_text


@pytest.fixture(autouse=True)
def _lists_of_the_program() -> Iterator[None]:
    yield
    code_lists.use({})


@pytest.fixture
def page(qtbot: QtBot, admin_session: Session, show_shell: Callable[[str], MainShell]) -> CodeSettings:
    shell = show_shell("settings")
    place = shell.places["settings"]
    assert isinstance(place, SettingsPlace)
    place.asked(tab="lists")
    made = place.codes_page
    assert made is not None
    made.which.setCurrentIndex(made.which.findData("services"))
    made.which.activated.emit(made.which.currentIndex())
    qtbot.waitUntil(lambda: any(code.code == "meal" for code in made.codes))
    return made


def banner(page: CodeSettings) -> str:
    shell = page.window()
    assert isinstance(shell, MainShell)
    return shell.banner.text


def choose(page: CodeSettings, code: str) -> None:
    page.table.selectRow([one.code for one in page.codes].index(code))


def test_a_code_is_added_by_keys(qtbot: QtBot, page: CodeSettings) -> None:
    page.add_button.setFocus()
    press(page.add_button, Qt.Key.Key_Space)
    for text in ("shower", "Ducha", "Shower"):
        type_text(None, text)
        press(None, Qt.Key.Key_Return)
    press_control(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.codes[-1].code == "shower")
    assert code_list("services").label("shower", "es") == "Ducha"
    assert "next sign-in" in banner(page)


def test_a_code_that_is_taken_is_said_beside_its_field_and_escape_gives_up(qtbot: QtBot, page: CodeSettings) -> None:
    page.add_button.click()
    assert page.form is not None
    type_text(None, "meal")
    press_control(page, Qt.Key.Key_Return)
    assert "already" in page.form.frames["code"].message
    press(None, Qt.Key.Key_Escape)
    assert page.form is None
    assert page.table.hasFocus()


def test_a_code_ends_and_is_offered_again(qtbot: QtBot, page: CodeSettings) -> None:
    choose(page, "meal")
    page.offer_button.click()
    qtbot.waitUntil(lambda: page.offer_button.text() == "Offer again")
    assert "meal" not in [code.code for code in code_list("services")]
    page.offer_button.click()
    qtbot.waitUntil(lambda: page.offer_button.text() == "Offer no more")
    assert "meal" in [code.code for code in code_list("services")]


def test_words_are_changed(qtbot: QtBot, page: CodeSettings) -> None:
    choose(page, "meal")
    page.word_button.click()
    assert page.form is not None
    page.form.frames["es"].field.setText("Almuerzo")
    press_control(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: code_list("services").label("meal", "es") == "Almuerzo")
    qtbot.waitUntil(lambda: "new words" in banner(page))


def test_a_list_goes_out_and_comes_in_as_a_file(qtbot: QtBot, page: CodeSettings, tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    page.save(file)
    qtbot.waitUntil(lambda: "services.csv" in banner(page))
    file.write_text(file.read_text("utf-8-sig") + "shower,Ducha,Shower,yes\n", "utf-8")
    page.load(file)
    qtbot.waitUntil(lambda: banner(page) == "1 code changed.")
    page.load(tmp_path / "nowhere.csv")
    qtbot.waitUntil(lambda: "nowhere.csv" in banner(page))
    assert "shower" in [code.code for code in code_list("services")]


def test_a_registrar_does_not_see_the_lists(show_shell: Callable[[str], MainShell]) -> None:
    place = show_shell("settings").places["settings"]
    assert isinstance(place, SettingsPlace)
    assert place.codes_page is None


def test_a_laptop_that_joins_may_stand_at_a_post_it_does_not_know(qtbot: QtBot) -> None:
    step = PlaceStep(Language("en"), "B2", alone=True)
    qtbot.addWidget(step)
    type_text(step.frames["post"].field, "esta")
    assert step.answers()["post"] == "ESTA"
    assert not step.show_problems(())
    first = PlaceStep(Language("en"), "A1")
    qtbot.addWidget(first)
    type_text(first.frames["post"].field, "esta")
    assert first.answers()["post"] == ""
    assert first.show_problems(())
