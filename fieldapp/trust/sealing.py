"""Sealing to public keys: age with X25519, one sealed text for as many readers as needed.

A sealed text does not tell who its readers are. Source: the age format, age-encryption.org/v1.
"""

from collections.abc import Iterable


class CannotUnseal(Exception):
    """The key is not one of those the data was sealed to, or the data is damaged."""


def new_identity() -> tuple[str, str]:
    """Make a key pair: the secret half (`AGE-SECRET-KEY-1...`) and the public half (`age1...`)."""
    from pyrage import x25519  # noqa: PLC0415

    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def public_of(identity: str) -> str:
    """Return the public half of a secret key. Raises CannotUnseal if it is not a key."""
    from pyrage import IdentityError, x25519  # noqa: PLC0415

    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except IdentityError as error:
        raise CannotUnseal from error


def seal(data: bytes, readers: Iterable[str]) -> bytes:
    """Return the data sealed to public keys. Raises ValueError if there is none or one is not a public key."""
    from pyrage import RecipientError, encrypt, x25519  # noqa: PLC0415

    try:
        recipients = [x25519.Recipient.from_str(reader) for reader in sorted(set(readers))]
    except RecipientError as error:
        raise ValueError("not a public key to seal to") from error
    if not recipients:
        raise ValueError("nobody to seal to")
    return bytes(encrypt(data, recipients))


def unseal(sealed: bytes, identity: str) -> bytes:
    """Return the data for one of its readers. Raises CannotUnseal."""
    from pyrage import DecryptError, IdentityError, decrypt, x25519  # noqa: PLC0415

    try:
        return bytes(decrypt(sealed, [x25519.Identity.from_str(identity)]))
    except (DecryptError, IdentityError) as error:
        raise CannotUnseal from error
