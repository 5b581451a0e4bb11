"""A device's certificate: the operation's root key says whose laptop this is and with which keys it signs and reads.

The signed bytes are kept verbatim inside the certificate. A laptop that could not reach the root key when it began a
new epoch is endorsed by its old key the same way, and counts as not confirmed until the root certifies it.
"""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import cbor2

from fieldapp.domain.problems import Problem
from fieldapp.trust.signing import SigningKey, verify

CERTIFICATE_VERSION = 1
_ROOT_CONTEXT = b"fieldapp device certificate 1\x00"
_ENDORSEMENT_CONTEXT = b"fieldapp device endorsement 1\x00"


class CertificateInvalid(Problem):
    """A device's certificate is damaged, from a newer program, or not signed by this operation."""

    code = "certificate_invalid"


@dataclass(frozen=True, slots=True)
class DeviceStatement:
    """What a certificate says: device and epoch, the code in its numbers, its post, its name, its public keys.

    `expires_ms` is when it runs out (ms since 1970); 0 for never.
    """

    device_id: UUID
    epoch: int
    code: str
    post: str
    name: str
    sign_public: bytes
    receive_public: str
    expires_ms: int = 0


def certify(statement: DeviceStatement, root: SigningKey) -> bytes:
    """Return the certificate of a device by the operation's root key."""
    return _signed(statement, root, _ROOT_CONTEXT)


def endorse(statement: DeviceStatement, old_key: SigningKey) -> bytes:
    """Return the endorsement of a device's new epoch by the key of the epoch before."""
    return _signed(statement, old_key, _ENDORSEMENT_CONTEXT)


def read_certificate(certificate: bytes, root_public: bytes) -> DeviceStatement:
    """Return what a certificate says. Raises CertificateInvalid unless the root key signed it."""
    return _read(certificate, root_public, _ROOT_CONTEXT)


def read_endorsement(endorsement: bytes, old_public: bytes) -> DeviceStatement:
    """Return what an endorsement says. Raises CertificateInvalid unless the device's old key signed it."""
    return _read(endorsement, old_public, _ENDORSEMENT_CONTEXT)


def _signed(statement: DeviceStatement, key: SigningKey, context: bytes) -> bytes:
    body = cbor2.dumps(
        {
            1: CERTIFICATE_VERSION,
            2: statement.device_id.bytes,
            3: statement.epoch,
            4: statement.code,
            5: statement.post,
            6: statement.name,
            7: statement.sign_public,
            8: statement.receive_public,
            **({9: statement.expires_ms} if statement.expires_ms else {}),
        },
        canonical=True,
    )
    return bytes(cbor2.dumps([body, key.sign(context + body)], canonical=True))


def _read(certificate: bytes, public: bytes, context: bytes) -> DeviceStatement:
    if not isinstance(certificate, bytes) or not isinstance(public, bytes):
        raise CertificateInvalid
    return _proven(certificate, public, context)


@lru_cache(maxsize=4096)
def _proven(certificate: bytes, public: bytes, context: bytes) -> DeviceStatement:
    """Read a certificate once: a hub meets those of all its laptops with every bundle and every request."""
    try:
        body, signature = cbor2.loads(certificate)
        if not verify(public, context + body, signature):
            raise CertificateInvalid
        parts = cbor2.loads(body)
        if parts[1] != CERTIFICATE_VERSION:
            raise CertificateInvalid
        return DeviceStatement(
            UUID(bytes=parts[2]), int(parts[3]), str(parts[4]), str(parts[5]), str(parts[6]), bytes(parts[7]),
            str(parts[8]), int(parts.get(9, 0)),
        )  # fmt: skip
    except CertificateInvalid:
        raise
    except Exception as error:  # whatever damaged bytes make the decoder do, it is one thing: invalid
        raise CertificateInvalid from error
