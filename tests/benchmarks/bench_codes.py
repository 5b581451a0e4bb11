"""Changed codes and bombs: none is ever accepted as another slip, and none takes long or much memory. Run by hand:

python -m tests.benchmarks.bench_codes 1000000

The memory of every hundredth is traced, for tracing takes several times as long as reading.
"""

import random
import resource
import sys
import time
import tracemalloc
import zlib

import base45

from fieldapp.domain.slip import Verdict
from fieldapp.exchange.compression import decompress
from fieldapp.exchange.credential import LARGEST_CREDENTIAL, encode_credential, read_credential
from tests.exchange.slips import FAMILY, ISSUER, KEY, KID, ORGANISATION, slip

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def mutated(text: str, chance: random.Random) -> str:
    """Return a text with a few characters replaced, left out, put in or cut off."""
    letters = list(text)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(letters))
        kind = chance.randrange(8)
        if kind < 5:
            letters[place] = chance.choice(ALPHABET)
        elif kind == 5:
            del letters[place]
        elif kind == 6:
            letters.insert(place, chance.choice(ALPHABET))
        else:
            del letters[max(place, 8) :]
    return "".join(letters)


def repacked(text: str, chance: random.Random) -> str:
    """Return a code that unpacks, with one to three bits of what is signed, or of its signature, turned over."""
    data = bytearray(decompress(base45.b45decode(text), LARGEST_CREDENTIAL))
    for place in chance.sample(range(len(data) * 8), chance.randint(1, 3)):
        data[place // 8] ^= 1 << place % 8
    return str(base45.b45encode(zlib.compress(bytes(data), 9)).decode("ascii"))


def bombs() -> dict[str, str]:
    """Return codes that unpack to far more than any slip, or claim to hold more than there is."""
    inside = {
        "zeros": bytes(100_000_000),
        "arrays in arrays": b"\x81" * 60_000,
        "maps in maps": b"\xa1\x00" * 30_000,
        "tags on tags": b"\xc1" * 60_000,
        "a text of 4 GB": b"\x7a\xff\xff\xff\xff",
        "an array of 2^60": b"\x9b\x10" + bytes(7),
        "texts without end": b"\x7f" + b"\x61a" * 30_000,
        "a number of 50,000 bytes": b"\xc2\x59\xc3\x50" + b"\xff" * 50_000,
    }
    return {name: base45.b45encode(zlib.compress(data, 9)).decode("ascii") for name, data in inside.items()}


def traced(text: str) -> int:
    """Return how many bytes Python held at most while a code was read."""
    tracemalloc.start()
    try:
        read_credential(text, [ISSUER])
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def main(count: int) -> None:
    """Print how many changed codes were accepted, and the longest time and most memory that one took."""
    chance = random.Random(5)
    texts = [
        encode_credential(slip(*FAMILY[:size]), KEY.sign, KID, ORGANISATION)[0] for size in range(1, len(FAMILY) + 1)
    ]
    tried = accepted = most = 0
    slowest = 0.0
    for text in texts:
        read_credential(text, [ISSUER])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    while tried < count:
        original = chance.choice(texts)
        changed = chance.choice((mutated, repacked))(original, chance)
        if changed == original:
            continue
        tried += 1
        start = time.thread_time()  # of the processor, for a busy machine says little of a code
        verdict = read_credential(changed, [ISSUER]).verdict
        slowest = max(slowest, time.thread_time() - start)
        accepted += verdict is Verdict.VALID
        if tried % 100 == 0:
            most = max(most, traced(changed))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(
        f"{tried:,} changed codes: {accepted} accepted, the slowest took {slowest * 1000:.1f} ms of the processor,"
        f" one at most {most / 1024:.0f} KiB; the whole process grew by {grown / 1024:.1f} MiB"
    )
    for name, text in bombs().items():
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.thread_time()
        verdict = read_credential(text, [ISSUER]).verdict
        spent = (time.thread_time() - start) * 1000
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
        print(
            f"bomb of {name}: {verdict}, {spent:.1f} ms, traced {traced(text) / 1024:.0f} KiB, process {grown / 1024:+.1f} MiB"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
