"""The self-made certificate a hub speaks TLS with: laptops trust exactly this one, so no authority is asked and no date counts."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import ip_address

_FOREVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""No well-defined end (RFC 5280 section 4.1.2.5): clocks of laptops are a year off at times, and the pin is what counts."""
_BEGIN = datetime(2000, 1, 1, tzinfo=UTC)


def make_tls_certificate(names: Sequence[str]) -> tuple[bytes, bytes]:
    """Return a new private key and its certificate for host names and addresses, both as PEM."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "fieldapp hub")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGIN)
        .not_valid_after(_FOREVER)
        .add_extension(x509.SubjectAlternativeName([_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    return key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain), certificate.public_bytes(pem)


def _name(name: str):  # type: ignore[no-untyped-def]
    from cryptography import x509  # noqa: PLC0415

    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def fingerprint(certificate_pem: bytes) -> bytes:
    """Return the SHA-256 of a certificate. Raises ValueError for something else."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    return sha256(x509.load_pem_x509_certificate(certificate_pem).public_bytes(Encoding.DER)).digest()
