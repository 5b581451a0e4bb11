"""The file of families: the documented example is read whole, and every mistake has its line and field."""

import json
from datetime import date
from typing import Any

import pytest

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Consent, Document, HeadCount, Sex
from fieldapp.exchange import registration_file
from fieldapp.exchange.registration_file import Defaults, GroupsRead, MalformedFile, read_groups

NOON = 1_795_539_600_000  # 2026-11-24 12:00 in Bogotá
DEFAULTS = Defaults(NOON, "PSB", "bridge", "America/Bogota")


def groups(*them: dict[str, Any]) -> GroupsRead:
    return read_groups(json.dumps({"groups": them}, indent=1), DEFAULTS)


def first_problem(*them: dict[str, Any]) -> tuple[str, str]:
    problem = groups(*them).problems[0]
    return problem.path, problem.code


def test_the_example_in_the_documentation_is_read() -> None:
    text = (registration_file.__doc__ or "").split("```json")[1].split("```")[0]
    read = read_groups(text, DEFAULTS)
    assert read.problems == ()
    group = read.groups[0]
    focal = group.entry.members[0]
    assert group.language == "es"
    assert (focal.given_names, focal.surnames, focal.sex) == ("María Fernanda", "Rodríguez de la Cruz", Sex.FEMALE)
    assert focal.birth == Birth.exact(date(1989, 2, 14))
    assert focal.documents == (Document("VE_CED_V", "12345678", "VEN", seen=True),)
    assert (focal.nationalities, focal.needs) == (("VEN",), ("PG",))
    assert group.entry.arrival.at_ms == NOON - (3 * 60 + 45) * 60_000
    assert (group.entry.arrival.crossing_kind, group.entry.arrival.origin_state) == ("bridge", "VE20")
    assert group.entry.consent is Consent.AGREES
    assert group.entry.others == (HeadCount(Sex.FEMALE, "5_11", 2),)
    assert not group.entry.complete


def test_a_name_is_enough() -> None:
    entry = groups({"members": [{"given_names": "Ana"}]}).groups[0].entry
    assert (entry.arrival.at_ms, entry.arrival.post, entry.arrival.crossing_kind) == (NOON, "PSB", "bridge")
    assert entry.members[0].relationship == "HEAD"
    assert entry.members[0].documents == ()
    assert entry.consent is Consent.NOT_ASKED
    assert entry.complete


@pytest.mark.parametrize(
    ("given", "birth"),
    [
        ("1989-02-14", Birth.exact(date(1989, 2, 14))),
        ("1989-02", Birth(BirthQuality.YEAR_MONTH, 1989, 2)),
        ("1989", Birth(BirthQuality.YEAR, 1989)),
        ("", Birth()),
        (None, Birth()),
        ({"age": 35}, Birth(BirthQuality.AGE, age=35, stated_on=date(2026, 11, 24))),
        ({"age": 0, "on": "2026-11-01"}, Birth(BirthQuality.AGE, age=0, stated_on=date(2026, 11, 1))),
    ],
)
def test_a_birth_is_what_is_known(given: object, birth: Birth) -> None:
    assert groups({"members": [{"given_names": "Ana", "birth": given}]}).groups[0].entry.members[0].birth == birth


@pytest.mark.parametrize(
    ("member", "path", "code"),
    [
        ({"birth": "14/02/1989"}, "birth", "not_a_birth"),
        ({"birth": "1989-02-30"}, "birth", "not_a_birth"),
        ({"birth": 1989}, "birth", "not_text"),
        ({"birth": {"age": -1}}, "birth.age", "not_a_whole_number"),
        ({"birth": {"age": 35.5}}, "birth.age", "not_a_whole_number"),
        ({"birth": {"years": 3, "age": 3}}, "birth.years", "json_unknown_key"),
        ({"birth": {"age": 3, "on": "yesterday"}}, "birth.on", "not_a_day"),
        ({"sex": "female"}, "sex", "not_a_code"),
        ({"sex": 1}, "sex", "not_text"),
        ({"nationalities": "VEN"}, "nationalities", "not_a_list"),
        ({"nationalities": ["VEN", 3]}, "nationalities[1]", "not_text"),
        ({"documents": [{"number": "1"}]}, "documents[0].kind", "is_missing"),
        ({"documents": ["V1"]}, "documents[0]", "not_an_object"),
        ({"documents": [{"kind": "VE_PAS", "seen": "yes"}]}, "documents[0].seen", "not_true_or_false"),
        ({"givennames": "Ana"}, "givennames", "json_unknown_key"),
        ({"surnames": None, "phone": 300}, "phone", "not_text"),
    ],
)
def test_a_wrong_field_of_a_person_is_named(member: dict[str, object], path: str, code: str) -> None:
    assert first_problem({"members": [{"given_names": "Ana"}, member]}) == (f"groups[0].members[1].{path}", code)


@pytest.mark.parametrize(
    ("group", "path", "code"),
    [
        ({"members": []}, ".members", "no_members"),
        ({"members": {}}, ".members", "not_a_list"),
        ({}, ".members", "no_members"),
        ({"members": [{"given_names": "Ana"}], "arrival": {"at": "today"}}, ".arrival.at", "not_a_moment"),
        ({"members": [{"given_names": "Ana"}], "arrival": {"at": "2026-11-24"}}, ".arrival.at", "not_a_moment"),
        ({"members": [{"given_names": "Ana"}], "arrival": "now"}, ".arrival", "not_an_object"),
        ({"members": [{"given_names": "Ana"}], "consent": "maybe"}, ".consent", "not_a_code"),
        ({"members": [{"given_names": "Ana"}], "language": "xx"}, ".language", "not_a_code"),
        ({"members": [{"given_names": "Ana"}], "others": [{"count": "two"}]}, ".others[0].count", "not_a_whole_number"),
        ({"members": [{"given_names": "Ana"}], "others": [{"sex": "F"}]}, ".others[0].count", "is_missing"),
        ({"members": [{"given_names": "Ana"}], "others": [{"count": 2}], "complete": True}, ".complete", "complete_with_others"),
        ({"members": [{"given_names": "Ana"}], "address": "x"}, ".address", "json_unknown_key"),
    ],
)  # fmt: skip
def test_a_wrong_field_of_a_family_is_named(group: dict[str, object], path: str, code: str) -> None:
    assert first_problem(group) == (f"groups[0]{path}", code)


def test_the_line_is_the_lines_number_in_the_file() -> None:
    text = '{"groups": [\n {"members": [{"given_names": "Ana"}]},\n {"members": [\n  {"given_names": "Luz",\n   "sex": "?"}]}]}'
    read = read_groups(text, DEFAULTS)
    assert [(problem.line, problem.path) for problem in read.problems] == [(5, "groups[1].members[0].sex")]


def test_the_families_beside_a_bad_one_are_still_read() -> None:
    read = groups({"members": [{"given_names": "Ana"}]}, {"members": 7}, {"members": [{"given_names": "Luz"}]})
    assert [group.index for group in read.groups] == [0, 2]
    assert {problem.path for problem in read.problems} == {"groups[1].members"}


def test_what_is_found_later_is_placed_by_member_and_field() -> None:
    text = '{"groups": [{\n"members": [\n{"given_names": "Ana"},\n{"given_names": "Luz",\n"relationship": "X"}]}]}'
    group = read_groups(text, DEFAULTS).groups[0]
    assert group.place(1, "relationship") == (5, "groups[0].members[1].relationship")
    assert group.place(0, "birth") == (3, "groups[0].members[0].birth")
    assert group.place(None, "phone") == (1, "groups[0].phone")
    assert group.place(None, "members") == (2, "groups[0].members")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "json_unexpected", 1),
        ("[]", "no_groups", 1),
        ("\n{}", "no_groups", 2),
        ('{"groups": {}}', "no_groups", 1),
        ('{"groups": [],\n"group": []}', "json_unknown_top_key", 2),
        ('{"groups": [\n{"members": [}]}', "json_unexpected", 2),
        ('{"groups": [{"members": [], "members": []}]}', "json_key_twice", 1),
    ],
)
def test_a_file_that_is_none_is_refused_whole(text: str, code: str, line: int) -> None:
    with pytest.raises(MalformedFile) as problem:
        read_groups(text, DEFAULTS)
    assert (problem.value.code, problem.value.values["line"]) == (code, line)


def test_a_byte_order_mark_does_not_matter() -> None:
    assert read_groups('\ufeff{"groups": []}', DEFAULTS) == GroupsRead((), ())
