"""Languages: the words of the screen and of paper, and dates and numbers as a language writes them.

A `Language` is passed to whoever shows something; there is no global language, for a slip may be in another language
than the screen.
"""

import io
import os
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING

from fieldapp import paths

if TYPE_CHECKING:
    from datetime import date, datetime, time

SOURCE_LANGUAGE = "en"
LANGUAGES = {"es": "Español", "en": "English"}
"""The languages of the screen by ISO 639-1 code, each named in itself."""

SLIP_LANGUAGES = {**LANGUAGES, "fr": "Français", "pt": "Português", "ht": "Kreyòl ayisyen", "ar": "العربية"}
"""The languages a slip can be in; their catalogues hold the words of slips only, and say whether a speaker checked them."""

_LOCALES = {"es": "es_CO", "en": "en_GB", "pt": "pt_BR", "ht": "fr_HT"}
_DAYS = {"ht": "dd/MM/y"}
"""How a day is written where the tables of dates have no months in the language."""


def N_(message: str) -> str:  # noqa: N802 - the customary name that message extraction looks for
    """Mark a message for translation without translating it yet."""
    return message


def _catalogue(code: str) -> NullTranslations:
    source = paths.translations() / code / "LC_MESSAGES" / "fieldapp.po"
    compiled = source.with_suffix(".mo")
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as file:
            return GNUTranslations(file)
    if not source.exists():
        return NullTranslations()
    # In a checkout the catalogue may be newer than its compiled form; compiling in memory keeps the two in step.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    buffer = io.BytesIO()
    with source.open("rb") as file:
        write_mo(buffer, read_po(file, locale=code))
    buffer.seek(0)
    return GNUTranslations(buffer)


class Language:
    """Words, dates and numbers in one language; `code` is ISO 639-1."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.locale = _LOCALES.get(code, code)
        self.is_right_to_left = code in {"ar"}
        self._catalogue = NullTranslations() if code == SOURCE_LANGUAGE else _catalogue(code)
        if code not in LANGUAGES:
            self._catalogue.add_fallback(_catalogue("es"))

    def gettext(self, message: str, **values: object) -> str:
        """Return the message in this language, its `{fields}` filled with the values."""
        text = self._catalogue.gettext(message) if message else ""
        return text.format(**values) if values else text

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of the message for this number; `{number}` is filled as this language writes it."""
        text = self._catalogue.ngettext(one, many, number)
        return text.format(number=self.number(number), **values)

    def pgettext(self, context: str, message: str) -> str:
        """Return the message in this language where one English word has several meanings."""
        return self._catalogue.pgettext(context, message)

    def date(self, day: "date", style: str = "medium") -> str:
        """Return a day as `5 ene 2026` (`medium`) or `lunes, 5 de enero de 2026` (`full`)."""
        from babel.dates import format_date  # noqa: PLC0415

        return format_date(day, _DAYS.get(self.code, "d MMM y") if style == "medium" else style, self.locale)

    def time(self, moment: "datetime | time") -> str:
        """Return a time of day as `08:41`."""
        return f"{moment:%H:%M}"

    def moment(self, at_ms: int, zone: str) -> str:
        """Return milliseconds since 1970 as day and time at the post, `5 ene 2026 08:41`."""
        from datetime import datetime  # noqa: PLC0415 - the first page shows no date
        from zoneinfo import ZoneInfo  # noqa: PLC0415

        local = datetime.fromtimestamp(at_ms / 1000, ZoneInfo(zone))
        return f"{self.date(local.date())} {self.time(local)}"

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with this language's separators."""
        from babel.numbers import format_decimal  # noqa: PLC0415

        return format_decimal(value, f"#,##0.{'0' * digits}" if digits else "#,##0", self.locale)


@cache
def language(code: str) -> Language:
    """Return the language with this code, English for one that is not known."""
    return Language(code if code in SLIP_LANGUAGES else SOURCE_LANGUAGE)


def system_language() -> str:
    """Return the code of the system's language if the program speaks it, otherwise English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value[:2].lower() in LANGUAGES:
            return value[:2].lower()
        if value:
            return SOURCE_LANGUAGE
    import locale  # noqa: PLC0415 - only where the environment names no language

    name = locale.getlocale()[0] or ""
    return name[:2].lower() if name[:2].lower() in LANGUAGES else SOURCE_LANGUAGE
