"""Look-alike characters of a picture: put right where check digits prove it, refused where they do not."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.papers.check_digits import ALPHABET
from fieldapp.domain.papers.mrz import read_zone
from fieldapp.domain.papers.repair import repaired
from fieldapp.domain.papers.unreadable import PaperUnreadable
from tests.domain.papers.test_mrz import all_digits_hold
from tests.domain.papers.zones import Holder, sample, samples, td1, td3

TODAY = date(2026, 1, 5)


def test_a_right_zone_is_left_alone() -> None:
    for each in samples():
        if each.valid:
            assert repaired(each.text) == "".join(each.lines)


def test_the_letter_o_read_for_a_zero_is_put_right() -> None:
    assert read_zone(repaired(sample("bad_ocr_o")), TODAY).number == "012345678"


@pytest.mark.parametrize(
    ("right", "misread"),
    [
        ("850228", "8SO22B"),
        ("3001156", "3OOII56"),
        ("PEREZ<DIAZ", "PEREZ<D1AZ"),
        ("PEREZ<DIAZ", "PERE2<DIA2"),
        ("<<ANA", "«ANA"),
        ("PEREZ", "perez"),
    ],
)
def test_look_alikes_are_put_right_by_their_place(right: str, misread: str) -> None:
    good = td3(Holder())
    assert right in good
    assert repaired(good.replace(right, misread)) == good.replace("\n", "")


def test_a_letter_in_front_of_a_number_is_not_taken_for_a_digit_for_good() -> None:
    good = td1(Holder(number="B01234567"))
    assert repaired(good.replace("B01234567", "801234567")) == good.replace("\n", "")


def test_what_two_changes_explain_is_not_guessed() -> None:
    """Two letters O of the same weight: either can be the zero, so neither is taken."""
    printed = td3(Holder(number="012O12345"))
    with pytest.raises(PaperUnreadable) as problem:
        repaired(printed.replace("012O12345", "O12O12345"))
    assert problem.value.code == "mrz_check_number"


def test_a_wrong_digit_without_a_look_alike_is_refused() -> None:
    with pytest.raises(PaperUnreadable) as problem:
        repaired(td3(Holder(number="333333333")).replace("333333333", "333333334"))
    assert problem.value.code == "mrz_check_number"


@settings(derandomize=True, max_examples=800, deadline=None)
@given(
    st.sampled_from([td3(Holder(number="B0S123456")), td1(Holder(number="0I2345678"))]),
    st.lists(st.tuples(st.integers(0, 89), st.sampled_from(ALPHABET)), min_size=1, max_size=4),
)
def test_whatever_is_repaired_has_digits_that_hold(lines: str, changes: list[tuple[int, str]]) -> None:
    joined = list(lines.replace("\n", ""))
    for place, character in changes:
        joined[place % len(joined)] = character
    try:
        mended = repaired("".join(joined))
        form = read_zone(mended, TODAY).form
    except PaperUnreadable:
        return
    assert all_digits_hold(mended, form)
