"""The file that tells others whose credentials to trust: public keys as a JWK set.

`{"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "A7", "use": "sig", "alg": "EdDSA", "x": "...", "iss": "..."}]}`.
The `kid` is the one in the credentials; `iss` and `name`, where they are there, are how the credentials name their issuer
and how people do. Sources: RFC 7517 (JWK), RFC 7518 (EC, RSA), RFC 8037 (Ed25519 in JWK).
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path

from fieldapp.domain.problems import Problem
from fieldapp.exchange.credential import IssuerKey
from fieldapp.trust.public_keys import of_jwk
from fieldapp.trust.safe_files import told_in_words

LARGEST_FILE = 1024 * 1024
_LONGEST = 120


class NotAnIssuerFile(Problem):
    """The file is not a JWK set with keys that are read here; `values["name"]` is its name."""

    code = "not_an_issuer_file"


def issuer_json(issuers: Iterable[IssuerKey]) -> bytes:
    """Return the Ed25519 keys as the content of a file."""
    keys = [_jwk(issuer) for issuer in issuers]
    return (json.dumps({"keys": keys}, indent=2, ensure_ascii=False) + "\n").encode()


def _jwk(issuer: IssuerKey) -> dict[str, str]:
    kid = issuer.kid.decode()
    jwk = {
        "kty": "OKP",
        "crv": "Ed25519",
        "kid": kid,
        "use": "sig",
        "alg": "EdDSA",
        "x": urlsafe_b64encode(issuer.public).rstrip(b"=").decode(),
    }
    if issuer.issuer:
        jwk["iss"] = issuer.issuer
    if issuer.name and issuer.name != kid:
        jwk["name"] = issuer.name
    return jwk


def read_issuers(path: Path) -> tuple[IssuerKey, ...]:
    """Read the keys of a file; kinds that are not read here are left out. Raises NotAnIssuerFile, FileProblem.

    A file with one key alone, not in a set, is read too.
    """
    with told_in_words(path), path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    try:
        said = json.loads(content) if len(content) <= LARGEST_FILE else {}
        found = tuple(_read(key) for key in said.get("keys", [said]) if _is_known(key))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAnIssuerFile(name=path.name) from error
    if not found:
        raise NotAnIssuerFile(name=path.name)
    return found


def _is_known(key: Mapping[str, object]) -> bool:
    """Whether a key is of a kind that is read here; of these, one that is damaged makes the file none."""
    if key["kty"] == "OKP":
        return key["crv"] == "Ed25519"
    try:
        of_jwk(key)
    except ValueError:
        return False
    return True


def _read(key: Mapping[str, object]) -> IssuerKey:
    kind, public = of_jwk(key)
    kid, name, issuer = (str(key.get(part, ""))[:_LONGEST] for part in ("kid", "name", "iss"))
    return IssuerKey(kid.encode(), public, name or kid, issuer=issuer, kind=kind)
