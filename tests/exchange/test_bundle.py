"""The bundle's format: what goes in comes out, and nothing else does."""

import lzma
import random
from hashlib import sha256
from uuid import UUID

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.problems import Problem
from fieldapp.exchange.bundle import LARGEST_FILE, BundleDamaged, BundleNotForUs, Header, in_files, pack, unpack
from fieldapp.exchange.receipts import RECEIVED, read_receipt, write_receipt
from fieldapp.trust.envelopes import SealedChange, commitment
from fieldapp.trust.sealing import new_identity, seal
from fieldapp.trust.signing import SigningKey

KEY = SigningKey.generate(random.Random(1).randbytes)
IDENTITY, PUBLIC = new_identity()
HEADER = Header(UUID(int=1), UUID(int=2), 3, 4, (b"receipt",))


@st.composite
def changes(draw) -> list[SealedChange]:
    found: list[SealedChange] = []
    for _ in range(draw(st.integers(0, 6))):
        body = draw(st.none() | st.binary(max_size=40))
        salt = None if body is None else draw(st.binary(min_size=16, max_size=16))
        inside = draw(st.sampled_from(["said", "before", "both", "none"]))
        envelope = draw(st.binary(max_size=30))
        if inside in {"said", "both"} and body is not None and salt is not None:
            envelope += commitment(salt, body) + draw(st.binary(max_size=5))
        if inside in {"before", "both"} and found:
            envelope += found[-1].hash
        found.append(SealedChange(envelope, draw(st.binary(min_size=64, max_size=64)), salt, body))
    return found


@given(changes(), changes())
@settings(max_examples=60, deadline=None)
def test_what_goes_in_comes_out_to_the_byte(control, changes) -> None:
    bundle = unpack(pack(HEADER, control, changes, KEY, [PUBLIC]), IDENTITY)

    assert (bundle.header, list(bundle.control), list(bundle.changes)) == (HEADER, control, changes)
    assert bundle.is_signed_by(KEY.public_bytes)
    assert not bundle.is_signed_by(SigningKey.generate(random.Random(2).randbytes).public_bytes)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_whatever_bytes_come_are_refused_in_words(content: bytes) -> None:
    for file in (content, seal(content, [PUBLIC]), seal(lzma.compress(content), [PUBLIC])):
        with pytest.raises(Problem):
            unpack(file, IDENTITY)
    assert read_receipt(content) is None


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = seal(lzma.compress(bytes(200_000_000), preset=0), [PUBLIC])
    assert len(bomb) < LARGEST_FILE
    with pytest.raises(BundleDamaged):
        unpack(bomb, IDENTITY)


def test_one_flipped_bit_a_cut_and_another_reader_are_told_apart() -> None:
    file = bytearray(pack(HEADER, [], [], KEY, [PUBLIC]))
    with pytest.raises(BundleNotForUs):
        unpack(bytes(file), new_identity()[0])
    file[-5] ^= 1
    for damaged in (bytes(file), bytes(file[:50])):
        with pytest.raises(Problem):
            unpack(damaged, IDENTITY)


def test_a_newer_version_is_said() -> None:
    content = cbor2.dumps([[2, b"", b"", 0, 0, []], [], []])
    inside = cbor2.dumps([content, KEY.sign(sha256(content).digest())])
    with pytest.raises(Problem) as refused:
        unpack(seal(lzma.compress(inside), [PUBLIC]), IDENTITY)
    assert refused.value.code == "bundle_too_new"


def test_many_changes_are_divided_over_files_in_their_order() -> None:
    large = [
        SealedChange(bytes([n]) * 10, bytes(64), bytes(16), random.Random(n).randbytes(1_000_000)) for n in range(7)
    ]
    parts = list(in_files(large))
    assert [change for part in parts for change in part] == large
    assert all(len(pack(HEADER, [], part, KEY, [PUBLIC])) <= LARGEST_FILE for part in parts)


def test_a_receipt_says_what_was_written_and_who_signed_it() -> None:
    held = {(UUID(int=9), 1): (12, b"h" * 32)}
    receipt = read_receipt(write_receipt(UUID(int=2), 1, RECEIVED, held, KEY))
    assert receipt is not None
    assert receipt.held == held
    assert receipt.is_signed_by(KEY.public_bytes)
