"""The file of trusted keys: read back as written, by other programs too, and refused in words when it is none."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fieldapp.domain.problems import EnvironmentProblem
from fieldapp.exchange.issuer_file import NotAnIssuerFile, issuer_json, read_issuers
from tests.exchange.slips import ISSUER, KEY


def test_what_was_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "issuer.json").write_bytes(issuer_json([ISSUER]))
    assert read_issuers(tmp_path / "issuer.json") == (ISSUER,)


def test_it_is_a_jwk_set(tmp_path: Path) -> None:
    (key,) = json.loads(issuer_json([ISSUER]))["keys"]
    assert (key["kty"], key["crv"], key["kid"]) == ("OKP", "Ed25519", "A7")
    public = Ed25519PublicKey.from_public_bytes(KEY.public_bytes)
    assert len(key["x"]) == 43
    public.verify(KEY.sign(b"x"), b"x")


def test_keys_of_other_kinds_are_left_out(tmp_path: Path) -> None:
    keys = json.loads(issuer_json([ISSUER]))
    keys["keys"].insert(0, {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "other"})
    (tmp_path / "issuer.json").write_text(json.dumps(keys))
    assert read_issuers(tmp_path / "issuer.json") == (ISSUER,)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"keys": []}', '{"keys": 7}', '{"keys": [3]}', "\udcff", '{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AA"}]}',
     '{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": 7}]}', "[" * 100_000],
)  # fmt: skip
def test_another_file_is_refused_in_words(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(NotAnIssuerFile):
        read_issuers(tmp_path / "x.json")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="path_missing"):
        read_issuers(tmp_path / "missing.json")
