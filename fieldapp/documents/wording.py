"""What the record's codes and dates are called on paper, in the language of the paper."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from fieldapp.code_lists import code_list
from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Sex
from fieldapp.domain.slip import SlipContent, SlipMember
from fieldapp.i18n import Language


def full_name(member: SlipMember, language: Language) -> str:
    """Return given names and surnames as one text, or words that say there is none."""
    name = f"{member.given_names} {member.surnames}".strip()
    return name or language.gettext("Name not known")


def sex(code: Sex, language: Language) -> str:
    """Return the word for a sex."""
    return code_list("sex").label(code, language.code)


def nationality(code: str, language: Language) -> str:
    """Return the country of a nationality, or words that say it is not known."""
    return code_list("nationalities").label(code, language.code) if code else language.gettext("Not known")


def country(code: str, language: Language) -> str:
    """Return the name of a country."""
    return code_list("countries").label(code, language.code)


def post(code: str, language: Language) -> str:
    """Return the name of a border post."""
    return code_list("border_posts").label(code, language.code)


def relationship(code: str, of: Sex, language: Language) -> str:
    """Return the word for a relationship to the focal point, in the form for the person's sex where there is one."""
    relationships = code_list("relationships")
    form = {Sex.FEMALE: "female", Sex.MALE: "male"}.get(of)
    if form and code in relationships:
        word = relationships[code].extra.get(f"{form}_{language.code}")
        if word:
            return word
    return relationships.label(code, language.code) if code else ""


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
            return str(format_date(date(birth.year, birth.month, 1), "MMM y", language.locale))
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
