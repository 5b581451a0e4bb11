"""Requests to a hub that a laptop signs with its device key: no passwords, and none can be sent twice or by another.

What is signed is the hub's TLS certificate, the method and target, a nonce that the hub gave out once, and the hash of
the body. A nonce of the hub instead of the time, because the clocks of laptops are a year off at times; each answer
brings the next one. Source of the idea: RFC 8555 section 6.5 (replay nonces).
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import cbor2

from fieldapp.trust.certificates import CertificateInvalid, DeviceStatement, read_certificate, read_endorsement
from fieldapp.trust.signing import SigningKey, verify

SCHEME = "Fieldapp"
NONCE_HEADER = "Fieldapp-Nonce"
NONCE_BYTES = 24
LONGEST_HEADER = 8192
_CONTEXT = b"fieldapp request 1\x00"


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """Who says to have signed a request: the certificates of the device's epochs, the nonce, the signature."""

    device: UUID
    epoch: int
    certificates: tuple[bytes, ...]
    nonce: bytes
    signature: bytes

    def is_signed_by(self, sign_public: bytes, hub: bytes, method: str, target: str, body: bytes) -> bool:
        """Tell whether the device key signed just this request to just this hub (`hub` is its TLS fingerprint)."""
        return verify(sign_public, _statement(hub, method, target, self.nonce, body), self.signature)


def _statement(hub: bytes, method: str, target: str, nonce: bytes, body: bytes) -> bytes:
    return _CONTEXT + bytes(cbor2.dumps([hub, method, target, nonce, sha256(body).digest()], canonical=True))


def sign_request(
    device: UUID,
    epoch: int,
    certificates: Sequence[bytes],
    key: SigningKey,
    hub: bytes,
    nonce: bytes,
    method: str,
    target: str,
    body: bytes,
) -> str:
    """Return the value of the Authorization header."""
    signature = key.sign(_statement(hub, method, target, nonce, body))
    parts = [device.bytes, epoch, list(certificates), nonce, signature]
    return f"{SCHEME} {b64encode(cbor2.dumps(parts, canonical=True)).decode()}"


def read_authorization(header: str) -> SignedRequest | None:
    """Return what an Authorization header says, None for something else. The signature is still to be judged."""
    scheme, _, value = header.partition(" ")
    if scheme != SCHEME or len(value) > LONGEST_HEADER:
        return None
    try:
        device, epoch, certificates, nonce, signature = cbor2.loads(b64decode(value, validate=True))
        return SignedRequest(
            UUID(bytes=device), int(epoch), tuple(bytes(one) for one in certificates), bytes(nonce), bytes(signature)
        )
    except Exception:  # whatever foreign bytes make the decoders do, it is no authorisation
        return None


def proven_by(request: SignedRequest, root_public: bytes) -> DeviceStatement | None:
    """Return the statement about the requesting device that its certificates prove: the root's, or a chain from it."""
    known: list[DeviceStatement] = []
    for certificate in request.certificates:
        said = _read(certificate, root_public, known)
        if said is not None and said.device_id == request.device:
            known.append(said)
    return next((one for one in known if one.epoch == request.epoch), None)


def _read(certificate: bytes, root_public: bytes, known: Sequence[DeviceStatement]) -> DeviceStatement | None:
    try:
        return read_certificate(certificate, root_public)
    except CertificateInvalid:
        pass
    for earlier in known:
        try:
            said = read_endorsement(certificate, earlier.sign_public)
        except CertificateInvalid:
            continue
        if said.epoch > earlier.epoch:
            return replace(said, expires_ms=earlier.expires_ms)  # nobody gives more than they have
    return None
