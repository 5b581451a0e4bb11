"""Ed25519 signatures (RFC 8032) of changes, certificates and slips."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64


class SigningKey:
    """A private Ed25519 key; the bytes of keys and signatures are raw (32 and 64)."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public_bytes = private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls, random_bytes: Callable[[int], bytes]) -> "SigningKey":
        """Make a new key from a random source."""
        return cls.from_bytes(random_bytes(KEY_BYTES))

    @classmethod
    def from_bytes(cls, private: bytes) -> "SigningKey":
        """Return the key with these 32 private bytes. Raises ValueError for another length."""
        return cls(Ed25519PrivateKey.from_private_bytes(private))

    def private_bytes(self) -> bytes:
        """Return the 32 private bytes, to be stored only encrypted."""
        return self._private.private_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature."""
        return self._private.sign(data)


def verify(public: bytes, data: bytes, signature: bytes) -> bool:
    """Tell whether the signature over the data is by the owner of the public key; malformed keys verify nothing.

    By libsodium, which takes half the time: a hub verifies some ten thousand a second.
    """
    from nacl.bindings import crypto_sign_open  # noqa: PLC0415 - loaded with the first signature
    from nacl.exceptions import CryptoError  # noqa: PLC0415

    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        crypto_sign_open(signature + data, public)
    except (CryptoError, ValueError):
        return False
    return True
