"""What the record's codes and dates are called on paper, in the language of the paper."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from fieldapp.code_lists import CodeList, code_list
from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Sex
from fieldapp.domain.slip import SlipContent, SlipMember
from fieldapp.i18n import LANGUAGES, SOURCE_LANGUAGE, Language

_MONTHS = {"ht": "MM/y"}
"""How a month is written where the tables of dates have no months in the language."""


def full_name(member: SlipMember, language: Language) -> str:
    """Return given names and surnames as one text, or words that say there is none."""
    name = f"{member.given_names} {member.surnames}".strip()
    return name or language.gettext("Name not known")


def sex(code: Sex, language: Language) -> str:
    """Return the word for a sex."""
    return _word(code_list("sex"), code, language)


def nationality(code: str, language: Language) -> str:
    """Return the country of a nationality, or words that say it is not known."""
    return _territory(code_list("nationalities"), code, language) if code else language.gettext("Not known")


def country(code: str, language: Language) -> str:
    """Return the name of a country."""
    return _territory(code_list("countries"), code, language)


def post(code: str, language: Language) -> str:
    """Return the name of a border post."""
    return code_list("border_posts").label(code, language.code)


def relationship(code: str, of: Sex, language: Language) -> str:
    """Return the word for a relationship to the focal point, in the form for the person's sex where there is one."""
    relationships = code_list("relationships")
    form = {Sex.FEMALE: "female", Sex.MALE: "male"}.get(of)
    if form and code in relationships:
        if language.code not in LANGUAGES:
            return language.gettext(relationships[code].extra.get(f"{form}_{SOURCE_LANGUAGE}", ""))
        word = relationships[code].extra.get(f"{form}_{language.code}")
        if word:
            return word
    return _word(relationships, code, language) if code else ""


def birth_label(birth: Birth, language: Language) -> str:
    """Return what a birth is called by how well it is known."""
    _ = language.gettext
    match birth.quality:
        case BirthQuality.YEAR:
            return _("Year of birth")
        case BirthQuality.AGE:
            return _("Age")
        case _:
            return _("Born")


def birth_text(birth: Birth, language: Language) -> str:
    """Return what is known of a birth: `14 feb 1989`, `feb 1989`, `1989`, `35 años en 2026`, `No se sabe`."""
    from babel.dates import format_date  # noqa: PLC0415

    match birth.quality:
        case BirthQuality.EXACT if birth.date:
            return language.date(birth.date)
        case BirthQuality.YEAR_MONTH if birth.year and birth.month:
            return str(
                format_date(date(birth.year, birth.month, 1), _MONTHS.get(language.code, "MMM y"), language.locale)
            )
        case BirthQuality.YEAR if birth.year:
            return str(birth.year)
        case BirthQuality.AGE if birth.age is not None and birth.stated_on:
            return language.ngettext(
                "{number} year in {year}",
                "{number} years in {year}",
                birth.age,
                year=birth.stated_on.year,
            )
        case BirthQuality.AGE if birth.age is not None:
            return language.ngettext("{number} year", "{number} years", birth.age)
        case _:
            return language.gettext("Not known")


def people(count: int, language: Language) -> str:
    """Return a number of people in words."""
    return language.ngettext("{number} person", "{number} people", count)


def local_day(at_ms: int, zone: str) -> date:
    """Return the day at the post of a time in milliseconds since 1970."""
    return datetime.fromtimestamp(at_ms / 1000, ZoneInfo(zone)).date()


def issuer(content: SlipContent, language: Language) -> str:
    """Return the issuing organisation and country on one line."""
    return " · ".join(part for part in (content.organisation, country(content.country, language)) if part)


def _word(listed: CodeList, code: str, language: Language) -> str:
    """Return the word for a code; the lists have those of the screen's languages, the catalogues of slips the others."""
    if language.code in LANGUAGES:
        return listed.label(code, language.code)
    return language.gettext(listed.label(code, SOURCE_LANGUAGE))


def _territory(listed: CodeList, code: str, language: Language) -> str:
    """Return the name of a country as the catalogue has it, else as the tables of the language have it."""
    from babel import Locale  # noqa: PLC0415

    word = _word(listed, code, language)
    if language.code in LANGUAGES or code not in listed or word != listed.label(code, SOURCE_LANGUAGE):
        return word
    return str(Locale.parse(language.locale).territories.get(listed[code].extra.get("alpha_2", ""), word))
