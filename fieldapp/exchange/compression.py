"""The zlib stream inside a slip's code: one block of fixed Huffman codes, never a stored one.

Readers in the field differ: PixelPass (through pako) cannot unpack the *stored* blocks that zlib falls back to on data
as dense as a signature, whatever strategy it is asked for. So the block is written here; it is read with zlib.
Sources: RFC 1950 (zlib), RFC 1951 sections 3.2.3, 3.2.5 and 3.2.6 (deflate, fixed codes).
"""

import zlib
from functools import cache

_HEADER = bytes((0x78, 0x9C))
_SHORTEST, _LONGEST, _WINDOW = 3, 258, 32 * 1024
_TRIED = 16
"""How many earlier places are compared for a match; slips are short, so more gains nothing."""
_LONG = 48
"""A match from here on is taken whole; trying every shorter part of it would cost time and save nothing."""
_CHECKSUM_BYTES = 4

_LENGTH_EXTRA = (0,) * 8 + (1,) * 4 + (2,) * 4 + (3,) * 4 + (4,) * 4 + (5,) * 4
_DISTANCE_EXTRA = (0, 0, 0, 0, *(bits for bits in range(1, 14) for _ in range(2)))


class NotCompressed(ValueError):
    """The bytes are not one whole zlib stream, or hold more than was allowed."""


def compress(data: bytes) -> bytes:
    """Return the data as a zlib stream of one fixed-Huffman block, as short as such a block gets."""
    codes = _fixed_codes()
    bits, used = 0b011, 3  # last block, fixed codes
    for length, distance in _shortest_parse(data):
        literal = distance == 0  # then `length` is the byte itself
        for value, width in [codes[length]] if literal else [_length_bits(length), _distance_bits(distance)]:
            bits |= value << used
            used += width
    used += codes[256][1]  # the end of the block is seven zero bits
    body = bits.to_bytes((used + 7) // 8, "little")
    return _HEADER + body + zlib.adler32(data).to_bytes(_CHECKSUM_BYTES, "big")


def is_zlib(data: bytes) -> bool:
    """Tell whether the bytes begin as a zlib stream does."""
    return len(data) > len(_HEADER) and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def decompress(data: bytes, most: int) -> bytes:
    """Return what a zlib stream holds, of any kind of block.

    Raises NotCompressed when it is damaged, holds more than `most` bytes, is followed by anything, or has bits that
    mean nothing set (so that no second text can pass for the one that was printed).
    """
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(data, most + 1)
    except zlib.error as error:
        raise NotCompressed(str(error)) from error
    if len(content) > most:
        raise NotCompressed(f"more than {most} bytes")
    if not inflater.eof or inflater.unused_data:
        raise NotCompressed("cut off, or followed by something else")
    if _has_idle_bits(data, content):
        raise NotCompressed("bits beyond the end are set")
    return content


def _has_idle_bits(data: bytes, content: bytes) -> bool:
    """Tell whether a bit of the last byte before the checksum is set although nothing would change without it."""
    place = len(data) - _CHECKSUM_BYTES - 1
    for bit in range(8):
        if data[place] >> bit & 1:
            without = bytearray(data)
            without[place] &= ~(1 << bit)
            inflater = zlib.decompressobj()
            try:
                if inflater.decompress(bytes(without), len(content) + 1) == content and inflater.eof:
                    return True
            except zlib.error:
                continue
    return False


def _shortest_parse(data: bytes) -> list[tuple[int, int]]:
    """Return literals (byte, 0) and matches (length, distance) that cost the fewest bits, found from the end."""
    codes, matches = _fixed_codes(), _matches(data)
    cost = [0] * (len(data) + 1)
    choice: list[tuple[int, int]] = [(0, 0)] * len(data)
    for place in range(len(data) - 1, -1, -1):
        byte = data[place]
        best, chosen = codes[byte][1] + cost[place + 1], (byte, 0)
        for longest, distance in matches[place]:
            distance_cost = _distance_bits(distance)[1]
            for length in range(_SHORTEST if longest < _LONG else longest, longest + 1):
                price = _length_bits(length)[1] + distance_cost + cost[place + length]
                if price < best:
                    best, chosen = price, (length, distance)
        cost[place], choice[place] = best, chosen
    parse, place = [], 0
    while place < len(data):
        length, distance = choice[place]
        parse.append((length, distance))
        place += length if distance else 1
    return parse


def _matches(data: bytes) -> list[list[tuple[int, int]]]:
    """Return, for each place, the nearer of the earlier places that continue alike: (how long, how far back)."""
    seen: dict[bytes, list[int]] = {}
    found: list[list[tuple[int, int]]] = []
    for place in range(len(data)):
        here: list[tuple[int, int]] = []
        key = data[place : place + _SHORTEST]
        if len(key) == _SHORTEST:
            longest = _SHORTEST - 1
            for earlier in reversed(seen.get(key, [])[-_TRIED:]):
                length = _common(data, earlier, place)
                if length > longest and place - earlier <= _WINDOW:
                    here.append((length, place - earlier))
                    longest = length
            seen.setdefault(key, []).append(place)
        found.append(here)
    return found


def _common(data: bytes, earlier: int, place: int) -> int:
    length, most = 0, min(_LONGEST, len(data) - place)
    while length < most and data[earlier + length] == data[place + length]:
        length += 1
    return length


def _reversed(value: int, width: int) -> int:
    """Return a Huffman code's bits in the order deflate packs them, the highest first."""
    return int(f"{value:0{width}b}"[::-1], 2)


@cache
def _fixed_codes() -> tuple[tuple[int, int], ...]:
    """Return (bits, width) of the fixed literal and length codes 0 to 287."""
    plain = [(0x30 + n, 8) for n in range(144)] + [(0x190 + n, 9) for n in range(112)]
    plain += [(n, 7) for n in range(24)] + [(0xC0 + n, 8) for n in range(8)]
    return tuple((_reversed(value, width), width) for value, width in plain)


@cache
def _length_bits(length: int) -> tuple[int, int]:
    """Return (bits, width) of a match length: its code, then the extra bits."""
    if length == _LONGEST:
        return _fixed_codes()[285]
    base = _SHORTEST
    for number, extra in enumerate(_LENGTH_EXTRA):
        if length < base + (1 << extra):
            value, width = _fixed_codes()[257 + number]
            return value | (length - base) << width, width + extra
        base += 1 << extra
    raise ValueError(length)


@cache
def _distance_bits(distance: int) -> tuple[int, int]:
    """Return (bits, width) of a match distance: its five-bit code, then the extra bits."""
    base = 1
    for number, extra in enumerate(_DISTANCE_EXTRA):
        if distance < base + (1 << extra):
            return _reversed(number, 5) | (distance - base) << 5, 5 + extra
        base += 1 << extra
    raise ValueError(distance)
