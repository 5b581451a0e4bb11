"""Whatever is typed where people are looked for gets a clear answer, and nothing of it is executed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.services.register import register_group
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family, person
from tests.ui.keys import press_control, type_text

NOBODY = [
    "%",
    "%%%",
    '"',
    "*",
    "( OR )",
    "'; DROP TABLE change; --",
    "🙂👩‍👩‍👧‍👦",
    "b" * 1000,
    "፩፪",
    "\u202e%",
    "x" + "\u0301" * 300,
]
SOMEBODY = {
    "a": "María de los Ángeles", "de la del los y": "María de los Ángeles", '"maria" OR NEAR(angeles)': "María de los Ángeles",
    "maria " * 160: "María de los Ángeles", "محمد": "محمد", "王": "小明",
}  # fmt: skip


@pytest.fixture
def shell(qtbot: QtBot, session: Session) -> MainShell:
    register_group(session.desk, family(person("محمد", "الحسن"), person("小明", "王", relationship="SON_DAUGHTER")))
    register_group(session.desk, family())
    made = MainShell(session)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def put(field: QLineEdit, text: str) -> None:
    """Put a text into a field at once, as from the clipboard."""
    field.selectAll()
    field.insert(text)


def test_the_find_box_answers_each(qtbot: QtBot, shell: MainShell, session: Session) -> None:
    answers, field = shell.answers, shell.find_box.field
    press_control(None, Qt.Key.Key_K)
    for text in NOBODY:
        put(field, text)
        qtbot.waitUntil(lambda: answers.said.isVisible() and "Nobody was found" in answers.said.text())
        put(field, " ")
        assert not answers.isVisible()
    for text, name in SOMEBODY.items():
        put(field, text)
        qtbot.waitUntil(lambda name=name: answers.list.isVisible() and name in _names(shell))
    put(field, "")
    assert not answers.isVisible()


def test_the_list_answers_each(qtbot: QtBot, shell: MainShell, session: Session) -> None:
    shell.go_to("people")
    place = shell.places["people"]
    assert isinstance(place, PeoplePlace)
    qtbot.waitUntil(lambda: place.model.rowCount() == 6)
    for text in NOBODY:
        put(place.search, text)
        qtbot.waitUntil(lambda: place.empty.isVisible() and "Nobody was found" in place.empty.text())
        put(place.search, "")
        qtbot.waitUntil(lambda: place.model.rowCount() == 6)
    for text, name in SOMEBODY.items():
        put(place.search, text)
        qtbot.waitUntil(lambda name=name: 0 < place.model.rowCount() and name in _listed(place))


def test_names_of_any_kind_are_hinted_at_or_not_and_kept(qtbot: QtBot, shell: MainShell, session: Session) -> None:
    shell.go_to("register")
    place = shell.places["register"]
    assert isinstance(place, RegisterPlace)
    for text in (*NOBODY, *SOMEBODY):
        put(place.form.focal.given_names, text)
        place.form.focal.surnames.setFocus()
        type_text(None, "V")
        qtbot.waitUntil(lambda: not session.work.is_busy and not place.hints._soon.isActive())
        assert place.form.focal.surnames.hasFocus()
        assert place.form.focal.given_names.text() == place.form.focal.draft.given_names


def _names(shell: MainShell) -> str:
    found = shell.answers.list
    return "\n".join(found.item(row).text() for row in range(found.count()))


def _listed(place: PeoplePlace) -> str:
    return "\n".join(str(place.model.index(row, 1).data()) for row in range(place.model.rowCount()))
