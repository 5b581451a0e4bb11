"""How probable it is that two records are of one human."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.birth import Birth, read_typed
from fieldapp.domain.matching.comparable import Comparable, birth_parts, comparable, document_number, phone_number
from fieldapp.domain.matching.levels import agreement, birth_level, document_level, names_level
from fieldapp.domain.matching.scoring import Grade, Score, frequencies, read_model, score
from fieldapp.i18n import language
from fieldapp.services.matching import model
from fieldapp.words import REASONS, reason_words

TODAY = date(2026, 1, 5)
COUNTS = {"jose": 60_000, "perez": 30_000, "maria": 80_000, "zoraida": 20, "quispe": 15}
PEOPLE = 1_000_000


def made(given_names: str, surnames: str, born: str = "", **more: object) -> Comparable:
    return comparable(given_names, surnames, birth=read_typed(born, TODAY), **more)  # type: ignore[arg-type]


def compare(one: Comparable, other: Comparable) -> Score:
    return score(one, other, model(), frequencies(COUNTS, PEOPLE), PEOPLE)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("14/2/1989", "14/2/1989", "exact"), ("3/2/1989", "2/3/1989", "swapped"), ("14/2/1989", "15/2/1989", "one_part"),
        ("14/2/1989", "14/2/1979", "one_part"), ("14/2/2003", "14/2/1993", "one_part"), ("12/5/1971", "12/5/1995", "far"), ("1989", "14/2/1989", "year_known"),
        ("1/1/1989", "14/2/1989", "year_known"), ("2/1989", "14/2/1989", "month_known"), ("36", "14/2/1989", "year_known"),
        ("20", "14/2/1989", "far"), ("14/2/1989", "9/8/1993", "differs"), ("", "14/2/1989", "missing"), ("5/7/1989", "14/2/1989", "year"),
    ],
)  # fmt: skip
def test_birth_dates_are_compared_as_well_as_they_are_known(one: str, other: str, level: str) -> None:
    mine, theirs = (birth_parts(read_typed(text, TODAY)) for text in (one, other))

    assert birth_level(mine, theirs) == level
    assert birth_level(theirs, mine) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("ana rosa", "ana rosa", "exact"), ("ana rosa", "rosa ana", "order"), ("ana", "ana rosa", "first"),
        ("rosa", "ana rosa", "part"), ("zoe", "zor", "close"), ("muhammad", "mohamed", "close"),
        ("alhassan", "hassan", "sound"),
        ("wilmer", "guilmer", "sound"), ("gonzalez", "gonsalec", "close"), ("ana rosa", "ana luz", "some"),
        ("ana", "luz", "differs"), ("", "luz", "missing"), ("mary angel", "maryangel", "close"),
    ],
)  # fmt: skip
def test_names_are_compared_word_by_word(one: str, other: str, level: str) -> None:
    assert names_level(tuple(one.split()), tuple(other.split()))[0] == level


def test_documents_are_compared_by_their_digits() -> None:
    assert document_number("V-17.345.221") == document_number("17345221") == "17345221"
    assert document_level(("17345221",), ("17345212",)) == "one_digit"
    assert document_level(("17345221", "9"), ("88888888", "17345221")) == "exact"
    assert document_level(("17345221",), ("99999999",)) == "differs"
    assert phone_number("+58 412 555 0101") == phone_number("0412-5550101") == "125550101"


def test_a_rare_name_proves_more_than_a_common_one() -> None:
    rare = compare(made("Zoraida", "Quispe", "1989"), made("Zoraida", "Quispe", "1989"))
    common = compare(made("José", "Pérez", "1989"), made("José", "Pérez", "1989"))

    assert rare.probability > 0.9
    assert common.probability < 0.1


def test_what_is_missing_is_not_held_against_anyone() -> None:
    full = made("Zoraida", "Quispe", "14/2/1989", documents=["17345221"], sex="F")

    assert compare(full, made("Zoraida", "Quispe", "14/2/1989")).grade is Grade.STRONG
    assert compare(full, made("", "", "", documents=["17345221"])).grade is Grade.POSSIBLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (made("Luz Ana", "Mora Paz", "3/4/2015", sex="F"), made("Luz Eva", "Mora Paz", "3/4/2015", sex="F")),
        (made("Juan", "Mora Paz", "3/4/2015", sex="M"), made("Juana", "Mora Paz", "3/4/2015", sex="F")),
        (made("Zoraida", "Quispe", "3/4/1960"), made("Zoraida", "Quispe", "9/8/1990")),
    ],
)
def test_relatives_with_one_phone_are_never_strong(one: Comparable, other: Comparable) -> None:
    one, other = (replace(person, phones=("125550101",)) for person in (one, other))

    assert compare(one, other).grade is not Grade.STRONG


def test_one_name_and_one_birth_date_with_other_surnames_are_never_strong() -> None:
    one, other = made("Zoraida", "Quispe", "14/2/1989"), made("Zoraida", "Mora", "14/2/1989")
    with_one_paper = (replace(person, documents=("17345221",)) for person in (one, other))

    assert score(one, other, model(), frequencies({}, 100), 100).grade is not Grade.STRONG
    assert compare(*with_one_paper).grade is Grade.STRONG


def test_a_slip_proves_more_than_another_name_that_resembles_it() -> None:
    counts = {"daniela": 4000, "daniel": 4000, "danielx": 1, "quispe": 15}
    born = "14/2/1989"

    def proved(given_names: str) -> float:
        pair = made("Daniela", "Quispe", born), made(given_names, "Quispe", born)
        reasons = score(*pair, model(), frequencies(counts, PEOPLE), PEOPLE).reasons
        return next(reason.bits for reason in reasons if reason.code == "given_close")

    assert proved("Danielx") > proved("Daniel") + 2


def test_a_father_and_a_son_of_one_name_are_hardly_probable() -> None:
    father, son = made("Zoraido", "Quispe Mora", "3/4/1960"), made("Zoraido", "Quispe Mora", "9/8/1990")

    assert compare(father, son).probability < 0.5


def test_members_of_one_family_are_never_strong() -> None:
    one = made("Zoraida", "Quispe", "3/4/1960")

    assert compare(one, one).grade is Grade.STRONG
    assert compare(replace(one, family=b"1"), replace(one, family=b"1")).grade is not Grade.STRONG


def test_a_parameter_file_that_makes_no_sense_is_refused() -> None:
    row = {"field": "sex", "level": "same", "m": "0", "u": "0.5", "relative": "1", "per_name": ""}

    with pytest.raises(ValueError, match="sex same"):
        read_model([row])


WORDS = st.lists(st.sampled_from(["ana", "rosa", "luz", "maría", "محمد", "王", "de la", "x", ""]), max_size=3).map(
    " ".join
)


@given(WORDS, WORDS, WORDS, WORDS, st.sampled_from(["", "1989", "14/2/1989", "36"]))
def test_any_two_records_can_be_compared_in_either_order(one: str, two: str, three: str, four: str, born: str) -> None:
    left, right = made(one, two, born), made(three, four, "14/2/1989")

    there, back = compare(left, right), compare(right, left)

    assert 0 <= there.probability <= 1
    assert agreement(left, right).level("birth") == agreement(right, left).level("birth")
    assert abs(there.probability - back.probability) < 0.9
    assert Birth() == read_typed("", TODAY)


def test_every_reason_has_words() -> None:
    levels = {f"{field}_{level}" for field, level in model().parameters}
    bars = {
        "same_family",
        "other_given_names",
        "other_surnames",
        "generation_apart",
        "other_birth",
        "other_sex",
        "other_document",
        "names_alone",
    }

    assert levels | bars | {"name_order"} == REASONS.keys()
    assert (
        reason_words(language("es"), ["document_exact", "surnames_sound"])
        == "mismo documento; los apellidos suenan igual"
    )
