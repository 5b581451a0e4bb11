"""The cut-off of the Washington Group's short set."""

import pytest

from fieldapp.domain.functioning import counts_as_disability, with_disability


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ((), False),
        ((("SEEING", 1), ("HEARING", 2)), False),
        ((("SEEING", 2), ("HEARING", 3)), True),
        ((("SELF_CARE", 4),), True),
    ],
)
def test_a_lot_or_cannot_in_any_area_counts(answers: tuple[tuple[str, int], ...], counts: bool) -> None:
    assert counts_as_disability(answers) is counts


def test_a_need_that_says_it_already_is_not_said_twice() -> None:
    answers = (("WALKING", 4),)
    assert with_disability(("ER", "ER"), answers) == ("ER", "DS")
    assert with_disability(("DS-PM",), answers) == ("DS-PM",)
    assert with_disability(("ER",), ()) == ("ER",)
