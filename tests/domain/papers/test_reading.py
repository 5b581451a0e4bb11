"""Any paper: from a scan to the fields of a person, whatever the paper and the keyboard layout."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.code_lists import code_list
from fieldapp.domain.papers.layout_tables import COMPUTERS, FRANCE, LATIN_AMERICA, SCANNERS, SPAIN, US, Layout
from fieldapp.domain.papers.layouts import garbled
from fieldapp.domain.papers.reading import PaperReading, PaperSource, looks_like_paper, read_paper
from fieldapp.domain.papers.unreadable import PaperUnreadable
from fieldapp.domain.record import Sex
from fieldapp.words import MESSAGES
from tests.domain.papers.cards import YellowCard
from tests.domain.papers.zones import Holder, sample, samples, td1, td3

TODAY = date(2026, 1, 5)


def refused(scan: str | bytes) -> str:
    with pytest.raises(PaperUnreadable) as problem:
        read_paper(scan, TODAY)
    return problem.value.code


def test_a_passport_fills_a_persons_fields() -> None:
    reading = read_paper(sample("syn_ven_td3_enie"), TODAY)
    assert (reading.source, reading.kind, reading.number) == (PaperSource.ZONE, "VE_PAS", "012345678")
    assert (reading.country, reading.nationality, reading.sex) == ("VEN", "VEN", Sex.FEMALE)
    assert (reading.surnames, reading.given_names) == ("Munoz Pena", "Maria de los Angeles")
    assert (str(reading.birth), reading.expiry) == ("1985-02-28", date(2030, 1, 15))
    assert (reading.plain, reading.names_cut, reading.repaired) == (True, False, False)


def test_the_digital_card_gives_the_number_of_the_person() -> None:
    reading = read_paper(sample("syn_col_td1"), TODAY)
    assert (reading.kind, reading.number, reading.country) == ("CO_CC", "1234567890", "COL")
    assert (reading.surnames, reading.given_names) == ("Quintero Nino", "Laura Sofia")


@pytest.mark.parametrize("scan", [YellowCard().decoded(), YellowCard().typed_with_spaces()], ids=["decoded", "typed"])
def test_the_yellow_card_keeps_its_letters(scan: str | bytes) -> None:
    reading = read_paper(scan, TODAY)
    assert (reading.source, reading.kind, reading.number) == (PaperSource.CARD, "CO_CC", "12345678")
    assert (reading.surnames, reading.given_names, reading.plain) == ("Quintero Niño", "Laura Sofia", False)
    assert (reading.sex, str(reading.birth), reading.notes) == (Sex.FEMALE, "2004-03-15", ())


def test_names_that_ran_together_are_told_in_words() -> None:
    reading = read_paper(YellowCard().typed_without_nuls(), TODAY)
    assert reading.notes == ("card_names_run_together",)
    assert set(reading.notes) <= set(MESSAGES)


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (td3(Holder()), "VE_PAS"),
        (td3(Holder(), "PD"), "VE_PAS"),
        (td3(Holder(issuer="COL", nationality="COL")), "XX_PAS"),
        (td3(Holder(issuer="UNO", nationality="UNO")), "XX_PAS"),
        (td1(Holder()), "VE_CED_V"),
        (td1(Holder(nationality="COL")), "VE_CED_E"),
        (td1(Holder(issuer="COL", nationality="ECU")), "CO_CE"),
        (td1(Holder(issuer="COL", nationality="VEN")), ""),
        (td1(Holder(issuer="COL", nationality="COL")), ""),
        (td1(Holder(issuer="ECU", nationality="ECU")), "XX_ID"),
        (td1(Holder(issuer="D", nationality="D"), "ID"), "XX_ID"),
        (sample("icao_mrva"), ""),
        (YellowCard(first=b"I").decoded(), "CO_TI"),
    ],
)
def test_the_kind_of_paper_is_one_of_our_list_or_open(lines: str | bytes, kind: str) -> None:
    reading = read_paper(lines, TODAY)
    assert reading.kind == kind
    assert not kind or kind in {row.code for row in code_list("documents")}


def test_a_visa_is_called_one() -> None:
    assert read_paper(sample("icao_mrvb"), TODAY).notes == ("paper_is_a_visa",)


def test_an_expired_paper_is_read_all_the_same() -> None:
    reading = read_paper(sample("icao_td3"), TODAY)
    assert reading.has_expired(TODAY)
    assert not read_paper(sample("syn_stateless"), TODAY).has_expired(TODAY)


def test_look_alikes_are_put_right_only_in_what_a_picture_gave() -> None:
    assert refused(sample("bad_ocr_o")) == "mrz_check_number"
    reading = read_paper(sample("bad_ocr_o"), TODAY, from_picture=True)
    assert (reading.number, reading.repaired) == ("012345678", True)
    assert not read_paper(sample("icao_td3"), TODAY, from_picture=True).repaired


@pytest.mark.parametrize("scanner", SCANNERS, ids=lambda layout: layout.code)
@pytest.mark.parametrize("computer", COMPUTERS, ids=lambda layout: layout.code)
def test_a_scanner_on_another_keyboard_layout_is_understood(scanner: Layout, computer: Layout) -> None:
    for each in samples():
        if each.valid:
            typed = garbled(each.text, scanner, computer)
            assert typed is not None
            assert looks_like_paper(typed)
            assert read_paper(typed, TODAY) == read_paper(each.text, TODAY)


@pytest.mark.parametrize("computer", [SPAIN, LATIN_AMERICA], ids=lambda layout: layout.code)
def test_the_yellow_card_on_another_layout_is_understood(computer: Layout) -> None:
    plain = YellowCard(names=("QUINTERO", "", "LAURA", "")).typed_with_spaces()[:160]
    typed = garbled(plain, US, computer)
    assert typed is not None and "PubDSK_1" not in typed
    assert looks_like_paper(typed)
    assert read_paper(typed, TODAY).surnames == "Quintero"


@pytest.mark.parametrize("each", [each for each in samples() if not each.valid], ids=lambda each: each.id)
def test_what_is_invalid_is_refused_for_a_reason_in_words(each) -> None:
    assert looks_like_paper(each.text)
    assert refused(each.text) in MESSAGES


@pytest.mark.parametrize(
    "typed", ["", "María Pérez", "14/2/1989", "V-12.345.678", "PSB-A7-00042-K", "x" * 88, "-" * 60]
)
def test_what_is_typed_by_hand_is_no_paper(typed: str) -> None:
    assert not looks_like_paper(typed)
    assert refused(typed) == "paper_unknown"


def test_half_a_scan_still_looks_like_a_paper() -> None:
    first, second = sample("icao_td3").split("\n")
    assert looks_like_paper(first)
    assert refused(first) == "mrz_length"
    assert refused(first + second[:20]) == "mrz_length"
    assert refused(YellowCard().decoded()[:100]) == "card_unreadable"


def test_a_wrong_digit_on_a_wrong_layout_is_refused() -> None:
    for name in ("bad_docnum_digit", "bad_composite"):
        typed = garbled(sample(name), US, FRANCE)
        assert typed is not None
        refused(typed)


def test_ten_megabytes_are_refused_at_once() -> None:
    began = time.perf_counter()
    assert refused("P<" * 5_000_000) == "paper_unknown"
    assert not looks_like_paper(b"PubDSK_1" * 1_000_000)
    assert time.perf_counter() - began < 0.5


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_scan_is_a_paper_or_a_reason_in_words(scan: str | bytes) -> None:
    looks_like_paper(scan)
    try:
        assert isinstance(read_paper(scan, TODAY), PaperReading)
    except PaperUnreadable as problem:
        assert problem.code in MESSAGES


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text("P<VEN;.ñÑ´¨^&é\"'(-è_çà0123456789", min_size=80, max_size=92))
def test_a_garbled_scan_is_a_paper_or_a_reason_in_words(scan: str) -> None:
    try:
        read_paper(scan, TODAY)
    except PaperUnreadable as problem:
        assert problem.code in MESSAGES
