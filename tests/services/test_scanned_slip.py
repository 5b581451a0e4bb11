"""A slip is read whatever keyboard layout the scanner has, and whether its family is here is told with it."""

from pathlib import Path

import pytest

from fieldapp.domain.papers.layout_tables import COMPUTERS, SCANNERS, Layout
from fieldapp.domain.papers.layouts import garbled
from fieldapp.domain.slip import Verdict
from fieldapp.services.desk import Desk
from fieldapp.services.register import register_group
from fieldapp.services.scanned_slip import ScannedSlip, scanned_slip
from fieldapp.services.slips import issue_slip
from fieldapp.ui.models.scan_kinds import ScanKind, kind_of
from tests.desks import family, make_desk, person


def test_a_slip_typed_by_a_scanner_of_another_layout(desk: Desk) -> None:
    code = issue_slip(desk, register_group(desk, family()).group_id, "es").codes[0]
    computer = next(layout for layout in COMPUTERS if layout.code == "es")
    typed = garbled(code, next(layout for layout in SCANNERS if layout.code == "us"), computer)
    assert typed is not None
    assert kind_of(typed) is ScanKind.SLIP
    assert scanned_slip(desk, typed).reading.verdict is Verdict.VALID


@pytest.mark.parametrize("scanner", SCANNERS, ids=lambda layout: layout.code)
@pytest.mark.parametrize("computer", COMPUTERS, ids=lambda layout: layout.code)
def test_every_pairing_of_layouts_is_undone_and_verified(desk: Desk, scanner: Layout, computer: Layout) -> None:
    large = family(*(person(f"Niño {n}", "Peñaloza Ibáñez", relationship="OTHER" if n else "HEAD") for n in range(14)))
    for entry in (family(), large):
        for code in issue_slip(desk, register_group(desk, entry).group_id, "es").codes:
            typed = code if scanner.code == computer.code else garbled(code, scanner, computer)
            if typed is None:
                assert (scanner.code, "/") == ("br", next(letter for letter in code if letter == "/"))
                continue
            assert scanned_slip(desk, typed).reading.verdict is Verdict.VALID


def test_whether_members_are_still_missing_is_told(desk: Desk) -> None:
    for complete in (True, False):
        group_id = register_group(desk, family(complete=complete)).group_id
        slip = scanned_slip(desk, issue_slip(desk, group_id, "es").codes[0])
        assert (slip.is_here, slip.to_complete) == (True, not complete)


def test_a_family_of_another_register_is_not_here(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = make_desk(tmp_path / "other", seed=9, code="B2")
    try:
        code = issue_slip(other, register_group(other, family()).group_id, "es").codes[0]
    finally:
        other.close()
    slip = scanned_slip(desk, code)
    assert slip == ScannedSlip(slip.reading, text=code)
    assert slip.reading.verdict is Verdict.ISSUER_UNKNOWN
