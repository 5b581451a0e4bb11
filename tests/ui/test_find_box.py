"""The find box asks for what was typed and gives the keyboard back."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.ui.widgets.find_box import FindBox
from tests.ui.keys import press, type_text


def _box(qtbot: QtBot, language: Language) -> FindBox:
    box = FindBox(language)
    qtbot.addWidget(box)
    with qtbot.waitExposed(box):
        box.show()
    box.activateWindow()
    box.take_focus()
    return box


def test_enter_asks_for_the_name_as_typed(qtbot: QtBot, language: Language) -> None:
    box = _box(qtbot, language)
    with qtbot.waitSignal(box.asked) as asked:
        type_text(box.field, " Ñáñez Güell ")
        press(box.field, Qt.Key.Key_Return)
    assert asked.args == ["Ñáñez Güell"]
    assert box.field.text() == ""


def test_escape_empties_it_and_leaves(qtbot: QtBot, language: Language) -> None:
    box = _box(qtbot, language)
    type_text(box.field, "Peña")
    with qtbot.waitSignal(box.left):
        press(box.field, Qt.Key.Key_Escape)
    assert box.field.text() == ""
