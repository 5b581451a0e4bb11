"""The bytes of a change: a canonical CBOR envelope that is hashed and signed, and a salted payload apart from it.

The envelope commits to SHA-256(salt | payload), so that erasing salt and payload leaves the chain verifiable. The
signed bytes are kept verbatim and never made again. Sources: RFC 8949 section 4.2 (deterministic CBOR).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

import cbor2

from fieldapp.domain.changes import ENVELOPE_VERSION, Change, ChangeDraft, Kind, Payload
from fieldapp.domain.clock import next_reading
from fieldapp.domain.ids import uuid7
from fieldapp.trust.authors import Author
from fieldapp.trust.signing import verify

SALT_BYTES = 16
_MOST = 2**63 - 1
_CONTEXT = b"fieldapp change 1\x00"
_ROOT_CONTEXT = b"fieldapp root 1\x00"
_ROOT_SIGNS = frozenset({Kind.STAFF_GRANTED, Kind.ERASURE_ORDERED, Kind.OPERATION_DESCRIBED, Kind.DEVICE_REVOKED})


class MalformedEnvelope(ValueError):
    """The bytes are not an envelope of a change."""


@dataclass(frozen=True, slots=True)
class SealedChange:
    """A change as it is stored and sent. `salt` and `body` are None once the payload is erased."""

    envelope: bytes
    signature: bytes
    salt: bytes | None
    body: bytes | None

    @property
    def hash(self) -> bytes:
        """SHA-256 of the envelope; the next change of the same device and epoch names it."""
        return sha256(self.envelope).digest()


def commitment(salt: bytes, body: bytes) -> bytes:
    """Return what an envelope says of its payload."""
    return sha256(salt + body).digest()


def root_statement(kind: str, subject: UUID, payload: Payload) -> bytes:
    """Return the bytes the operation's root key signs to vouch for a payload (all of it but the signature)."""
    signed = {name: value for name, value in payload.items() if name != "root_signature"}
    return _ROOT_CONTEXT + cbor2.dumps([kind, subject.bytes, signed], canonical=True)


def seal(
    author: Author, drafts: Sequence[ChangeDraft], last_seq: int, last_hash: bytes, last_hlc: int
) -> list[tuple[Change, SealedChange]]:
    """Stamp and sign drafts as the next changes of the author's device, in order.

    `last_seq` and `last_hash` are those of the device's epoch (0 and zeros before its first change); `last_hlc` is the
    latest clock reading this laptop knows.
    """
    sealed: list[tuple[Change, SealedChange]] = []
    seq, previous, hlc = last_seq, last_hash, last_hlc
    for draft in drafts:
        wall_ms = author.clock()
        seq, hlc = seq + 1, next_reading(hlc, wall_ms)
        body = cbor2.dumps(dict(draft.payload), canonical=True)
        salt = author.random_bytes(SALT_BYTES)
        change = Change(
            change_id=uuid7(wall_ms, author.random_bytes),
            device=author.device_id,
            epoch=author.epoch,
            seq=seq,
            hlc=hlc,
            wall_ms=wall_ms,
            staff=author.staff_id,
            role=str(author.role),
            kind=str(draft.kind),
            subject=draft.subject,
            post=author.post,
            commitment=commitment(salt, body),
            seen=dict(draft.seen),
            previous=previous,
            payload=dict(draft.payload),
        )
        envelope = encode(change)
        pair = SealedChange(envelope, author.sign_key.sign(_CONTEXT + envelope), salt, body)
        previous = pair.hash
        sealed.append((change, pair))
    return sealed


def encode(change: Change) -> bytes:
    """Return the canonical envelope of a change, without its payload."""
    return cbor2.dumps(
        {
            1: change.version,
            2: change.change_id.bytes,
            3: change.device.bytes,
            4: change.epoch,
            5: change.seq,
            6: change.hlc,
            7: change.wall_ms,
            8: change.staff.bytes,
            9: change.role,
            10: change.kind,
            11: change.subject.bytes,
            12: change.post,
            13: change.commitment,
            14: {field: [seen.bytes for seen in ids] for field, ids in change.seen.items()},
            15: change.previous,
        },
        canonical=True,
    )


def decode(envelope: bytes, body: bytes | None, root_public: bytes = b"") -> Change:
    """Return the change of an envelope with its payload, if there is one and this version understands it.

    `root_signed` is set when the payload carries the operation root's signature. Raises MalformedEnvelope.
    """
    try:
        parts = cbor2.loads(envelope)
        version, kind, subject = int(parts[1]), str(parts[10]), UUID(bytes=parts[11])
        epoch, seq, hlc, wall_ms = int(parts[4]), int(parts[5]), int(parts[6]), int(parts[7])
        if min(epoch, seq, hlc, wall_ms) < 0 or max(epoch, seq, hlc, wall_ms) > _MOST or "\0" in kind:
            raise MalformedEnvelope("numbers or a kind that no database holds")
        payload = _payload(body) if version <= ENVELOPE_VERSION else None
        return Change(
            change_id=UUID(bytes=parts[2]),
            device=_known(bytes(parts[3])),
            epoch=epoch,
            seq=seq,
            hlc=hlc,
            wall_ms=wall_ms,
            staff=_known(bytes(parts[8])),
            role=str(parts[9]),
            kind=kind,
            subject=subject,
            post=str(parts[12]),
            commitment=bytes(parts[13]),
            seen={str(field): tuple(UUID(bytes=seen) for seen in ids) for field, ids in parts[14].items()},
            previous=bytes(parts[15]),
            payload=payload,
            root_signed=is_root_signed(kind, subject, payload, root_public),
            version=version,
        )
    except MalformedEnvelope:
        raise
    except Exception as error:  # whatever a damaged envelope makes the decoder do, it is one thing: malformed
        raise MalformedEnvelope(str(error)) from error


@lru_cache(maxsize=1024)
def _known(raw: bytes) -> UUID:
    """Return an id that the envelopes of a log all name; making one anew each time is a tenth of decoding."""
    return UUID(bytes=raw)


def is_signed_by(sign_public: bytes, sealed: SealedChange) -> bool:
    """Tell whether the envelope was signed with the device key."""
    return verify(sign_public, _CONTEXT + sealed.envelope, sealed.signature)


def commits_to(change: Change, sealed: SealedChange) -> bool:
    """Tell whether the payload that lies beside the envelope is the one it commits to; True when it was erased."""
    if sealed.salt is None or sealed.body is None:
        return sealed.salt is None and sealed.body is None
    return commitment(sealed.salt, sealed.body) == change.commitment


def _payload(body: bytes | None) -> Payload | None:
    if body is None:
        return None
    payload = cbor2.loads(body)
    if not isinstance(payload, dict):
        raise MalformedEnvelope("the payload is not a map")
    return payload


def is_root_signed(kind: str, subject: UUID, payload: Payload | None, root_public: bytes) -> bool:
    """Tell whether the operation's root key signed a payload of a kind that it signs."""
    if payload is None or not root_public or kind not in _ROOT_SIGNS:
        return False
    signature = payload.get("root_signature")
    return isinstance(signature, bytes) and verify(root_public, root_statement(kind, subject, payload), signature)
