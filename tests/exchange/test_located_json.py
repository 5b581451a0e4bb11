"""JSON with line numbers: the same values as the standard library, and mistakes named by line and column."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.exchange.located_json import DEEPEST, MalformedJson, plain, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_it_reads_what_the_standard_library_wrote(value: object, indent: int | None, ascii_only: bool) -> None:
    assert plain(read(json.dumps(value, indent=indent, ensure_ascii=ascii_only))) == value


def test_every_value_knows_its_line() -> None:
    root = read('{\n "a": [\n  1,\n  {"b": "x"}\n ],\r\n "c": null}')
    assert isinstance(root.value, dict)
    items = root.value["a"].value
    assert isinstance(items, list)
    assert [root.value["a"].line, items[0].line, items[1].line, root.value["c"].line] == [2, 3, 4, 6]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "json_unexpected", 1, 1),
        ("{\n  'a': 1}", "json_unexpected", 2, 3),
        ('{"a": 1,}', "json_unexpected", 1, 9),
        ('{"a" 1}', "json_unexpected", 1, 6),
        ("[1,\n2,\n]", "json_unexpected", 3, 1),
        ("[1 2]", "json_unexpected", 1, 4),
        ('["a\nb"]', "json_unexpected", 1, 4),
        ('["a', "json_unexpected", 1, 2),
        ("[1] [2]", "json_extra", 1, 5),
        ("[NaN]", "json_unexpected", 1, 2),
        ("[-Infinity]", "json_unexpected", 1, 2),
        ('{"a": 1,\n "a": 2}', "json_key_twice", 2, 2),
        ('["\\ud800"]', "json_unexpected", 1, 2),
        ("9" * 5000, "json_unexpected", 1, 1),
        ("[" * (DEEPEST + 2), "json_too_deep", 1, DEEPEST + 2),
    ],
)
def test_a_mistake_is_named_by_line_and_column(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(MalformedJson) as problem:
        read(text)
    assert (problem.value.code, problem.value.line, problem.value.column) == (code, line, column)


def test_nesting_without_end_does_not_exhaust_the_stack() -> None:
    with pytest.raises(MalformedJson, match="json_too_deep"):
        read("[" * 500_000)


@given(st.text(alphabet='{}[],:"0\\nul ', max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = plain(read(text))
    except MalformedJson:
        return
    assert value == json.loads(text)
