"""A key slot: a private key locked away under a password, or under the recovery key.

The private half of an age key pair is encrypted (ChaCha20-Poly1305) under argon2id of the secret. The wrapped bytes
stand for themselves: cost and salt are inside, so they travel with the staff records and lie in the access file alike.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.problems import Problem
from fieldapp.trust import sealing
from fieldapp.trust.passwords import NORMAL_COST, SALT_BYTES, Cost, derive

SLOT_VERSION = 1
RECOVERY_OWNER = UUID(int=0)
"""The owner of the slot that the recovery key opens."""

_CONTEXT = b"fieldapp key slot "
_NONCE_BYTES = 12


class WrongSecret(Exception):
    """The password or recovery key does not open this slot."""


class SlotDamaged(Problem):
    """A key slot cannot be read: its bytes are not what this program or an older one wrote."""

    code = "slot_damaged"


@dataclass(frozen=True, slots=True)
class KeySlot:
    """Whose key it is, the public half in clear, and the private half wrapped."""

    owner: UUID
    short_name: str
    public_key: str
    wrapped: bytes


def new_slot(owner: UUID, short_name: str, secret: str, cost: Cost = NORMAL_COST) -> KeySlot:
    """Make a new key pair and lock its private half under a secret."""
    identity, public_key = sealing.new_identity()
    return KeySlot(owner, short_name, public_key, wrap(identity, owner, secret, cost))


def wrap(identity: str, owner: UUID, secret: str, cost: Cost = NORMAL_COST) -> bytes:
    """Return a private key locked under a secret, bound to its owner."""
    import cbor2  # noqa: PLC0415 - the sign-in page reads slots and opens none
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    locked = ChaCha20Poly1305(derive(secret, salt, cost)).encrypt(nonce, identity.encode(), _bound_to(owner))
    parts = [SLOT_VERSION, cost.memory_kib, cost.passes, cost.lanes, salt, nonce, locked]
    return bytes(cbor2.dumps(parts, canonical=True))


def open_slot(slot: KeySlot, secret: str) -> str:
    """Return the private key in a slot. Raises WrongSecret, SlotDamaged, OutOfMemory."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

    cost, salt, nonce, locked = _parts(slot.wrapped)
    try:
        identity = ChaCha20Poly1305(derive(secret, salt, cost)).decrypt(nonce, locked, _bound_to(slot.owner)).decode()
        public_key = sealing.public_of(identity)
    except InvalidTag as error:
        raise WrongSecret from error
    except (sealing.CannotUnseal, UnicodeDecodeError) as error:
        raise SlotDamaged from error
    if public_key != slot.public_key:
        raise SlotDamaged
    return identity


def _bound_to(owner: UUID) -> bytes:
    return _CONTEXT + bytes([SLOT_VERSION]) + owner.bytes


def _parts(wrapped: bytes) -> tuple[Cost, bytes, bytes, bytes]:
    import cbor2  # noqa: PLC0415

    try:
        version, memory_kib, passes, lanes, salt, nonce, locked = cbor2.loads(wrapped)
        cost = Cost(int(memory_kib), int(passes), int(lanes))
        salt, nonce, locked = bytes(salt), bytes(nonce), bytes(locked)
    except Exception as error:  # whatever damaged bytes make the decoder do, it is one thing: damaged
        raise SlotDamaged from error
    if version != SLOT_VERSION or not cost.is_sane or len(salt) != SALT_BYTES or len(nonce) != _NONCE_BYTES:
        raise SlotDamaged
    return cost, salt, nonce, locked
