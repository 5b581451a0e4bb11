"""Invented people for measuring: names after their frequency (Zipf) in families, and second records of them with errors.

The seeds for tuning are kept apart from those for judging. Names are Faker's for Colombia, Mexico and Argentina, or for
any other place that it knows (`fr_FR`, `ar_AA`, `zh_CN`): then of one surname, and with slips of its own letters alone.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import import_module

from fieldapp.domain.birth import Birth, BirthQuality

TUNING, JUDGING = 11, 90210
TODAY = date(2026, 1, 5)
_SOUNDS = (
    ("v", "b"), ("b", "v"), ("z", "s"), ("s", "z"), ("ci", "si"), ("ce", "se"), ("ge", "je"), ("gi", "ji"), ("ll", "y"),
    ("y", "ll"), ("h", ""), ("qu", "k"), ("c", "k"), ("x", "s"), ("w", "gu"), ("j", "y"), ("i", "y"), ("ñ", "n"),
)  # fmt: skip
_ACCENTS = str.maketrans("áéíóúüñÁÉÍÓÚÑ", "aeiouunAEIOUN")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KEYS = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "u": "yi",
    "n": "bm",
    "r": "et",
    "s": "ad",
    "l": "kp",
    "d": "sf",
    "m": "n",
}


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented record."""

    given: str
    surnames: str
    sex: str
    birth: Birth
    document: str
    phone: str
    family: int


def _names(locale: str = "") -> tuple[list[str], list[str], list[str]]:
    if locale:
        its = import_module(f"faker.providers.person.{locale}").Provider
        lists = (its.first_names_female, its.first_names_male, its.last_names)
        return tuple([name for name in dict.fromkeys(each) if " " not in name] for each in lists)  # type: ignore[return-value]
    from faker.providers.person.es_AR import Provider as Argentina
    from faker.providers.person.es_CO import Provider as Colombia
    from faker.providers.person.es_MX import Provider as Mexico

    def union(*lists: object) -> list[str]:
        return list(dict.fromkeys(name for each in lists for name in each if " " not in name))  # type: ignore[attr-defined]

    return (
        union(Colombia.first_names_female, Mexico.first_names_female, Argentina.first_names_female),
        union(Colombia.first_names_male, Mexico.first_names_male, Argentina.first_names_male),
        union(Colombia.last_names, Mexico.last_names, Argentina.last_names),
    )


class _Urn:
    """Draws names, the first of the list most often."""

    def __init__(self, names: list[str], rng: random.Random) -> None:
        self._names = list(names)
        rng.shuffle(self._names)
        total, self._weights = 0.0, []
        for place in range(len(names)):
            total += 1 / (place + 3) ** 0.9
            self._weights.append(total)

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self._names, cum_weights=self._weights)[0]


def population(count: int, seed: int, locale: str = "") -> Iterator[Invented]:
    """Yield invented people family by family: parents, children with both surnames, twins, sons of their father's name."""
    rng = random.Random(seed)
    female, male, surnames = (_Urn(names, random.Random(1)) for names in _names(locale))
    made = family = 0
    while made < count:
        family += 1
        phone = f"4{rng.choice((12, 14, 16, 24, 26))}{rng.randrange(10**7):07d}" if rng.random() < 0.7 else ""
        his, hers = (f"{surnames.draw(rng)} {surnames.draw(rng)}" for _ in range(2))
        if locale:
            his, hers = his.split()[0], hers.split()[0]
        elif rng.random() < 0.05:
            his = f"de la {his}"
        size = rng.choice((1, 1, 2, 3, 3, 4, 4, 5))
        members = [_someone(rng, "M" if rng.random() < 0.4 else "F", his, _adult(rng), phone, family, female, male)]
        if size > 1:
            members.append(_someone(rng, "F", hers, _adult(rng), phone, family, female, male))
        children = his if locale else f"{his.split()[-2]} {hers.split()[0]}"
        for _ in range(size - 2):
            born = TODAY - timedelta(days=rng.randrange(18 * 365))
            if len(members) > 2 and rng.random() < 0.03 and (twin := members[-1].birth.date):
                born = twin
            child = _someone(rng, rng.choice("FM"), children, born, phone, family, female, male)
            if child.sex == "M" and members[0].sex == "M" and rng.random() < 0.05:
                child = replace(child, given=members[0].given, surnames=his)
            members.append(child)
        yield from members[: count - made]
        made += len(members)


def _adult(rng: random.Random) -> date:
    return TODAY - timedelta(days=18 * 365 + int(rng.triangular(0, 55 * 365, 10 * 365)))


def _someone(
    rng: random.Random, sex: str, surnames: str, born: date, phone: str, family: int, female: _Urn, male: _Urn
) -> Invented:
    urn = female if sex == "F" else male
    given = urn.draw(rng) if rng.random() < 0.35 else f"{urn.draw(rng)} {urn.draw(rng)}"
    chance = rng.random()
    if chance < 0.85:
        birth = Birth.exact(born)
    elif chance < 0.95:
        birth = Birth(BirthQuality.YEAR, born.year)
    else:
        birth = Birth(BirthQuality.AGE, age=TODAY.year - born.year, stated_on=TODAY)
    document = f"V-{rng.randrange(4_000_000, 34_000_000)}" if rng.random() < 0.65 else ""
    return Invented(given, surnames, sex, birth, document, phone, family)


def slip(word: str, rng: random.Random) -> str:
    """Return a word with one slip: a neighbour of the key, a letter lost, doubled or swapped, or another spelling."""
    low = word.lower()
    is_latin = low.translate(_ACCENTS).isascii()
    if rng.random() < 0.4 and is_latin:
        fitting = [(one, other) for one, other in _SOUNDS if one in low]
        if fitting:
            one, other = rng.choice(fitting)
            return low.replace(one, other, 1).capitalize()
    place = rng.randrange(len(low))
    kind = rng.randrange(4)
    if kind == 0 and len(low) > 3:
        low = low[:place] + low[place + 1 :]
    elif kind == 1:
        other = rng.choice(_KEYS.get(low[place], _LETTERS)) if is_latin else chr(ord(low[place]) ^ 1)
        low = low[:place] + other + low[place + 1 :]
    elif kind == 2:
        low = low[:place] + low[place] + low[place:]
    elif place + 1 < len(low):
        low = low[:place] + low[place + 1] + low[place] + low[place + 2 :]
    return low.capitalize()


def again(person: Invented, rng: random.Random) -> Invented:
    """Return a second record of somebody, with the errors of another desk on another day."""
    given, surnames = person.given.split(), person.surnames.split()
    if len(given) > 1 and rng.random() < 0.25:
        given = given[:1] if rng.random() < 0.7 else given[1:]
    if len(surnames) == 2 and rng.random() < 0.2:
        surnames = surnames[:1]
    given = [slip(word, rng) if rng.random() < 0.22 else word for word in given]
    surnames = [slip(word, rng) if rng.random() < 0.22 else word for word in surnames]
    if rng.random() < 0.3:
        given = [word.translate(_ACCENTS) for word in given]
        surnames = [word.translate(_ACCENTS) for word in surnames]
    if rng.random() < 0.05:
        given, surnames = surnames, given
    return replace(
        person,
        given=" ".join(given),
        surnames=" ".join(surnames),
        sex=person.sex if rng.random() > 0.01 else "F" if person.sex == "M" else "M",
        birth=_another_birth(person.birth, rng),
        document=_another_document(person.document, rng),
        phone=person.phone if rng.random() < 0.5 else "" if rng.random() < 0.6 else f"4240{rng.randrange(10**6):06d}",
        family=-1,
    )


def _another_birth(birth: Birth, rng: random.Random) -> Birth:
    day, chance = birth.date, rng.random()
    if chance < 0.12:
        return Birth()
    if day is None or chance < 0.65:
        return birth
    if chance < 0.71 and day.day <= 12:
        return Birth.exact(date(day.year, day.day, day.month))
    if chance < 0.8:
        return Birth.exact(date(day.year, day.month, rng.choice([d for d in range(1, 29) if d != day.day])))
    if chance < 0.87:
        return Birth.exact(date(day.year + rng.choice((-1, 1, -10, 10)), day.month, min(day.day, 28)))
    if chance < 0.93:
        return Birth(BirthQuality.YEAR, day.year)
    return Birth.exact(date(day.year, 1, 1))


def _another_document(document: str, rng: random.Random) -> str:
    chance = rng.random()
    if not document or chance < 0.25:
        return ""
    if chance < 0.75:
        return document if rng.random() < 0.5 else document.replace("V-", "")
    if chance < 0.97:
        digits = list(document[2:])
        for _ in range(1 if chance < 0.9 else 2):
            place = rng.randrange(len(digits))
            digits[place] = str((int(digits[place]) + rng.randrange(1, 10)) % 10)
        return f"V-{''.join(digits)}"
    return f"P{rng.randrange(10**7):07d}"


def registered(count: int, seed: int) -> Iterator[Invented]:
    """Yield a population as hurried staff wrote it down: one name in twenty has a slip."""
    rng = random.Random(seed + 1)
    for person in population(count, seed):
        words = person.surnames.split()
        if rng.random() < 0.1:
            words[-1] = slip(words[-1], rng)
        yield replace(person, surnames=" ".join(words))
