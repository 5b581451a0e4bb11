"""The status line says the day so far and what lies only on this laptop, quietly."""

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.i18n import Language
from fieldapp.ui.widgets.status_line import StatusLine, age_words

HOUR_MS = 3_600_000


@pytest.fixture
def line(qtbot: QtBot, language: Language) -> StatusLine:
    made = StatusLine(language, "PSB Simón Bolívar International Bridge - desk A7")
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_where_this_is(line: StatusLine) -> None:
    assert line.text == "PSB Simón Bolívar International Bridge - desk A7"


def test_it_says_how_many_came_and_how_many_are_only_here(line: StatusLine) -> None:
    line.show_figures(142, 12, 3 * HOUR_MS + 1000)
    assert line.text.endswith("142 today | 12 records only on this laptop, oldest 3 h")


def test_one_record_is_no_plural(line: StatusLine) -> None:
    line.show_figures(1, 1, 60_000)
    assert line.text.endswith("1 record only on this laptop, oldest 1 min")


def test_nothing_waiting_is_said_too(line: StatusLine) -> None:
    line.show_figures(3, 0, 0)
    assert "Nothing waits only on this laptop" in line.text


def test_the_countdown_comes_and_goes(line: StatusLine) -> None:
    line.count_down(24)
    assert "Locks in 24 seconds" in line.text
    line.count_down(1)
    assert "Locks in 1 second" in line.text
    line.count_down(None)
    assert "Locks" not in line.text


def test_a_passing_message_stands_beside_the_rest(line: StatusLine) -> None:
    line.say("Importing 200 of 5,000")
    assert "Importing 200 of 5,000" in line.text
    line.say("")
    assert "Importing" not in line.text


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(-5, "0 min"), (59_999, "0 min"), (90 * 60_000, "1 h"), (30 * HOUR_MS, "1 day"), (50 * HOUR_MS, "2 days")],
)
def test_ages_are_said_in_the_largest_unit(language: Language, milliseconds: int, words: str) -> None:
    assert age_words(language, milliseconds) == words
