"""A slip's code: a MOSIP Claim 169 credential, signed by the laptop that issued it, as the text of a QR code.

CBOR map of claims -> CWT -> COSE_Sign1 (EdDSA) -> zlib -> Base45, for alphanumeric mode. Nothing read from a code is
trusted before its signature holds, and reading never raises, whatever the code says.
Sources: MOSIP Claim 169 1.2.0; RFC 8392 (CWT), RFC 9052 and 9053 (COSE), RFC 9285 (Base45).
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import base45
import cbor2

from fieldapp.domain.slip import PRACTICE_ISSUER, SlipContent, SlipMember, SlipReading, Verdict
from fieldapp.exchange import compression
from fieldapp.exchange.claims import (
    MEMBERS_IN_A_CODE,
    NotClaims,
    SlipClaims,
    from_claims,
    to_claims,
)
from fieldapp.trust.signing import verify

LONGEST_TEXT = 4296
"""Characters that the largest QR code holds in alphanumeric mode."""
LARGEST_CREDENTIAL = 16 * 1024
"""Bytes a code may unpack to; more is refused before it is unpacked."""
LARGEST_PRINTED = 734
"""Characters of a QR code of version 17 at level M; a family that needs more gets more codes."""

_DEEPEST = 12
_SIGN1_TAG, _CWT_TAG = 18, 61
_ALGORITHM, _KID, _EDDSA = 1, 4, -8
_ISSUER, _SUBJECT, _ISSUED_AT, _IDENTITY = 1, 2, 6, 169


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A device whose slips can be verified: the key id in its slips, its public key, and what is known of it."""

    kid: bytes
    public: bytes
    name: str = ""
    confirmed: bool = True
    revoked: bool = False


def encode_credential(content: SlipContent, sign: Callable[[bytes], bytes], kid: bytes, issuer: str) -> tuple[str, ...]:
    """Return the texts of a slip's codes: one, or for a large family several that each stand on their own.

    `sign` gives the Ed25519 signature of the issuing device, `kid` names it, `issuer` is the organisation as printed.
    """
    others = content.members[1:]
    size = MEMBERS_IN_A_CODE - 1
    while True:
        shares = [others[start : start + size] for start in range(0, len(others), size)] or [()]
        texts = tuple(
            _encode(content, share, (which, len(shares)), sign, kid, issuer) for which, share in enumerate(shares, 1)
        )
        if size == 1 or all(len(text) <= LARGEST_PRINTED for text in texts):
            return texts
        size -= 1


def read_credential(text: str, issuers: Sequence[IssuerKey]) -> SlipReading:
    """Read a code and say whether it is genuine, as far as these issuers can tell. Never raises.

    A code that was a slip once but is damaged is `altered`; whatever was never one is `not_a_slip`. The content of a
    code that is not signed by a known issuer is shown for what it is worth.
    """
    try:
        credential = _unpack(text)
    except _Damaged:
        return SlipReading(Verdict.ALTERED)
    except Exception:  # noqa: BLE001 - a code may hold anything, and every failure means the same
        return SlipReading(Verdict.NOT_A_SLIP)
    if credential.issuer == PRACTICE_ISSUER:
        return credential.reading(Verdict.PRACTICE)
    known = [issuer for issuer in issuers if issuer.kid == credential.kid]
    signer = next((issuer for issuer in known if credential.is_signed_by(issuer.public)), None)
    if not known:
        return credential.reading(Verdict.ISSUER_UNKNOWN)
    if signer is None:
        return credential.reading(Verdict.ALTERED)
    if signer.revoked:
        return credential.reading(Verdict.ISSUER_REVOKED, signer)
    return credential.reading(Verdict.VALID if signer.confirmed else Verdict.ISSUER_UNCONFIRMED, signer)


class _Damaged(ValueError):
    """A text that begins like a credential but cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class _Credential:
    kid: bytes
    signed: bytes
    signature: bytes
    issuer: str
    slip_id: UUID | None
    issued_at_s: int
    claims: SlipClaims

    def is_signed_by(self, public: bytes) -> bool:
        return verify(public, self.signed, self.signature)

    def reading(self, verdict: Verdict, signer: IssuerKey | None = None) -> SlipReading:
        claims = self.claims
        return SlipReading(
            verdict=verdict,
            kid=self.kid.decode("utf-8", "replace"),
            issuer=signer.name if signer and signer.name else self.issuer,
            slip_id=self.slip_id,
            group_id=claims.group_id,
            number=claims.number,
            members=claims.members,
            group_size=claims.group_size,
            post=claims.post,
            arrived_on=claims.arrived_on,
            issued_at_ms=self.issued_at_s * 1000,
            country=claims.country,
            full_name=claims.full_name,
            codes=claims.codes,
        )


def _encode(
    content: SlipContent,
    share: Sequence[SlipMember],
    part: tuple[int, int],
    sign: Callable[[bytes], bytes],
    kid: bytes,
    issuer: str,
) -> str:
    payload = cbor2.dumps(
        {
            _ISSUER: issuer,
            _SUBJECT: urlsafe_b64encode(content.slip_id.bytes).rstrip(b"=").decode(),
            _ISSUED_AT: content.issued_at_ms // 1000,
            _IDENTITY: to_claims(content, share, *part),
        },
        canonical=True,
    )
    protected = cbor2.dumps({_ALGORITHM: _EDDSA, _KID: kid}, canonical=True)
    signature = sign(_to_be_signed(protected, payload))
    signed = cbor2.dumps(cbor2.CBORTag(_SIGN1_TAG, [protected, {}, payload, signature]), canonical=True)
    text: bytes = base45.b45encode(compression.compress(signed))
    return text.decode("ascii")


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)


def _unpack(text: str) -> _Credential:
    text = text.strip("\r\n\t")  # what a USB scanner adds; a space is part of the alphabet
    if not text or len(text) > LONGEST_TEXT:
        raise ValueError("nothing, or more than a code can hold")
    packed = base45.b45decode(text)
    if compression.is_zlib(packed):
        try:
            packed = compression.decompress(packed, LARGEST_CREDENTIAL)
        except compression.NotCompressed as error:
            raise _Damaged from error
    message = _decoded(packed)
    if isinstance(message, cbor2.CBORTag) and message.tag == _CWT_TAG:
        message = message.value
    if not isinstance(message, cbor2.CBORTag) or message.tag != _SIGN1_TAG:
        raise ValueError("not a COSE_Sign1")
    protected, unprotected, payload, signature = message.value
    headers = {**_map(unprotected), **_map(_decoded(_bytes(protected)))}
    claims = _map(_decoded(_bytes(payload)))
    identity = from_claims(_map(claims[_IDENTITY]))
    if identity.group_id is not None and unprotected:
        raise _Damaged  # a slip says nothing that is not signed
    if headers.get(_ALGORITHM) != _EDDSA:
        raise ValueError("signed in a way that is not read here")
    return _Credential(
        kid=_bytes(headers.get(_KID, b"")),
        signed=_to_be_signed(protected, payload),
        signature=_bytes(signature),
        issuer=_text(claims.get(_ISSUER, "")),
        slip_id=_slip_id(claims.get(_SUBJECT)),
        issued_at_s=_seconds(claims.get(_ISSUED_AT, 0)),
        claims=identity,
    )


def _decoded(data: bytes) -> object:
    stream = BytesIO(data)
    value: object = cbor2.CBORDecoder(stream, max_depth=_DEEPEST).decode()
    if stream.read(1):
        raise ValueError("followed by something else")
    return value


def _map(value: object) -> dict[object, object]:
    if not isinstance(value, dict):
        raise NotClaims("not a map")
    return value


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise NotClaims("not bytes")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotClaims("not text")
    return value


def _seconds(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 40:
        raise NotClaims("not a time")
    return value


def _slip_id(value: object) -> UUID | None:
    """Return the slip id of a subject; another issuer's subject is none."""
    try:
        return UUID(bytes=urlsafe_b64decode(_text(value) + "==")) if value is not None else None
    except ValueError:
        return None
