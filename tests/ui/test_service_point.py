"""A desk that gives meals: each scan is answered large, the second of a day with when and where."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family
from tests.ui.keys import press, scan
from tests.ui.test_register_papers import shell

__all__ = ["shell"]


def test_the_second_of_a_day_is_said_and_can_be_given(qtbot: QtBot, shell: MainShell, session: Session) -> None:
    code = issue_slip(session.desk, register_group(session.desk, family(complete=False)).group_id, "es").codes[0]
    card = shell.places["settings"].desk_page.service_card  # type: ignore[attr-defined]
    card.services.buttons["meal"].click()
    assert session.settings.service == "meal"

    scan(code)
    qtbot.waitUntil(lambda: shell.answer is not None and shell.answer.word == "Meal: first time today")
    session.desk.clock.forward(hours=3)  # type: ignore[attr-defined]
    scan(code, begins_ms=90_000)
    qtbot.waitUntil(lambda: shell.answer is not None and shell.answer.word == "Meal: shown already today")
    assert shell.answer is not None
    assert shell.answer.kind == "warn"
    assert "8:01" in shell.answer.sentence
    assert "desk A7" in shell.answer.sentence
    assert shell.answer.second is not None
    shell.answer.second.do()
    qtbot.waitUntil(lambda: "given once more" in shell.banner.text)
    press(None, Qt.Key.Key_Escape)
