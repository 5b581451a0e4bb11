"""A receipt: a laptop signs how far it holds the log of each device without a gap, and the hash it ends with.

A number alone proves nothing: a cloned laptop writes other changes under the same numbers, so the hash is part of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import cbor2

from fieldapp.trust.signing import SigningKey, verify

RECEIVED, DURABLE = "received", "durable"
"""Held by a laptop; held where it outlives a laptop. Nothing may be purged before the second."""

_CONTEXT = b"fieldapp receipt 1\x00"

Vector = Mapping[tuple[UUID, int], tuple[int, bytes]]
"""For each device and epoch: the last contiguous seq, and its hash."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who holds what. `body` are the signed bytes."""

    device: UUID
    epoch: int
    level: str
    held: Vector
    body: bytes = b""
    signature: bytes = b""

    def is_signed_by(self, sign_public: bytes) -> bool:
        """Tell whether the device key signed it."""
        return verify(sign_public, _CONTEXT + self.body, self.signature)


def write_receipt(device: UUID, epoch: int, level: str, held: Vector, key: SigningKey) -> bytes:
    """Return a signed receipt."""
    lines = [[of.bytes, its, seq, last] for (of, its), (seq, last) in sorted(held.items(), key=lambda one: str(one[0]))]
    body = cbor2.dumps([1, device.bytes, epoch, level, lines], canonical=True)
    return bytes(cbor2.dumps([body, key.sign(_CONTEXT + body)], canonical=True))


def read_receipt(written: bytes) -> Receipt | None:
    """Return what a receipt says, None for something else. The signature is still to be judged."""
    try:
        body, signature = cbor2.loads(written)
        version, device, epoch, level, lines = cbor2.loads(body)
        if version != 1 or level not in {RECEIVED, DURABLE}:
            return None
        held = {(UUID(bytes=of), int(its)): (int(seq), bytes(last)) for of, its, seq, last in lines}
        return Receipt(UUID(bytes=device), int(epoch), level, held, bytes(body), bytes(signature))
    except Exception:  # whatever foreign bytes make the decoder do, it is no receipt
        return None
