"""Rows of the people list in words, made off the main thread so that the table only has to hand them out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from enum import IntEnum

from fieldapp.domain.people import IndividualRow
from fieldapp.i18n import N_, Language
from fieldapp.services.search import Found
from fieldapp.ui.models import person_words as words
from fieldapp.ui.models.found_lines import Marks, elsewhere, joined, marks_of, name_marks, place_marks


class Column(IntEnum):
    """The columns of the list; the last says what answers a search, where no other column does."""

    NUMBER = 0
    NAME = 1
    AGE = 2
    SEX = 3
    GROUP = 4
    ORIGIN = 5
    ARRIVED = 6
    STATE = 7
    ANSWER = 8


HEADERS = {
    Column.NUMBER: N_("Number"),
    Column.NAME: N_("Name"),
    Column.AGE: N_("Age"),
    Column.SEX: N_("Sex"),
    Column.GROUP: N_("Family"),
    Column.ORIGIN: N_("Origin"),
    Column.ARRIVED: N_("Arrived"),
    Column.STATE: N_("State"),
    Column.ANSWER: N_("Matches"),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row ready to show: the words of each column, the letters in them that answer a search, the icon of its state."""

    row: IndividualRow
    texts: tuple[str, ...]
    icon: str
    icon_role: str
    marks: Mapping[Column, Marks] = field(default_factory=dict)


class RowWriter:
    """Turns rows of the register into words for one language and one day."""

    def __init__(self, language: Language, zone: tzinfo, today: date) -> None:
        self._language, self._zone, self._today = language, zone, today
        self._days: dict[date, str] = {}

    def write(self, each: IndividualRow | Found) -> ShownRow:
        """Return a row in words; of somebody who was found also what answers."""
        if isinstance(each, Found):
            return self._found(each)
        language, row = self._language, each
        marks = words.row_marks(language, row, self._today)
        first = marks[0] if marks else words.Mark(words.state_words(language, row.state), "ok", "circle-check")
        texts = (
            row.number,
            words.full_name(row.given_names, row.surnames),
            words.age_words(language, row.birth, self._today),
            words.sex_words(language, row.sex, short=True),
            str(row.group_size),
            words.origin_words(language, row.origin_state),
            self._moment(row.arrived_at_ms),
            first.text,
            "",
        )
        return ShownRow(row, texts, first.icon, first.state)

    def _found(self, found: Found) -> ShownRow:
        shown, row = self.write(found.person), found.person
        papers = marks_of(found, "documents", row.documents)
        also = [(row.documents, papers)] if papers else []
        origin = words.origin_words(self._language, row.origin or row.origin_state)
        for place in (origin, words.post_words(self._language, row.post)):
            if (marks := place_marks(found, place)) and place != shown.texts[Column.ORIGIN]:
                also.append((place, marks))
        answer, letters = joined((*also, *elsewhere(self._language, found)))
        marks_by_column = {
            Column.NUMBER: marks_of(found, "number", row.number),
            Column.NAME: name_marks(found),
            Column.ANSWER: letters,
            Column.AGE: marks_of(found, "birth", shown.texts[Column.AGE]),
            Column.ORIGIN: place_marks(found, shown.texts[Column.ORIGIN]),
        }
        return replace(shown, texts=(*shown.texts[: Column.ANSWER], answer), marks=marks_by_column)

    def hint(self, shown: ShownRow, column: Column) -> str:
        """Return a cell in full, for whoever points at it or has it read out: asked for one cell at a time."""
        language, _, row = self._language, self._language.gettext, shown.row
        match column:
            case Column.AGE:
                return words.birth_words(language, row.birth)
            case Column.SEX:
                return words.sex_words(language, row.sex)
            case Column.GROUP:
                relation = words.relationship_words(language, row.relationship, row.sex)
                size = language.ngettext("family of {number}", "family of {number}", row.group_size)
                return f"{relation}, {size}"
            case Column.ARRIVED:
                return _("{moment}, {post}", moment=shown.texts[column], post=words.post_words(language, row.post))
            case Column.STATE:
                marks = words.row_marks(language, row, self._today)
                lines = [f"{mark.text}: {mark.why}" if mark.why else mark.text for mark in marks]
                return "\n".join(lines) or words.state_words(language, row.state)
            case _:
                return shown.texts[column]

    def _day(self, day: date) -> str:
        if day not in self._days:
            self._days[day] = self._language.date(day)
        return self._days[day]

    def _moment(self, at_ms: int) -> str:
        local = datetime.fromtimestamp(at_ms / 1000, self._zone)
        day = local.date()
        if day == self._today:
            return self._language.time(local)
        return self._day(day)
