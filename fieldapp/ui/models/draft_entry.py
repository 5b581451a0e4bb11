"""From what was typed to an entry of the record: what can be read is read, what cannot is named field by field."""

import base64
from dataclasses import replace
from datetime import date

from fieldapp.domain.birth import Birth, BirthError, BirthQuality, from_iso, read_typed
from fieldapp.domain.names import tidy
from fieldapp.domain.record import (
    FOCAL_POINT,
    LARGEST_GROUP,
    ArrivalEntry,
    Consent,
    Document,
    FieldProblem,
    GroupEntry,
    HeadCount,
    IndividualEntry,
    Sex,
)
from fieldapp.ui.models.draft_choices import Choices, destinations
from fieldapp.ui.models.draft_content import CodeValue, GroupDraft, PersonDraft

NO_DOCUMENT = "NONE"
MORE_CODES = ("origin", "language", "ethnic_group", "marital_status", "education", "occupation")
"""Further fields of a person whose value is one code."""
NOT_IN_LIST = "not_in_list"
PLACES_LANGUAGE = "es"
"""Places in Colombia keep their own names in every language of the screen."""


def read_draft(draft: GroupDraft, now_ms: int, today: date) -> tuple[GroupEntry, tuple[FieldProblem, ...]]:
    """Return the entry a draft stands for, and what in it could not be read.

    `now_ms` is the arrival time where none was given. The problems name a field that cannot be understood at all;
    whether an understood entry is right is for the service to say.
    """
    draft = draft.settled()
    problems: list[FieldProblem] = []
    members = tuple(_person(person, index, today, problems) for index, person in enumerate(draft.people))
    arrival = draft.arrival
    for name, value in (
        ("post", arrival.post),
        ("crossing_kind", arrival.crossing_kind),
        ("origin_state", arrival.origin_state),
        ("consent_language", draft.consent_language),
    ):
        _check_code(value, None, name, problems)
    others = tuple(_count(key, count) for key, count in sorted(draft.counts.items()) if count > 0)
    entry = GroupEntry(
        members=members,
        arrival=ArrivalEntry(
            arrival.at_ms or now_ms,
            arrival.post.code,
            arrival.crossing_kind.code,
            arrival.origin_state.code,
        ),
        others=others,
        consent=Consent(draft.consent) if draft.consent in set(Consent) else Consent.NOT_ASKED,
        phone=tidy(arrival.phone),
        destination=destination_text(arrival.destination),
        complete=not others,
        consent_language=draft.consent_language.code,
        consent_shares=draft.consent_shares if draft.consent == Consent.AGREES else (),
    )
    return entry, tuple(problems)


def one_a_field(problems: tuple[FieldProblem, ...]) -> tuple[FieldProblem, ...]:
    """Keep the first problem of each field, errors before warnings, in the order of the family."""
    kept: dict[tuple[int | None, str], FieldProblem] = {}
    for problem in sorted(problems, key=lambda each: not each.blocking):
        kept.setdefault((problem.member, problem.field), problem)
    return tuple(sorted(kept.values(), key=lambda each: LARGEST_GROUP if each.member is None else each.member))


def destination_text(value: CodeValue) -> str:
    """Return a destination as it is kept: the place's own name, or the words that were typed."""
    found = destinations(PLACES_LANGUAGE).get(value.code) if value.code else None
    return found.label if found else tidy(value.typed)


def _count(key: str, count: int) -> HeadCount:
    sex, _, age_group = key.partition(":")
    return HeadCount(Sex(sex) if sex in set(Sex) else Sex.UNKNOWN, age_group, count)


def _person(person: PersonDraft, index: int, today: date, problems: list[FieldProblem]) -> IndividualEntry:
    for name, value in (
        ("nationalities", person.nationality),
        ("document_kind", person.document_kind),
        ("document_country", person.document_country),
        ("relationship", person.relationship),
        *((name, getattr(person, name)) for name in MORE_CODES),
    ):
        _check_code(value, index, name, problems)
    if tidy(person.document_number) and not (person.document_kind.codes or person.document_kind.typed.strip()):
        problems.append(FieldProblem(index, "document_kind", "document_kind_missing"))
    if person.need_typed.strip():
        problems.append(FieldProblem(index, "needs", NOT_IN_LIST, person.need_typed))
    return IndividualEntry(
        given_names=tidy(person.given_names),
        surnames=tidy(person.surnames),
        sex=Sex(person.sex) if person.sex in set(Sex) else Sex.UNKNOWN,
        birth=_birth(person, index, today, problems),
        nationalities=person.nationality.codes,
        documents=documents_of(person),
        relationship=FOCAL_POINT if index == 0 else person.relationship.code or "UNKNOWN",
        needs=person.needs,
        phone=tidy(person.phone),
        address=tidy(person.address),
        portrait=portrait_of(person),
        functioning=tuple((area, int(answer)) for area, _, answer in map(_split, person.functioning)),
        **{name: getattr(person, name).code for name in MORE_CODES},
    )


def portrait_of(person: PersonDraft) -> bytes:
    """Return the photo of a person as typed, empty where there is none or the draft is damaged."""
    try:
        return base64.b64decode(person.portrait, validate=True)
    except ValueError:
        return b""


def _split(answer: str) -> tuple[str, str, str]:
    return answer.partition(":")


def documents_of(person: PersonDraft) -> tuple[Document, ...]:
    """Return the papers of a person; a guessed kind without a number says nothing, so it is no paper."""
    kind, number = person.document_kind, tidy(person.document_number)
    if kind.code in {"", NO_DOCUMENT} or (kind.guess and not number):
        return ()
    return (Document(kind.code, number, person.document_country.code),)


def birth_of(person: PersonDraft, today: date) -> Birth:
    """Return what the birth text means; an age counts from the day it was typed. Raises BirthError."""
    birth = read_typed(person.born, today)
    if birth.quality is not BirthQuality.AGE or not person.born_iso:
        return birth
    then = from_iso(person.born_iso)
    return replace(birth, stated_on=then.stated_on) if then.age == birth.age and then.stated_on else birth


def _birth(person: PersonDraft, index: int, today: date, problems: list[FieldProblem]) -> Birth:
    try:
        return birth_of(person, today)
    except BirthError as error:
        problems.append(FieldProblem(index, "birth", f"birth_{error.code}", person.born))
        return Birth()


def _check_code(value: CodeValue, index: int | None, name: str, problems: list[FieldProblem]) -> None:
    if value.typed.strip() and not value.codes:
        problems.append(FieldProblem(index, name, NOT_IN_LIST, value.typed))


def guessed_relationship(focal: Birth, member: Birth, member_is_first: bool, today: date) -> str:
    """Return the relationship that is usual for these ages, or nothing when no answer is likely.

    A parent is taken to be 14 to 45 years older than a child, a grandparent more than 50; the first other adult of an
    age is taken for the spouse.
    """
    parent, oldest_parent, grandparent, spouse, adult = 14, 45, 50, 14, 18
    focal_age, age = focal.age_on(today), member.age_on(today)
    if age is None:
        return ""
    if focal_age is None:
        return "SON_DAUGHTER" if age < adult else ""
    if focal_age - age > grandparent and age < adult:
        return "GRANDDAUGHER_GRANDSON"
    if parent <= focal_age - age <= oldest_parent and age < adult:
        return "SON_DAUGHTER"
    if age - focal_age >= parent and focal_age >= adult:
        return "MOTHER_FATHER"
    if member_is_first and age >= adult and focal_age >= adult and abs(age - focal_age) < spouse:
        return "WIFE_HUSBAND"
    return ""


def label_or_typed(value: CodeValue, choices: Choices) -> str:
    """Return what a type-ahead field showed."""
    return value.typed or " + ".join(choices.label(code) for code in value.codes)
