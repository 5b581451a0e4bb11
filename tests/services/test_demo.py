"""A demonstration day at an open desk: figures that agree with one another, at whatever hour it is made."""

import json
from datetime import date
from pathlib import Path

import pypdf
import pytest

from fieldapp.domain.problems import NotAllowed
from fieldapp.domain.record import Role
from fieldapp.domain.slip import Verdict
from fieldapp.exchange.people_list import read_csv
from fieldapp.i18n import language
from fieldapp.services.demo import DemoDone, demo_day, leave_the_day, made_up_password, register_families
from fieldapp.services.desk import Desk
from fieldapp.services.register import Registered, register_group
from fieldapp.services.slip_files import SlipFolder
from fieldapp.services.verify import read_issuers, verify_file
from tests.desks import START_MS, TestClock, family, take_over

HOUR = 3_600_000
EIGHT = START_MS - 60_000
AT = {
    "08:00": 0,
    "17:30": 9.5,
    "19:59": 11.983,
    "20:30": 12.5,
    "23:59": 15.983,
    "00:05": -7.917,
    "03:00": -5,
    "05:10": -2.833,
}


@pytest.fixture
def answering(desk: Desk) -> Desk:
    take_over(desk, Role.SUPERVISOR)
    return desk


def set_clock(desk: Desk, hour: str) -> None:
    assert isinstance(desk.clock, TestClock)
    desk.clock.now_ms = EIGHT + int(AT[hour] * HOUR)


def demonstrate(desk: Desk, out: Path, groups: int = 12, seed: int = 7) -> tuple[list[Registered], DemoDone]:
    day = demo_day(desk)
    registered = list(register_families(desk, day, SlipFolder(out / "slips"), groups, seed, "es"))
    return registered, leave_the_day(desk, day, out, language("es"), "letter")


def test_it_leaves_slips_that_verify_with_the_key_it_leaves(answering: Desk, tmp_path: Path) -> None:
    registered, _ = demonstrate(answering, tmp_path)
    slips = sorted((tmp_path / "slips").iterdir())
    assert [slip.stem for slip in slips] == [each.number for each in registered]
    trusted = read_issuers(tmp_path / "issuer.json")
    for slip, each in zip(slips, registered, strict=True):
        (reading,) = verify_file(None, slip, trusted)
        assert (reading.verdict, reading.number) == (Verdict.VALID, each.number)
        assert len(reading.members) == len(each.member_ids) == reading.group_size
    (key,) = json.loads((tmp_path / "issuer.json").read_text())["keys"]
    assert (key["kty"], key["crv"], key["kid"]) == ("OKP", "Ed25519", answering.device.code)


@pytest.mark.parametrize("hour", AT)
def test_the_total_of_the_summary_is_the_rows_of_the_list_at_any_hour(
    answering: Desk, tmp_path: Path, hour: str
) -> None:
    set_clock(answering, hour)
    registered, done = demonstrate(answering, tmp_path, groups=5)
    people = sum(len(each.member_ids) for each in registered)
    rows = read_csv((tmp_path / "people.csv").read_text("utf-8"))
    assert done.summary.arrivals == done.rows == len(rows) == people
    assert done.summary.groups == 5
    yesterday = hour == "00:05"
    assert done.summary.day == (date(2026, 1, 4) if yesterday else date(2026, 1, 5))
    assert {row.arrival_date for row in rows} == {done.summary.day.isoformat()}
    now_hour = 20 if yesterday else int(hour[:2])
    assert sum(done.summary.arrivals_by_hour[now_hour + 1 :]) == 0
    assert done.summary.slips_issued == (0 if yesterday else 5)


def test_a_second_run_goes_on_and_the_figures_still_agree(answering: Desk, tmp_path: Path) -> None:
    first, _ = demonstrate(answering, tmp_path, groups=4)
    second, done = demonstrate(answering, tmp_path, groups=4)
    assert len({each.group_id for each in first + second}) == 8
    assert len(list((tmp_path / "slips").iterdir())) == 8
    assert done.rows == done.summary.arrivals == sum(len(each.member_ids) for each in first + second)


def test_other_days_in_the_register_stay_out_of_both_figures(answering: Desk, tmp_path: Path) -> None:
    register_group(answering, family(at_ms=START_MS - 30 * HOUR))
    registered, done = demonstrate(answering, tmp_path, groups=3)
    assert done.rows == done.summary.arrivals == sum(len(each.member_ids) for each in registered)
    assert done.summary.cumulative == done.rows + 4


def test_the_same_seed_registers_the_same_people(answering: Desk, tmp_path: Path) -> None:
    demonstrate(answering, tmp_path, groups=6)
    rows = read_csv((tmp_path / "people.csv").read_text("utf-8"))
    demonstrate(answering, tmp_path, groups=6)
    again = read_csv((tmp_path / "people.csv").read_text("utf-8"))[len(rows) :]
    assert [(row.given_names, row.surnames) for row in again] == [(row.given_names, row.surnames) for row in rows]


def test_the_source_of_randomness_is_given_back(answering: Desk, tmp_path: Path) -> None:
    before = answering.random_bytes
    demonstrate(answering, tmp_path, groups=1)
    assert answering.random_bytes == before


def test_the_summary_is_a_page_without_names(answering: Desk, tmp_path: Path) -> None:
    _, done = demonstrate(answering, tmp_path)
    reader = pypdf.PdfReader(tmp_path / "summary.pdf")
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    assert str(done.summary.arrivals) in text
    for row in read_csv((tmp_path / "people.csv").read_text("utf-8")):
        assert f"{row.given_names} {row.surnames}" not in text


def test_a_registrar_is_told_before_anybody_is_registered(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        demonstrate(desk, tmp_path)
    assert not (tmp_path / "slips").exists()


def test_made_up_passwords_are_strong_and_never_the_same() -> None:
    from fieldapp.trust.password_strength import password_problem

    drawn = {made_up_password() for _ in range(50)}
    assert len(drawn) == 50
    assert all(password_problem(password, ["demo"]) is None for password in drawn)
