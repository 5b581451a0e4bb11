"""The day on one page: every figure, no more room than a page, and a day on which nobody came."""

from dataclasses import replace
from uuid import UUID

import pytest

from fieldapp.documents.board import MM, TextMark
from fieldapp.documents.charts import SECONDARY
from fieldapp.documents.summary import PAPERS, render_summary, summary_board
from fieldapp.domain.summary import Summary
from fieldapp.i18n import language
from tests.documents.goldens import check_golden, fonts_not_embedded, page_sizes, words
from tests.documents.papers import empty_summary, largest_summary, usual_summary

ENGLISH, SPANISH = language("en"), language("es")
DAYS = {"usual": usual_summary, "largest": largest_summary, "empty": empty_summary}


@pytest.mark.parametrize("day", DAYS)
def test_the_summary_stands_as_it_was_approved(day: str) -> None:
    check_golden(f"summary_{day}", render_summary(DAYS[day](), ENGLISH))


@pytest.mark.parametrize("tongue", ["es", "en"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("day", DAYS)
def test_it_fits_one_page_with_nothing_overlapping(day: str, paper: str, tongue: str) -> None:
    board = summary_board(DAYS[day](), language(tongue), paper)
    assert board.overlaps() == []
    assert board.outside(10 * MM) == []
    assert len(page_sizes(render_summary(DAYS[day](), language(tongue), paper))) == 1


def test_the_paper_is_letter_or_a4() -> None:
    assert page_sizes(render_summary(usual_summary(), ENGLISH)) == [(216, 279)]
    assert page_sizes(render_summary(usual_summary(), ENGLISH, "a4")) == [(210, 297)]
    with pytest.raises(KeyError):
        render_summary(usual_summary(), ENGLISH, "a0")


def test_every_figure_of_the_day_is_on_the_page() -> None:
    summary = usual_summary()
    text = words(render_summary(summary, ENGLISH)).split()
    for number in (
        summary.arrivals, summary.groups, summary.individuals_in_full, summary.cumulative, summary.children_alone,
        summary.to_complete, summary.without_documents, summary.slips_issued, summary.slips_reprinted,
        summary.slips_voided, summary.drafts, summary.only_here, summary.conflicts, *summary.arrivals_by_hour[5:20],
        *summary.by_nationality.values(), *summary.needs.values(), *summary.crossing_kinds.values(),
        *summary.by_sex_and_age.values(), *(count for _, count in summary.last_seven_days),
    ):  # fmt: skip
        assert ENGLISH.number(number) in text, number


def test_numbers_dates_and_shares_are_written_as_the_language_writes_them() -> None:
    text = words(render_summary(usual_summary(), SPANISH))
    assert "1.234" in text
    assert "lunes, 5 de enero de 2026" in text
    assert "83,1 %" in text
    assert "1,234" in words(render_summary(usual_summary(), ENGLISH))


def test_hours_end_at_the_cut_off() -> None:
    morning = replace(usual_summary(), cut_off="10:00", arrivals_by_hour=(0,) * 7 + (5, 0, 2) + (0,) * 14)
    texts = [mark for mark in summary_board(morning, ENGLISH).solid() if isinstance(mark, TextMark)]
    base = next(mark for mark in texts if mark.words == "5" and mark.colour == SECONDARY)
    assert [mark.words for mark in texts if mark.baseline == base.baseline and mark.x < 345] == list("56789")


def test_a_day_on_which_nobody_came_says_so() -> None:
    text = words(render_summary(empty_summary(), ENGLISH))
    assert "Nobody was registered as arriving on this day until 20:00." in text
    assert "Nationality" not in text


def test_what_is_too_much_for_a_list_is_added_up() -> None:
    text = words(render_summary(largest_summary(), ENGLISH))
    rest = sum(sorted(largest_summary().by_nationality.values(), reverse=True)[6:])
    assert "6 others" in text
    assert ENGLISH.number(rest) in text


def test_it_says_what_the_figures_were_counted_from() -> None:
    summary = replace(usual_summary(), vector={(UUID("0198c0de-0000-7000-8000-000000000001"), 3): 4512})
    assert "Counted from: 0198c0de/3:4512" in words(render_summary(summary, ENGLISH))


def test_only_the_one_who_made_it_is_named() -> None:
    text = words(render_summary(usual_summary(), ENGLISH))
    assert "Made by Yuli Rincón · 5 Jan 2026 20:04" in text
    assert "Holds no names of registered people." in text


@pytest.mark.parametrize("day", DAYS)
def test_the_same_day_gives_the_same_bytes_with_all_fonts_in_them(day: str) -> None:
    summary: Summary = DAYS[day]()
    pdf = render_summary(summary, SPANISH)
    assert pdf == render_summary(summary, SPANISH)
    assert fonts_not_embedded(pdf) == set()
