"""A banner says what happened with a sign and a word, and offers one thing to do."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.ui.widgets.banner import Banner


def test_a_banner_is_not_there_until_there_is_something_to_say(qtbot: QtBot, language: Language) -> None:
    banner = Banner(language)
    qtbot.addWidget(banner)
    assert banner.text == ""
    banner.say("danger", "The disk is full. Make room, then save again.")
    assert banner.text == "The disk is full. Make room, then save again."
    assert banner.accessibleName() == "Problem: The disk is full. Make room, then save again."
    assert banner.property("state") == "danger"


def test_its_action_is_done_once_and_takes_it_away(qtbot: QtBot, language: Language) -> None:
    done: list[str] = []
    banner = Banner(language)
    qtbot.addWidget(banner)
    banner.show()
    banner.say("warn", "The printer does not answer.", "Print again", lambda: done.append("printed"))
    QTest.mouseClick(banner.action_button, Qt.MouseButton.LeftButton)
    assert done == ["printed"]
    assert banner.text == ""


def test_without_an_action_there_is_no_button(qtbot: QtBot, language: Language) -> None:
    banner = Banner(language)
    qtbot.addWidget(banner)
    banner.say("ok", "Saved.")
    assert banner.action_button.isHidden()
    with qtbot.waitSignal(banner.closed):
        QTest.mouseClick(banner.close_button, Qt.MouseButton.LeftButton)
    assert banner.text == ""
