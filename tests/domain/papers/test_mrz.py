"""Machine-readable zones: the samples, dates in parts, centuries, long numbers, and nothing accepted that is wrong."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.papers.check_digits import ALPHABET
from fieldapp.domain.papers.mrz import read_zone
from fieldapp.domain.papers.unreadable import PaperUnreadable
from fieldapp.domain.record import Sex
from fieldapp.words import MESSAGES
from tests.domain.papers.zones import LETTERS, Holder, Sample, digit, sample, samples, td1, td2, td3

TODAY = date(2026, 1, 5)
REASONS = {
    "bad_docnum_digit": "mrz_check_number",
    "bad_composite": "mrz_check_whole",
    "bad_ocr_o": "mrz_check_number",
    "bad_short": "mrz_length",
}


def refused(text: str) -> str:
    """Return the code a text is refused with."""
    with pytest.raises(PaperUnreadable) as problem:
        read_zone(text, TODAY)
    assert problem.value.code in MESSAGES
    return problem.value.code


@pytest.mark.parametrize("each", samples(), ids=lambda each: each.id)
def test_every_sample_is_read_or_refused_for_its_reason(each: Sample) -> None:
    if each.valid:
        assert read_zone(each.text, TODAY).form == each.form
    else:
        assert refused(each.text) == REASONS[each.id]


def test_a_passport_says_who_its_holder_is() -> None:
    zone = read_zone(sample("icao_td3"), TODAY)
    assert (zone.code, zone.issuer, zone.number, zone.nationality) == ("P", "UTO", "L898902C3", "UTO")
    assert (zone.surnames, zone.given_names, zone.names_cut) == ("ERIKSSON", "ANNA MARIA", False)
    assert (str(zone.birth), zone.sex, zone.expiry) == ("1974-08-12", Sex.FEMALE, date(2012, 4, 15))


def test_two_surnames_and_particles_stay_on_their_side() -> None:
    zone = read_zone(sample("syn_ven_td3_enie"), TODAY)
    assert (zone.surnames, zone.given_names) == ("MUNOZ PENA", "MARIA DE LOS ANGELES")


def test_a_single_name_is_no_reason_to_refuse() -> None:
    zone = read_zone(sample("syn_single_name"), TODAY)
    assert (zone.surnames, zone.given_names) == ("JEAN", "")


@pytest.mark.parametrize(("make", "width"), [(td3, 39), (td2, 31), (td1, 30)], ids=["TD3", "TD2", "TD1"])
def test_names_that_fill_the_line_are_marked_as_cut(make, width: int) -> None:
    full = Holder(surnames="MONTILLA", given_names="MARIA".ljust(width - 10, "A"))
    assert read_zone(make(full), TODAY).names_cut
    assert not read_zone(make(Holder(surnames="MONTILLA", given_names="MARIA".ljust(width - 11, "A"))), TODAY).names_cut


@pytest.mark.parametrize(
    "typed",
    [
        lambda lines: "".join(lines),
        lambda lines: "\r\n".join(lines) + "\r",
        lambda lines: "\n".join(lines).lower() + "\t",
        lambda lines: " \n\n ".join(" ".join(line) for line in lines),
        lambda lines: "\x02" + "\r".join(lines) + "\x03\r\n",
    ],
    ids=["joined", "CRLF", "lower case and tab", "spaced", "control codes"],
)
def test_how_a_reader_breaks_and_ends_the_lines_does_not_matter(typed) -> None:
    for each in samples():
        if each.valid:
            assert read_zone(typed(each.lines), TODAY) == read_zone(each.text, TODAY)


@pytest.mark.parametrize(
    ("six", "iso"),
    [
        ("850228", "1985-02-28"),
        ("8502<<", "1985-02"),
        ("850200", "1985-02"),
        ("85<<<<", "1985"),
        ("85<<28", "1985"),
        ("850000", "1985"),
        ("<<<<<<", ""),
        ("<<0228", ""),
        ("000000", ""),
        ("000101", "2000-01-01"),
        ("260105", "2026-01-05"),
        ("260106", "1926-01-06"),
        ("2601<<", "2026-01"),
        ("2602<<", "1926-02"),
        ("26<<<<", "2026"),
        ("27<<<<", "1927"),
        ("960229", "1996-02-29"),
    ],
)
def test_a_birth_is_as_exact_as_the_paper_and_never_in_the_future(six: str, iso: str) -> None:
    assert str(read_zone(td3(Holder(birth=six)), TODAY).birth) == iso


@pytest.mark.parametrize("six", ["850230", "851301", "8<0101", "<<1A01", "85AA01", "85010<", "850<01", "970229"])
def test_a_birth_that_is_no_day_is_refused(six: str) -> None:
    assert refused(td3(Holder(birth=six))) == "mrz_birth"


def test_an_empty_birth_may_have_a_filler_for_its_check_digit() -> None:
    lines = td2(Holder(birth="<<<<<<"))
    assert str(read_zone(lines.replace("<<<<<<0F", "<<<<<<<F"), TODAY).birth) == ""


def test_nobody_is_born_after_the_paper_expired() -> None:
    zone = read_zone(td3(Holder(birth="200101", expiry="961210")), TODAY)
    assert (str(zone.birth), zone.expiry) == ("1920-01-01", date(1996, 12, 10))


@pytest.mark.parametrize(("six", "day"), [("760101", date(2076, 1, 1)), ("770101", date(1977, 1, 1)), ("<<<<<<", None)])
def test_a_paper_runs_fifty_years_at_most(six: str, day: date | None) -> None:
    assert read_zone(td1(Holder(expiry=six, birth="600101")), TODAY).expiry == day


def test_an_expiry_that_is_no_day_is_refused() -> None:
    assert refused(td3(Holder(expiry="300230"))) == "mrz_expiry"
    assert refused(td3(Holder(expiry="3001<<"))) == "mrz_expiry"


@pytest.mark.parametrize(
    "lines",
    [
        "I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<",
        "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<D23145890<UTO3407127M95071227349<<<8",
    ],
    ids=["TD1", "TD2"],
)
def test_a_long_number_goes_on_in_the_optional_field(lines: str) -> None:
    """The examples of Doc 9303-11, appendix D."""
    zone = read_zone(lines, TODAY)
    assert zone.number == "D23145890734"
    assert not zone.optional[0].strip("<")
    assert refused(lines.replace("7349", "7348")) == "mrz_check_number"


@pytest.mark.parametrize(
    ("first", "number"),
    [("IDBEL000590240<6013<<<<<<<<<<<", "000590240601"), ("IDBEL600001795<0152<<<<<<<<<<<", "600001795015")],
    ids=["filler counted", "filler not counted"],
)
def test_both_ways_of_weighing_a_long_number_are_read(first: str, number: str) -> None:
    second = "8512017F1311048BEL<<<<<<<<<<<"
    whole = digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    assert read_zone(first + second + whole + "PEETERS<<ANN".ljust(30, "<"), TODAY).number == number


@pytest.mark.parametrize(
    ("printed", "code"), [("D", "DEU"), ("GBD", "GBR"), ("XXA", "XXA"), ("XXB", "XXB"), ("XXX", "XXX"), ("UNO", "UNO")]
)
def test_nationalities_are_our_codes(printed: str, code: str) -> None:
    zone = read_zone(td3(Holder(nationality=printed, issuer=printed)), TODAY)
    assert (zone.nationality, zone.issuer) == (code, code)


@pytest.mark.parametrize(
    ("holder", "code"),
    [
        (Holder(nationality="V3N"), "mrz_field"),
        (Holder(issuer="<VE"), "mrz_field"),
        (Holder(sex="7"), "mrz_field"),
        (Holder(surnames="P3REZ"), "mrz_names"),
        (Holder(surnames="", given_names=""), "mrz_names"),
        (Holder(number=""), "mrz_check_number"),
    ],
)
def test_what_no_check_digit_covers_must_still_have_its_shape(holder: Holder, code: str) -> None:
    assert refused(td3(holder)) == code


@pytest.mark.parametrize(
    "text", ["", "<", "x" * 88, "ñ" * 88, "²" * 90, "<" * 88, "<" * 90, "0" * 72, "ß" * 44, "\0" * 88]
)
def test_junk_is_refused(text: str) -> None:
    refused(text)


names = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=2).map("<".join)
numbers = st.text(LETTERS + "0123456789", min_size=1, max_size=9)
six = st.dates(date(1930, 1, 1), date(2025, 12, 31))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.sampled_from([td1, td2, td3]), names, names, numbers, six, st.sampled_from("MF<"), st.data())
def test_what_is_printed_is_what_is_read(make, surnames, given_names, number, born, sex, data) -> None:
    expires = data.draw(st.dates(max(born, date(1980, 1, 1)), date(2070, 1, 1)))
    holder = Holder(surnames, given_names, number, birth=f"{born:%y%m%d}", sex=sex, expiry=f"{expires:%y%m%d}")
    zone = read_zone(make(holder), TODAY)
    assert (zone.surnames, zone.given_names) == (surnames.replace("<", " "), given_names.replace("<", " "))
    assert zone.number == number
    assert f"{zone.birth.date:%y%m%d}" == holder.birth
    assert zone.expiry is not None and f"{zone.expiry:%y%m%d}" == holder.expiry


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text("ABC123", min_size=10, max_size=20))
def test_a_long_number_is_read_whole(number: str) -> None:
    assert read_zone(td1(Holder(number=number)), TODAY).number == number


GOOD = [td3(Holder()), td2(Holder()), td1(Holder()), td1(Holder(number="AB123456789"))]


@settings(derandomize=True, max_examples=1500, deadline=None)
@given(
    st.sampled_from(GOOD), st.lists(st.tuples(st.integers(0, 89), st.sampled_from(ALPHABET)), min_size=1, max_size=3)
)
def test_no_changed_digit_slips_through(lines: str, changes: list[tuple[int, str]]) -> None:
    """What is accepted after changes has check digits that hold by the test's own reckoning."""
    joined = list(lines.replace("\n", ""))
    for place, character in changes:
        joined[place % len(joined)] = character
    text = "".join(joined)
    try:
        zone = read_zone(text, TODAY)
    except PaperUnreadable as problem:
        assert problem.code in MESSAGES
        return
    assert all_digits_hold(text, zone.form)


@settings(derandomize=True, max_examples=300)
@given(
    st.text(max_size=120) | st.text(ALPHABET, min_size=88, max_size=88) | st.text(ALPHABET, min_size=90, max_size=90)
)
def test_any_text_is_a_zone_or_a_reason(text: str) -> None:
    try:
        read_zone(text, TODAY)
    except PaperUnreadable as problem:
        assert problem.code in MESSAGES


def all_digits_hold(text: str, form: str) -> bool:
    """Reckon every check digit of joined lines anew."""

    def right(field: str, mark: str) -> bool:
        return mark == digit(field) or (mark == "<" and set(field) == {"<"})

    if form == "TD1":
        if text[14] == "<":
            tail = text[15:30].split("<")[0]
            right_number = tail[-1] in {digit(text[5:14] + tail[:-1]), digit(text[5:15] + tail[:-1])}
        else:
            right_number = right(text[5:14], text[14])
        whole = text[5:30] + text[30:37] + text[38:45] + text[48:59]
        return (
            right_number and right(text[30:36], text[36]) and right(text[38:44], text[44]) and digit(whole) == text[59]
        )
    start = 36 if form in {"TD2", "MRV-B"} else 44
    line = text[start:]
    if form == "TD2" and line[9] == "<":
        tail = line[28:35].split("<")[0]
        right_number = tail[-1] in {digit(line[:9] + tail[:-1]), digit(line[:10] + tail[:-1])}
    else:
        right_number = right(line[:9], line[9])
    held = right_number and right(line[13:19], line[19]) and right(line[21:27], line[27])
    if form == "TD3":
        held = held and right(line[28:42], line[42])
    if form in {"TD2", "TD3"}:
        held = held and digit(line[:10] + line[13:20] + line[21 : len(line) - 1]) == line[-1]
    return held
