"""An operation adds codes of its own and words others anew, and all of its laptops offer the same."""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp import code_lists
from fieldapp.code_lists import Code, code_list
from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.people import PeopleQuery
from fieldapp.domain.problems import InvalidEntry, NotAllowed, Problem
from fieldapp.domain.record import Role
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.find import individuals
from fieldapp.services.own_codes import codes_of, read_codes, set_codes, written
from fieldapp.services.register import register_group
from fieldapp.services.sign_in import sign_in
from fieldapp.trust.safe_files import FileProblem
from tests.desks import TestClock, family, person, take_over
from tests.laptops import PASSWORD, STAFF, enrolled, first_laptop

SHOWER = Code("shower", {"es": "Ducha", "en": "Shower"}, {})
STADIUM = Code("ESTA", {"es": "Estadio General Santander", "en": "General Santander Stadium"}, {"mode": "bridge"})


@pytest.fixture(autouse=True)
def _lists_of_the_program() -> Iterator[None]:
    yield
    code_lists.use({})


@pytest.fixture
def admin(desk: Desk) -> Desk:
    """The administrator at the desk."""
    take_over(desk, Role.ADMINISTRATOR)
    return desk


def test_a_code_is_added_after_those_of_the_program(admin: Desk) -> None:
    before = [code.code for code in code_list("services")]
    assert set_codes(admin, "services", [SHOWER]) == 1
    assert [code.code for code in code_list("services")] == [*before, "shower"]
    assert code_list("services").label("shower", "es") == "Ducha"


def test_words_of_the_program_give_way_and_what_it_reckons_with_does_not(admin: Desk) -> None:
    high = next(code for code in code_list("specific_needs") if code.extra["sensitivity"] == "high")
    set_codes(admin, "specific_needs", [Code(high.code, {"es": "Otra palabra"}, {"sensitivity": "normal"})])
    changed = code_list("specific_needs")[high.code]
    assert (changed.label("es"), changed.label("en")) == ("Otra palabra", high.label("en"))
    assert changed.extra["sensitivity"] == "high"


def test_a_code_that_ended_is_not_offered_and_still_says_what_it_means(admin: Desk) -> None:
    meal = code_list("services")["meal"]
    set_codes(admin, "services", [replace(meal, offered=False)])
    assert "meal" not in [code.code for code in code_list("services")]
    assert code_list("services").label("meal", "en") == meal.label("en")
    assert [code.offered for code in codes_of(admin, "services") if code.code == "meal"] == [False]
    assert set_codes(admin, "services", [meal]) == 1
    assert "meal" in [code.code for code in code_list("services")]


def test_what_is_said_again_is_no_change(admin: Desk) -> None:
    assert set_codes(admin, "services", [SHOWER]) == 1
    assert set_codes(admin, "services", [SHOWER, *codes_of(admin, "services")]) == 0


def test_the_last_word_counts_where_a_code_is_worded_twice(admin: Desk) -> None:
    set_codes(admin, "services", [SHOWER])
    set_codes(admin, "services", [replace(SHOWER, labels={"es": "Baño"})])
    assert code_list("services").label("shower", "en") == "Baño"


@pytest.mark.parametrize(
    ("name", "code", "problem"),
    [
        ("sex", SHOWER, "code_list_closed"),
        ("no_list", SHOWER, "code_list_closed"),
        ("services", replace(SHOWER, code="a b"), "bad_code"),
        ("services", replace(SHOWER, code="x" * 17), "bad_code"),
        ("border_posts", replace(STADIUM, code="estadio"), "bad_post_code"),
        ("services", replace(SHOWER, labels={"es": "  ", "fr": "Douche"}), "code_needs_words"),
        ("services", replace(SHOWER, labels={"es": "x" * 121}), "code_needs_words"),
    ],
)
def test_what_cannot_be_a_code_is_refused_and_nothing_is_changed(
    admin: Desk, name: str, code: Code, problem: str
) -> None:
    with pytest.raises(Problem) as told:
        set_codes(admin, name, [SHOWER, code])
    assert told.value.code == problem
    assert "shower" not in code_list("services")


def test_nobody_else_changes_a_list_and_a_forged_change_counts_nowhere(desk: Desk) -> None:
    take_over(desk, Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        set_codes(desk, "services", [SHOWER])
    payload: dict[str, object] = {"list": "services", "code": "shower", "labels": {"es": "Ducha"}, "offered": True}
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.CODE_SET, desk.operation.operation_id, payload)])
    assert [code.code for code in codes_of(desk, "services") if code.code == "shower"] == []


def test_a_family_arrives_at_a_post_of_the_operations_own_and_is_found_by_its_words(admin: Desk) -> None:
    set_codes(admin, "border_posts", [STADIUM])
    entry = family(person("Yusleidy", "Bracho"))
    register_group(admin, replace(entry, arrival=replace(entry.arrival, post="ESTA")))
    assert [row.given_names for row in individuals(admin, PeopleQuery("santander"), 0, 9)] == ["Yusleidy"]


def test_another_laptop_offers_the_same_after_a_stick_and_after_each_sign_in(tmp_path: Path) -> None:
    clock = TestClock()
    one = first_laptop(tmp_path / "one", clock, random.Random(3).randbytes)
    two = enrolled(one, tmp_path / "two", "B2", tmp_path / "reply")
    set_codes(one, "services", [SHOWER])
    stick = tmp_path / "stick"
    stick.mkdir()
    export_bundles(one, stick)
    code_lists.use({})

    import_bundles(two, [stick])

    assert "shower" in code_list("services")
    code_lists.use({})
    two.close()
    again = sign_in(tmp_path / "two", STAFF, PASSWORD, clock=clock, random_bytes=one.random_bytes)
    assert "shower" in code_list("services")
    assert check(again).ok
    again.close()
    one.close()


def test_a_new_laptop_stands_at_a_post_of_the_operations_own(tmp_path: Path) -> None:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(4).randbytes)
    with pytest.raises(InvalidEntry) as told:
        enrolled(one, tmp_path / "early", "B1", tmp_path / "asked", post="ESTA")
    assert [problem.code for problem in told.value.problems] == ["unknown_post"]
    set_codes(one, "border_posts", [STADIUM])
    two = enrolled(one, tmp_path / "two", "B2", tmp_path / "reply", post="ESTA")
    done = register_group(two, family(person("Ana", "Peña")))
    assert done.number.startswith("ESTA-B2-")
    two.close()
    one.close()


def test_a_list_is_written_changed_elsewhere_and_read_again(admin: Desk, tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text(written(codes_of(admin, "services")), "utf-8-sig")
    assert set_codes(admin, "services", read_codes(file)) == 0
    # As a Spanish spreadsheet saves it.
    file.write_text("code;label_es;label_en;offered\nshower;Ducha;Shower;\nmeal;Comida caliente;;NO\n", "utf-8-sig")
    assert set_codes(admin, "services", read_codes(file)) == 2
    meal = code_list("services")["meal"]
    assert (meal.label("es"), meal.label("en"), meal.offered) == ("Comida caliente", "Meal", False)


@pytest.mark.parametrize("content", [b"", b"name,word\na,b\n", "code,label_es\nx,Añ\n".encode("cp1252"), b"\x00\x01"])
def test_a_file_that_is_no_list_is_told(admin: Desk, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(Problem) as told:
        set_codes(admin, "services", read_codes(file))
    assert told.value.code in {"code_file_unreadable", "code_file_empty"}


@given(st.lists(st.lists(st.text(max_size=20), max_size=6).map(",".join), max_size=6))
def test_any_text_is_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    file = tmp_path_factory.mktemp("lists") / "list.csv"
    file.write_text("\n".join(["code,label_es,offered", *lines]), "utf-8", "surrogatepass")
    with suppress(Problem):
        assert all(isinstance(text, str) for code in read_codes(file) for text in (code.code, *code.labels.values()))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        read_codes(tmp_path / "nowhere.csv")
