"""Changed codes: none is ever accepted as another slip, and none takes long. Run by hand:

python -m tests.benchmarks.bench_codes 1000000
"""

import random
import sys
import time
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


def main(count: int) -> None:
    """Print how many changed codes were accepted, and the longest time that one took."""
    chance = random.Random(5)
    texts = [
        encode_credential(slip(*FAMILY[:size]), KEY.sign, KID, ORGANISATION)[0] for size in range(1, len(FAMILY) + 1)
    ]
    tried = accepted = 0
    slowest = 0.0
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
    print(f"{tried:,} changed codes: {accepted} accepted, the slowest took {slowest * 1000:.1f} ms of the processor")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
