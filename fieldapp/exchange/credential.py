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
from fieldapp.trust.public_keys import ED25519, EDDSA, holds

LONGEST_TEXT = 4296
"""Characters that the largest QR code holds in alphanumeric mode."""
LARGEST_CREDENTIAL = 16 * 1024
"""Bytes a code may unpack to; more is refused before it is unpacked."""
LARGEST_PRINTED = 734
"""Characters of a QR code of version 17 at level M; a family that needs more gets more codes."""

_DEEPEST = 12
_SHORTEST = 60
"""Characters of what is left of a slip that was cut off, rather than of something else that begins like one."""
_BEGINNINGS = frozenset(
    base45.b45encode(start + b"\0").decode()[:3]
    for start in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\xd2\x84")
)
"""Of a zlib stream of any level, and of a bare COSE_Sign1."""
_SIGN1_TAG, _CWT_TAG = 18, 61
_ALGORITHM, _KID = 1, 4
_ISSUER, _SUBJECT, _EXPIRES_AT, _ISSUED_AT, _IDENTITY = 1, 2, 4, 6, 169


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """An issuer whose credentials can be verified: the key id in them, its public key, and what is known of it.

    Without a `kid` it may be any that names none of the others. `issuer` is how its credentials name it, empty where
    that is not known: two operations may have laptops of the same code. `kind` is that of the key (`trust.public_keys`).
    """

    kid: bytes
    public: bytes
    name: str = ""
    confirmed: bool = True
    revoked: bool = False
    issuer: str = ""
    kind: str = ED25519


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


def may_be_credential(text: str) -> bool:
    """Tell by its first three characters, and so at once, whether a text can be a code of a credential."""
    return text[:3] in _BEGINNINGS


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
    possible = [issuer for issuer in issuers if credential.may_be_of(issuer)]
    signer = next((issuer for issuer in possible if credential.is_signed_by(issuer)), None)
    if signer is None:
        is_named = bool(credential.kid) and any(issuer.kid == credential.kid for issuer in possible)
        return credential.reading(Verdict.ALTERED if is_named else Verdict.ISSUER_UNKNOWN)
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
    expires_at_s: int
    claims: SlipClaims
    algorithm: object

    def may_be_of(self, issuer: IssuerKey) -> bool:
        is_named = issuer.kid in (b"", self.kid, urlsafe_b64encode(self.kid).rstrip(b"="))
        return (is_named or not self.kid) and issuer.issuer in ("", self.issuer)

    def is_signed_by(self, issuer: IssuerKey) -> bool:
        return holds(issuer.kind, issuer.public, self.algorithm, self.signed, self.signature)

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
            expires_at_ms=self.expires_at_s * 1000,
        )


def _encode(
    content: SlipContent,
    share: Sequence[SlipMember],
    part: tuple[int, int],
    sign: Callable[[bytes], bytes],
    kid: bytes,
    issuer: str,
) -> str:
    says: dict[int, object] = {
        _ISSUER: issuer,
        _SUBJECT: urlsafe_b64encode(content.slip_id.bytes).rstrip(b"=").decode(),
        _ISSUED_AT: content.issued_at_ms // 1000,
        _IDENTITY: to_claims(content, share, *part),
    }
    if content.expires_at_ms:
        says[_EXPIRES_AT] = content.expires_at_ms // 1000
    payload = cbor2.dumps(says, canonical=True)
    protected = cbor2.dumps({_ALGORITHM: EDDSA, _KID: kid}, canonical=True)
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
    try:
        packed = base45.b45decode(text)
    except ValueError as error:
        if len(text) >= _SHORTEST and may_be_credential(text):
            raise _Damaged from error
        raise
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
    if identity.group_id is not None and headers.get(_ALGORITHM) != EDDSA:
        raise ValueError("signed in a way that no slip is")
    return _Credential(
        kid=_bytes(headers.get(_KID, b"")),
        signed=_to_be_signed(protected, payload),
        signature=_bytes(signature),
        issuer=_text(claims.get(_ISSUER, "")),
        slip_id=_slip_id(claims.get(_SUBJECT)),
        issued_at_s=_seconds(claims.get(_ISSUED_AT, 0)),
        expires_at_s=_expiry(claims.get(_EXPIRES_AT, 0)),
        claims=identity,
        algorithm=headers.get(_ALGORITHM),
    )


def _decoded(data: bytes) -> object:
    stream = BytesIO(data)
    # Text that is not UTF-8 is of no signed credential; cbor2 keeps each error about it for ever, so it makes none.
    value: object = cbor2.CBORDecoder(stream, max_depth=_DEEPEST, str_errors="replace").decode()
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


def _expiry(value: object) -> int:
    """Return when a credential expires; other issuers may write a number with a fraction (RFC 8392, 2)."""
    return _seconds(int(value) if isinstance(value, float) and 0 <= value < 1 << 40 else value)


def _slip_id(value: object) -> UUID | None:
    """Return the slip id of a subject; another issuer's subject is none."""
    try:
        return UUID(bytes=urlsafe_b64decode(_text(value) + "==")) if value is not None else None
    except ValueError:
        return None
