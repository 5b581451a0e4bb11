"""Credentials of other systems: answered by the keys that an administrator trusts, on every laptop that heard of it."""

import random
from pathlib import Path

import pytest

from fieldapp.domain.problems import NotAllowed, Problem
from fieldapp.domain.record import Role, Sex
from fieldapp.domain.slip import SlipReading, Verdict
from fieldapp.exchange.credential import read_credential
from fieldapp.exchange.issuer_file import NotAnIssuerFile, read_issuers
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.check import check
from fieldapp.services.credential_paper import paper_of
from fieldapp.services.desk import Desk
from fieldapp.services.issuers import list_issuers, revoke_issuer, trust_issuers, write_operation_keys
from fieldapp.services.laptops import revoke
from fieldapp.services.register import register_group
from fieldapp.services.scanned_slip import scanned_slip
from fieldapp.services.slips import issue_slip
from fieldapp.services.verify import verify_text
from tests.desks import TestClock, family, make_desk, take_over
from tests.exchange.issuers import KID, OtherIssuer
from tests.laptops import enrolled, first_laptop


@pytest.fixture
def admin(desk: Desk) -> Desk:
    """The administrator at the desk."""
    take_over(desk, Role.ADMINISTRATOR)
    return desk


@pytest.mark.parametrize("kind", ["Ed25519", "P-256"])
def test_a_credential_of_another_system_is_verified_and_read(admin: Desk, tmp_path: Path, kind: str) -> None:
    issuer = OtherIssuer(kind)
    code = issuer.credential()
    assert verify_text(admin, code).verdict is Verdict.ISSUER_UNKNOWN

    (trusted,) = trust_issuers(admin, issuer.write(tmp_path / "jwks.json"))

    assert (trusted.name, trusted.kid, trusted.kind) == ("Registraduría de Prueba", KID.decode(), kind)
    reading = verify_text(admin, code)
    assert (reading.verdict, reading.issuer, reading.kid) == (Verdict.VALID, trusted.name, KID.decode())
    assert reading.full_name == "Yusleidy Carolina Bracho Montiel"
    slip = scanned_slip(admin, code)
    assert (slip.is_foreign, slip.can_take_over) == (True, False)
    paper = paper_of(reading)
    assert paper is not None
    assert (paper.given_names, paper.surnames, paper.sex) == ("Yusleidy Carolina", "Bracho Montiel", Sex.FEMALE)
    assert (str(paper.birth), paper.nationality, paper.number, paper.country) == (
        "1992-08-17",
        "VEN",
        "3918592438",
        "VEN",
    )
    assert verify_text(admin, code[:-20] + "0" * 20).verdict in {Verdict.ALTERED, Verdict.NOT_A_SLIP}


@pytest.mark.parametrize(
    ("kind", "algorithm", "pss"),
    [("P-384", -35, True), ("P-521", -36, True), ("RSA", -37, True), ("RSA", -257, False)],
)
def test_other_algorithms_of_cose(tmp_path: Path, kind: str, algorithm: int, pss: bool) -> None:
    issuer = OtherIssuer(kind)
    keys = read_issuers(issuer.write(tmp_path / "jwks.json"))
    assert read_credential(issuer.plain_credential(algorithm, pss=pss), keys).verdict is Verdict.VALID
    # A signature by another algorithm than the one it names is none.
    assert read_credential(issuer.plain_credential(-7, pss=pss), keys).verdict is Verdict.ALTERED


def test_a_credential_that_names_no_key_is_tried_with_all(admin: Desk, tmp_path: Path) -> None:
    code = OtherIssuer("P-256").credential(kid=None)
    assert verify_text(admin, code).verdict is Verdict.ISSUER_UNKNOWN
    trust_issuers(admin, OtherIssuer("P-256").write(tmp_path / "jwks.json"))
    assert verify_text(admin, code).verdict is Verdict.VALID


def test_a_revoked_issuer_is_said_to_be_revoked_and_may_be_trusted_again(admin: Desk, tmp_path: Path) -> None:
    issuer = OtherIssuer()
    (one,) = trust_issuers(admin, issuer.write(tmp_path / "jwks.json"), "Agencia Vecina")
    with pytest.raises(Problem):
        revoke_issuer(admin, one.issuer_id, " ")
    revoke_issuer(admin, one.issuer_id, "clave robada")
    assert [(each.name, each.revoked, each.reason) for each in list_issuers(admin)] == [
        ("Agencia Vecina", True, "clave robada")
    ]
    assert verify_text(admin, issuer.credential()).verdict is Verdict.ISSUER_REVOKED
    trust_issuers(admin, tmp_path / "jwks.json")
    assert verify_text(admin, issuer.credential()).verdict is Verdict.VALID
    assert check(admin).ok


def test_only_an_administrator_decides_whom_to_trust(desk: Desk, tmp_path: Path) -> None:
    path = OtherIssuer().write(tmp_path / "jwks.json")
    with pytest.raises(NotAllowed):
        trust_issuers(desk, path)
    assert list_issuers(desk) == ()
    take_over(desk, Role.ADMINISTRATOR)
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(NotAnIssuerFile):
        trust_issuers(desk, tmp_path / "x.json")


def test_trust_travels_with_the_bundles_and_so_does_its_end(tmp_path: Path) -> None:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "stick")
    issuer = OtherIssuer("P-256")
    (trusted,) = trust_issuers(one, issuer.write(tmp_path / "jwks.json"))
    answers = []
    for trip in ("first", "second"):
        (tmp_path / trip).mkdir()
        export_bundles(one, tmp_path / trip)
        import_bundles(other, [tmp_path / trip])
        answers.append(verify_text(other, issuer.credential()).verdict)
        revoke_issuer(one, trusted.issuer_id, "clave robada")
    assert answers == [Verdict.VALID, Verdict.ISSUER_REVOKED]
    one.close()
    other.close()


def test_another_operation_with_a_laptop_of_the_same_code_is_trusted_beside_ours(admin: Desk, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = make_desk(tmp_path / "other", seed=9)
    assert other.device.kid == admin.device.kid
    write_operation_keys(other, tmp_path / "theirs.json")
    theirs = issue_slip(other, register_group(other, family()).group_id, "es").codes[0]
    other.close()
    ours = issue_slip(admin, register_group(admin, family()).group_id, "es").codes[0]
    assert verify_text(admin, theirs).verdict is Verdict.ISSUER_UNKNOWN

    trust_issuers(admin, tmp_path / "theirs.json")

    readings: list[SlipReading] = [verify_text(admin, code) for code in (ours, theirs)]
    assert [reading.verdict for reading in readings] == [Verdict.VALID, Verdict.VALID]
    assert [reading.issuer for reading in readings] == ["A7", "Alcaldía de Villa del Rosario A7"]
    assert scanned_slip(admin, theirs).can_take_over


def test_the_term_of_a_credential_is_told(admin: Desk, tmp_path: Path) -> None:
    issuer = OtherIssuer()
    trust_issuers(admin, issuer.write(tmp_path / "jwks.json"))
    assert verify_text(admin, issuer.credential(expires_at=1_767_600_100)).expires_at_ms == 1_767_600_100_000


def test_slips_of_a_revoked_laptop_are_said_to_be_and_its_key_is_given_to_nobody(tmp_path: Path) -> None:
    one = first_laptop(tmp_path / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, tmp_path / "other", "B2", tmp_path / "stick")
    code = issue_slip(other, register_group(other, family()).group_id, "es").codes[0]
    assert verify_text(one, code).verdict is Verdict.VALID
    revoke(one, other.device.device_id, "stolen")
    assert verify_text(one, code).verdict is Verdict.ISSUER_REVOKED
    assert not scanned_slip(one, code).can_take_over
    write_operation_keys(one, tmp_path / "ours.json")
    assert [key.kid for key in read_issuers(tmp_path / "ours.json")] == [one.device.kid]
    one.close()
    other.close()
