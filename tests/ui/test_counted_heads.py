"""Which of the counted somebody is."""

from fieldapp.domain.record import HeadCount, Sex
from fieldapp.ui.models.counted_heads import in_told_order, who_fits

GIRL, BOY = HeadCount(Sex.FEMALE, "5_11", 2), HeadCount(Sex.MALE, "5_11", 1)
MAN, GRANDMOTHER = HeadCount(Sex.MALE, "18_59", 1), HeadCount(Sex.FEMALE, "60_", 1)
SOMEBODY = HeadCount(Sex.UNKNOWN, "other", 1)


def test_the_other_adult_is_told_first_then_the_old_and_the_children() -> None:
    assert in_told_order((SOMEBODY, GIRL, BOY, GRANDMOTHER, MAN)) == (MAN, GRANDMOTHER, GIRL, BOY, SOMEBODY)
    assert in_told_order((HeadCount(Sex.MALE, "from_a_newer_version", 1), MAN))[0] == MAN


def test_sex_and_age_say_who_somebody_is() -> None:
    heads = (MAN, GIRL, BOY, SOMEBODY)
    assert who_fits(heads, Sex.MALE, 7) == BOY
    assert who_fits(heads, Sex.MALE, 39) == MAN
    assert who_fits(heads, Sex.FEMALE, 9) == GIRL


def test_an_age_that_was_guessed_wrong_still_finds_the_nearest_of_that_sex() -> None:
    assert who_fits((MAN, GIRL, BOY), Sex.MALE, 2) == BOY
    assert who_fits((MAN, GIRL), Sex.FEMALE, 30) == GIRL


def test_somebody_of_another_sex_is_the_one_whose_sex_was_not_known() -> None:
    assert who_fits((MAN, SOMEBODY), Sex.FEMALE, 30) == SOMEBODY
    assert who_fits((MAN, GIRL), Sex.UNKNOWN, 8) == GIRL
    assert who_fits((), Sex.MALE, 30) is None
