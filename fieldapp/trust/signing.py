"""Ed25519 signatures (RFC 8032) of changes, certificates and slips."""

from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32


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
    """Tell whether the signature over the data is by the owner of the public key; malformed keys verify nothing."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
