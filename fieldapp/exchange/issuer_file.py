"""The file that tells others whose slips to trust: public keys of devices as a JWK set.

`{"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "A7", "use": "sig", "alg": "EdDSA", "x": "..."}]}`. The `kid` is the
one in the slips. Sources: RFC 7517 (JWK), RFC 8037 (Ed25519 in JWK).
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable
from pathlib import Path

from fieldapp.domain.problems import Problem
from fieldapp.exchange.credential import IssuerKey
from fieldapp.trust.safe_files import told_in_words
from fieldapp.trust.signing import KEY_BYTES

LARGEST_FILE = 1024 * 1024


class NotAnIssuerFile(Problem):
    """The file is not a JWK set with Ed25519 keys; `values["name"]` is its name."""

    code = "not_an_issuer_file"


def issuer_json(issuers: Iterable[IssuerKey]) -> bytes:
    """Return the keys as the content of a file."""
    keys = [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "kid": issuer.kid.decode(),
            "use": "sig",
            "alg": "EdDSA",
            "x": urlsafe_b64encode(issuer.public).rstrip(b"=").decode(),
        }
        for issuer in issuers
    ]
    return (json.dumps({"keys": keys}, indent=2) + "\n").encode()


def read_issuers(path: Path) -> tuple[IssuerKey, ...]:
    """Read the Ed25519 keys of a file; keys of other kinds are left out. Raises NotAnIssuerFile, FileProblem."""
    with told_in_words(path), path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    try:
        keys = json.loads(content)["keys"] if len(content) <= LARGEST_FILE else []
        found = tuple(
            IssuerKey(str(key.get("kid", "")).encode(), _public(key["x"]), str(key.get("kid", "")))
            for key in keys
            if key["kty"] == "OKP" and key["crv"] == "Ed25519"
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAnIssuerFile(name=path.name) from error
    if not found:
        raise NotAnIssuerFile(name=path.name)
    return found


def _public(text: str) -> bytes:
    try:
        public = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except Error as error:
        raise ValueError("not base64") from error
    if len(public) != KEY_BYTES:
        raise ValueError("not the length of a key")
    return public
