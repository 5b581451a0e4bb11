"""What a scanner typed on a computer with another keyboard layout, turned back into what it read.

A scanner sends keys, not characters: set to the US layout on a Spanish computer it types `;` for the `<` of a passport
and `Ñ` for the `:` of a code. `undo` gives what may have been meant; the caller verifies (check digits, a signature).

A dead key is undone both when it joined the next letter (`´` `A`: `Á`), and when it came out before it (`´` `S`: `´S`).
Not undone: marks made with AltGr; a dead key that swallowed a key it could not join (Linux does so) or became another
character with it (superscript digits); more than two spaces after marks that came out alone, where there are many; the
key right of / of a Brazilian scanner on any other layout; Caps Lock.
"""

from collections.abc import Iterator
from itertools import chain, combinations, islice

from fieldapp.domain.papers.layout_tables import (
    COMPUTERS,
    SCANNERS,
    Layout,
    joined_letter,
    parted_letter,
)

LONGEST = 2048
"""Characters; no scan is longer."""
_MOST_OF_A_PAIR = 400
"""Candidates of one pairing: enough for two spaces after 27 marks that came out alone."""
_SAME_EVERYWHERE = frozenset(" \t\r\n")


def undo(text: str) -> Iterator[str]:
    """Yield what a scanner may have meant by what was typed, the text as it is first, then the likeliest; each once."""
    yield text
    if len(text) > LONGEST:
        return
    given = {text}
    for scanner in SCANNERS:
        for computer in COMPUTERS:
            if scanner.code == computer.code:
                continue
            for meant in _meant(text, scanner, computer):
                if meant not in given:
                    given.add(meant)
                    yield meant


def garbled(text: str, scanner: Layout, computer: Layout) -> str | None:
    """Return what a computer shows when a scanner of another layout types a text; None where a key is missing there.

    Dead keys behave as on Windows: the mark comes out alone before a key it cannot join.
    """
    shown, waiting = [], ""
    for character in text:
        is_dead = False
        typed: str | None = character
        if character not in _SAME_EVERYWHERE:
            if character not in scanner.places:
                return None
            place = scanner.places[character][0]
            if computer.characters[place] == " ":
                return None
            typed, is_dead = computer.characters[place], computer.is_dead(place)
        assert typed is not None
        if waiting:
            joined = waiting if typed == " " else None if is_dead else joined_letter(waiting, typed)
            shown.append(joined or waiting + typed)
            waiting = ""
        elif is_dead:
            waiting = typed
        else:
            shown.append(typed)
    return "".join(shown) + waiting


def _meant(text: str, scanner: Layout, computer: Layout) -> Iterator[str]:
    """Yield what one pairing makes of a text, nothing when the text cannot have been typed with it."""
    on_two_keys = any(len(computer.places.get(character, ())) > 1 for character in text)
    for key in (0, -1) if on_two_keys else (0,):
        choices: list[tuple[str, ...]] = []
        for character in text:
            typed = _keys(character, scanner, computer, key)
            if typed is None:
                break
            choices.append(typed)
        else:
            yield from _combined(choices)


def _combined(choices: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield the texts of the choices, those with the fewest second choices first."""
    chosen = [choice[0] for choice in choices]
    open_places = [place for place, choice in enumerate(choices) if len(choice) > 1]
    fewest_first = chain.from_iterable(combinations(open_places, count) for count in range(len(open_places) + 1))
    for seconds in islice(fewest_first, _MOST_OF_A_PAIR):
        for place in seconds:
            chosen[place] = choices[place][1]
        yield "".join(chosen)
        for place in seconds:
            chosen[place] = choices[place][0]


def _keys(character: str, scanner: Layout, computer: Layout, which: int) -> tuple[str, ...] | None:
    """Return the texts of the scanner's keys that can have made a character, None when no key can.

    `which` says whether the first or the last of two keys with the character was it.
    """
    if character in _SAME_EVERYWHERE:
        return (character,)
    if character in computer.places:
        place = computer.places[character][which]
        key = scanner.characters[place]
        if key == " ":
            return None
        return (key, key + " ") if computer.is_dead(place) else (key,)
    parted = parted_letter(character)
    if parted is None or parted[0] not in computer.dead or parted[1] not in computer.places:
        return None
    keys = [scanner.characters[computer.places[part][which]] for part in parted]
    return None if " " in keys else ("".join(keys),)
