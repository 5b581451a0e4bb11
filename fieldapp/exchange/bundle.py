"""A bundle: signed changes of one or more laptops, sealed to those who may read them: `age( xz( canonical CBOR ) )`.

Inside lie a header (who made it, of which operation, with its receipts), the changes, and a trailer that the maker
signed. What a reader can work out is left out and put back: the commitment to a payload that is there, and the hash of
the change before. What comes in is bounded before it is believed, for a file of some bytes can unpack to gigabytes.
"""

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import cbor2

from fieldapp.domain.changes import Kind
from fieldapp.domain.problems import Problem
from fieldapp.trust.envelopes import SealedChange, commitment
from fieldapp.trust.sealing import CannotUnseal, seal, unseal
from fieldapp.trust.signing import SigningKey, verify

BUNDLE_VERSION = 1
CONTROL_KINDS = (Kind.DEVICE_ENROLLED, Kind.DEVICE_REVOKED, Kind.ERASURE_ORDERED)
"""What proves itself by the root's word, wherever it stands: every bundle carries all of it."""
LARGEST_FILE = 4 * 1024 * 1024
MOST_INSIDE = 3 * 1024 * 1024
"""Changes of so many bytes go into one file: even if nothing in them can be compressed, it stays below the largest."""
_LARGEST_INSIDE = 16 * 1024 * 1024
_MOST_MEMORY = 64 * 1024 * 1024
_HASH_BYTES = 32
_CONTEXT = b"fieldapp bundle 1\x00"


class BundleDamaged(Problem):
    """The file is no bundle, cut short, or not as its maker signed it; `values["name"]` names it where known."""

    code = "bundle_damaged"


class BundleNotForUs(Problem):
    """The file is not sealed to this laptop, or is no bundle at all."""

    code = "bundle_not_for_us"


class BundleTooNew(Problem):
    """A newer version of the program made the bundle."""

    code = "bundle_too_new"


@dataclass(frozen=True, slots=True)
class Header:
    """Who made a bundle (device and epoch), for which operation, when, and the receipts it gives."""

    operation: UUID
    device: UUID
    epoch: int
    made_at_ms: int
    receipts: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds. `control` are changes that any of its files needs to be judged alone: enrolments, orders."""

    header: Header
    control: tuple[SealedChange, ...]
    changes: tuple[SealedChange, ...]
    signed: bytes
    signature: bytes

    def is_signed_by(self, sign_public: bytes) -> bool:
        """Tell whether the device key signed the whole of it."""
        return verify(sign_public, _CONTEXT + self.signed, self.signature)


def in_files(changes: Iterable[SealedChange]) -> Iterator[list[SealedChange]]:
    """Divide changes, in their order, into as many lists as files are needed."""
    part: list[SealedChange] = []
    size = 0
    for change in changes:
        its = len(change.envelope) + len(change.signature) + len(change.body or b"") + 64
        if part and size + its > MOST_INSIDE:
            yield part
            part, size = [], 0
        part.append(change)
        size += its
    if part:
        yield part


def pack(
    header: Header,
    control: Iterable[SealedChange],
    changes: Iterable[SealedChange],
    key: SigningKey,
    readers: Iterable[str],
) -> bytes:
    """Return the file of a bundle, signed by its maker and sealed to its readers. Raises ValueError if it is too large."""
    head = [
        BUNDLE_VERSION, header.operation.bytes, header.device.bytes, header.epoch, header.made_at_ms,
        list(header.receipts),
    ]  # fmt: skip
    content = cbor2.dumps([head, _shortened(list(control)), _shortened(list(changes))], canonical=True)
    signed = sha256(content).digest()
    inside = cbor2.dumps([content, key.sign(_CONTEXT + signed)], canonical=True)
    file = seal(lzma.compress(inside, preset=2), readers)
    if len(file) > LARGEST_FILE:
        raise ValueError("the changes are too many for one file")
    return file


def unpack(file: bytes, identity: str) -> Bundle:
    """Return what a file holds. Raises BundleNotForUs, BundleDamaged, BundleTooNew; it never unpacks without bound."""
    if len(file) > LARGEST_FILE:
        raise BundleDamaged
    try:
        packed = unseal(file, identity)
    except CannotUnseal as error:
        raise (BundleNotForUs if file.startswith(b"age-encryption.org/") else BundleDamaged)() from error
    try:
        inflater = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MOST_MEMORY)
        inside = inflater.decompress(packed, max_length=_LARGEST_INSIDE)
        if not inflater.eof or inflater.unused_data:
            raise BundleDamaged
        content, signature = cbor2.loads(inside)
        head, control, changes = cbor2.loads(content)
        if head[0] > BUNDLE_VERSION:
            raise BundleTooNew
        header = Header(
            UUID(bytes=head[1]), UUID(bytes=head[2]), int(head[3]), int(head[4]), tuple(bytes(one) for one in head[5])
        )
        return Bundle(header, _whole(control), _whole(changes), sha256(content).digest(), bytes(signature))
    except Problem:
        raise
    except Exception as error:  # whatever foreign bytes make the decoders do, it is one thing: damaged
        raise BundleDamaged from error


def _shortened(changes: list[SealedChange]) -> list[list[Any]]:
    """Return changes by columns, for what is alike then lies together, without the hashes a reader can work out."""
    envelopes, cuts = [], []
    before = b""
    for change in changes:
        envelope = change.envelope
        said = commitment(change.salt, change.body) if change.salt is not None and change.body is not None else b""
        places = []
        for known in (said, before):
            place = envelope.find(known) if known else -1
            if place >= 0:
                envelope = envelope[:place] + envelope[place + _HASH_BYTES :]
            places.append(place)
        envelopes.append(envelope)
        cuts.append(places)
        before = change.hash
    return [
        envelopes, cuts, [change.body for change in changes], [change.salt for change in changes],
        [change.signature for change in changes],
    ]  # fmt: skip


def _whole(columns: list[list[Any]]) -> tuple[SealedChange, ...]:
    changes: list[SealedChange] = []
    before = b""
    for envelope, (said_at, before_at), body, salt, signature in zip(*columns, strict=True):
        whole = bytes(envelope)
        said = commitment(salt, body) if salt is not None and body is not None else b""
        for place, known in ((before_at, before), (said_at, said)):
            if place >= 0:
                whole = whole[:place] + known + whole[place:]
        changes.append(
            SealedChange(
                whole, bytes(signature), bytes(salt) if salt is not None else None,
                bytes(body) if body is not None else None,
            )
        )  # fmt: skip
        before = changes[-1].hash
    return tuple(changes)
