"""Names for invented people, from the product's own list: people of the border region, and a few from farther away."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from fieldapp import paths
from fieldapp.domain.record import Sex

_GENDER = {Sex.FEMALE: "female", Sex.MALE: "male"}


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    with (paths.resources() / "demo" / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["list"], []).append(row["name"])
    return {name: tuple(names) for name, names in lists.items()}


def destinations() -> Sequence[str]:
    """Return towns that families say they travel to."""
    return _lists()["destination"]


@dataclass(frozen=True, slots=True)
class Names:
    """Draws names of one origin: `""` Venezuelan and Colombian, `wayuu`, `haitian`."""

    chance: Random
    origin: str = ""

    def given(self, sex: Sex) -> str:
        """Return given names: one, two, or one with a particle (`María del Valle`)."""
        gender = _GENDER.get(sex, "female")
        if self.origin:
            return self.chance.choice(_lists()[f"{self.origin}_{gender}"])
        first = self.chance.choice(_lists()[gender])
        drawn = self.chance.random()
        if drawn < 0.3:
            return first
        if drawn < 0.45:
            return f"{first} {self.chance.choice(_lists()[f'{gender}_of'])}"
        second = self.chance.choice([name for name in _lists()[f"{gender}_second"] if name != first])
        return f"{first} {second}"

    def surname(self) -> str:
        """Return one surname, at times with its particles (`de la Cruz`)."""
        if self.origin:
            return self.chance.choice(_lists()[f"{self.origin}_surname"])
        if self.chance.random() < 0.12:
            return self.chance.choice(_lists()["surname_of"])
        return self.chance.choice(_lists()["surname"])

    def surnames(self) -> str:
        """Return the two surnames of an adult."""
        return f"{self.surname()} {self.surname()}"
