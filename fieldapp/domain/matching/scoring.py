"""The probability that two records are of one human (Fellegi and Sunter, 1969), adjusted for how common names are.

Each field adds log2(m / u): m is the chance of a level among records of one human, u among records of two. For names
u is the chance to draw these very names, so that "José Pérez" proves little. Relatives are a third possibility beside
one human and two strangers, with chances of their own, for they share surnames and phones; and what makes them look
alike (twins, a father and son of one name) bars the top grade, whatever the sum.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import log2

from fieldapp.domain.matching.comparable import Comparable
from fieldapp.domain.matching.levels import (
    DIFFERS,
    FAR,
    FIELDS,
    MISSING,
    Agreement,
    Words,
    agreement,
    birth_level,
    document_level,
)

STRONG_FROM, POSSIBLE_FROM = 0.95, 0.5
_RAREST = 1e-6
_COMMON = 0.5
_USUAL_NAMES = 1000
_USUAL_FREQUENCY = 3e-4
MISSPELT = 20
"""So many times rarer than the name it resembles, a word is taken for a slip and not for another name."""

Frequency = Callable[[str], float]
"""The share of people who carry a name word."""


class Grade(StrEnum):
    """How much a pair deserves a look."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Parameter:
    """The chances of one level; `per_name` says that `u` multiplies the chance to draw the names that agree."""

    m: float
    u: float
    relative: float
    per_name: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """The parameters by field and level; `prior` is how many of a list have a partner, `relatives` how many relatives."""

    parameters: Mapping[tuple[str, str], Parameter]
    prior: float = 0.1
    relatives: float = 2.0
    slope: float = 1.0
    beside_strangers: dict[tuple[str, str], float] = field(init=False, repr=False, compare=False)
    beside_relatives: dict[tuple[str, str], float] = field(init=False, repr=False, compare=False)
    best_names: tuple[float, float] = field(init=False, repr=False, compare=False)
    """The most bits that names add beside relatives: where the given names are not the same, and where they are."""

    def __post_init__(self) -> None:
        chances = self.parameters.items()
        object.__setattr__(self, "beside_strangers", {key: log2(its.m / its.u) for key, its in chances})
        object.__setattr__(self, "beside_relatives", {key: log2(its.m / its.relative) for key, its in chances})
        given = {level: bits for (name, level), bits in self.beside_relatives.items() if name == "given"}
        surnames = max((bits for (name, _), bits in self.beside_relatives.items() if name == "surnames"), default=0.0)
        others = max((bits for level, bits in given.items() if level != "exact"), default=0.0)
        object.__setattr__(self, "best_names", (others + surnames, max(given.values(), default=0.0) + surnames))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two records look alike or not: a field with its level, and the bits it adds."""

    code: str
    bits: float


@dataclass(frozen=True, slots=True)
class Score:
    """A probability, its grade, and the reasons, the weightiest first."""

    probability: float
    grade: Grade
    reasons: tuple[Reason, ...]
    bits: float


def read_model(rows: Iterable[Mapping[str, str]]) -> Model:
    """Return the model that the rows of a parameter file give. Raises ValueError, KeyError for another file."""
    parameters: dict[tuple[str, str], Parameter] = {}
    prior, relatives, slope = 0.1, 2.0, 1.0
    for row in rows:
        if row["field"] == "prior":
            prior, relatives = float(row["m"]), float(row["relative"])
        elif row["field"] == "calibration":
            slope = float(row["m"])
        else:
            m, u, relative = float(row["m"]), float(row["u"]), float(row["relative"])
            if m <= 0 or u <= 0 or relative <= 0:
                raise ValueError(f"{row['field']} {row['level']}: a chance must be above 0")
            parameters[row["field"], row["level"]] = Parameter(m, u, relative, bool(row["per_name"]))
    return Model(parameters, prior, relatives, slope)


def frequencies(counts: Mapping[str, int], people: int) -> Frequency:
    """Return the share of people with a name from counts, drawn towards a usual share where there are few people."""
    whole = people + _USUAL_NAMES

    def frequency(word: str) -> float:
        return (counts.get(word, 0) + _USUAL_NAMES * _USUAL_FREQUENCY) / whole

    return frequency


def score(one: Comparable, other: Comparable, model: Model, frequency: Frequency, people: int) -> Score:
    """Return how probable it is that two records are of one human, where either might be any of so many people."""
    return scored(
        agreement(one, other), model, frequency, people, same_family=bool(one.family) and one.family == other.family
    )


def scored(found: Agreement, model: Model, frequency: Frequency, people: int, *, same_family: bool = False) -> Score:
    """Return the score of levels that were compared before."""
    total = log2(model.prior / max(people, 100))
    beside_relatives = log2(model.prior / model.relatives)
    reasons = []
    for name, level in zip(FIELDS, found.levels, strict=True):
        if level == MISSING:
            continue
        words = found.agreed_given if name == "given" else found.agreed_surnames if name == "surnames" else ()
        bits = weight(model, name, level, words, frequency)
        total += bits
        beside_relatives += model.beside_relatives.get((name, level), 0.0)
        reasons.append(Reason(f"{name}_{level}", bits))
    if found.swapped:
        reasons.append(Reason("name_order", 0.0))
    barred = [Reason(code, -0.0) for code in _bars(found, same_family)]
    probability = 1 / (1 + _odds_against(model.slope * total) + _odds_against(model.slope * beside_relatives))
    bits = -log2(_odds_against(total) + _odds_against(beside_relatives))
    grade = (
        Grade.STRONG if probability >= STRONG_FROM else Grade.POSSIBLE if probability >= POSSIBLE_FROM else Grade.WEAK
    )
    if barred and grade is Grade.STRONG:
        grade = Grade.POSSIBLE
    reasons.sort(key=lambda reason: -abs(reason.bits))
    return Score(probability, grade, (*barred, *reasons), bits)


def _odds_against(bits: float) -> float:
    return float(2 ** -max(-60.0, min(60.0, bits)))


def ceiling(one: Comparable, other: Comparable, model: Model, people: int, names: float) -> float:
    """Return what the probability of a pair is at most, whose names bring at most so many bits beside strangers."""
    strangers, relatives = model.beside_strangers, model.beside_relatives
    beside_strangers = log2(model.prior / max(people, 100)) + max(names, 0.0)
    bits = log2(model.prior / model.relatives)
    levels = (
        ("birth", birth_level(one.birth, other.birth)),
        ("document", document_level(one.documents, other.documents)),
        ("sex", MISSING if not one.sex or not other.sex else "same" if one.sex == other.sex else DIFFERS),
    )
    for its in levels:
        bits += relatives.get(its, 0.0)
        beside_strangers += strangers.get(its, 0.0)
    for name, is_known in (
        ("phone", one.phones and other.phones),
        ("nationality", one.nationality and other.nationality),
        ("locality", one.locality and other.locality),
    ):
        if is_known:
            level = "same" if name == "phone" and not set(one.phones).isdisjoint(other.phones) else DIFFERS
            if name != "phone" and getattr(one, name) == getattr(other, name):
                level = "same"
            bits += relatives.get((name, level), 0.0)
            beside_strangers += strangers.get((name, level), 0.0)
    bits += model.best_names[set(one.given) == set(other.given)]
    return 1 / (1 + _odds_against(model.slope * bits) + _odds_against(model.slope * beside_strangers))


def weight(model: Model, name: str, level: str, words: Words, frequency: Frequency) -> float:
    """Return the bits that a level of a field adds."""
    parameter = model.parameters.get((name, level))
    if parameter is None:
        return 0.0
    if not parameter.per_name:
        return model.beside_strangers[name, level]
    drawn, is_slip = 1.0, level == "close"
    for word, another in words:
        common = rare = frequency(word)
        if word != another:
            rare, common = sorted((rare, frequency(another)))
            is_slip = is_slip and rare * MISSPELT < common
        drawn *= common
    # Few strangers have a name that one slip makes of mine; many have another name that resembles it.
    u = model.parameters[name, "sound"].u if is_slip else parameter.u
    chance = min(_COMMON, max(_RAREST, u * drawn))
    # A name that agrees never speaks against a pair, however common it is.
    return max(0.0, log2(parameter.m / chance)) if level != "some" else log2(parameter.m / chance)


def _bars(found: Agreement, same_family: bool) -> list[str]:
    """What keeps a pair from the top grade."""
    given, surnames, birth, sex, document = found.levels[:5]
    same_paper = document in {"exact", "one_digit"}
    bars = []
    if same_family:
        bars.append("same_family")
    if given in {DIFFERS, "some"}:
        bars.append("other_given_names")
    if surnames == DIFFERS and not same_paper:
        bars.append("other_surnames")
    if birth == FAR:
        bars.append("generation_apart")
    elif birth == DIFFERS and document != "exact":
        bars.append("other_birth")
    if sex == DIFFERS and not (same_paper and given == "exact"):
        bars.append("other_sex")
    if document == DIFFERS and birth not in {"exact", "swapped"}:
        bars.append("other_document")
    proves = document not in {MISSING, DIFFERS} or birth not in {
        MISSING,
        DIFFERS,
        FAR,
        "near_year",
        "year_known",
        "year",
    }
    if not proves or MISSING in {given, surnames}:
        bars.append("names_alone")
    return bars
