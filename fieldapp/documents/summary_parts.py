"""The parts of the daily summary, each placed from the top and returning its bottom (points)."""

from collections.abc import Mapping, Sequence
from datetime import date

from fieldapp.code_lists import code_list
from fieldapp.documents import charts, wording
from fieldapp.documents.board import Board
from fieldapp.documents.charts import INK, LINE, SECONDARY, Bar, PyramidRow
from fieldapp.documents.fonts import Face
from fieldapp.documents.text import Fitted, Style, fit
from fieldapp.domain.record import Sex
from fieldapp.domain.summary import AGE_GROUPS, Summary
from fieldapp.i18n import Language

MARGIN = 36.0
_HEADING = Style(Face.BOLD, 10, 7.5)
_TEXT = Style(Face.REGULAR, 9, 7)
_HEADING_HEIGHT = 17.0
_FIRST_HOUR = 5
"""Crossings open at about five; a day that begins earlier is shown from its first arrival."""
_HOURS = 24
_TOP_NATIONALITIES = 6
_TOP_NEEDS = 8
_TOP_WAYS = 4
_MOST_POSTS_NAMED = 3


def place_head(board: Board, summary: Summary, language: Language, zone: str) -> float:
    """Place the title, the day, whose day it is, until when and by whom it was counted."""
    _ = language.gettext
    left, right = MARGIN, board.width - MARGIN
    day = fit(language.date(summary.day, "full"), Style(Face.BOLD, 12, 9), (right - left) * 0.6)
    board.write_on(day, right, MARGIN + 15, align="right", colour=INK)
    title = fit(_("Daily summary"), Style(Face.BOLD, 20, 12), right - left - day.width - 12)
    board.write_on(title, left, MARGIN + 15, colour=INK)
    until = fit(_("Until {time}", time=summary.cut_off), Style(Face.BOLD, 9, 7), (right - left) / 3)
    y = board.write(until, right, MARGIN + 22, align="right", colour=INK) - until.height
    where = [wording.post(post, language) for post in summary.posts]
    if len(where) > _MOST_POSTS_NAMED:
        where = [language.ngettext("{number} border post", "{number} border posts", len(where))]
    lines = (
        (" · ".join(part for part in (summary.operation, summary.organisation) if part), Style(Face.BOLD, 9, 7)),
        (" · ".join(part for part in (summary.shelter, *where) if part), _TEXT),
        (
            " · ".join(
                part
                for part in (
                    _("Made by {name}", name=summary.made_by) if summary.made_by else "",
                    language.moment(summary.made_at_ms, zone),
                )
                if part
            ),
            _TEXT,
        ),
    )
    room = right - left - until.width - 12
    for text, style in lines:
        y = board.write(fit(text, style, room, lines=2, prefer=1), left, y, colour=INK)
        room = right - left
    y += 5
    board.rule(left, y, right, 1.4, colour=INK)
    return y


def place_figures(board: Board, summary: Summary, language: Language, y: float) -> float:
    """Place the five large figures; a day without arrivals says so."""
    _ = language.gettext
    mean = language.number(summary.mean_group_size, 1)
    in_full = language.number(summary.individuals_in_full)
    figures = (
        (summary.arrivals, _("Arrivals"), _("{number} registered in full", number=in_full)),
        (summary.groups, _("Families"), _("{number} people on average", number=mean) if summary.groups else ""),
        (summary.cumulative, _("Since the start"), _("people in this register")),
        (summary.children_alone, _("Children alone"), _("under 18, arrived alone")),
        (summary.to_complete, _("To complete"), _("families not yet in full")),
    )
    left, width = MARGIN, board.width - 2 * MARGIN
    slot = width / len(figures)
    note_size = min(fit(note, Style(Face.REGULAR, 8, 6), slot - 14).size for _value, _label, note in figures)
    for index, (value, label, note) in enumerate(figures):
        x = left + slot * index + (10 if index else 0)
        room = slot - (14 if index else 4)
        if index:
            board.rule(left + slot * index, y + 2, left + slot * index, 0.6, to_y=y + 52, colour=LINE)
        board.write_on(fit(language.number(value), Style(Face.BOLD, 27, 14), room), x, y + 22, colour=INK)
        board.write_on(fit(label, Style(Face.BOLD, 9.5, 7), room), x, y + 37, colour=INK)
        board.write_on(fit(note, Style(Face.REGULAR, note_size, 6), room), x, y + 48, colour=SECONDARY)
    y += 54
    if not summary.arrivals:
        words = _("Nobody was registered as arriving on this day until {time}.", time=summary.cut_off)
        y = board.write(fit(words, Style(Face.BOLD, 10, 8), width, lines=2), left, y + 6, colour=INK)
    return y


def place_hours(
    board: Board, summary: Summary, language: Language, x: float, y: float, width: float, height: float
) -> float:
    """Place the arrivals of each hour until the cut-off."""
    y = _heading(board, language.gettext("Arrivals by hour"), x, y, width)
    if not any(summary.arrivals_by_hour):
        return _none(board, language, x, y, width)
    hours = [hour for hour, count in enumerate(summary.arrivals_by_hour) if count]
    first = min(_FIRST_HOUR, hours[0])
    last = max(hours[-1], _last_hour(summary.cut_off))
    bars = [
        Bar(str(hour), summary.arrivals_by_hour[hour], language.number(summary.arrivals_by_hour[hour]))
        for hour in range(first, last + 1)
    ]
    return charts.vertical_bars(board, bars, x, y, width, height)


def place_days(
    board: Board, summary: Summary, language: Language, x: float, y: float, width: float, height: float
) -> float:
    """Place the arrivals of the days before, outlined, and of the summary's own day, dark."""
    y = _heading(board, language.gettext("This day and the days before"), x, y, width)
    days = [entry for entry in summary.last_seven_days if entry[0] < summary.day]
    days.append((summary.day, summary.arrivals))
    if not any(count for _, count in days):
        return _none(board, language, x, y, width)
    bars = [
        Bar(_short_day(day, language), count, language.number(count), light=day != summary.day) for day, count in days
    ]
    return charts.vertical_bars(board, bars, x, y, width, height)


def place_ages(board: Board, summary: Summary, language: Language, x: float, y: float, width: float) -> float:
    """Place sex by age group as a pyramid with its numbers, and the totals."""
    _ = language.gettext
    y = _heading(board, _("Sex and age"), x, y, width)
    counted = summary.by_sex_and_age
    if not any(counted.values()):
        return _none(board, language, x, y, width)
    sexes = (Sex.FEMALE, Sex.MALE, Sex.OTHER, Sex.UNKNOWN)
    table = {group: [counted.get((sex, group), 0) for sex in sexes] for group in AGE_GROUPS}
    ages = code_list("age_groups")
    rows = [_age_row(ages.label(group, language.code), counts, language) for group, counts in table.items()]
    totals = [sum(column) for column in zip(*table.values(), strict=True)]
    rows.append(_age_row(_("Total"), totals, language, is_total=True))
    heads = [*(wording.sex(sex, language) for sex in sexes), _("Total")]
    return charts.pyramid(board, heads, rows, x, y, width)


def place_nationalities(board: Board, summary: Summary, language: Language, x: float, y: float, width: float) -> float:
    """Place the largest nationalities with their shares, and the others together."""
    _ = language.gettext
    y = _heading(board, _("Nationality"), x, y, width)
    words = {code: wording.nationality(code, language) for code in summary.by_nationality}
    return _ranked(
        board, summary.by_nationality, words, language, x, y, width, most=_TOP_NATIONALITIES, total=summary.arrivals
    )


def place_needs(board: Board, summary: Summary, language: Language, x: float, y: float, width: float) -> float:
    """Place the most frequent specific needs as counts."""
    y = _heading(board, language.gettext("Specific needs"), x, y, width)
    needs = code_list("specific_needs")
    words = {code: needs.label(code, language.code) for code in summary.needs}
    return _ranked(board, summary.needs, words, language, x, y, width, most=_TOP_NEEDS)


def place_crossings(board: Board, summary: Summary, language: Language, x: float, y: float, width: float) -> float:
    """Place how people crossed."""
    y = _heading(board, language.gettext("How they crossed"), x, y, width)
    kinds = code_list("crossing_kinds")
    words = {code: kinds.label(code, language.code) for code in summary.crossing_kinds}
    return _ranked(board, summary.crossing_kinds, words, language, x, y, width, most=_TOP_WAYS)


def place_posts(board: Board, summary: Summary, language: Language, x: float, y: float, width: float) -> float:
    """Place the arrivals of each border post."""
    y = _heading(board, language.gettext("Arrivals by border post"), x, y, width)
    words = {code: wording.post(code, language) for code in summary.arrivals_by_post}
    return _ranked(board, summary.arrivals_by_post, words, language, x, y, width, most=_TOP_WAYS)


def place_quality(board: Board, summary: Summary, language: Language, y: float) -> float:
    """Place slips and the state of the data as a row of small figures."""
    _ = language.gettext
    left, width = MARGIN, board.width - 2 * MARGIN
    y = _heading(board, _("Slips and data"), left, y, width)
    rare = (
        (summary.slips_reissued, _("re-issued")),
        (summary.slips_expired, _("expired")),
        (summary.slips_not_printed, _("not printed")),
    )
    figures = (
        (summary.slips_issued, _("slips issued")),
        (summary.slips_reprinted, _("reprinted")),
        (summary.slips_voided, _("voided")),
        *((value, word) for value, word in rare if value),
        (summary.without_documents, _("without documents")),
        (summary.drafts, _("drafts")),
        (summary.only_here, _("only on this laptop")),
        (summary.conflicts, _("conflicts to resolve")),
    )
    slot = width / len(figures)
    for index, (value, label) in enumerate(figures):
        x = left + slot * index
        board.write_on(fit(language.number(value), Style(Face.BOLD, 13, 9), slot - 6), x, y + 11, colour=INK)
        board.write(fit(label, Style(Face.REGULAR, 8, 6), slot - 6, lines=2, prefer=1), x, y + 14, colour=SECONDARY)
    return y + 36


def place_foot(board: Board, summary: Summary, language: Language) -> None:
    """Place the note that there are no names, the page number, and what the figures were counted from."""
    _ = language.gettext
    left, right = MARGIN, board.width - MARGIN
    y = foot_top(board, summary, language)
    board.rule(left, y, right, 0.8, colour=INK)
    page = fit(_("Page {page} of {pages}", page=1, pages=1), Style(Face.REGULAR, 8), right - left)
    board.write_on(page, right, y + 12, align="right", colour=SECONDARY)
    note = _("Holds no names of registered people.")
    board.write_on(fit(note, Style(Face.BOLD, 8, 6.5), right - left - page.width - 10), left, y + 12, colour=INK)
    board.write(_counted_from(summary, language, right - left), left, y + 15, colour=SECONDARY)


def foot_top(board: Board, summary: Summary, language: Language) -> float:
    """Return where the foot begins."""
    return board.height - MARGIN - 15 - _counted_from(summary, language, board.width - 2 * MARGIN).height


def _counted_from(summary: Summary, language: Language, width: float) -> Fitted:
    parts = [f"{str(device)[:8]}/{epoch}:{seq}" for (device, epoch), seq in sorted(summary.vector.items(), key=str)]
    text = language.gettext("Counted from: {changes}", changes=" · ".join(parts)) if parts else ""
    return fit(text, Style(Face.REGULAR, 7, 6), width, lines=2, prefer=1)


def _heading(board: Board, text: str, x: float, y: float, width: float) -> float:
    board.write_on(fit(text, _HEADING, width), x, y + 9, colour=INK)
    return y + _HEADING_HEIGHT


def _none(board: Board, language: Language, x: float, y: float, width: float) -> float:
    """Say that there is nothing to chart."""
    return board.write(fit(language.gettext("None"), _TEXT, width), x, y, colour=SECONDARY)


def _ranked(
    board: Board,
    counts: Mapping[str, int],
    words: Mapping[str, str],
    language: Language,
    x: float,
    y: float,
    width: float,
    *,
    most: int,
    total: int = 0,
) -> float:
    """Place the largest counts as bars and the rest as one; with a total, shares stand at the end."""
    ranked = sorted((item for item in counts.items() if item[1]), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return _none(board, language, x, y, width)
    shown, rest = (ranked, []) if len(ranked) <= most + 1 else (ranked[:most], ranked[most:])
    bars = [_ranked_bar(words[code], count, total, language) for code, count in shown]
    if rest:
        label = language.ngettext("{number} other", "{number} others", len(rest))
        bars.append(_ranked_bar(label, sum(count for _, count in rest), total, language, light=True))
    return charts.horizontal_bars(board, bars, x, y, width)


def _ranked_bar(label: str, count: int, total: int, language: Language, *, light: bool = False) -> Bar:
    return Bar(label, count, language.number(count), light, _share(count, total, language) if total else "")


def _share(count: int, total: int, language: Language) -> str:
    from babel.numbers import format_percent  # noqa: PLC0415

    return str(format_percent(count / total, "#,##0.0 %", language.locale))


def _age_row(label: str, counts: Sequence[int], language: Language, *, is_total: bool = False) -> PyramidRow:
    numbers = [language.number(count) for count in counts]
    columns = (*numbers[2:], language.number(sum(counts)))
    return PyramidRow(label, counts[0], counts[1], numbers[0], numbers[1], columns, is_total)


def _short_day(day: date, language: Language) -> str:
    from babel.dates import format_date  # noqa: PLC0415

    return str(format_date(day, "d MMM", language.locale))


def _last_hour(cut_off: str) -> int:
    """Return the last hour that begins before the cut-off `HH:MM`."""
    hours, _, minutes = cut_off.partition(":")
    try:
        ended = int(hours) * 60 + int(minutes or 0)
    except ValueError:
        return _HOURS - 1
    return min(_HOURS - 1, max(0, (ended - 1) // 60))
