"""The Colombian identity card: decoded, typed, typed without its padding, and the digital one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.papers.colombian_card import nuip, read_card
from fieldapp.domain.papers.mrz import read_zone
from fieldapp.domain.papers.unreadable import PaperUnreadable
from fieldapp.domain.record import Sex
from tests.domain.papers.cards import SIZE, YellowCard
from tests.domain.papers.zones import Holder, sample, td1

TODAY = date(2026, 1, 5)


def test_the_decoded_code_gives_the_person() -> None:
    card = read_card(YellowCard().decoded(), TODAY)
    assert (card.number, card.surnames, card.given_names) == ("12345678", "QUINTERO NIÑO", "LAURA SOFIA")
    assert (card.sex, str(card.birth), card.is_minors) == (Sex.FEMALE, "2004-03-15", False)


def test_second_names_may_be_missing_and_names_may_fill_their_field() -> None:
    names = ("DE LA CRUZ", "", "X" * 23, "")
    card = read_card(YellowCard(names=names).decoded(), TODAY)
    assert (card.surnames, card.given_names) == ("DE LA CRUZ", "X" * 23)
    assert card.names_cut
    assert not read_card(YellowCard(names=("DE LA CRUZ", "", "X" * 22, "")).decoded(), TODAY).names_cut


@pytest.mark.parametrize("typed", [YellowCard.typed_with_spaces, YellowCard.typed_with_padded_names_only])
def test_a_scanner_that_types_spaces_keeps_the_names_apart(typed) -> None:
    for names in (("QUINTERO", "NIÑO", "LAURA", "SOFIA"), ("DE LA CRUZ", "", "ANA", "")):
        card = YellowCard(names=names)
        assert read_card(typed(card), TODAY) == read_card(card.decoded(), TODAY)


def test_names_that_ran_together_are_left_out_and_the_rest_is_kept() -> None:
    card = read_card(YellowCard().typed_without_nuls(), TODAY)
    assert card.names_run_together
    assert (card.surnames, card.given_names) == ("", "")
    assert (card.number, card.sex, str(card.birth)) == ("12345678", Sex.FEMALE, "2004-03-15")


def test_neither_blood_type_nor_fingerprints_come_along() -> None:
    for scan in (YellowCard().decoded(), YellowCard().typed_with_spaces(), YellowCard().typed_without_nuls()):
        assert "AB-" not in repr(read_card(scan, TODAY))
        assert "0123456789:;" not in repr(read_card(scan, TODAY))


def test_the_card_of_a_minor_is_told_by_its_first_byte() -> None:
    assert read_card(YellowCard(first=b"I").decoded(), TODAY).is_minors


@pytest.mark.parametrize(
    "scan",
    [
        YellowCard().decoded()[:120],
        YellowCard(sex="?").decoded(),
        YellowCard(birth="20041315").decoded(),
        YellowCard(birth="20270101").decoded(),
        YellowCard(number="0000000000").decoded(),
        YellowCard(number="12A4567890").decoded(),
        YellowCard(names=("QU1NTERO", "", "ANA", "")).decoded(),
        YellowCard(names=("", "", "", "")).decoded(),
        b"PubDSK_1",
    ],
)
def test_a_code_cut_short_or_changed_is_refused(scan: bytes) -> None:
    with pytest.raises(PaperUnreadable) as problem:
        read_card(scan, TODAY)
    assert problem.value.code == "card_unreadable"


def test_without_the_marker_it_is_no_such_card() -> None:
    with pytest.raises(PaperUnreadable) as problem:
        read_card(YellowCard().decoded().replace(b"PubDSK_1", b"PubDSK_9"), TODAY)
    assert problem.value.code == "paper_unknown"


def test_the_digital_card_carries_the_persons_number_in_its_optional_field() -> None:
    assert nuip(read_zone(sample("syn_col_td1"), TODAY)) == "1234567890"
    older = Holder(issuer="COL", nationality="COL", number="000000012", optional="05001")
    assert nuip(read_zone(td1(older, "IC", "0012345678"), TODAY)) == "12345678"


def test_no_other_paper_has_such_a_number() -> None:
    assert nuip(read_zone(td1(Holder(), "IC", "0012345678"), TODAY)) is None
    assert nuip(read_zone(td1(Holder(issuer="COL", nationality="COL"), "IC", "ABC"), TODAY)) is None
    assert nuip(read_zone(sample("icao_td3"), TODAY)) is None


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, 255)), max_size=6), st.integers(0, SIZE))
def test_a_damaged_code_is_read_or_refused(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(YellowCard().decoded())
    for place, value in changes:
        data[place] = value
    for scan in (bytes(data), bytes(data[:length]), data.replace(b"\0", b"").decode("latin-1")[:length]):
        try:
            card = read_card(scan, TODAY)
        except PaperUnreadable:
            continue
        assert card.number.isdigit()
