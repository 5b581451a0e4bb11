"""Invented families as they come over the border, the hard cases among them: drawn from a seed, always the same.

Every eighth family or so is one that registers must get right: a child alone, twins, a grandmother with grandchildren,
a man with one name and no papers, a family too large for one code, people of other languages.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.names import parts
from fieldapp.domain.record import (
    FOCAL_POINT,
    ArrivalEntry,
    Consent,
    Document,
    GroupEntry,
    IndividualEntry,
    Sex,
)
from fieldapp.services.demo_names import Names, destinations

NOTE = "Datos inventados de demostración"
_YEAR = timedelta(days=365.25)
_OTHER_POSTS = (("PFPS", "bridge"), ("TRO", "trocha"), ("TRO", "trocha"))
_STATES = ("VE20", "VE20", "VE23", "VE23", "VE08", "VE13", "VE05", "VE15", "VE06", "VE12", "VE10", "VE01")


def families(count: int, seed: int, begins_ms: int, ends_ms: int, today: date, post: str) -> Iterator[GroupEntry]:
    """Yield families in the order of their arrival between two moments (ms since 1970, half open).

    Ages are counted to `today`; most come over `post`, a bridge.
    """
    chance = Random(f"families {seed}")
    for number, at_ms in enumerate(_arrivals(chance, count, begins_ms, ends_ms)):
        family = _Family(chance, today)
        kind = _KINDS[number % len(_KINDS)] if number % 3 == 1 else _Family.household
        members = kind(family)
        at_post, crossing = (post, "bridge") if chance.random() < 0.8 else chance.choice(_OTHER_POSTS)
        yield GroupEntry(
            members=tuple(members),
            arrival=ArrivalEntry(at_ms, at_post, crossing, family.state()),
            consent=chance.choices((Consent.AGREES, Consent.REFUSES, Consent.NOT_ASKED), (85, 10, 5))[0],
            phone=f"+58 4{chance.choice(('12', '14', '24', '26'))} 555 {chance.randrange(10_000):04d}"
            if chance.random() < 0.6
            else "",
            destination=chance.choice(destinations()) if chance.random() < 0.8 else "",
            note=NOTE,
        )


def _arrivals(chance: Random, count: int, begins_ms: int, ends_ms: int) -> list[int]:
    """Return moments to the minute, in order, more of them in the first half of the span than in the second."""
    minutes = max(1, (ends_ms - begins_ms) // 60_000)
    drawn = (min(int(minutes * chance.triangular(0, 1, 0.35)), minutes - 1) for _ in range(count))
    return sorted(begins_ms + minute * 60_000 for minute in drawn)


class _Family:
    """Draws the members of one family."""

    def __init__(self, chance: Random, today: date, origin: str = "") -> None:
        self.chance, self.today, self.names = chance, today, Names(chance, origin)
        self.nationality, self.language = "VEN", "spa"
        self.oldest_child = 17
        self._called: set[str] = set()

    def state(self) -> str:
        return self.chance.choice(_STATES) if self.nationality == "VEN" else ""

    def household(self) -> list[IndividualEntry]:
        """One or two parents and up to four children, at times a grandmother or an uncle with them."""
        mother = self.adult(Sex.FEMALE, 19, 45)
        father = self.adult(Sex.MALE, 20, 50, "WIFE_HUSBAND" if self.chance.random() < 0.4 else "FREE_UNION")
        members = [mother]
        if self.chance.random() < 0.6:
            members.append(father)
        surnames = f"{_first(father.surnames)} {_first(mother.surnames)}"
        members += [self.child(surnames) for _ in range(self.chance.choices(range(5), (15, 30, 30, 17, 8))[0])]
        if self.chance.random() < 0.15:
            members.append(self.adult(Sex.FEMALE, 58, 82, "MOTHER_FATHER", ("ER",)))
        if self.chance.random() < 0.12:
            members[0] = replace(mother, needs=("PG",))
        return members

    def child_alone(self) -> list[IndividualEntry]:
        child = self.child(self.names.surnames(), 12, 17)
        return [replace(child, relationship=FOCAL_POINT, needs=("LP",))]

    def twins(self) -> list[IndividualEntry]:
        mother = self.adult(Sex.FEMALE, 20, 38)
        surnames = f"{self.names.surname()} {_first(mother.surnames)}"
        one = self.child(surnames, 0, 9)
        other = replace(one, given_names=self._given(one.sex), documents=())
        return [mother, one, other]

    def grandmother(self) -> list[IndividualEntry]:
        old = replace(self.adult(Sex.FEMALE, 60, 79), needs=("ER-MC",))
        grandchildren = [self.child(f"{self.names.surname()} {_first(old.surnames)}", 3, 14) for _ in range(2)]
        return [old, *(replace(child, relationship="GRANDDAUGHER_GRANDSON") for child in grandchildren)]

    def one_name_no_papers(self) -> list[IndividualEntry]:
        age = Birth(BirthQuality.AGE, age=self.chance.randrange(18, 70), stated_on=self.today)
        man = replace(self.adult(Sex.MALE, 18, 60), birth=age, documents=(), needs=("SM",))
        return [replace(man, surnames=_first(man.surnames), given_names=self.names.given(Sex.MALE).split()[0])]

    def large(self) -> list[IndividualEntry]:
        mother, father = self.adult(Sex.FEMALE, 36, 48), self.adult(Sex.MALE, 38, 55, "WIFE_HUSBAND")
        surnames = f"{_first(father.surnames)} {_first(mother.surnames)}"
        children = [self.child(surnames) for _ in range(self.chance.randrange(6, 9))]
        return [mother, father, *children, self.adult(Sex.FEMALE, 60, 84, "MOTHER_FATHER", ("DS",))]

    def wayuu(self) -> list[IndividualEntry]:
        self.names, self.language = Names(self.chance, "wayuu"), "guc"
        mother = self.adult(Sex.FEMALE, 18, 50)
        return [replace(mother, surnames=_first(mother.surnames)), self.child(_first(mother.surnames))]

    def haitian(self) -> list[IndividualEntry]:
        self.names, self.nationality, self.language = Names(self.chance, "haitian"), "HTI", "hat"
        man = self.adult(Sex.MALE, 20, 45)
        surname = _first(man.surnames)
        return [replace(man, surnames=surname), replace(self.child(surname, 0, 6), nationalities=("HTI", "CHL"))]

    def adult(
        self, sex: Sex, youngest: int, oldest: int, relationship: str = FOCAL_POINT, needs: tuple[str, ...] = ()
    ) -> IndividualEntry:
        born = self._born(youngest, oldest)
        if sex is Sex.FEMALE and relationship == FOCAL_POINT:
            self.oldest_child = min(17, (self.today - born) // _YEAR - 17)
        return IndividualEntry(
            self._given(sex), self.names.surnames(), sex, self._as_known(born), (self.nationality,),
            self._papers(self.chance.random() < 0.7), relationship, needs, language=self.language,
        )  # fmt: skip

    def child(self, surnames: str, youngest: int = 0, oldest: int = 17) -> IndividualEntry:
        sex = self.chance.choice((Sex.FEMALE, Sex.MALE))
        born = self._born(youngest, max(youngest, min(oldest, self.oldest_child)))
        grown = (self.today - born) // _YEAR > 8  # noqa: PLR2004 - younger ones have a birth certificate at most
        papers = self._papers(self.chance.random() < 0.4) if grown else self._certificate(self.chance.random() < 0.5)
        return IndividualEntry(
            self._given(sex), surnames, sex, self._as_known(born), (self.nationality,), papers, "SON_DAUGHTER",
            ("CR-NE",) if grown and self.chance.random() < 0.1 else (), language=self.language,
        )  # fmt: skip

    def _given(self, sex: Sex) -> str:
        """Return given names that nobody else in the family begins with."""
        for _ in range(20):
            names = self.names.given(sex)
            if names.split()[0] not in self._called:
                break
        self._called.add(names.split()[0])
        return names

    def _born(self, youngest: int, oldest: int) -> date:
        days = self.chance.randrange(int(youngest * 365.25) + 1, int((oldest + 1) * 365.25) - 1)
        return self.today - timedelta(days=days)

    def _as_known(self, born: date) -> Birth:
        """Most know the day; some the year, or only how old they are."""
        drawn = self.chance.random()
        if drawn < 0.78:
            return Birth.exact(born)
        if drawn < 0.84:
            return Birth(BirthQuality.YEAR_MONTH, born.year, born.month)
        if drawn < 0.92:
            return Birth(BirthQuality.YEAR, born.year)
        if drawn < 0.98:
            age = Birth.exact(born).age_on(self.today)
            return Birth(BirthQuality.AGE, age=age, stated_on=self.today)
        return Birth()

    def _papers(self, has_some: bool) -> tuple[Document, ...]:
        if not has_some:
            return ()
        if self.nationality != "VEN":
            return (Document("XX_PAS", f"R{self.chance.randrange(10**6, 10**7)}", self.nationality),)
        card = Document(
            "VE_CED_V", f"V-{self.chance.randrange(9_000_000, 34_000_000)}", "VEN", self.chance.random() < 0.9
        )
        if self.chance.random() < 0.12:
            return (card, Document("VE_PAS", f"{self.chance.randrange(10**8, 2 * 10**8)}", "VEN"))
        return (card,)

    def _certificate(self, has_one: bool) -> tuple[Document, ...]:
        if not has_one or self.nationality != "VEN":
            return ()
        return (Document("VE_NAC", f"Acta {self.chance.randrange(1, 2000)}", "VEN"),)


_KINDS: tuple[Callable[[_Family], list[IndividualEntry]], ...] = (
    _Family.twins, _Family.child_alone, _Family.large, _Family.wayuu, _Family.grandmother, _Family.haitian,
    _Family.household, _Family.one_name_no_papers,
)  # fmt: skip
"""The hard cases in turn; 3 and 8 share no divisor, so every one of them comes up."""


def _first(surnames: str) -> str:
    """Return the first of two surnames with its particles."""
    return parts(surnames)[0]
