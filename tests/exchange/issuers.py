"""Another system's issuers, made with other programs than ours: keys as JWK and the credentials they sign."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path
from zlib import compress

import base45  # type: ignore[import-untyped]
import cbor2
from claim169 import Claim169Input, CwtMetaInput, encode_with_signer
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512

KID = b"mosip-2026"
ISSUER = "https://identity.example"


def b64(number: bytes) -> str:
    return urlsafe_b64encode(number).rstrip(b"=").decode()


CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}


class OtherIssuer:
    """A MOSIP-like issuer with a key of a kind: `Ed25519`, `P-256`, `P-384`, `P-521` or `RSA`."""

    def __init__(self, kind: str = "Ed25519") -> None:
        self.kind = kind
        self.key: object
        if kind == "Ed25519":
            self.key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        elif kind == "RSA":
            self.key = rsa.generate_private_key(65537, 2048)
        else:
            self.key = ec.derive_private_key(20260105, CURVES[kind])

    def jwk(self) -> dict[str, str]:
        """Return the public key as such a system publishes it."""
        key = self.key.public_key()  # type: ignore[attr-defined]
        common = {"kid": KID.decode(), "use": "sig", "name": "Registraduría de Prueba"}
        if self.kind == "Ed25519":
            return {**common, "kty": "OKP", "crv": "Ed25519", "x": b64(key.public_bytes_raw())}
        numbers = key.public_numbers()
        if self.kind == "RSA":
            size = (numbers.n.bit_length() + 7) // 8
            return {**common, "kty": "RSA", "n": b64(numbers.n.to_bytes(size, "big")), "e": b64(b"\x01\x00\x01")}
        size = (key.curve.key_size + 7) // 8
        x, y = (b64(one.to_bytes(size, "big")) for one in (numbers.x, numbers.y))
        return {**common, "kty": "EC", "crv": self.kind, "x": x, "y": y}

    def write(self, path: Path) -> Path:
        """Write the file that an administrator is given."""
        path.write_text(json.dumps({"keys": [self.jwk()]}))
        return path

    def sign(self, data: bytes, *, pss: bool = True) -> bytes:
        """Return a COSE signature."""
        if isinstance(self.key, Ed25519PrivateKey):
            return self.key.sign(data)
        if isinstance(self.key, rsa.RSAPrivateKey):
            padded = padding.PSS(padding.MGF1(SHA256()), 32) if pss else padding.PKCS1v15()
            return self.key.sign(data, padded, SHA256())
        assert isinstance(self.key, ec.EllipticCurvePrivateKey)
        size = (self.key.key_size + 7) // 8
        signature = self.key.sign(data, ec.ECDSA({32: SHA256(), 48: SHA384(), 66: SHA512()}[size]))
        return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(signature))

    def credential(self, *, kid: bytes | None = KID, expires_at: int | None = None) -> str:
        """Return a credential that PyPI claim169 writes, for the two kinds of key it knows."""
        person = Claim169Input(id="3918592438", full_name="Yusleidy Carolina Bracho Montiel")
        person.first_name, person.last_name = "Yusleidy Carolina", "Bracho Montiel"
        person.date_of_birth, person.gender, person.nationality = "19920817", 2, "VEN"
        person.country_of_issuance, person.phone = "VEN", "+58 412 5550101"
        meta = CwtMetaInput(issuer=ISSUER)
        meta.issued_at, meta.expires_at = 1_767_600_000, expires_at
        algorithm = "EdDSA" if self.kind == "Ed25519" else "ES256"
        return str(encode_with_signer(person, meta, lambda _alg, _kid, data: self.sign(data), algorithm, kid))

    def plain_credential(self, algorithm: int, *, pss: bool = True) -> str:
        """Return a credential put together by hand, for algorithms that claim169 does not write."""
        payload = cbor2.dumps({1: ISSUER, 6: 1_767_600_000, 169: {1: "3918592438", 4: "Yusleidy Bracho", 9: 2}})
        protected = cbor2.dumps({1: algorithm, 4: KID})
        signature = self.sign(cbor2.dumps(["Signature1", protected, b"", payload]), pss=pss)
        message = cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]))
        return base45.b45encode(compress(message)).decode()
