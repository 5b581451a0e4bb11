"""`fieldapp issuers`: another agency's keys are trusted, listed and removed; ours are written for it."""

import json
from pathlib import Path

from fieldapp.commands.door import DONE, FOUND_WRONG, REFUSED
from tests.commands.conftest import Run
from tests.exchange.issuers import OtherIssuer


def test_a_credential_is_answered_by_the_keys_that_were_added(run: Run, post: Path, tmp_path: Path) -> None:
    issuer = OtherIssuer("P-256")
    code, file = issuer.credential(), issuer.write(tmp_path / "jwks.json")
    assert run("verify", code, "--data-dir", post).exit_code == FOUND_WRONG

    added = run("issuers", "add", file, "--data-dir", post)
    assert added.exit_code == DONE, added.output
    assert "Trusted: Registraduría de Prueba" in added.stdout
    valid = run("verify", code, "--data-dir", post)
    assert valid.exit_code == DONE
    assert "Registraduría de Prueba" in valid.stdout
    number = run("issuers", "list", "--data-dir", post).stdout.split()[0]

    removed = run("issuers", "remove", number, "--reason", "key stolen", "--data-dir", post)
    assert removed.exit_code == DONE, removed.output
    assert "revoked: key stolen" in run("issuers", "list", "--data-dir", post).stdout
    assert "trusted no more" in run("verify", code, "--data-dir", post).stdout
    assert run("issuers", "remove", "00", "--reason", "x", "--data-dir", post).exit_code == REFUSED


def test_our_keys_are_written_for_others(run: Run, post: Path, tmp_path: Path) -> None:
    assert run("issuers", "export", tmp_path / "ours.json", "--data-dir", post).exit_code == DONE
    (key,) = json.loads((tmp_path / "ours.json").read_text())["keys"]
    assert {"kty", "crv", "kid", "x", "iss", "name"} <= set(key)
