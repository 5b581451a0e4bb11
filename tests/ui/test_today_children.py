"""The protection officer refers a child alone by keys."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.domain.record import FOCAL_POINT, Role, Sex
from fieldapp.services.protection import children_alone
from fieldapp.services.register import register_group
from fieldapp.ui.screens.today_place import TodayPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, person, take_over
from tests.ui.keys import press, press_control, type_text


def open_today(qtbot: QtBot, session: Session) -> TodayPlace:
    shell = MainShell(session)
    qtbot.addWidget(shell)
    shell.resize(1366, 740)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    shell.go_to("register")
    press(shell, Qt.Key.Key_F4)
    place = shell.places["today"]
    assert isinstance(place, TodayPlace)
    qtbot.waitUntil(lambda: not session.work.is_busy)
    return place


@pytest.fixture
def boy(session: Session) -> None:
    register_group(session.desk, family(person("José", "Guerrero", Sex.MALE, "11", relationship=FOCAL_POINT)))


@pytest.mark.usefixtures("boy")
def test_a_child_is_referred_by_keys(qtbot: QtBot, session: Session) -> None:
    take_over(session.desk, Role.PROTECTION_OFFICER)
    place = open_today(qtbot, session)
    press_control(place, Qt.Key.Key_R)
    page = place.children_page
    qtbot.waitUntil(lambda: page.hint.text() == "1 child waits")
    assert page.table.hasFocus()
    press_control(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.frames["to"].state == "error")
    assert page.to.hasFocus()

    type_text(None, "ICBF")
    press_control(None, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.hint.text() == "0 children wait")
    assert children_alone(session.desk)[0].referred_to == "ICBF"
    press(None, Qt.Key.Key_Escape)
    assert place.pdf_button.hasFocus()


@pytest.mark.usefixtures("boy")
def test_a_registrar_sees_the_figure_and_not_the_list(qtbot: QtBot, session: Session) -> None:
    place = open_today(qtbot, session)
    assert place.children_button.isHidden()
    press_control(place, Qt.Key.Key_R)
    assert not place.children_page.isVisible()


def test_an_empty_list_says_who_would_stand_there(qtbot: QtBot, session: Session) -> None:
    take_over(session.desk, Role.SUPERVISOR)
    place = open_today(qtbot, session)
    press_control(place, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: place.children_page.hint.text().startswith("No child is alone"))
    assert place.children_page.back_button.hasFocus()
