"""How the reader of machine-readable zones stands 100,000 mutated lines: crashes, wrong check digits accepted, speed.

Run by hand: `python -m tests.benchmarks.bench_mrz`. Every zone that is accepted is verified again by a reckoning of its own,
written here from the words of Doc 9303-3, 4.9, which shares nothing with the program.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date

from fieldapp.domain.papers.mrz import read_zone
from fieldapp.domain.papers.reading import looks_like_paper, read_paper
from fieldapp.domain.papers.repair import repaired
from fieldapp.domain.papers.unreadable import PaperUnreadable
from tests.domain.papers.zones import Holder, samples, td1, td2, td3

COUNT = 100_000
TODAY = date(2026, 1, 5)
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
LOOK_ALIKE = {"0": "O", "O": "0", "1": "I", "I": "1", "8": "B", "B": "8", "5": "S", "S": "5", "2": "Z", "6": "G"}

NUMBER_BIRTH_EXPIRY = {72: ((36, 45), (49, 55), (57, 63)), 88: ((44, 53), (57, 63), (65, 71))}
CARD_NUMBER_BIRTH_EXPIRY = ((5, 14), (30, 36), (38, 44))


def reckoned(text: str) -> int:
    """Return the check digit in the words of the rule."""
    sevens, threes, ones = (sum(worth(character) for character in text[place::3]) for place in range(3))
    return (7 * sevens + 3 * threes + ones) % 10


def worth(character: str) -> int:
    """Return what a character counts."""
    if character == "<":
        return 0
    return ord(character) - (48 if character <= "9" else 55)


def verified(zone: str) -> bool:
    """Tell whether every check digit of joined lines is right."""
    fields = CARD_NUMBER_BIRTH_EXPIRY if len(zone) == 90 else NUMBER_BIRTH_EXPIRY[len(zone)]
    is_visa = zone[0] == "V" and len(zone) != 90
    for place, (begin, end) in enumerate(fields):
        if is_right(zone[begin:end], zone[end]):
            continue
        overflow = zone[15:30] if len(zone) == 90 else zone[64:71] if len(zone) == 72 and not is_visa else ""
        if place != 0 or zone[end] != "<" or not is_right_overflow(zone[begin:end], overflow):
            return False
    if is_visa:
        return True
    if len(zone) == 88 and not is_right(zone[72:86], zone[86]):
        return False
    whole = {
        90: zone[5:37] + zone[38:45] + zone[48:59],
        72: zone[36:46] + zone[49:56] + zone[57:71],
        88: zone[44:54] + zone[57:64] + zone[65:87],
    }[len(zone)]
    return str(reckoned(whole)) == (zone[59] if len(zone) == 90 else zone[-1])


def is_right(field: str, mark: str) -> bool:
    """Tell whether a field has its digit; an empty one may have a filler."""
    return mark == str(reckoned(field)) or (mark == "<" and field == "<" * len(field))


def is_right_overflow(start: str, overflow: str) -> bool:
    """Tell whether a long number has its digit, the filler between its parts counted or not."""
    tail, filler, _ = overflow.partition("<")
    return (
        bool(filler) and len(tail) > 1 and tail[-1] in {str(reckoned(start + more + tail[:-1])) for more in ("", "<")}
    )


def originals() -> list[str]:
    """Return right zones of every form."""
    made = [td3(Holder()), td2(Holder()), td1(Holder(), "IC", "1234567890"), td1(Holder(number="AB12345678901"))]
    return [each.text for each in samples() if each.valid] + made


def mutated(text: str, chance: random.Random) -> str:
    """Return the text with one to four things done to it: characters changed, swapped, lost, doubled, misread."""
    characters = list(text)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(characters))
        match chance.randrange(24):
            case 0:
                del characters[place]
            case 1:
                characters.insert(place, characters[place])
            case 2 | 3 | 4:
                other = chance.randrange(len(characters))
                characters[place], characters[other] = characters[other], characters[place]
            case 5 | 6 | 7:
                characters[place] = LOOK_ALIKE.get(characters[place], characters[place])
            case 8:
                characters[place] = chance.choice("ñÑ;¿é\0²٣𝟗 \t")
            case _:
                characters[place] = chance.choice(CHARACTERS)
    return "".join(characters)


def joined(text: str) -> str:
    """Return the characters of a zone alone, as the judge sees them."""
    return "".join(character for character in text.upper() if character in CHARACTERS)


def run(title: str, lines: list[str], read: Callable[[str], str]) -> None:
    """Read all and print what came of it; `read` returns the zone it accepted."""
    outcomes: Counter[str] = Counter()
    accepted = []
    began = time.perf_counter()
    for line in lines:
        try:
            accepted.append(read(line))
        except PaperUnreadable as problem:
            outcomes[problem.code] += 1
        except Exception as error:
            outcomes[f"crash {type(error).__name__}"] += 1
    taken = time.perf_counter() - began
    wrong = sum(not verified(joined(zone)) for zone in accepted)
    crashes = sum(count for code, count in outcomes.items() if code.startswith("crash"))
    print(f"{title}: {len(lines):,} zones, {len(lines) / taken:,.0f} a second")
    print(f"  accepted {len(accepted):,}, of them with a wrong check digit {wrong}; crashes {crashes}")
    print("  refused: " + ", ".join(f"{code} {count:,}" for code, count in outcomes.most_common()))


def as_typed(line: str) -> str:
    """Accept the line as it is."""
    read_zone(line, TODAY)
    return line


def as_seen(line: str) -> str:
    """Accept what look-alikes were put right in."""
    zone = repaired(line)
    read_zone(zone, TODAY)
    return zone


def main() -> None:
    """Print the figures."""
    chance = random.Random(9303)
    right = originals()
    assert all(verified(joined(text)) for text in right)
    assert not any(verified(joined(each.text)) for each in samples() if not each.valid and each.id != "bad_short")
    lines = [mutated(chance.choice(right), chance) for _ in range(COUNT)]
    run("read_zone", lines, as_typed)
    run("repaired, then read_zone", lines, as_seen)
    began = time.perf_counter()
    refused = 0
    for line in lines[: COUNT // 10]:
        looks_like_paper(line)
        try:
            read_paper(line, TODAY)
        except PaperUnreadable:
            refused += 1
    taken = time.perf_counter() - began
    print(f"read_paper with every keyboard layout tried: {COUNT // 10:,} zones, {COUNT / 10 / taken:,.0f} a second")
    print(f"  refused {refused:,}")


if __name__ == "__main__":
    main()
