"""What is wrong with a registration before it is saved: codes beside fields, most of them only warnings.

Nothing here refuses a person for lack of papers or consent.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fieldapp.code_lists import CodeList, code_list
from fieldapp.domain.birth import BirthError, checked
from fieldapp.domain.names import LONGEST_NAME, tidy
from fieldapp.domain.record import (
    FOCAL_POINT,
    LARGEST_GROUP,
    ArrivalEntry,
    Consent,
    Document,
    FieldProblem,
    GroupEntry,
    IndividualEntry,
    Role,
)

LONGEST_TEXT = 120
LONGEST_NOTE = 2000
LONGEST_NUMBER = 40
PHOTO = "photo"
"""The code of the list `consent_shares` for a photo; it is asked for by itself."""
LARGEST_PORTRAIT = 30_000
"""Bytes; a portrait is a picture to know somebody by, and travels with every bundle."""
_CODED = {
    "language": "languages",
    "marital_status": "marital_status",
    "education": "education",
    "occupation": "occupation",
    "ethnic_group": "ethnic_groups",
}
"""Fields of an individual whose value is a code, with the list it stands in."""
FOR_PROTECTION = "LP"
_PHONE = re.compile(r"\+?[\d\s().\-]{7,20}")
_OLD_ARRIVAL_DAYS = 60
_ADULT_AGE = 18


def check_entry(
    entry: GroupEntry, today: date, zone: str = "America/Bogota", role: Role = Role.PROTECTION_OFFICER
) -> tuple[FieldProblem, ...]:
    """Return what is wrong with a family's entry; only problems that are `blocking` keep it from being saved.

    `role` is whose entry it is: some needs are recorded by a protection officer alone.
    """
    problems = list(_check_group(entry))
    problems += _check_arrival(entry.arrival, today, zone)
    for index, member in enumerate(entry.members):
        problems += check_individual(member, index, today)
        if (member.relationship == FOCAL_POINT) != (index == 0):
            problems.append(FieldProblem(index, "relationship", "one_focal_point", member.relationship))
        if role is not Role.PROTECTION_OFFICER:
            hidden = (code for code in member.needs if is_for_protection(code))
            problems += (FieldProblem(index, "needs", "need_for_protection", code) for code in hidden)
    return tuple(problems)


def is_protection_need(code: str) -> bool:
    """Tell whether a need is seen and removed by the protection officer alone (list `specific_needs`)."""
    needs = code_list("specific_needs")
    return code in needs and needs[code].extra.get("sensitivity") == "high"


def is_for_protection(code: str) -> bool:
    """Tell whether a need is also recorded by the protection officer alone.

    Everybody may flag somebody for protection, which says no more than that the officer should see them.
    """
    return is_protection_need(code) and code != FOR_PROTECTION


def _check_group(entry: GroupEntry) -> Iterator[FieldProblem]:
    if not entry.members:
        yield FieldProblem(None, "members", "focal_point_missing")
    if entry.declared_size > LARGEST_GROUP:
        yield FieldProblem(None, "others", "group_too_large", str(entry.declared_size), str(LARGEST_GROUP))
    if any(count.count < 0 for count in entry.others):
        yield FieldProblem(None, "others", "count_negative")
    if entry.consent_language:
        yield from _check_code(None, "consent_language", entry.consent_language, code_list("languages"))
    for share in entry.consent_shares:
        yield from _check_code(None, "consent_shares", share, code_list("consent_shares"))
    has_photo = any(member.portrait for member in entry.members)
    # Photos of a family that refuses are left out without a question.
    if has_photo and entry.consent is not Consent.REFUSES and not agrees_to_photo(entry.consent, entry.consent_shares):
        field = "consent_shares" if entry.consent is Consent.AGREES else "consent"
        yield FieldProblem(None, field, "photo_not_agreed")
    yield from _check_phone(None, entry.phone)
    yield from _check_length(None, "destination", entry.destination, LONGEST_TEXT)
    yield from _check_length(None, "shelter_place", entry.shelter_place, LONGEST_TEXT)
    yield from _check_length(None, "note", entry.note, LONGEST_NOTE)


def _check_arrival(arrival: ArrivalEntry, today: date, zone: str) -> Iterator[FieldProblem]:
    try:
        day = datetime.fromtimestamp(arrival.at_ms / 1000, ZoneInfo(zone)).date()
    except (ValueError, OverflowError, OSError):
        yield FieldProblem(None, "arrival", "arrival_unreadable", str(arrival.at_ms))
        return
    if day > today:
        yield FieldProblem(None, "arrival", "arrival_future", day.isoformat(), today.isoformat())
    elif (today - day).days > _OLD_ARRIVAL_DAYS:
        yield FieldProblem(None, "arrival", "arrival_long_ago", day.isoformat(), blocking=False)
    yield from _check_code(None, "post", arrival.post, code_list("border_posts"))
    yield from _check_code(None, "crossing_kind", arrival.crossing_kind, code_list("crossing_kinds"))
    if arrival.origin_state:
        yield from _check_code(None, "origin_state", arrival.origin_state, code_list("ve_states"))


def agrees_to_photo(consent: Consent, shares: Collection[str]) -> bool:
    """Tell whether a family agreed that photos of them are kept."""
    return consent is Consent.AGREES and PHOTO in shares


def check_individual(entry: IndividualEntry, index: int | None, today: date) -> Iterator[FieldProblem]:
    """Yield what is wrong with one person's entry; `index` is put into the problems."""
    if not tidy(entry.given_names) and not tidy(entry.surnames):
        yield FieldProblem(index, "given_names", "name_missing")
    yield from _check_length(index, "given_names", entry.given_names, LONGEST_NAME)
    yield from _check_length(index, "surnames", entry.surnames, LONGEST_NAME)
    try:
        checked(entry.birth, today)
    except BirthError as error:
        yield FieldProblem(index, "birth", f"birth_{error.code}", str(entry.birth), today.isoformat())
    age = entry.birth.age_on(today)
    if entry.relationship == FOCAL_POINT and age is not None and age < _ADULT_AGE:
        yield FieldProblem(index, "birth", "focal_point_child", str(age), blocking=False)
    for nationality in entry.nationalities:
        yield from _check_code(index, "nationalities", nationality, code_list("nationalities"))
    yield from _check_code(index, "relationship", entry.relationship, code_list("relationships"))
    for need in entry.needs:
        yield from _check_code(index, "needs", need, code_list("specific_needs"))
    for name, codes in _CODED.items():
        if code := getattr(entry, name):
            yield from _check_code(index, name, code, code_list(codes))
    if entry.origin and entry.origin not in code_list("ve_municipalities"):
        yield from _check_code(index, "origin", entry.origin, code_list("ve_states"))
    for area, answer in entry.functioning:
        if area not in code_list("functioning") or str(answer) not in code_list("functioning_answers"):
            yield FieldProblem(index, "functioning", "unknown_code", f"{area} {answer}")
    yield from _check_length(index, "address", entry.address, LONGEST_TEXT)
    if len(entry.portrait) > LARGEST_PORTRAIT:
        yield FieldProblem(index, "portrait", "portrait_too_large", str(len(entry.portrait)), str(LARGEST_PORTRAIT))
    yield from _check_phone(index, entry.phone)
    for document in entry.documents:
        yield from check_document(document, index)


def check_document(document: Document, index: int | None) -> Iterator[FieldProblem]:
    """Yield what is wrong with a document; patterns only warn, for many of them are from memory."""
    kinds = code_list("documents")
    if document.kind not in kinds:
        yield FieldProblem(index, "documents", "unknown_code", document.kind)
        return
    number = tidy(document.number)
    yield from _check_length(index, "documents", number, LONGEST_NUMBER)
    if document.country and document.country not in code_list("nationalities"):
        yield FieldProblem(index, "documents", "unknown_code", document.country)
    if not number and document.kind != "NONE":
        yield FieldProblem(index, "documents", "document_number_missing", blocking=False)
    pattern = kinds[document.kind].extra.get("regex", "")
    bare = re.sub(r"[.\s]", "", number).upper()
    if number and pattern and not re.fullmatch(pattern, bare):
        yield FieldProblem(index, "documents", "document_pattern", number, blocking=False)


def _check_phone(index: int | None, phone: str) -> Iterator[FieldProblem]:
    if tidy(phone) and not _PHONE.fullmatch(tidy(phone)):
        blocking = len(phone) > LONGEST_TEXT
        yield FieldProblem(index, "phone", "phone_pattern", phone[:LONGEST_TEXT], blocking=blocking)


def _check_length(index: int | None, name: str, value: str, longest: int) -> Iterator[FieldProblem]:
    if len(tidy(value)) > longest:
        yield FieldProblem(index, name, "too_long", str(len(tidy(value))), str(longest))


def _check_code(index: int | None, name: str, code: str, codes: CodeList) -> Iterator[FieldProblem]:
    if code not in codes:
        yield FieldProblem(index, name, "unknown_code", code)
