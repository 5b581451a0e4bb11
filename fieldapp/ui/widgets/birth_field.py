"""A field for a birth date as people know it: a day, a month, a year or only an age. It says how it was understood."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.domain.birth import Birth, BirthError, BirthQuality, from_iso, read_typed
from fieldapp.i18n import Language
from fieldapp.ui.widgets.field_frame import mark


class BirthField(QLineEdit):
    """A birth date typed freely. `today` gives the day at the post, from which ages count."""

    changed = Signal()

    def __init__(self, language: Language, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._today = language, today
        self._stated_on: date | None = None
        self.textEdited.connect(self._on_edited)

    @property
    def birth(self) -> Birth | None:
        """What was understood; an empty field is an unknown birth date, None what cannot be one."""
        try:
            birth = read_typed(self.text(), self._today())
        except BirthError:
            return None
        if birth.quality is BirthQuality.AGE and self._stated_on is not None:
            return replace(birth, stated_on=self._stated_on)
        return birth

    @property
    def problem(self) -> str:
        """`unreadable`, `future` or `too_old`, or nothing."""
        try:
            read_typed(self.text(), self._today())
        except BirthError as error:
            return error.code
        return ""

    @property
    def iso(self) -> str:
        """What was understood, in the form that is kept with a draft."""
        return str(self.birth) if self.birth is not None else ""

    def set_typed(self, typed: str, iso: str = "") -> None:
        """Put a text back; `iso` is what it meant then, so that an age stated yesterday stays yesterday's."""
        self.setText(typed)
        self._stated_on = from_iso(iso).stated_on if "@" in iso else None

    @property
    def meaning(self) -> str:
        """How it was understood: `14 Feb 1989 · 35 years`, nothing while there is nothing to say."""
        birth = self.birth
        return birth_words(birth, self._today(), self._language) if birth is not None and self.text().strip() else ""

    def show_problem(self, state: str) -> None:
        """Show by the border that something is wrong, or not."""
        mark(self, problem=state)

    def _on_edited(self, _text: str) -> None:
        self._stated_on = None
        self.changed.emit()


def birth_words(birth: Birth, today: date, language: Language) -> str:
    """Return a birth date with its age and how well it is known."""
    _ = language.gettext
    age = birth.age_on(today)
    years = age_words(age, language) if age is not None else ""
    day = birth.date
    if day is not None:
        return f"{language.date(day)} · {_months_or_years(day, today, language)}"
    if birth.quality is BirthQuality.YEAR_MONTH and birth.year and birth.month:
        return _("month and year only · about {years}", years=years)
    if birth.quality is BirthQuality.YEAR:
        return _("year only · about {years}", years=years)
    if birth.quality is BirthQuality.AGE:
        if birth.stated_on is not None and birth.stated_on != today:
            return _("{years}, as stated on {day}", years=years, day=language.date(birth.stated_on))
        return _("{years} today", years=years)
    return _("not known")


def age_words(age: int, language: Language) -> str:
    """Return an age in years, as words."""
    return language.ngettext("{number} year", "{number} years", age)


def _months_or_years(day: date, today: date, language: Language) -> str:
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if months < 24:  # noqa: PLR2004 - months are said up to the second birthday
        return language.ngettext("{number} month", "{number} months", max(0, months))
    return age_words(months // 12, language)
