"""A record in words: ages by how well a birth is known, papers, and what a history line says."""

from datetime import date
from uuid import UUID

import pytest

from fieldapp.domain.birth import read_typed
from fieldapp.domain.changes import Kind
from fieldapp.domain.people import HistoryLine
from fieldapp.domain.record import Document, Sex
from fieldapp.i18n import Language
from fieldapp.i18n import language as language_of
from fieldapp.ui.models import person_words as words
from tests.desks import TODAY


@pytest.mark.parametrize(
    ("typed", "age", "birth"),
    [
        ("14/2/1989", "36", "14 Feb 1989"),
        ("2/1989", "~36", "Feb 1989"),
        ("1989", "~37", "1989"),
        ("35", "~35", "35 years old, said on 5 Jan 2026"),
        ("", "\N{EM DASH}", "Not known"),
        ("20/11/2025", "1 month", "20 Nov 2025"),
        ("5/1/2025", "12 months", "5 Jan 2025"),
        ("5/1/2026", "0 months", "5 Jan 2026"),
    ],
)
def test_an_age_says_how_sure_it_is(language: Language, typed: str, age: str, birth: str) -> None:
    known = read_typed(typed, TODAY)
    assert words.age_words(language, known, TODAY) == age
    assert words.birth_words(language, known) == birth


def test_relationships_are_said_of_a_woman_or_a_man() -> None:
    spanish = language_of("es")
    assert words.relationship_words(spanish, "SON_DAUGHTER", Sex.FEMALE) == "Hija"
    assert words.relationship_words(spanish, "SON_DAUGHTER", Sex.UNKNOWN) == "Hija o hijo"
    assert words.relationship_words(spanish, "SOMETHING_NEWER", Sex.MALE) == "SOMETHING_NEWER"


def test_papers_name_their_country_only_where_it_is_not_plain(language: Language) -> None:
    card = Document("VE_CED_V", "V-17.345.221", "VEN")
    assert words.document_words(language, card) == "Venezuelan ID card, national V-17.345.221"
    passport = Document("XX_PAS", "A12345", "HTI", seen=False)
    assert words.document_words(language, passport) == "Passport of another country A12345 (Haiti), declared"
    assert words.documents_words(language, ()) == "No document"


def test_a_short_name_keeps_its_particles() -> None:
    assert words.short_name("María de los Ángeles", "de la Cruz Peña") == "María de la Cruz"
    assert words.short_name("", "") == "\N{EM DASH}"


@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if not kind.is_audit and not kind.value.startswith(("staff", "device", "operation"))]
)
def test_every_change_of_a_record_has_kind_words(language: Language, kind: Kind) -> None:
    line = HistoryLine(UUID(int=1), kind.value, 0, "Yuli R.", "registrar", "A7", ())
    assert "newer program" not in words.history_words(language, line)


def test_a_history_line_names_fields_and_reason(language: Language) -> None:
    line = HistoryLine(UUID(int=1), Kind.INDIVIDUAL_EDITED, 0, "", "", "", ("surnames", "birth"), "se oyó mal")
    assert words.history_words(language, line) == (
        "Changed this person's data: Surnames, Birth date. Reason: se oyó mal"
    )
    newer = HistoryLine(UUID(int=1), "photo.added", 0, "", "", "", ())
    assert "newer program" in words.history_words(language, newer)


def test_days_follow_the_language() -> None:
    birth = read_typed("14/2/1989", date(2026, 1, 5))
    assert words.birth_words(language_of("es"), birth) == "14 feb 1989"
