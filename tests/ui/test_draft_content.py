"""A draft keeps every character, comes back whole from storage, and says what it means and what cannot be read."""

import json
from dataclasses import replace
from datetime import date

import pytest

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Consent, Document, HeadCount, Sex
from fieldapp.ui.models.draft_content import ArrivalDraft, CodeValue, GroupDraft, PersonDraft, from_map, to_map
from fieldapp.ui.models.draft_entry import documents_of, one_a_field, read_draft

TODAY, NOW = date(2026, 1, 5), 1_767_618_060_000
MOTHER = PersonDraft(
    "María de los Ángeles",
    "Villalobos",
    sex="F",
    born="35",
    born_iso="35@2026-01-02",
    nationality=CodeValue(("VEN", "COL")),
    document_kind=CodeValue(("VE_CED_V",)),
    document_number="17.345.221",
    document_country=CodeValue(("VEN",), guess=True),
    needs=("SM",),
)
FAMILY = GroupDraft(
    people=(MOTHER, PersonDraft("José", "Villalobos", relationship=CodeValue(("SON_DAUGHTER",), guess=True))),
    editing=PersonDraft("Ana", surnames="Villalobos", surnames_guess=True, born="no sé"),
    counts={"F:5_11": 2},
    arrival=ArrivalDraft(post=CodeValue(("PSB",)), destination=CodeValue(("11001",)), phone="+58 412 5550101"),
    consent="no",
)


def test_a_draft_comes_back_from_storage_as_it_was() -> None:
    assert from_map(json.loads(json.dumps(to_map(FAMILY)))) == FAMILY


@pytest.mark.parametrize(
    "content", [{}, {"people": "?"}, {"people": [1, {"sex": 3, "needs": "x"}], "counts": [], "arrival": 7}]
)
def test_a_damaged_draft_opens_with_what_is_left(content: dict[str, object]) -> None:
    assert len(from_map(content).people) >= 1


def test_guesses_alone_are_nothing_typed() -> None:
    guessed = PersonDraft(surnames="Peña", surnames_guess=True, nationality=CodeValue.guessed("VEN"))
    assert GroupDraft(people=(guessed,), arrival=ArrivalDraft(post=CodeValue.guessed("PSB"))).is_blank
    assert not GroupDraft(people=(replace(guessed, given_names="A"),)).is_blank
    assert not GroupDraft(counts={"F:0_4": 1}).is_blank
    assert not GroupDraft(consent="yes").is_blank


def test_what_was_typed_becomes_an_entry() -> None:
    entry, problems = read_draft(FAMILY, NOW, TODAY)
    mother, jose, ana = entry.members
    assert mother.birth == Birth(BirthQuality.AGE, age=35, stated_on=date(2026, 1, 2)), "an age keeps its day"
    assert mother.nationalities == ("VEN", "COL")
    assert mother.documents == (Document("VE_CED_V", "17.345.221", "VEN"),)
    assert (mother.relationship, jose.relationship, ana.relationship) == ("HEAD", "SON_DAUGHTER", "UNKNOWN")
    assert entry.others == (HeadCount(Sex.FEMALE, "5_11", 2),)
    assert (entry.complete, entry.declared_size) == (False, 5)
    assert (entry.consent, entry.destination) == (Consent.REFUSES, "Bogotá, D.C.")
    assert entry.arrival.at_ms == NOW
    assert [(problem.member, problem.field, problem.code) for problem in problems] == [(2, "birth", "birth_unreadable")]


def test_a_blank_member_in_the_editor_is_left() -> None:
    draft = replace(FAMILY, editing=PersonDraft(surnames="Villalobos", surnames_guess=True))
    assert len(read_draft(draft, NOW, TODAY)[0].members) == 2


def test_a_guessed_paper_without_a_number_is_no_paper_and_a_chosen_one_is() -> None:
    assert documents_of(PersonDraft(document_kind=CodeValue.guessed("VE_CED_V"))) == ()
    assert documents_of(PersonDraft(document_kind=CodeValue(("NONE",)))) == ()
    assert documents_of(PersonDraft(document_kind=CodeValue(("VE_PAS",)))) == (Document("VE_PAS"),)


def test_text_that_is_no_code_and_a_number_of_nothing_are_named() -> None:
    person = PersonDraft("Ana", nationality=CodeValue(typed="Atlantis"), document_number="77", need_typed="xyz")
    _entry, problems = read_draft(GroupDraft(people=(person,)), NOW, TODAY)
    assert [(problem.field, problem.code) for problem in problems] == [
        ("nationalities", "not_in_list"),
        ("document_kind", "document_kind_missing"),
        ("needs", "not_in_list"),
    ]
    assert len(one_a_field((*problems, *problems))) == 3
