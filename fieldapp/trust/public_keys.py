"""Public keys of other issuers and the signatures of COSE they make: Ed25519, ECDSA on three curves, RSA.

This program signs with Ed25519 alone; the others are only ever verified. Sources: RFC 9053 (COSE algorithms),
RFC 8812 (RSA in COSE), RFC 7518 and 8037 (keys as JWK), SEC 1 (points).
"""

from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Callable, Mapping

from fieldapp.trust.signing import KEY_BYTES, verify

EDDSA = -8
ED25519 = "Ed25519"
RSA = "RSA"
_CURVES = {"P-256": (-7, 32), "P-384": (-35, 48), "P-521": (-36, 66)}
"""For each curve the algorithm (with its hash) and the bytes of a coordinate."""
_RSA_ALGORITHMS = {-257: False, -37: True}
"""RS256 and PS256, and whether they pad at random."""
_SMALLEST_RSA, _LARGEST_RSA = 2048, 8192


def of_jwk(key: Mapping[str, object]) -> tuple[str, bytes]:
    """Return kind and encoded bytes of a public key written as a JWK. Raises ValueError for one that is none of ours."""
    kind = str(key.get("crv", ""))
    if key.get("kty") == "OKP" and kind == ED25519:
        public = _decoded(key.get("x"))
        if len(public) != KEY_BYTES:
            raise ValueError("not the length of a key")
        return ED25519, public
    if key.get("kty") == "EC" and kind in _CURVES:
        size = _CURVES[kind][1]
        public = b"\x04" + _decoded(key.get("x")).rjust(size, b"\0") + _decoded(key.get("y")).rjust(size, b"\0")
        _load(kind, public)
        return kind, public
    if key.get("kty") == RSA:
        return RSA, _rsa(_decoded(key.get("n")), _decoded(key.get("e")))
    raise ValueError("a kind of key that is not read here")


def holds(kind: str, public: bytes, algorithm: object, data: bytes, signature: bytes) -> bool:
    """Tell whether a COSE signature by this algorithm is of the owner of the key; malformed ones are of nobody."""
    if kind == ED25519:
        return algorithm == EDDSA and verify(public, data, signature)
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - own slips need none of these

    try:
        check = _check_of(kind, public, algorithm)
        check(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _check_of(kind: str, public: bytes, algorithm: object) -> Callable[[bytes, bytes], None]:
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512  # noqa: PLC0415

    key = _load(kind, public)
    if isinstance(key, ec.EllipticCurvePublicKey) and algorithm == _CURVES[kind][0]:
        size, hashed = _CURVES[kind][1], {"P-256": SHA256(), "P-384": SHA384(), "P-521": SHA512()}[kind]

        def by_curve(signature: bytes, data: bytes) -> None:
            if len(signature) != 2 * size:
                raise ValueError("not two numbers of the curve")
            numbers = (int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big"))
            key.verify(utils.encode_dss_signature(*numbers), data, ec.ECDSA(hashed))

        return by_curve
    if isinstance(key, rsa.RSAPublicKey) and algorithm in _RSA_ALGORITHMS:
        padded: padding.AsymmetricPadding = padding.PKCS1v15()
        if _RSA_ALGORITHMS[algorithm]:
            padded = padding.PSS(padding.MGF1(SHA256()), SHA256.digest_size)
        return lambda signature, data: key.verify(signature, data, padded, SHA256())
    raise ValueError("an algorithm that is not this key's")


def _load(kind: str, public: bytes) -> object:
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_der_public_key  # noqa: PLC0415

    curves: dict[str, ec.EllipticCurve] = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
    if kind in curves:
        return ec.EllipticCurvePublicKey.from_encoded_point(curves[kind], public)
    return load_der_public_key(public)


def _rsa(modulus: bytes, exponent: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415

    if not _SMALLEST_RSA <= len(modulus) * 8 <= _LARGEST_RSA:
        raise ValueError("not a length that is used")
    numbers = RSAPublicNumbers(int.from_bytes(exponent, "big"), int.from_bytes(modulus, "big"))
    return numbers.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _decoded(text: object) -> bytes:
    if not isinstance(text, str):
        raise ValueError("not text")  # noqa: TRY004 - whatever is wrong with a key means the same
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except Error as error:
        raise ValueError("not base64") from error
