"""Verifying slips: with the register the voided ones are known, without it a key file is enough."""

import json
from pathlib import Path

import pytest
import qrcode

from fieldapp.domain.record import Role
from fieldapp.domain.slip import Verdict
from fieldapp.exchange.reading import CannotReadCodes
from fieldapp.services.desk import Desk
from fieldapp.services.register import register_group
from fieldapp.services.slips import IssuedSlip, issue_slip, void_slip
from fieldapp.services.verify import issuers_file, known_issuers, read_issuers, verify_file, verify_text
from tests.desks import START_MS, family, make_desk, person, take_over


def issued(desk: Desk, members: int = 0) -> IssuedSlip:
    people = [
        person(f"Nombre {n}", "Rivas", relationship="HEAD" if n == 1 else "COUSIN") for n in range(1, members + 1)
    ]
    return issue_slip(desk, register_group(desk, family(*people)).group_id, "es")


def picture(path: Path, *texts: str) -> Path:
    for text in texts:
        code = qrcode.QRCode(box_size=4)
        code.add_data(text.encode(), optimize=0)
        code.make_image().save(path)
    return path


def test_a_slip_of_this_register_is_valid_until_it_is_voided(desk: Desk) -> None:
    slip = issued(desk)
    assert verify_text(desk, slip.codes[0]).verdict is Verdict.VALID
    take_over(desk, Role.SUPERVISOR)
    void_slip(desk, slip.content.group_id, slip.content.slip_id, "mojada")
    void = verify_text(desk, slip.codes[0])
    assert (void.verdict, void.void_reason, void.voided_at_ms) == (Verdict.VOID, "mojada", START_MS)
    assert void.replaced_at_ms == 0
    desk.clock.forward(minutes=5)  # type: ignore[attr-defined]
    again = issue_slip(desk, slip.content.group_id, "es")
    assert verify_text(desk, slip.codes[0]).replaced_at_ms == START_MS + 5 * 60_000
    assert verify_text(desk, again.codes[0]).verdict is Verdict.VALID


def test_without_a_register_the_key_file_decides(desk: Desk, tmp_path: Path) -> None:
    slip = issued(desk)
    (tmp_path / "issuer.json").write_bytes(issuers_file(desk))
    trusted = read_issuers(tmp_path / "issuer.json")
    assert verify_text(None, slip.codes[0], trusted).verdict is Verdict.VALID
    assert verify_text(None, slip.codes[0]).verdict is Verdict.ISSUER_UNKNOWN


def test_the_key_file_names_the_device_as_its_slips_do(desk: Desk) -> None:
    (key,) = json.loads(issuers_file(desk))["keys"]
    assert key["kid"] == desk.device.code == verify_text(desk, issued(desk).codes[0]).kid


def test_a_slip_of_another_register_is_of_an_unknown_issuer(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = make_desk(tmp_path / "other", seed=9, code="B2")
    try:
        assert verify_text(desk, issued(other).codes[0]).verdict is Verdict.ISSUER_UNKNOWN
        assert verify_text(desk, issued(other).codes[0], known_issuers(other)).verdict is Verdict.VALID
    finally:
        other.close()


def test_another_operations_device_with_the_same_code_is_not_ours(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = make_desk(tmp_path / "other", seed=9)
    try:
        # Not altered either: two operations may well have a laptop A7 each.
        assert verify_text(desk, issued(other).codes[0]).verdict is Verdict.ISSUER_UNKNOWN
    finally:
        other.close()


def test_the_codes_of_a_large_family_are_one_reading(desk: Desk, tmp_path: Path) -> None:
    slip = issued(desk, 20)
    assert len(slip.codes) == 3
    (tmp_path / "codes.txt").write_text("\n".join(slip.codes) + "\n")
    (reading,) = verify_file(desk, tmp_path / "codes.txt")
    assert (reading.verdict, len(reading.members), reading.group_size) == (Verdict.VALID, 20, 20)
    assert [member.ordinal for member in reading.members] == list(range(1, 21))


def test_two_slips_are_two_readings(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "codes.txt").write_text(f"{issued(desk).codes[0]}\n{issued(desk).codes[0]}\nhola\n")
    assert [reading.verdict for reading in verify_file(desk, tmp_path / "codes.txt")] == [
        Verdict.VALID, Verdict.VALID, Verdict.NOT_A_SLIP,
    ]  # fmt: skip


def test_a_picture_is_read_and_one_without_a_code_gives_nothing(desk: Desk, tmp_path: Path) -> None:
    (reading,) = verify_file(desk, picture(tmp_path / "slip.png", issued(desk).codes[0]))
    assert reading.members[0].given_names == "María de los Ángeles"


@pytest.mark.parametrize("content", [b"\x00\x01", b"", "ñ".encode()])
def test_a_file_that_is_nothing_of_the_kind_is_refused(desk: Desk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(CannotReadCodes):
        verify_file(desk, tmp_path / "x")
