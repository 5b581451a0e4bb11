"""The lazy table: it holds only the pages around what is looked at, and forgets answers to questions of the past."""

from collections.abc import Sequence
from threading import Event
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from fieldapp.domain.birth import Birth, read_typed
from fieldapp.domain.people import IndividualRow
from fieldapp.domain.record import MovementKind, Sex
from fieldapp.i18n import Language
from fieldapp.storage.errors import DatabaseUnreadable
from fieldapp.ui.models.people_model import PAGE_ROWS, PAGES_KEPT, ROW_ROLE, WAITING, PeopleModel, PeopleSource
from fieldapp.ui.models.people_rows import Column, RowWriter
from fieldapp.ui.work import Work
from tests.desks import START_MS, TODAY

ZONE = ZoneInfo("America/Bogota")


def row(number: int, **more: object) -> IndividualRow:
    """Return the row of a woman who came over the bridge, the only one of her family."""
    values: dict[str, object] = {
        "individual_id": UUID(int=number), "group_id": UUID(int=number), "number": f"PSB-A7-{number:05d}-K-1",
        "given_names": "Nadia", "surnames": f"Rincón {number}", "sex": Sex.FEMALE,
        "birth": read_typed("14/2/1989", TODAY), "nationality": "VEN", "relationship": "HEAD", "documents": "",
        "post": "PSB", "arrived_at_ms": START_MS, "origin_state": "VE23", "group_size": 1,
        "state": MovementKind.ARRIVAL.value, "slip_printed": True, "has_conflict": False,
    }  # fmt: skip
    return IndividualRow(**{**values, **more})  # type: ignore[arg-type]


class Register:
    """So many people, and a note of which pages were read."""

    def __init__(self, count: int) -> None:
        self.total = count
        self.read: list[int] = []

    def count(self) -> int:
        return self.total

    def rows(self, offset: int, limit: int) -> Sequence[IndividualRow]:
        self.read.append(offset // PAGE_ROWS)
        return [row(number) for number in range(offset, min(offset + limit, self.total))]

    @property
    def source(self) -> PeopleSource:
        return PeopleSource(self.count, self.rows)


@pytest.fixture
def model(work: Work, language: Language, qtbot: QtBot) -> PeopleModel:
    del qtbot
    return PeopleModel(work, language)


@pytest.fixture
def writer(language: Language) -> RowWriter:
    return RowWriter(language, ZONE, TODAY)


def text(model: PeopleModel, line: int, column: Column) -> object:
    return model.data(model.index(line, column))


def test_a_hundred_thousand_rows_cost_one_page(qtbot: QtBot, model: PeopleModel, writer: RowWriter) -> None:
    register = Register(100_000)
    with qtbot.waitSignal(model.answered):
        model.ask(register.source, writer)
    assert model.rowCount() == 100_000
    assert register.read == [0]
    assert text(model, 7, Column.NAME) == "Nadia Rincón 7"


def test_a_far_row_is_a_placeholder_until_its_page_is_there(
    qtbot: QtBot, model: PeopleModel, writer: RowWriter
) -> None:
    register = Register(100_000)
    with qtbot.waitSignal(model.answered):
        model.ask(register.source, writer)
    assert text(model, 50_000, Column.NUMBER) == WAITING
    assert text(model, 50_000, Column.NAME) is None
    assert model.data(model.index(50_000, Column.NAME), ROW_ROLE) is None
    qtbot.waitUntil(lambda: text(model, 50_000, Column.NAME) == "Nadia Rincón 50000")
    assert register.read == [0, 250]


def test_scrolling_through_everything_keeps_few_pages_and_skips_what_flew_past(
    qtbot: QtBot, model: PeopleModel, writer: RowWriter
) -> None:
    register = Register(100_000)
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(model)
    table.resize(900, 600)
    table.show()
    with qtbot.waitSignal(model.answered):
        model.ask(register.source, writer)
    bar = table.verticalScrollBar()
    for step in range(200):
        bar.setValue(bar.maximum() * step // 199)
        table.viewport().repaint()
    qtbot.waitUntil(lambda: text(model, 99_999, Column.NAME) == "Nadia Rincón 99999")
    assert model.pages_held <= PAGES_KEPT
    assert len(register.read) < 50


def test_an_older_answer_is_thrown_away(qtbot: QtBot, model: PeopleModel, writer: RowWriter) -> None:
    may_go_on = Event()

    def slow_count() -> int:
        assert may_go_on.wait(5)
        return 3

    answers: list[int] = []
    model.answered.connect(answers.append)
    model.ask(PeopleSource(slow_count, Register(3).rows), writer)
    with qtbot.waitSignal(model.answered):
        model.ask(Register(5).source, writer)
    may_go_on.set()
    qtbot.waitUntil(lambda: not model._work.is_busy)
    assert answers == [5]
    assert model.rowCount() == 5


def test_a_refresh_shows_who_came_and_keeps_the_rest(qtbot: QtBot, model: PeopleModel, writer: RowWriter) -> None:
    register = Register(300)
    with qtbot.waitSignal(model.answered):
        model.ask(register.source, writer)
    text(model, 250, Column.NAME)
    qtbot.waitUntil(lambda: model.pages_held == 2)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    with qtbot.waitSignal(model.answered):
        model.refresh()
    assert resets == []
    register.total = 301
    with qtbot.waitSignal(model.answered):
        model.refresh()
    assert (model.rowCount(), resets) == (301, [True])
    assert model.find(UUID(int=250)) == 250


def test_a_register_that_cannot_be_read_is_reported(qtbot: QtBot, model: PeopleModel, writer: RowWriter) -> None:
    def broken() -> int:
        raise DatabaseUnreadable

    with qtbot.waitSignal(model.failed) as failed:
        model.ask(PeopleSource(broken, Register(1).rows), writer)
    assert isinstance(failed.args[0], DatabaseUnreadable)


def test_rows_are_said_in_words(writer: RowWriter) -> None:
    shown = writer.write(row(1, birth=Birth(), group_size=4, relationship="SON_DAUGHTER", slip_printed=False))
    assert shown.texts[Column.AGE] == "\N{EM DASH}"
    assert shown.texts[Column.ARRIVED] == "08:01"
    assert shown.texts[Column.STATE] == "Not printed"
    assert writer.hint(shown, Column.GROUP) == "Daughter, family of 4"
    assert writer.hint(shown, Column.ARRIVED) == "08:01, Simón Bolívar International Bridge"


def test_what_needs_attention_most_is_shown_first(writer: RowWriter) -> None:
    child = row(1, birth=read_typed("2013", TODAY), has_conflict=True, slip_printed=False)
    shown = writer.write(child)
    assert (shown.texts[Column.STATE], shown.icon) == ("Child alone", "user-round")
    assert [line.split(":")[0] for line in writer.hint(shown, Column.STATE).split("\n")] == [
        "Child alone", "Conflict", "Not printed",
    ]  # fmt: skip
    gone = writer.write(row(2, state=MovementKind.DEPARTURE.value))
    assert gone.texts[Column.STATE] == "Left"


def test_icons_have_words_for_whoever_cannot_see_them(qtbot: QtBot, model: PeopleModel, writer: RowWriter) -> None:
    with qtbot.waitSignal(model.answered):
        model.ask(Register(1).source, writer)
    state = model.index(0, Column.STATE)
    assert model.data(state, Qt.ItemDataRole.DecorationRole) is not None
    assert model.data(state, Qt.ItemDataRole.AccessibleTextRole) == "Here"
