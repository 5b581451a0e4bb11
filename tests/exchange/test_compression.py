"""The fixed-Huffman zlib stream: read back by zlib itself, never a stored block, and no second way to write it."""

import os
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.exchange.compression import NotCompressed, compress, decompress, is_zlib

BLOCK_TYPE = 0b110
FIXED = 0b010


@given(st.binary(max_size=600) | st.text(alphabet="añb ", max_size=900).map(str.encode))
def test_zlib_reads_back_what_was_compressed(data: bytes) -> None:
    assert zlib.decompress(compress(data)) == data
    assert decompress(compress(data), 4000) == data


def test_dense_data_makes_a_fixed_block_where_zlib_itself_would_store_it() -> None:
    signature = os.urandom(64)
    assert compress(signature)[2] & BLOCK_TYPE == FIXED
    stream = zlib.compressobj(strategy=zlib.Z_FIXED)
    stored = stream.compress(signature) + stream.flush()
    assert stored[2] & BLOCK_TYPE == 0  # the reason for an encoder of our own


def test_repeated_surnames_cost_little() -> None:
    once, many = b"Rodriguez Marquez", b"Rodriguez Marquez" * 8
    assert len(compress(many)) < len(compress(once)) + 8


def test_long_runs_and_far_matches() -> None:
    data = b"a" * 3000 + os.urandom(1500) + b"a" * 300
    assert zlib.decompress(compress(data)) == data


def test_nothing_compresses_too() -> None:
    assert decompress(compress(b""), 10) == b""


def test_a_stream_that_holds_more_than_allowed_is_refused() -> None:
    bomb = zlib.compress(bytes(10_000_000))
    with pytest.raises(NotCompressed, match="more than"):
        decompress(bomb, 16 * 1024)


@pytest.mark.parametrize("spoil", [lambda z: z[:-1], lambda z: z + b"\0", lambda z: z[:5], lambda z: z[:2]])
def test_a_stream_cut_off_or_followed_by_more_is_refused(spoil: object) -> None:
    with pytest.raises(NotCompressed):
        decompress(spoil(compress(b"Mar\xc3\xada")), 100)  # type: ignore[operator]


@given(st.binary(min_size=1, max_size=80))
def test_no_single_bit_can_change_unnoticed(data: bytes) -> None:
    whole = compress(data)
    for bit in range(16, len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NotCompressed):
            decompress(bytes(changed), 4000)


def test_the_header_tells_a_zlib_stream() -> None:
    assert is_zlib(compress(b"x"))
    assert is_zlib(zlib.compress(b"x", 9))
    assert not is_zlib(b"\xd2\x84\x43")
    assert not is_zlib(b"")
