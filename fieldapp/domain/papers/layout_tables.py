"""What each key types in the keyboard layouts of the region: facts, taken from xkeyboard-config 2.35 (`symbols/us`, `es`,
`latam`, `fr`, `pt`, `br`), which agree with the Windows layouts on these keys.

A layout is two texts of 49 keys, plain and with Shift, in this order: the key left of 1, then 1 to =; q to ]; a to ', the
key left of Enter; the key left of z, then z to /, the key right of it that only Brazil has (a space where there is none).
`dead` are the marks that wait for the next key.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

ACCENTS = {"`": "\u0300", "´": "\u0301", "^": "\u0302", "~": "\u0303", "¨": "\u0308"}
"""Dead keys by the mark alone, with the combining form that joins a letter."""
MARKS = {combining: accent for accent, combining in ACCENTS.items()}


@dataclass(frozen=True)
class Layout:
    """A keyboard layout; a place is the index of a key in `plain` followed by `shifted`."""

    code: str
    plain: str
    shifted: str
    dead: str = ""

    @cached_property
    def characters(self) -> str:
        """The character of each place, a space where there is no key."""
        return self.plain + self.shifted

    @cached_property
    def places(self) -> dict[str, tuple[int, ...]]:
        """The places of each character; a few stand on two keys."""
        found: dict[str, tuple[int, ...]] = {}
        for place, character in enumerate(self.characters):
            if character != " ":
                found[character] = (*found.get(character, ()), place)
        return found

    def is_dead(self, place: int) -> bool:
        """Tell whether the key at a place waits for the next one."""
        return self.characters[place] in self.dead


US = Layout(
    "us",
    "`1234567890-=" "qwertyuiop[]" "asdfghjkl;'\\" "\\zxcvbnm,./ ",
    "~!@#$%^&*()_+" "QWERTYUIOP{}" 'ASDFGHJKL:"|' "|ZXCVBNM<>? ",
)  # fmt: skip
US_WITH_LESS = Layout(
    "us_less",
    "`1234567890-=" "qwertyuiop[]" "asdfghjkl;'\\" "<zxcvbnm,./ ",
    "~!@#$%^&*()_+" "QWERTYUIOP{}" 'ASDFGHJKL:"|' ">ZXCVBNM<>? ",
)  # fmt: skip
"""US on Linux with a keyboard of 105 keys: the key left of z types `<`."""
SPAIN = Layout(
    "es",
    "º1234567890'¡" "qwertyuiop`+" "asdfghjklñ´ç" "<zxcvbnm,.- ",
    'ª!"·$%&/()=?¿' "QWERTYUIOP^*" "ASDFGHJKLÑ¨Ç" ">ZXCVBNM;:_ ",
    dead="`^´¨",
)  # fmt: skip
LATIN_AMERICA = Layout(
    "latam",
    "|1234567890'¿" "qwertyuiop´+" "asdfghjklñ{}" "<zxcvbnm,.- ",
    '°!"#$%&/()=?¡' "QWERTYUIOP¨*" "ASDFGHJKLÑ[]" ">ZXCVBNM;:_ ",
    dead="´¨",
)  # fmt: skip
FRANCE = Layout(
    "fr",
    "²&é\"'(-è_çà)=" "azertyuiop^$" "qsdfghjklmù*" "<wxcvbn,;:! ",
    "~1234567890°+" "AZERTYUIOP¨£" "QSDFGHJKLM%µ" ">WXCVBN?./§ ",
    dead="^¨",
)  # fmt: skip
PORTUGAL = Layout(
    "pt",
    "\\1234567890'«" "qwertyuiop+´" "asdfghjklçº~" "<zxcvbnm,.- ",
    '|!"#$%&/()=?»' "QWERTYUIOP*`" "ASDFGHJKLÇª^" ">ZXCVBNM;:_ ",
    dead="´`~^",
)  # fmt: skip
BRAZIL = Layout(
    "br",
    "'1234567890-=" "qwertyuiop´[" "asdfghjklç~]" "\\zxcvbnm,.;/",
    '"!@#$%¨&*()_+' "QWERTYUIOP`{" "ASDFGHJKLÇ^}" "|ZXCVBNM<>:?",
    dead="¨´`~^",
)  # fmt: skip

SCANNERS = (US, SPAIN, LATIN_AMERICA, FRANCE, PORTUGAL, BRAZIL)
"""Layouts a scanner can be set to, the factory's first."""
COMPUTERS = (LATIN_AMERICA, SPAIN, US, US_WITH_LESS, BRAZIL, PORTUGAL, FRANCE)
"""Layouts a computer can be set to, the likeliest of the region first."""


def joined_letter(accent: str, letter: str) -> str | None:
    """Return the letter with a dead key's accent as one character, None where there is none."""
    together = unicodedata.normalize("NFC", letter + ACCENTS[accent])
    return together if len(together) == 1 else None


def parted_letter(character: str) -> tuple[str, str] | None:
    """Return the accent and the letter of a character that a dead key made, None for any other character."""
    apart = unicodedata.normalize("NFD", character)
    for place, mark in enumerate(apart):
        letter = unicodedata.normalize("NFC", apart[:place] + apart[place + 1 :])
        if place and mark in MARKS and len(letter) == 1:  # a key may have a letter with a mark of its own: ´ and Ç
            return MARKS[mark], letter
    return None
