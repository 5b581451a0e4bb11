"""The code lists are whole: unique codes, words in both languages, a source each, and codes that fit together."""

import csv
import re
from pathlib import Path

import pytest

from fieldapp import paths
from fieldapp.code_lists import CodeListError, code_list, read
from fieldapp.domain.birth import BirthQuality
from fieldapp.domain.record import FOCAL_POINT, Consent, MovementKind, Role, Sex
from fieldapp.domain.summary import AGE_GROUPS

FILES = sorted((paths.resources() / "code_lists").glob("*.csv"))


def codes(name: str) -> set[str]:
    return {code.code for code in code_list(name)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_row_has_a_code_of_its_own_two_words_and_a_source(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        assert all(row[column] for column in ("code", "label_en", "label_es", "source")), row


def test_the_lists_have_the_codes_of_the_record() -> None:
    assert codes("sex") == set(Sex)
    assert codes("roles") == set(Role)
    assert codes("consent") == set(Consent)
    assert codes("movement_kinds") == set(MovementKind)
    assert codes("birth_date_quality") == set(BirthQuality)
    assert codes("age_groups") == set(AGE_GROUPS)
    assert FOCAL_POINT in code_list("relationships")


def test_codes_that_name_rows_of_other_lists_find_them() -> None:
    assert {code.extra["mode"] for code in code_list("border_posts")} <= codes("crossing_kinds")
    assert {code.extra["need_code"] for code in code_list("quick_needs")} - {""} <= codes("specific_needs")
    assert {code.extra["country"] for code in code_list("documents")} - {""} <= codes("countries")
    assert {code.extra["dept_code"] for code in code_list("municipalities")} == codes("departments")
    assert {code.extra["ve_adm1_pcode"] for code in code_list("border_posts")} - {""} <= codes("ve_states")


def test_no_document_stands_first_and_every_pattern_can_be_read() -> None:
    documents = list(code_list("documents"))
    assert documents[0].code == "NONE"
    for document in documents:
        re.compile(document.extra["regex"])


def test_a_post_can_begin_a_registration_number() -> None:
    assert all(re.fullmatch("[A-Z]{2,6}", post.code) for post in code_list("border_posts"))


def test_a_file_without_labels_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "posts.csv"
    broken.write_text("kind\nbridge\n", "utf-8")
    with pytest.raises(CodeListError, match=r"posts\.csv"):
        read(broken)
